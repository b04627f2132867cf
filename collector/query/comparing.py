"""Comparing a range with another one: which, and by how much a metric changed.

The ranges are Plausible's: as many days right before; the same dates 365 days before; or any others. What has not
happened yet is left out of both of the first two.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from collector.query.fields import Path, read_flag, read_object, read_text, refuse, refuse_unknown
from collector.query.metrics import Metric
from collector.query.periods import DAY, FIRST_DAY, Range, parse_range, whole_days
from collector.query.timezones import local_date

YEAR_DAYS = 365

MODES: dict[str, str] = {
    "previous_period": "as many days, right before the range",
    "year_over_year": "the same days, 365 days before",
    "custom": "the range that date_range says",
}


class Comparing(NamedTuple):
    """With which range an answer is compared."""

    mode: str
    range: Range
    match_day_of_week: bool = False

    def as_json(self) -> dict[str, object]:
        """In a form that means the same at any time."""
        return {"mode": "custom", "date_range": self.range.as_json()}


def parse_comparison(value: object, span: Range, now_ms: int, at: Path) -> Comparing:
    """What ``include.comparisons`` asks for. Raises Problem."""
    fields = read_object(value, ("mode", "date_range", "match_day_of_week"), at)
    mode = read_text(fields.get("mode"), (*at, "mode"))
    if mode not in MODES:
        raise refuse_unknown("comparison", mode, MODES, (*at, "mode"))
    matches = read_flag(fields.get("match_day_of_week", False), (*at, "match_day_of_week"))
    if mode == "custom":
        if "date_range" not in fields:
            raise refuse("missing_field", "a custom comparison needs a date_range", (*at, "date_range"))
        return Comparing(mode, parse_range(fields["date_range"], span.zone, now_ms, None, (*at, "date_range")))
    if "date_range" in fields:
        raise refuse("invalid_include", "date_range is for the mode custom", (*at, "date_range"))
    first, last = span.first_day, min(local_date(span.zone, span.end_ms - 1), local_date(span.zone, now_ms))
    last = max(first, last)
    days = YEAR_DAYS if mode == "year_over_year" else (last - first).days + 1
    if matches:
        days = _nearest_week(days)
    if (first - FIRST_DAY).days < days:
        raise refuse("invalid_date_range", f"the comparison would start before {FIRST_DAY}", at)
    return Comparing(mode, whole_days(first - days * DAY, last - days * DAY, span.zone), matches)


def _nearest_week(days: int) -> int:
    """The nearest distance on which the days of the week are the same; never none at all."""
    return max(7, 7 * math.floor(days / 7 + 0.5))


def measure_change(metric: Metric, before: object, now: object) -> float | None:
    """Percent that a metric grew by, as a whole number (100 from nothing to something); points for percentages."""
    old, new = _number(before), _number(now)
    if old is None or new is None:
        return None
    if metric.is_percent:
        return round(new - old, 1)
    if old == 0:
        return 0 if new == 0 else 100
    grown = (new - old) / old * 100
    return int(math.copysign(math.floor(abs(grown) + 0.5), grown))


def _number(value: object) -> float | None:
    if isinstance(value, Mapping):
        value = value["value"]
    return value if isinstance(value, int | float) else None
