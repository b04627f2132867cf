"""Weeks and months as a panel wants them: of any first weekday, and of the Jalali calendar."""

from collections.abc import Iterator
from datetime import date, timedelta

import jdatetime

from collector.weekdays import WEEKDAYS

CALENDARS = ("gregorian", "jalali")

Days = tuple[date, date]
"""First and last day, both included."""

_DAY = timedelta(days=1)


def list_weeks(today: date, weeks: int, first_weekday: str) -> list[Days]:
    """The last weeks in order; the last one ends today."""
    start = today - timedelta(days=(today.weekday() - WEEKDAYS.index(first_weekday)) % 7)
    starts = [start - timedelta(weeks=back) for back in reversed(range(weeks))]
    return [(first, min(first + 6 * _DAY, today)) for first in starts]


def list_months(today: date, months: int, calendar: str) -> list[Days]:
    """The last months of the calendar in order; the last one ends today."""
    starts = sorted(_month_starts(today, months, calendar))
    return [(first, after - _DAY) for first, after in zip(starts, [*starts[1:], today + _DAY], strict=True)]


def _month_starts(today: date, months: int, calendar: str) -> Iterator[date]:
    there = jdatetime.date.fromgregorian(date=today) if calendar == "jalali" else today
    for back in range(months):
        years, month = divmod(there.year * 12 + there.month - 1 - back, 12)
        if calendar == "jalali":
            yield jdatetime.date(years, month + 1, 1).togregorian()
        else:
            yield date(years, month + 1, 1)


def label_day(day: date, calendar: str, is_month: bool = False) -> str:
    """The day in the calendar, such as 1404-12-25; of a month 1404-12."""
    there = jdatetime.date.fromgregorian(date=day) if calendar == "jalali" else day
    return f"{there.year:04}-{there.month:02}" + ("" if is_month else f"-{there.day:02}")
