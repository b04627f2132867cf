"""The one table of a stored event's columns, shared by log, segments, mirror and query language.

A log entry holds one or more lines of JSON, one a context (usually one line a beacon)::

    {"received_ms": 1763800005120, "path": "/p/42", ..., "events": [{"name": "pageview", "at_ms": ...}, ...]}

``EVENT_COLUMNS`` stand on the event, all others on the line. ``SELECT_FROM_LOG`` is the only text that turns such
lines into rows, so the unsealed tail and the sealed segments cannot differ.
"""

from collections.abc import Collection
from hashlib import sha256
from typing import NamedTuple


class Column(NamedTuple):
    """One column of a stored event: its name, its DuckDB type and what it means (with its unit)."""

    name: str
    type: str
    meaning: str


COLUMNS: tuple[Column, ...] = (
    Column("at_ms", "BIGINT", "when it happened, ms since 1970 UTC, corrected for the sender's clock"),
    Column("received_ms", "BIGINT", "when the collector took it, ms since 1970 UTC"),
    Column("seq", "INTEGER", "its number among the events of its pageview, from 0"),
    Column("name", "VARCHAR", "pageview, click, scroll, engagement, view or a custom name"),
    Column("event_id", "BIGINT", "counted once: hash of <pageview id>.<seq>, or of the sender's own id"),
    Column("pageview_id", "BIGINT", "the page instance it belongs to: hash of its id"),
    Column("visitor", "BIGINT", "who: 64 bits of a keyed hash, see enrich/visitor.py"),
    Column("visitor_id", "VARCHAR", "the first-party or install id that the sender gave, if any"),
    Column("user_id", "VARCHAR", "the id that the site itself gives with identify()"),
    Column("hostname", "VARCHAR", "host of the page, lower case"),
    Column("path", "VARCHAR", "path of the page, without query and fragment"),
    Column("title", "VARCHAR", "title of the page"),
    Column("referrer", "VARCHAR", "referring page without query and credentials; null within the site"),
    Column("source", "VARCHAR", "where the visit came from: utm_source, a click id's platform or the referrer's name"),
    Column("channel", "VARCHAR", "kind of source, such as Organic Search; null for Direct"),
    Column("utm_medium", "VARCHAR", "utm_medium of the page's address, else what a click id stands for"),
    Column("utm_source", "VARCHAR", "utm_source of the page's address"),
    Column("utm_campaign", "VARCHAR", "utm_campaign of the page's address"),
    Column("utm_content", "VARCHAR", "utm_content of the page's address"),
    Column("utm_term", "VARCHAR", "utm_term of the page's address"),
    Column("device", "VARCHAR", "desktop, mobile, tablet, tv or other"),
    Column("browser", "VARCHAR", "family name, such as Firefox"),
    Column("browser_version", "VARCHAR", "major version"),
    Column("os", "VARCHAR", "operating system, such as Windows"),
    Column("os_version", "VARCHAR", "version as the system names it"),
    Column("is_bot", "BOOLEAN", "true for a robot; counted apart"),
    Column("bot", "VARCHAR", "the robot's name, such as Googlebot"),
    Column("country", "VARCHAR", "ISO 3166-1 alpha-2 code, from the database the operator brings"),
    Column("region", "VARCHAR", "ISO 3166-2 code, such as GB-ENG"),
    Column("region_name", "VARCHAR", "its English name, such as England"),
    Column("city", "VARCHAR", "English name"),
    Column("ip_address", "VARCHAR", "address of the sender, whole or cut, where the site keeps it"),
    Column("user_agent", "VARCHAR", "user agent of the sender, where the site keeps it"),
    Column("language", "VARCHAR", "first language of the browser, such as de or pt-BR"),
    Column("viewport_width", "INTEGER", "CSS px"),
    Column("viewport_height", "INTEGER", "CSS px"),
    Column("screen", "VARCHAR", "class of the viewport's width: mobile, tablet, laptop or desktop"),
    Column("element", "VARCHAR", "short path of the clicked element"),
    Column("text", "VARCHAR", "its visible name"),
    Column("x", "INTEGER", "CSS px from the left edge of the page"),
    Column("y", "INTEGER", "CSS px from the top edge of the page"),
    Column("entity_type", "VARCHAR", "type of the viewed thing, such as product"),
    Column("entity_id", "VARCHAR", "id of the viewed thing"),
    Column("visible_ms", "BIGINT", "ms visible so far, cumulative per pageview (or per entity for a view)"),
    Column("active_ms", "BIGINT", "ms visible, focused and used so far, cumulative per pageview"),
    Column("scroll_percent", "INTEGER", "deepest part of the page seen so far, 0 to 100"),
    Column("platform", "VARCHAR", "web or app"),
    Column("app_name", "VARCHAR", "name of the app, null for a web page"),
    Column("app_version", "VARCHAR", "version of the app"),
    Column("props", "VARCHAR", "custom properties, a JSON object of scalars"),
    Column("revenue_amount", "DOUBLE", "amount in revenue_currency"),
    Column("revenue_currency", "VARCHAR", "ISO 4217 code"),
)

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)

