"""All dimensions that are a label of an event; the buckets of time are in buckets.py, goals in filters.py.

An ``event:`` dimension is the event's own value, a ``visit:`` dimension the one of its whole visit. What is
shown is also what filters compare with and what answers are ordered by: never null.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from collector.events.sql import quote
from collector.events.visits import TIE
from collector.query.country_names import COUNTRY_NAMES

NOT_SET = "(not set)"
DIRECT = "Direct / None"
NONE = "(none)"

PROPERTY = "event:props:"
"""What a property's name stands behind."""

Relation = Literal["event", "visit"]


class Dimension(NamedTuple):
    """One dimension: a column of ``event`` or ``visit``, the label of its absence, and names of its values."""

    name: str
    relation: Relation
    column: str
    meaning: str
    missing: str = NOT_SET
    names: Mapping[str, str] | None = None

    @property
    def value(self) -> str:
        """SQL of what is there, null where nothing is."""
        column = f"{self.relation}.{self.column}"
        return column if self.names is None else f"coalesce({_map_sql(self.names)}[{column}], {column})"

    @property
    def sql(self) -> str:
        """SQL of the label."""
        return f"coalesce({self.value}, '{self.missing}')"


class Property(NamedTuple):
    """A custom property of an event; ``(none)`` where the event has none of that name, as in Plausible."""

    name: str

    @property
    def relation(self) -> Relation:
        return "event"

    @property
    def pointer(self) -> str:
        """Where it stands in the event's properties, as a JSON pointer."""
        key = self.name.removeprefix(PROPERTY)
        return f"/{key.replace('~', '~0').replace('/', '~1')}"


class Lookup(NamedTuple):
    """What a query of one value, ``sql``, finds for an event or its visit in the relations of ``{site_id}``."""

    name: str
    relation: Relation
    sql: str
    meaning: str
    missing: str = NOT_SET


class LocalPart(NamedTuple):
    """A part of an event's local time that comes again; ``sql`` makes it of local ms since 1970."""

    name: str
    sql: str
    meaning: str

    @property
    def relation(self) -> Relation:
        return "event"


def _map_sql(names: Mapping[str, str]) -> str:
    keys, values = (", ".join(map(quote, texts)) for texts in (names, names.values()))
    return f"map([{keys}], [{values}])"


DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("event:page", "event", "path", "path of the page"),
        Dimension("event:name", "event", "name", "name of the event, such as pageview"),
        Dimension("event:hostname", "event", "hostname", "host of the page"),
        Dimension("event:element", "event", "element", "short path of the clicked element"),
        Dimension("event:entity_type", "event", "entity_type", "type of the viewed thing, such as product"),
        Dimension("event:entity_id", "event", "entity_id", "id of the viewed thing"),
        Dimension("event:user", "event", "user_id", "the id that the site gave with identify()"),
        Dimension("event:currency", "event", "revenue_currency", "ISO 4217 code of the event's revenue"),
        Dimension("visit:source", "visit", "source", "where the visit came from", DIRECT),
        Dimension("visit:channel", "visit", "channel", "kind of source, such as Organic Search", "Direct"),
        Dimension("visit:referrer", "visit", "referrer", "page that the visit came from", DIRECT),
        Dimension("visit:utm_source", "visit", "utm_source", "utm_source of the visit's first address"),
        Dimension("visit:utm_medium", "visit", "utm_medium", "utm_medium of the same, else what a click id means"),
        Dimension("visit:utm_campaign", "visit", "utm_campaign", "utm_campaign of the same"),
        Dimension("visit:utm_content", "visit", "utm_content", "utm_content of the same"),
        Dimension("visit:utm_term", "visit", "utm_term", "utm_term of the same"),
        Dimension("visit:device", "visit", "device", "desktop, mobile, tablet, tv or other"),
        Dimension("visit:browser", "visit", "browser", "family name, such as Firefox"),
        Dimension("visit:browser_version", "visit", "browser_version", "major version"),
        Dimension("visit:os", "visit", "os", "operating system, such as Windows"),
        Dimension("visit:os_version", "visit", "os_version", "version as the system names it"),
        Dimension("visit:country", "visit", "country", "ISO 3166-1 alpha-2 code"),
        Dimension("visit:country_name", "visit", "country", "English name of the country", names=COUNTRY_NAMES),
        Dimension("visit:region", "visit", "region", "ISO 3166-2 code, such as GB-ENG"),
        Dimension("visit:region_name", "visit", "region_name", "English name of the region"),
        Dimension("visit:city", "visit", "city", "English name of the city"),
        Dimension("visit:city_name", "visit", "city", "the same, as Plausible calls it"),
        Dimension("visit:screen", "visit", "screen", "mobile, tablet, laptop or desktop, by the viewport's width"),
        Dimension("visit:platform", "visit", "platform", "web or app"),
        Dimension("visit:app", "visit", "app_name", "name of the app"),
        Dimension("visit:app_version", "visit", "app_version", "version of the app"),
        Dimension("visit:bot", "visit", "bot", "name of the robot, with include.bots", "(no robot)"),
        Dimension("visit:language", "visit", "language", "first language of the browser, such as pt-BR"),
        Dimension("visit:entry_page", "visit", "entry_path", "path of the visit's first pageview"),
        Dimension("visit:exit_page", "visit", "exit_path", "path of the visit's last pageview"),
        Dimension("visit:entry_page_hostname", "visit", "hostname", "host of the visit's first event"),
    )
}

LOOKUPS: dict[str, Lookup] = {
    lookup.name: lookup
    for lookup in (
        Lookup(
            "event:entity_category",
            "event",
            """select known.category from "{site_id}".categories as known
            where known.entity_type = event.entity_type and known.entity_id = event.entity_id""",
            "category with which the viewed thing is registered",
        ),
        # A visit does not know it: hardly a site has several hosts, and every column costs all of them.
        Lookup(
            "visit:exit_page_hostname",
            "visit",
            f"""select arg_max(hostname, (at_ms, coalesce(seq, 2147483647), {TIE}))
            from (select * from "{{site_id}}".rows) as last
            where last.visit = visit.visit and name = 'pageview' and path is not null""",
            "host of the visit's last pageview",
        ),
    )
}

LOCAL_PARTS: dict[str, LocalPart] = {
    part.name: part
    for part in (
        LocalPart(
            "time:hour_of_day", "lpad((({local_ms}) // 3600000 % 24)::varchar, 2, '0')", "local hour, 00 to 23"
        ),
        # 1970-01-01 was a Thursday.
        LocalPart(
            "time:day_of_week", "((({local_ms}) // 86400000 + 3) % 7 + 1)::varchar", "1 for Monday to 7 for Sunday"
        ),
    )
}  # fmt: skip
