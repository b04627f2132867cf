"""The id of a record, made of what stays of an event for ever.

The sender's own event id and the pageview id go when a day is closed (events/segment_rows.py), so the id is the time
in ms and a hash of the columns that stay: ``1763800001200-9f86d081884c7d65``. Ids are in the order of time, and one
leads to the events of its ms, which is all that is read to find it. Two events that are the same in all columns share
an id, and nobody can tell them apart.

A session's id is its visit's number in hexadecimal.
"""

import re
from typing import NamedTuple

HASHED = (
    "visitor", "visitor_id", "user_id", "seq", "name", "hostname", "path", "element", "text", "x", "y", "entity_type",
    "entity_id", "visible_ms", "active_ms", "scroll_percent", "props",
)  # fmt: skip

_PARTS = ", ".join(f"coalesce(event.{name}::varchar, chr(30))" for name in HASHED)
KEY = f"left(md5(concat_ws(chr(31), {_PARTS})), 16)"
"""SQL of an event's hash. Rows of one ms are few; of a million it would take a second."""

_ID = re.compile(r"([0-9]{1,14})-([0-9a-f]{16})(?:-([0-9]{1,9}))?")
SESSION_ID_PATTERN = "^[0-9a-f]{16}$"
_SESSION_ID = re.compile(SESSION_ID_PATTERN)

SESSION_HEX = "lower(lpad(to_hex({visit}), 16, '0'))"
"""SQL of a session's id."""


class Place(NamedTuple):
    """Where a record stands among others: its ms, its key, and which of those that share both it is, from 1."""

    at_ms: int
    key: str
    copy: int = 1


def write_id(at_ms: int, key: str) -> str:
    return f"{at_ms}-{key}"


def parse_id(text: str) -> Place | None:
    """The place that an id or a cursor names; None when it is neither."""
    match = _ID.fullmatch(text)
    return Place(int(match[1]), match[2], int(match[3] or 1)) if match else None


def write_cursor(place: Place) -> str:
    return write_id(place.at_ms, place.key) + (f"-{place.copy}" if place.copy > 1 else "")


def write_session_id(visit: int) -> str:
    return f"{visit & (2**64 - 1):016x}"


def parse_session_id(text: str) -> int | None:
    """The visit of a session's id; None when it has not the form of one."""
    if not _SESSION_ID.fullmatch(text):
        return None
    number = int(text, 16)
    return number - 2**64 if number >= 2**63 else number