# The order of rows inside one visitor. It names no column that a segment may drop, and it is total for
# all that a question can see, so visits come out the same in any arrival order.
TIME_ORDER = "at_ms, seq nulls last, name, path nulls last, element nulls last"

EVENT_COLUMNS = frozenset(
    (
        "at_ms", "seq", "name", "event_id", "visitor", "visitor_id", "user_id", "element", "text", "x", "y",
        "entity_type", "entity_id", "visible_ms", "active_ms", "scroll_percent", "props",
        "revenue_amount", "revenue_currency",
    )
)  # fmt: skip
"""Columns that differ between events of one context, so that they stand on the event."""

REQUIRED = ("at_ms", "received_ms", "name", "visitor")
"""Columns without which a row can be put nowhere."""

LACKS_REQUIRED = " or ".join(f"{name} is null" for name in REQUIRED)
"""SQL, true of a row that has not all of them."""

_EVENT_STRUCT = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS if name in EVENT_COLUMNS)
_LINE_COLUMNS = ", ".join(f"'{name}': '{type_}'" for name, type_, _ in COLUMNS if name not in EVENT_COLUMNS)

_PLACES = {name: f"event.{name}" if name in EVENT_COLUMNS else name for name in NAMES}

# A line without events becomes a row without anything, so that it is noticed.
_LINES = f"""
from (
    select *, unnest(coalesce(events, [null])) as event
    from read_json({{path}}, format = 'newline_delimited', maximum_object_size = 33554432,
        columns = {{{{{_LINE_COLUMNS}, 'events': 'STRUCT({_EVENT_STRUCT})[]'}}}})
)
"""
SELECT_FROM_LOG = f"select {', '.join(_PLACES.values())} {_LINES}"
"""Rows of a file of log lines, in their order. ``{{path}}`` is the file's path as SQL."""

UNEXPECTED = "unexpected"


def select_expected(names: Collection[str]) -> str:
    """``SELECT_FROM_LOG`` of these columns only; ``UNEXPECTED`` is true where another one has a value, else null."""
    others = " or ".join(f"{_PLACES[name]} is not null" for name in NAMES if name not in names) or "false"
    return f"select {', '.join(_PLACES[name] for name in names)}, if({others}, true, null) as {UNEXPECTED} {_LINES}"


LOG_FIELD = "b" + sha256(_LINE_COLUMNS.encode() + _EVENT_STRUCT.encode()).hexdigest()[:6]
"""The name under which an entry of the log holds its lines: who reads another one knows that the lines may have
columns that are not in this table, or lack some."""

DUPLICATE_WINDOW_MS = 72 * 3_600_000
"""How long after an event an event of the same id is the same event, by the time of arrival."""
