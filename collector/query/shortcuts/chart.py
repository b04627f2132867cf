"""GET /api/analytics/chart/: visits by day, week or month, with a point for every one of them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from collector.query.shortcuts.asking import Asking, read_whole, read_word, refuse_others
from collector.query.shortcuts.calendars import CALENDARS, Days, label_day, list_months, list_weeks
from collector.weekdays import WEEKDAYS

METRICS = ("visits", "visitors", "pageviews")


class Period(NamedTuple):
    """A kind of chart: the parameter that says how many points, its default and its most."""

    parameter: str
    default: int
    most: int
    list_days: Callable[[date, int, str, str], list[Days]]


def _days(today: date, count: int, first_weekday: str, calendar: str) -> list[Days]:  # noqa: ARG001
    days = [today - timedelta(days=back) for back in reversed(range(count))]
    return [(day, day) for day in days]


PERIODS = {
    "daily": Period("days", 30, 366, _days),
    "weekly": Period("weeks", 12, 53, lambda today, count, weekday, _: list_weeks(today, count, weekday)),
    "monthly": Period("months", 6, 36, lambda today, count, _, calendar: list_months(today, count, calendar)),
}


def build_chart(arguments: Mapping[str, str], asking: Asking) -> dict[str, Any]:
    """The points, the oldest first. A week or month that is not over ends today."""
    name = read_word(arguments, "period", PERIODS)
    period = PERIODS[name]
    refuse_others(arguments, ("period", period.parameter, "first_weekday", "calendar"))
    calendar = read_word(arguments, "calendar", CALENDARS)
    # A Persian week begins on Saturday.
    usual = asking.first_weekday if calendar == "gregorian" else "saturday"
    weekday = read_word(arguments, "first_weekday", (usual, *WEEKDAYS))
    count = read_whole(arguments, period.parameter, period.default, period.most)
    stretches = period.list_days(asking.today, count, weekday, calendar)
    numbers = _by_day(asking, stretches) if name == "daily" else [asking.numbers(METRICS, each) for each in stretches]
    return {
        "period": name,
        "calendar": calendar,
        "points": [
            {
                "date": first.isoformat(),
                "to": last.isoformat(),
                "label": label_day(first, calendar, name == "monthly"),
                **found,
            }
            for (first, last), found in zip(stretches, numbers, strict=True)
        ],
    }


def _by_day(asking: Asking, days: list[Days]) -> list[dict[str, Any]]:
    rows = asking.rows(METRICS, (days[0][0], days[-1][1]), dimensions=["time:day"])
    return [dict(zip(METRICS, row["metrics"], strict=True)) for row in rows]
