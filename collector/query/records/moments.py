"""Moments as filters write them: a text names a stretch of time, as long as it says."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector.query.limits import FIRST_YEAR, LAST_YEAR
from collector.query.timezones import midnight_ms

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(_DATE.pattern + r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?")
# A plus that somebody forgot to encode arrives as a space.
_LOST_PLUS = re.compile(r"(.{10}[T ][0-9:.]+) ([0-9]{2}:?[0-9]{2})")


class Moment(NamedTuple):
    """``from_ms`` ≤ t < ``until_ms``: a day, a minute, a second or a millisecond."""

    from_ms: int
    until_ms: int


def parse_moment(text: str, zone: ZoneInfo) -> Moment:
    """What a date or an ISO 8601 datetime names; without an offset it is local time. Raises ValueError."""
    if _DATE.fullmatch(text):
        day = date.fromisoformat(text)
        _refuse_far(day.year)
        return Moment(midnight_ms(zone, day), midnight_ms(zone, day + timedelta(days=1)))
    lost = _LOST_PLUS.fullmatch(text)
    text = f"{lost[1]}+{lost[2]}" if lost else text
    match = _DATETIME.fullmatch(text)
    if match is None:
        raise ValueError("a date or a datetime of ISO 8601 is needed, such as 2025-03-15T10:00:00+00:00")
    moment = datetime.fromisoformat(text)
    _refuse_far(moment.year)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    from_ms = int(moment.replace(microsecond=0).timestamp()) * 1000 + moment.microsecond // 1000
    return Moment(from_ms, from_ms + (1 if match[2] else 1000 if match[1] else 60_000))


def write_moment(at_ms: int) -> str:
    """The moment in UTC, to the millisecond: 2025-03-15T10:00:00.000+00:00."""
    seconds, milliseconds = divmod(at_ms, 1000)
    moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=milliseconds * 1000)
    return moment.isoformat(timespec="milliseconds")


def _refuse_far(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must be within {FIRST_YEAR} to {LAST_YEAR}")
