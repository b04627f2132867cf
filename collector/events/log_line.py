"""One line of a log entry: events that share a context. See events/columns.py for its form."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Protocol

import msgspec

from collector.events.columns import COLUMNS, EVENT_COLUMNS, LOG_FIELD, NAMES, REQUIRED


class Entry(Protocol):
    """One accepted beacon as the log gives it: its lines, and the name of the field that they stand in."""

    @property
    def payload(self) -> bytes: ...

    @property
    def field(self) -> str: ...


class Page(Protocol):
    """Entries that were read together: all lines in one piece, the names of the fields, and the entries one by one."""

    @property
    def lines(self) -> bytes: ...

    @property
    def fields(self) -> Sequence[str]: ...

    def split(self) -> Iterable[Entry]: ...


_PYTHON_TYPES: dict[str, Any] = {
    "BIGINT": Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)],
    "INTEGER": Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)],
    "VARCHAR": str,
    "BOOLEAN": bool,
    "DOUBLE": float,
}


def _fields(names: Iterable[str]) -> list[Any]:
    types = {name: _PYTHON_TYPES[type_] for name, type_, _ in COLUMNS}
    return [(name, types[name]) if name in REQUIRED else (name, types[name] | None, None) for name in names]


def _struct(name: str, fields: list[Any]) -> Any:
    return msgspec.defstruct(name, fields, forbid_unknown_fields=True, kw_only=True, gc=False)


_Row: Any = _struct("_Row", _fields(name for name in NAMES if name in EVENT_COLUMNS))
_Line: Any = _struct("_Line", [("events", list[_Row]), *_fields(name for name in NAMES if name not in EVENT_COLUMNS)])
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Line).decode


def encode_line(shared: dict[str, Any], events: list[dict[str, Any]]) -> bytes:
    """One line: what all events share, and the events with their ``EVENT_COLUMNS``. Keys are names of columns."""
    return _encode({**shared, "events": events})


def find_fault(payload: bytes) -> str | None:
    """Why the lines of an entry cannot become rows, or not without loss; None when they can.

    It takes as long as reading them. Entries under ``LOG_FIELD`` were written from the same table, so they are only
    looked at when the database complains.
    """
    for line in payload.split(b"\n"):
        try:
            _decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            return str(error)
    return None


def sift(pages: Sequence[Page], load: Callable[[list[bytes]], str | None]) -> list[tuple[bytes, str]]:
    """Have all entries loaded that can become rows; the others with their faults.

    ``load`` takes lines in place of those that it took before, and says what was wrong with them. One damaged entry so
    never stops the entries behind it. Pages are taken apart only when something is wrong.
    """
    is_ours = all(field == LOG_FIELD for page in pages for field in page.fields)
    if is_ours and load([page.lines for page in pages]) is None:
        return []
    entries = [entry for page in pages for entry in page.split()]
    suspects = [place for place, entry in enumerate(entries) if is_ours or entry.field != LOG_FIELD]
    faults = {place: fault for place in suspects if (fault := find_fault(entries[place].payload))}
    is_searched = is_ours
    while True:
        places = [place for place in range(len(entries)) if place not in faults]
        fault = load([entries[place].payload for place in places])
        if fault is None:
            return [(entries[place].payload, faults[place]) for place in sorted(faults)]
        found = {} if is_searched else {place: why for place in places if (why := find_fault(entries[place].payload))}
        faults |= found or _find_first(entries, load, places, fault)
        is_searched = True


def _find_first(
    entries: Sequence[Entry], load: Callable[[list[bytes]], str | None], places: list[int], fault: str
) -> dict[int, str]:
    """The first of the entries that cannot be loaded, by halving; at least one of ``places`` cannot."""
    while len(places) > 1:
        half = places[: len(places) // 2]
        found = load([entries[place].payload for place in half])
        if found is None:
            places = places[len(half) :]
        else:
            places, fault = half, found
    return {places[0]: load([entries[places[0]].payload]) or fault}
