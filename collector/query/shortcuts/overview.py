"""GET /api/analytics/overview/: today, yesterday, 7 and 30 days, each beside what came before it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from collector.query.shortcuts.asking import Asking, refuse_others

METRICS = ("visits", "visitors", "pageviews", "bounce_rate", "visit_duration")
COMPARED = ("visits", "visitors", "pageviews")

# name → days, and how many days ago the last of them was
PERIODS = {"today": (1, 0), "yesterday": (1, 1), "last_7_days": (7, 0), "last_30_days": (30, 0)}


def build_overview(arguments: Mapping[str, str], asking: Asking) -> dict[str, Any]:
    """The periods' numbers with their change in percent, and the visits of 30 days by where they came in."""
    refuse_others(arguments, ())
    month = (asking.today - timedelta(days=29), asking.today)
    return {
        **{name: _of_period(asking, days, ago) for name, (days, ago) in PERIODS.items()},
        "by_platform": _split(asking, "visit:platform", month),
        "by_device": _split(asking, "visit:device", month),
    }


def _of_period(asking: Asking, days: int, ago: int) -> dict[str, Any]:
    last = asking.today - timedelta(days=ago)
    first = last - timedelta(days=days - 1)
    now = asking.numbers(METRICS, (first, last))
    before = asking.numbers(COMPARED, (first - timedelta(days=days), first - timedelta(days=1)))
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        **now,
        "sessions": now["visits"],
        "change_percent": {name: change_percent(now[name], before[name]) for name in COMPARED},
    }


def change_percent(now: int, before: int) -> float | None:
    """To 1 digit; None where there was nothing to compare with."""
    return round(100 * (now - before) / before, 1) if before else None


def _split(asking: Asking, dimension: str, days: Any) -> dict[str, int]:
    rows = asking.rows(("visits",), days, dimensions=[dimension])
    return {row["dimensions"][0]: row["metrics"][0] for row in rows}
