"""How many different values of a dimension a site may bring a day; what is more is called ``(other)``.

Strangers write paths, names and tags. A million invented ones would make every list of a report useless and a day's
segments three times as large, so of each dimension only so many are told apart. No event is dropped: totals, visitors
and visits stay exact, whatever the values are called.

Each worker counts for itself and from the start of its process, and holds 64 bits of each value. So N workers keep N
times as many at most; docs/decisions/0005-distinct-values.md says why the store does not count them.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from collector.events.columns import EVENT_COLUMNS
from collector.ingest.counters import Counters

OTHER: Final = "(other)"
DAY_MS = 86_400_000
MOST_FACTOR = 10  # values held for all sites together, in units of the setting

PARTS: dict[str, int] = {
    "path": 1, "title": 1, "referrer": 1, "entity_id": 1, "prop_value": 1,
    "source": 10, "utm_source": 10, "utm_medium": 10, "utm_campaign": 10, "utm_content": 10, "utm_term": 10,
    "element": 10, "text": 10,
    "name": 100, "hostname": 100, "language": 100, "entity_type": 100, "prop_name": 100, "app_name": 100,
    "app_version": 100, "os": 100, "os_version": 100, "browser_version": 100, "revenue_currency": 100,
}  # fmt: skip
"""Dimension → which part of ``FOOTFALL_DISTINCT_VALUES`` it may have. Ids of visitors and users are no dimension."""

OWN_NAMES = frozenset(("pageview", "engagement", "click", "scroll", "view"))
"""Names that reports are made of, so no flood of others may come before them."""

OF_EVENTS = tuple(dimension for dimension in PARTS if dimension in EVENT_COLUMNS)
OF_BEACONS = tuple(dimension for dimension in PARTS if dimension not in EVENT_COLUMNS and dimension[:5] != "prop_")


class DistinctValues:
    """The values that this process tells apart. ``most`` is the setting; 0 = all of them."""

    def __init__(self, most: int, counters: Counters) -> None:
        self._most = {dimension: max(most // part, 1) for dimension, part in PARTS.items()}
        self._is_on = most > 0
        self._most_held = most * MOST_FACTOR
        self._held = 0
        self._days: dict[str, SiteDay] = {}
        self._others = {dimension: counters.others.labels(dimension) for dimension in PARTS}

    def find_day(self, site: str, received_ms: int) -> "SiteDay | None":
        """What a site has brought on the day of a moment; None when nothing is capped."""
        return self._day_of(site, received_ms) if self._is_on else None

    def cap(self, day: "SiteDay", columns: dict[str, Any], dimensions: tuple[str, ...]) -> None:
        """Put ``OTHER`` in the place of values of ``dimensions`` that are beyond the cap."""
        seen = day.seen
        for dimension in dimensions:
            value = columns.get(dimension)
            if value is not None and hash(value) not in seen[dimension] and not self._admit(day, dimension, value):
                columns[dimension] = OTHER

    def cap_props(self, site: str, received_ms: int, props: Mapping[str, Any]) -> Mapping[str, Any]:
        """The properties, with ``OTHER`` for names and texts beyond the cap. A text counts under its name."""
        if not self._is_on:
            return props
        day = self._day_of(site, received_ms)
        seen = day.seen
        kept = {}
        for name, value in props.items():
            known = name if hash(name) in seen["prop_name"] or self._admit(day, "prop_name", name) else OTHER
            is_known = not isinstance(value, str) or hash((known, value)) in seen["prop_value"]
            kept[known] = value if is_known or self._admit(day, "prop_value", (known, value)) else OTHER
        return kept

    def _day_of(self, site: str, received_ms: int) -> "SiteDay":
        day = received_ms // DAY_MS
        found = self._days.get(site)
        if found is None or found.day != day:
            self._forget(site)
            found = self._days[site] = SiteDay(day)
        return found

    def _admit(self, day: "SiteDay", dimension: str, value: object) -> bool:
        """Whether a value that was not seen today has room."""
        if dimension == "name" and value in OWN_NAMES:
            return True
        seen = day.seen[dimension]
        if len(seen) >= self._most[dimension]:
            self._others[dimension].inc()
            return False
        seen.add(hash(value))
        if day.is_gone:
            return True
        day.held += 1
        self._held += 1
        if self._held > self._most_held:
            self._forget(next(iter(self._days)))
        return True

    def _forget(self, site: str) -> None:
        """Begin anew with a site: its day is over, or it is the one that began first and there is no room."""
        gone = self._days.pop(site, None)
        if gone is not None:
            gone.is_gone = True
            self._held -= gone.held


class SiteDay:
    """The values of a site on one day, by dimension, as their hashes. ``is_gone``: it was forgotten meanwhile."""

    __slots__ = ("day", "held", "is_gone", "seen")

    def __init__(self, day: int) -> None:
        self.day = day
        self.held = 0
        self.is_gone = False
        self.seen: defaultdict[str, set[int]] = defaultdict(set)
