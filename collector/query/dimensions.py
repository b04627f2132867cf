"""All dimensions that are a column; those of time are in buckets.py.

An ``event:`` dimension is the event's own value, a ``visit:`` dimension the one of its whole visit. What is
shown is also what filters compare with and what answers are ordered by: never null.
"""

from typing import Literal, NamedTuple

NOT_SET = "(not set)"
DIRECT = "Direct / None"


class Dimension(NamedTuple):
    """One dimension: a column of ``event`` or ``visit`` and the label of its absence."""

    name: str
    relation: Literal["event", "visit"]
    column: str
    meaning: str
    missing: str = NOT_SET

    @property
    def sql(self) -> str:
        return f"coalesce({self.relation}.{self.column}, '{self.missing}')"


DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("event:page", "event", "path", "path of the page"),
        Dimension("event:name", "event", "name", "name of the event, such as pageview"),
        Dimension("event:hostname", "event", "hostname", "host of the page"),
        Dimension("event:element", "event", "element", "short path of the clicked element"),
        Dimension("event:entity_type", "event", "entity_type", "type of the viewed thing, such as product"),
        Dimension("event:entity_id", "event", "entity_id", "id of the viewed thing"),
        Dimension("visit:source", "visit", "source", "where the visit came from", DIRECT),
        Dimension("visit:referrer", "visit", "referrer", "page that the visit came from", DIRECT),
        Dimension("visit:utm_source", "visit", "utm_source", "utm_source of the visit's first address"),
        Dimension("visit:utm_medium", "visit", "utm_medium", "utm_medium of the same"),
        Dimension("visit:utm_campaign", "visit", "utm_campaign", "utm_campaign of the same"),
        Dimension("visit:utm_content", "visit", "utm_content", "utm_content of the same"),
        Dimension("visit:utm_term", "visit", "utm_term", "utm_term of the same"),
        Dimension("visit:device", "visit", "device", "desktop, mobile, tablet, tv or other"),
        Dimension("visit:browser", "visit", "browser", "family name, such as Firefox"),
        Dimension("visit:browser_version", "visit", "browser_version", "major version"),
        Dimension("visit:os", "visit", "os", "operating system, such as Windows"),
        Dimension("visit:os_version", "visit", "os_version", "version as the system names it"),
        Dimension("visit:country", "visit", "country", "ISO 3166-1 alpha-2 code"),
        Dimension("visit:language", "visit", "language", "first language of the browser, such as pt-BR"),
        Dimension("visit:entry_page", "visit", "entry_path", "path of the visit's first pageview"),
        Dimension("visit:exit_page", "visit", "exit_path", "path of the visit's last pageview"),
    )
}
