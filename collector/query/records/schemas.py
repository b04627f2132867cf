"""JSON Schemas of records as they are shown, and of a page of them."""

from collector.events.sessions import END_REASONS
from collector.query.question_schema import Schema, array_of, closed, nullable, ref
from collector.query.records.public_id import SESSION_ID_PATTERN
from collector.query.records.text_lookups import STATES

_TEXT: Schema = {"type": "string"}
_TIME: Schema = {"type": "string", "format": "date-time"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MAYBE_TEXT, _MAYBE_COUNT = nullable("string"), nullable("integer")
_MAYBE_TIME: Schema = {**_MAYBE_TEXT, "format": "date-time"}
_SESSION_ID: Schema = {"type": "string", "pattern": SESSION_ID_PATTERN}
_STATE: Schema = {"type": "string", "enum": list(STATES)}
END_REASON: Schema = {"enum": ["timeout", "replaced", *END_REASONS, None]}

_OF_SESSION_KNOWN_TO_ITS_SENDER: dict[str, Schema] = {
    "id": _SESSION_ID, "session_id": _TEXT, "user_agent": _MAYBE_TEXT, "ip_address": _MAYBE_TEXT, "start_time": _TIME,
    "end_time": _MAYBE_TIME, "state": _STATE, "end_reason": END_REASON,
}  # fmt: skip

_OF_SESSION: dict[str, Schema] = {
    **_OF_SESSION_KNOWN_TO_ITS_SENDER,
    "user_id": _MAYBE_TEXT, "last_seen": _TIME, "duration_ms": _COUNT, "pageviews": _COUNT, "events": _COUNT,
    "is_bounce": {"type": ["boolean", "null"]},
    **dict.fromkeys(
        ("entry_page", "exit_page", "source", "channel", "referrer", "country", "region", "city", "device", "browser",
         "browser_version", "os", "platform", "app", "language"),
        _MAYBE_TEXT,
    ),
}  # fmt: skip

_OF_EVENT: dict[str, Schema] = {
    "id": _TEXT, "timestamp": _TIME, "session_id": _TEXT, "user_id": _MAYBE_TEXT,
    "session": {"anyOf": [_SESSION_ID, ref("Session"), {"type": "null"}], "description": "with expand all of it"},
}  # fmt: skip
_OF_PAGEVIEW: dict[str, Schema] = {**_OF_EVENT, "url": _MAYBE_TEXT, "title": _MAYBE_TEXT}
_OF_INTERACTION: dict[str, Schema] = {
    **_OF_EVENT, "event_type": _TEXT, "element": _MAYBE_TEXT, "text": _MAYBE_TEXT, "metadata": {"type": "object"},
    "page_url": _MAYBE_TEXT, "visible_ms": _MAYBE_COUNT, "scroll_percent": _MAYBE_COUNT,
    "entity": {"anyOf": [closed(("type", "id"), type=_TEXT, id=_MAYBE_TEXT), {"type": "null"}]},
}  # fmt: skip


def _whole(properties: dict[str, Schema]) -> Schema:
    return closed(tuple(properties), **properties)


def _page_of(name: str) -> Schema:
    return closed(
        ("count", "next", "previous", "results"),
        count=_COUNT,
        next=_MAYBE_TEXT,
        previous=_MAYBE_TEXT,
        results=array_of(ref(name)),
    )


NAME_OF = {"sessions": "Session", "pageviews": "Pageview", "interactions": "Interaction"}
"""Resource → the component of its record; that of a page of them has ``Page`` behind it."""

RECORD_SCHEMAS: dict[str, Schema] = {
    "Session": _whole(_OF_SESSION),
    "SessionState": closed(
        tuple(_OF_SESSION_KNOWN_TO_ITS_SENDER), **_OF_SESSION_KNOWN_TO_ITS_SENDER, user_id=_MAYBE_TEXT
    ),
    "Pageview": _whole(_OF_PAGEVIEW),
    "Interaction": _whole(_OF_INTERACTION),
    "SessionChanges": closed(
        ("results", "cursor"),
        results=array_of(_whole({**_OF_SESSION, "changed_at": _TIME})),
        cursor={"type": "string", "description": "where to go on, also when there are no results"},
    ),
    **{f"{name}Page": _page_of(name) for name in NAME_OF.values()},
}
"""By the name of its component."""
