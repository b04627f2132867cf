"""Date ranges: from what a question says to a half-open range of milliseconds.

An event counts when ``start_ms <= at_ms < end_ms``. A visit or a visitor counts when at least one matching
event of it does; its bounce and its duration are then those of the whole visit.

Relative ranges include the present: "7d" is today and the six days before. (Plausible's API ends "7d"
yesterday. Here an event that got its 202 is in the very next answer, whatever range is asked.)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector.query.fields import Path, refuse, refuse_unknown
from collector.query.limits import FIRST_YEAR, LAST_YEAR
from collector.query.timezones import local_date, midnight_ms

DAY = timedelta(days=1)
FIRST_DAY = date(FIRST_YEAR, 1, 1)


@dataclass(frozen=True, slots=True)
class Range:
    """Milliseconds since 1970 UTC, half open, and the zone in which days and hours are meant."""

    start_ms: int
    end_ms: int
    zone: ZoneInfo

    @property
    def first_day(self) -> date:
        return local_date(self.zone, self.start_ms)

    def as_json(self) -> list[str]:
        """First and last second, both included, as a question may give them back to get the same range."""
        whole_seconds = self.end_ms % 1000 == 0
        last_ms = self.end_ms - (1000 if whole_seconds else 1)
        return [self._show(self.start_ms), self._show(last_ms)]

    def _show(self, at_ms: int) -> str:
        seconds, milliseconds = divmod(at_ms, 1000)
        moment = datetime.fromtimestamp(seconds, self.zone).replace(microsecond=milliseconds * 1000)
        return moment.isoformat(timespec="milliseconds" if milliseconds else "seconds")


class Days(NamedTuple):
    """A range of whole local days, counted from today; both days are included."""

    first: Callable[[date], date]
    last: Callable[[date], date]
    meaning: str


class Seconds(NamedTuple):
    """A range that ends with the present second."""

    seconds: int
    meaning: str


def _today(today: date) -> date:
    return today


def _days_before(days: int) -> Callable[[date], date]:
    return lambda today: today - days * DAY


def _month_before(months: int) -> Callable[[date], date]:
    def first_of_month(today: date) -> date:
        years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        return date(years, month + 1, 1)

    return first_of_month


def _end_of_month(today: date) -> date:
    return _month_before(-1)(today) - DAY


PERIODS: dict[str, Days | Seconds] = {
    "day": Days(_today, _today, "today"),
    "24h": Seconds(86_400, "the last 24 hours"),
    "7d": Days(_days_before(6), _today, "today and the 6 days before"),
    "28d": Days(_days_before(27), _today, "today and the 27 days before"),
    "30d": Days(_days_before(29), _today, "today and the 29 days before"),
    "91d": Days(_days_before(90), _today, "today and the 90 days before"),
    "month": Days(_month_before(0), _end_of_month, "this calendar month, to its end"),
    "6mo": Days(_month_before(5), _end_of_month, "this calendar month and the 5 before"),
    "12mo": Days(_month_before(11), _end_of_month, "this calendar month and the 11 before"),
    "year": Days(lambda today: date(today.year, 1, 1), lambda today: date(today.year, 12, 31), "this year, to its end"),
    "realtime": Seconds(300, "the last 5 minutes"),
}
"""All ranges with a name, except "all": from the day of the site's first event to the end of today."""

KNOWN = (*PERIODS, "all", '["2024-01-01","2024-01-31"]', "two ISO 8601 datetimes with offset")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(_DATE.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


def parse_range(value: object, zone: ZoneInfo, now_ms: int, earliest_ms: int | None, at: Path) -> Range:
    """The range that ``date_range`` means at ``now_ms``. ``earliest_ms`` is the site's first event, if any.

    Two dates are both included; so are two datetimes, the last one with the whole second (or, written with
    milliseconds, the whole millisecond) that it names, as in Plausible.
    """
    today = local_date(zone, now_ms)
    if value == "all":
        earliest_ms = now_ms if earliest_ms is None else min(max(earliest_ms, 0), now_ms)
        return whole_days(max(local_date(zone, earliest_ms), FIRST_DAY), today, zone)
    if isinstance(value, str):
        period = PERIODS.get(value)
        if isinstance(period, Days):
            return whole_days(period.first(today), period.last(today), zone)
        if isinstance(period, Seconds):
            end_ms = (now_ms // 1000 + 1) * 1000
            return Range(end_ms - period.seconds * 1000, end_ms, zone)
    if isinstance(value, list) and len(value) == 2:
        return _parse_pair(value[0], value[1], zone, at)
    raise refuse_unknown("date range", value, KNOWN, at)


def parse_span(text: object, zone: ZoneInfo, at: Path) -> Range:
    """The day that a date means, or the second (with milliseconds written: that one) of a datetime. Raises Problem."""
    if _is_written(_DATE, text):
        day = _parse_moment(text, at).date()
        return whole_days(day, day, zone)
    if not _is_written(_DATETIME, text):
        raise refuse("invalid_value", "must be a date, 2024-01-31, or a datetime with its offset", at)
    start_ms = _milliseconds(_parse_moment(text, at))
    return Range(start_ms, start_ms + (1000 if start_ms % 1000 == 0 else 1), zone)


def _parse_pair(first: object, last: object, zone: ZoneInfo, at: Path) -> Range:
    are_days = _is_written(_DATE, first) and _is_written(_DATE, last)
    for i, text in enumerate((first, last)):
        if not are_days and not _is_written(_DATETIME, text):
            raise refuse_unknown("date range", text, KNOWN, (*at, i))
    start, end = (parse_span(text, zone, (*at, i)) for i, text in enumerate((first, last)))
    found = Range(start.start_ms, end.end_ms, zone)
    if start.start_ms > end.start_ms:
        raise refuse("invalid_date_range", "the range ends before it starts", at)
    if found.first_day < FIRST_DAY:
        raise refuse("invalid_date_range", f"the range starts before {FIRST_DAY}", at)
    return found


def _is_written(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _parse_moment(text: object, at: Path) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise refuse("invalid_date_range", f"{text} is not in the calendar: {error}", at) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise refuse("invalid_date_range", f"the year must be within {FIRST_YEAR} to {LAST_YEAR}", at)
    return moment


def _milliseconds(moment: datetime) -> int:
    return int(moment.replace(microsecond=0).timestamp()) * 1000 + moment.microsecond // 1000


def whole_days(first: date, last: date, zone: ZoneInfo) -> Range:
    """The range of local days, both included."""
    return Range(midnight_ms(zone, first), midnight_ms(zone, last + DAY), zone)
