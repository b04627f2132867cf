"""query/shortcuts/calendars.py: weeks and months of panels, the last of them not over yet."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.query.shortcuts.calendars import CALENDARS, WEEKDAYS, label_day, list_months, list_weeks

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("first_weekday", "first", "last"),
    [
        ("monday", date(2026, 11, 9), date(2026, 11, 16)),
        ("saturday", date(2026, 11, 14), date(2026, 11, 21)),
        ("sunday", date(2026, 11, 15), date(2026, 11, 22)),
    ],
)
def test_a_week_begins_on_the_day_that_is_asked_for(first_weekday: str, first: date, last: date) -> None:
    """S2-31."""
    weeks = list_weeks(SUNDAY, 2, first_weekday)
    assert weeks == [(first, last - timedelta(days=1)), (last, SUNDAY)]


@pytest.mark.parametrize(
    ("calendar", "months"),
    [
        ("gregorian", [(date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 1), SUNDAY)]),
        # 1405-07-30 is 2026-10-22; Azar 1405 begins on 2026-11-22.
        ("jalali", [(date(2026, 10, 23), date(2026, 11, 21)), (date(2026, 11, 22), SUNDAY)]),
    ],
)
def test_months_are_those_of_the_calendar(calendar: str, months: list) -> None:
    """S2-32."""
    assert list_months(SUNDAY, 2, calendar) == months


@pytest.mark.parametrize(
    ("day", "label"),
    [(date(2026, 3, 21), "1405-01-01"), (date(2026, 3, 20), "1404-12-29"), (date(2025, 3, 20), "1403-12-30")],
)
def test_days_have_jalali_labels(day: date, label: str) -> None:
    """1403 was a leap year: its last month had 30 days."""
    assert label_day(day, "jalali") == label
    assert label_day(day, "jalali", is_month=True) == label[:7]
    assert label_day(day, "gregorian") == day.isoformat()


@given(
    today=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    count=st.integers(1, 40),
    weekday=st.sampled_from(WEEKDAYS),
    calendar=st.sampled_from(CALENDARS),
)
def test_stretches_follow_each_other_without_a_gap(today: date, count: int, weekday: str, calendar: str) -> None:
    for stretches in (list_weeks(today, count, weekday), list_months(today, count, calendar)):
        assert len(stretches) == count
        assert stretches[-1][1] == today
        for (_, last), (first, _) in pairwise(stretches):
            assert first - last == timedelta(days=1)
    assert all(first.weekday() == WEEKDAYS.index(weekday) for first, _ in list_weeks(today, count, weekday))
