"""What the words of a record question mean depends on: the site, its time zone, and what time it is."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector.events.visits import VISIT_GAP_MS
from collector.query.mirror_schema import schema_of

# Of a user's sessions only the newest goes on: one that began while another was open, or before it was over for good.
# ``replaced_ms``: when it was first heard whose the newer one is.
_REPLACEMENTS = f"""
with owned as (
    select visits.visit, visits.visitor, event.user_id, visits.start_ms, visits.end_ms, min(received_ms) as known_ms
    from {{rows}} as event join {{visits}} as visits on visits.visit = event.visit
    where event.user_id is not null
    group by all
)
select older.visit, min(newer.known_ms) as replaced_ms
from owned as older join owned as newer using (user_id)
where newer.visitor <> older.visitor
    and newer.start_ms > older.start_ms and newer.start_ms <= older.end_ms + {VISIT_GAP_MS}
group by older.visit"""

ACTIVE_MS = 5 * 60_000
"""How long after its last event a session is active; until ``VISIT_GAP_MS`` it is idle."""


class Context(NamedTuple):
    """``now_ms`` is the present, ms since 1970 UTC; ``people`` are the robots that the site counts as people.

    ``has_single_sessions``: a user has one session at a time, and a new one ends all others.
    """

    site_id: str
    zone: ZoneInfo
    now_ms: int
    people: tuple[str, ...] = ()
    has_single_sessions: bool = False

    def fill(self, sql: str) -> str:
        """The text with the site's relations in it; ``{replaced}``: or a newer session of the user's ended this one."""
        replaced = f"or visit.visit in (select visit from ({self.replacements}))" if self.has_single_sessions else ""
        return sql.format(rows=self.rows, visits=self.visits, replaced=replaced)

    @property
    def replacements(self) -> str:
        """SQL of the sessions that a newer one ended, and when; empty where users may have several at a time."""
        return _REPLACEMENTS.format(rows=self.rows, visits=self.visits) if self.has_single_sessions else ""

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
