"""Pageviews and interactions: events, as the earlier systems knew them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from collector.events.sessions import SESSION_END, SESSION_START
from collector.query.records.moments import write_moment
from collector.query.records.public_id import KEY, write_id, write_session_id
from collector.query.records.resource import Field, Resource, table_of
from collector.query.records.url_lookups import SCHEME, SHOWN_URL

_OF_EVENTS = (
    Field("id", KEY, "id", "the time in ms and a hash, so in the order of time", is_ordered=True),
    Field("session", "event", "session", "id of its session, or the id that the sender gave it"),
    Field("session_id", "event", "session", "the same"),
    Field("session__session_id", "event", "session", "the same"),
    Field("user_id", "event.user_id", "text", "the id that the site itself gave", is_ordered=True),
    Field("session__user_id", "event.user_id", "text", "the same"),
    Field("timestamp", "event.at_ms", "time", "when it happened", is_ordered=True),
)

PAGEVIEWS = Resource(
    "pageviews",
    "event",
    at="event.at_ms",
    key=KEY,
    fixed="event.name = 'pageview'",
    fields=table_of(
        *_OF_EVENTS,
        Field("url", SHOWN_URL, "url", "https://host/path, or the name of an app's screen", is_ordered=True),
        Field("title", "event.title", "text", "title of the page"),
    ),
    search=("url", "title", "session", "user_id"),
    time_field="timestamp",
)

INTERACTIONS = Resource(
    "interactions",
    "event",
    at="event.at_ms",
    key=KEY,
    fixed=f"event.name not in ('pageview', 'engagement', '{SESSION_START}', '{SESSION_END}')",
    fields=table_of(
        *_OF_EVENTS,
        Field("event_type", "event.name", "name", "click, scroll, …, or a name of the site's own", is_ordered=True),
        Field("element", "event.element", "text", "short path of the element", is_ordered=True),
        Field("text", "event.text", "text", "its visible name"),
        Field("page_url", SHOWN_URL, "url", "address of the page", is_ordered=True),
        Field("entity_type", "event.entity_type", "text", "type of the viewed thing"),
        Field("entity_id", "event.entity_id", "text", "id of the viewed thing"),
    ),
    search=("element", "text", "session", "user_id"),
    time_field="timestamp",
    has_metadata=True,
)

COLUMNS = (
    "at_ms", "visit", "visitor_id", "user_id", "hostname", "path", "title", "name", "element", "text", "x", "y",
    "entity_type", "entity_id", "visible_ms", "scroll_percent", "props",
)  # fmt: skip
"""What is read of an event to show it."""


def show_event(resource: Resource, row: Mapping[str, Any]) -> dict[str, Any]:
    """An event as a record. ``row`` has ``COLUMNS`` and ``key``."""
    session = write_session_id(row["visit"])
    record = {"id": write_id(row["at_ms"], row["key"])}
    sessions = {"session": session, "session_id": row["visitor_id"] or session, "user_id": row["user_id"]}
    timestamp = {"timestamp": write_moment(row["at_ms"])}
    if resource is PAGEVIEWS:
        return {**record, "url": _url_of(row), **timestamp, **sessions, "title": row["title"]}
    entity = {"type": row["entity_type"], "id": row["entity_id"]} if row["entity_type"] is not None else None
    return {
        **record,
        **sessions,
        "event_type": row["name"],
        "element": row["element"],
        **timestamp,
        "metadata": _metadata_of(row),
        "page_url": _url_of(row),
        "text": row["text"],
        "entity": entity,
        "visible_ms": row["visible_ms"],
        "scroll_percent": row["scroll_percent"],
    }


def _url_of(row: Mapping[str, Any]) -> str | None:
    if row["path"] is None:
        return None
    return f"{SCHEME}{row['hostname']}{row['path']}" if row["hostname"] else str(row["path"])


def _metadata_of(row: Mapping[str, Any]) -> dict[str, Any]:
    places = {"x_coord": row["x"], "y_coord": row["y"]}
    own = msgspec.json.decode(row["props"]) if row["props"] else {}
    return {name: value for name, value in places.items() if value is not None} | own
