"""What the words of a record question mean depends on: the site, its time zone, and what time it is."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector.events.visits import VISIT_GAP_MS
from collector.query.mirror_schema import schema_of

ACTIVE_MS = 5 * 60_000
"""How long after its last event a session is active; until ``VISIT_GAP_MS`` it is idle."""


class Context(NamedTuple):
    """``now_ms`` is the present, ms since 1970 UTC; ``people`` are the robots that the site counts as people."""

    site_id: str
    zone: ZoneInfo
    now_ms: int
    people: tuple[str, ...] = ()

    @property
    def rows(self) -> str:
        """The site's events, as SQL."""
        return f"{schema_of(self.site_id)}.rows"

    @property
    def visits(self) -> str:
        """The site's visits, as SQL."""
        return f"{schema_of(self.site_id)}.visits"

    def values_of(self, sql: str) -> dict[str, object]:
        """The values of those names that stand in a text: since when sessions are open, or active, and ``people``."""
        known: dict[str, object] = {
            "open_ms": self.now_ms - VISIT_GAP_MS,
            "active_ms": self.now_ms - ACTIVE_MS,
            "people": list(self.people),
        }
        return {name: value for name, value in known.items() if f"${name}" in sql}
