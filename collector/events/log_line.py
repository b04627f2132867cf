"""One line of a log entry: events that share a context. See events/columns.py for its form."""

from typing import Annotated, Any

import msgspec

from collector.events.columns import COLUMNS

_PYTHON_TYPES: dict[str, Any] = {
    "BIGINT": Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)],
    "INTEGER": Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)],
    "VARCHAR": str,
    "BOOLEAN": bool,
    "DOUBLE": float,
}
_FIELDS: list[Any] = [(column.name, _PYTHON_TYPES[column.type] | None, None) for column in COLUMNS]

_Row: Any = msgspec.defstruct("_Row", _FIELDS, forbid_unknown_fields=True)
_Line: Any = msgspec.defstruct("_Line", [("events", list[_Row]), *_FIELDS], forbid_unknown_fields=True)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Line).decode


def encode_line(shared: dict[str, Any], events: list[dict[str, Any]]) -> bytes:
    """One line: what all events share, and the events. Keys are names of columns."""
    return _encode({**shared, "events": events})


def find_fault(payload: bytes) -> str | None:
    """Why the lines of an entry cannot become rows; None when they can.

    Whoever reads the log asks this before it hands lines to the database, so one damaged entry never
    stops the entries behind it.
    """
    for line in payload.split(b"\n"):
        try:
            _decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            return str(error)
    return None


def number_lines(entries: list[bytes]) -> bytes:
    """A file of lines for ``SELECT_FROM_LOG``: the entries' lines in order, each with its number."""
    numbered: list[bytes] = []
    for payload in entries:
        for line in payload.split(b"\n"):
            numbered.append(b'{"line":%d,%b\n' % (len(numbered), line[1:]))
    return b"".join(numbered)
