"""Bodies of the records API → beacons, so that what comes in there takes the way of every other event.

The names are those of dj-user-behavior: ``session_id`` is our visitor, ``event_type`` the event's name, ``metadata``
its properties; ``x_coord`` and ``y_coord`` are the tracker's x and y.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from collector.events.limits import most
from collector.events.model import EventId, User, Visitor
from collector.events.sessions import SESSION_END, SESSION_START
from collector.events.visits import AUTOMATIC_NAMES

MOST_RECORDS = 100  # of one request
POINTERS = {
    "/page/url": "/url", "/page/referrer": "/referrer", "/props": "/metadata", "/name": "/event_type",
    "/visitor": "/session_id", "/user": "/user_id", "/ip": "/ip_address", "/at": "/timestamp",
}  # fmt: skip
"""Where a field of the beacon stands in the body that it was made of."""

_KNOWN_NAMES = frozenset((*AUTOMATIC_NAMES, "form_submit"))

When = Annotated[datetime, Meta(tz=True)]
Url = Annotated[str, Meta(min_length=1, max_length=most("url"))]
EventType = Annotated[str, Meta(min_length=1, max_length=most("name"))]


class NewSession(Struct, frozen=True, forbid_unknown_fields=True):
    """A session that begins, or goes on; with ``end_time`` one that is over.

    ``user_agent`` and ``ip_address`` are believed of the holder of a secret write key, else those of the connection.
    """

    session_id: Visitor
    user_agent: str | None = None
    ip_address: str | None = None
    end_time: When | None = None
    user_id: User | None = None


class NewPageview(Struct, frozen=True, forbid_unknown_fields=True):
    """A page that was shown; a session that is not known begins with it. Sent again under its ``id`` it counts once."""

    url: Url
    session_id: Visitor
    title: str | None = None
    referrer: str | None = None
    user_id: User | None = None
    timestamp: When | None = None
    id: EventId | None = None


class NewInteraction(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened. ``metadata`` is an object; what is nested in it becomes ``outer.inner``."""

    session_id: Visitor
    event_type: EventType
    element: str | None = None
    metadata: dict[str, Any] | None = None
    page_url: Url | None = None
    user_id: User | None = None
    timestamp: When | None = None
    id: EventId | None = None


NewRecord = NewSession | NewPageview | NewInteraction
TYPES: dict[str, type[NewRecord]] = {
    "sessions": NewSession,
    "pageviews": NewPageview,
    "interactions": NewInteraction,
}


def build_beacon(site_id: str, record: NewRecord, event_id: str, has_key: bool) -> bytes:
    """The beacon that says the same. ``event_id`` names its event where the record brings none.

    ``has_key``: the sender shows a secret write key, so its address and user agent may be another's.
    """
    beacon: dict[str, Any] = {"site": site_id, "visitor": record.session_id}
    if record.user_id is not None:
        beacon["user"] = record.user_id
    url = getattr(record, "url", None) or getattr(record, "page_url", None)
    if url is not None:
        page = {"url": url, "title": getattr(record, "title", None), "referrer": getattr(record, "referrer", None)}
        beacon["page"] = {name: value for name, value in page.items() if value is not None}
    if isinstance(record, NewSession):
        beacon["events"] = _events_of_session(record, event_id, has_key)
    else:
        at = {} if record.timestamp is None else {"at": _milliseconds(record.timestamp)}
        beacon["events"] = [{"id": record.id or event_id, **at, **_facts_of(record)}]
    return msgspec.json.encode(beacon)


def build_end(site_id: str, who: Mapping[str, str], event_id: str, at_ms: int, reason: str) -> bytes:
    """The beacon that ends the session of ``who``: a ``visitor``, or a ``user`` who has none."""
    event = {"name": SESSION_END, "id": event_id, "at": at_ms, "props": {"reason": reason}}
    return msgspec.json.encode({"site": site_id, **who, "events": [event]})


def _events_of_session(record: NewSession, event_id: str, has_key: bool) -> list[dict[str, Any]]:
    start: dict[str, Any] = {"name": SESSION_START, "id": event_id}
    if has_key:
        sent = {"ip": record.ip_address, "user_agent": record.user_agent}
        start |= {name: value for name, value in sent.items() if value is not None}
    if record.end_time is None:
        return [start]
    at_ms = _milliseconds(record.end_time)
    end = {"name": SESSION_END, "id": f"{event_id}.end", "at": at_ms, "props": {"reason": "api"}}
    return [{**start, "at": at_ms}, end]


def _facts_of(record: NewPageview | NewInteraction) -> dict[str, Any]:
    if isinstance(record, NewPageview):
        return {"name": "pageview"}
    known = record.event_type.lower()
    facts: dict[str, Any] = {"name": known if known in _KNOWN_NAMES else record.event_type}
    if record.element is not None:
        facts["element"] = record.element
    props = flatten(record.metadata or {})
    for name, column in (("x_coord", "x"), ("y_coord", "y")):
        value = props.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most("pixels"):
            facts[column] = props.pop(name)
    return facts | ({"props": props} if props else {})


def flatten(metadata: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Nested objects as ``outer.inner``, arrays as their JSON: properties are scalars."""
    flat: dict[str, Any] = {}
    for name, value in metadata.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{above}{name}.")
        else:
            flat[above + name] = msgspec.json.encode(value).decode() if isinstance(value, list) else value
    return flat


def _milliseconds(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
