"""A request body → a beacon and the events that were refused. One bad event does not sink the others."""

import re
from typing import NamedTuple

import msgspec

from collector.errors import Problem
from collector.events.model import Beacon, Event


class Rejection(NamedTuple):
    """One event that was not taken: its place in the body, why, and the JSON pointer of the bad field."""

    place: int
    code: str
    pointer: str
    detail: str

    def as_json(self) -> dict[str, object]:
        return {"index": self.place, "code": self.code, "pointer": self.pointer, "detail": self.detail}


class Decoded(NamedTuple):
    """What a body holds. ``places`` are the indexes of ``beacon.events`` in the body's list."""

    beacon: Beacon
    places: tuple[int, ...]
    rejected: tuple[Rejection, ...]


class _Envelope(msgspec.Struct, frozen=True):
    """The body with its events left as they are, to find the good ones among the bad."""

    events: list[msgspec.Raw]


_decode_beacon = msgspec.json.Decoder(Beacon).decode
_decode_envelope = msgspec.json.Decoder(_Envelope).decode
_decode_event = msgspec.json.Decoder(Event).decode
_decode_any = msgspec.json.Decoder().decode

# A whole pair, U+0000 or half a pair, or any other escape, so that ``\\\\u0000`` is a backslash and a word.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u0000|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)", re.DOTALL
)
ESCAPED = len(rb"\u0000")

_PATH = re.compile(r"^(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>[^`]*)`)?$", re.DOTALL)
_UNKNOWN_FIELD = re.compile(r"unknown field `(?P<field>[^`]*)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def locate(error: msgspec.ValidationError) -> tuple[str, str]:
    """What is wrong, and the JSON pointer of where, out of msgspec's one sentence."""
    match = _PATH.match(str(error))
    assert match is not None  # every part of the pattern is optional
    what, path = match["what"], match["path"] or ""
    steps = [name or index for name, index in _STEP.findall(path)]
    if unknown := _UNKNOWN_FIELD.search(what):
        steps.append(unknown["field"])
    elif missing := re.search(r"missing required field `([^`]*)`", what):
        steps.append(missing[1])
    pointer = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps if step != "...")
    return what, pointer


def _mend(escape: re.Match[bytes]) -> bytes:
    """An escape that is no text becomes U+FFFD.

    U+0000 is of no use to anybody, and several tools behind us end a text at it. Half of a surrogate pair is what is
    left of an emoji that was cut in two; one must not cost a sender its beacon.
    """
    return b"\\ufffd" if len(escape[0]) == ESCAPED else escape[0]


def decode(body: bytes) -> Decoded:
    """Decode and validate a body. Raises Problem naming the field when nothing of it can be taken."""
    if b"\\u0000" in body or b"\\ud" in body or b"\\uD" in body:
        body = _ESCAPE.sub(_mend, body)
    try:
        return _decode_valid(body)
    except RecursionError as error:
        raise Problem("malformed_json", "the body is nested too deeply", pointer="") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Problem("malformed_json", f"the body is no JSON: {error}", pointer="") from error


def _decode_valid(body: bytes) -> Decoded:
    try:
        beacon = _decode_beacon(body)
    except msgspec.ValidationError as error:
        return _decode_good_events(body, error)
    return Decoded(beacon, tuple(range(len(beacon.events))), ())


def _decode_good_events(body: bytes, whole: msgspec.ValidationError) -> Decoded:
    """What can be taken of a body that is not valid as a whole. Raises Problem when nothing can."""
    good: list[Event] = []
    places: list[int] = []
    rejected: list[Rejection] = []
    fields = _decode_any(body)  # first of all: a body that is no JSON at all says so, and not what field it is
    try:
        for index, raw in enumerate(_decode_envelope(body).events):
            try:
                good.append(_decode_event(raw))
                places.append(index)
            except msgspec.ValidationError as error:
                what, pointer = locate(error)
                rejected.append(Rejection(index, "invalid_field", f"/events/{index}{pointer}", what))
        head = msgspec.convert(fields | {"events": good[:1]}, Beacon) if good and rejected else None
    except msgspec.ValidationError:
        head = None
    if head is None:
        what, pointer = locate(whole)
        raise Problem("invalid_field", what, pointer=pointer) from whole
    return Decoded(msgspec.structs.replace(head, events=good), tuple(places), tuple(rejected))
