"""Typed reading of the fields of a decoded JSON body; a wrong one is refused with its JSON pointer."""

from collections.abc import Collection, Iterable
from typing import Any, TypeAlias

from collector.errors import Problem

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the body: ``("filters", 0, 2)`` is the pointer ``/filters/0/2``."""


def refuse(code: str, detail: str, at: Path) -> Problem:
    """The problem to raise for the value at ``at``; an empty path is the whole body."""
    return Problem(code, detail, pointer="".join(f"/{_escape(part)}" for part in at))


def refuse_unknown(kind: str, value: object, known: Iterable[str], at: Path) -> Problem:
    """The problem for a name that is not in our tables; it lists those that are."""
    code = f"unknown_{kind.replace(' ', '_')}"
    return refuse(code, f"unknown {kind} {show(value)}; known: {', '.join(known)}", at)


def show(value: object) -> str:
    """A value as the detail of a problem names it: never long, always encodable (repr escapes surrogates)."""
    text = repr(value) if isinstance(value, str) else _kind(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def read_object(value: object, known: Collection[str], at: Path) -> dict[str, Any]:
    """A JSON object that has no other keys than ``known``."""
    if not isinstance(value, dict):
        raise _wrong_type(value, "an object", at)
    for key in value:
        if key not in known:
            raise refuse_unknown("field", key, known, (*at, str(key)))
    return value


def read_list(value: object, at: Path, *, most: int, least: int = 0) -> list[Any]:
    """A JSON array of ``least`` to ``most`` members."""
    if not isinstance(value, list):
        raise _wrong_type(value, "an array", at)
    if len(value) > most:
        raise refuse("too_many", f"{len(value)} entries are too many; at most {most}", at)
    if len(value) < least:
        raise refuse("too_few", f"at least {least} entry is needed", at)
    return value


def read_text(value: object, at: Path) -> str:
    """A string of Unicode text. JSON can spell half a surrogate pair ("\\ud800"), which no store can hold."""
    if not isinstance(value, str):
        raise _wrong_type(value, "a string", at)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise refuse("invalid_value", "the text holds half of a surrogate pair", at) from error
    return value


def read_flag(value: object, at: Path) -> bool:
    if not isinstance(value, bool):
        raise _wrong_type(value, "true or false", at)
    return value


def read_whole(value: object, at: Path, *, least: int, most: int) -> int:
    """A whole number within its bounds. Python counts true as 1; a question does not."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong_type(value, "a whole number", at)
    if not least <= value <= most:
        raise refuse("out_of_bounds", f"must be between {least} and {most}", at)
    return value


def _wrong_type(value: object, wanted: str, at: Path) -> Problem:
    return refuse("wrong_type", f"must be {wanted}, not {_kind(value)}", at)


_KINDS: dict[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), type(value).__name__)


def _escape(part: str | int) -> str:
    """RFC 6901, section 3; what cannot be encoded becomes a question mark, what is long is cut."""
    text = str(part)[:100].encode("utf-8", "replace").decode()
    return text.replace("~", "~0").replace("/", "~1")
