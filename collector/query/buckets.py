"""Time dimensions: a local time as a bucket number (in SQL and in Python alike) and the number's label.

A number counts minutes, hours, days, weeks or months of local time since 1970, so numbers sort as time does. An
hour that the clocks skip has no bucket; an hour that they repeat is one bucket of two hours.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from collector.query.fields import Path, refuse
from collector.query.limits import MAX_BUCKETS
from collector.query.periods import Range
from collector.query.statement import Statement
from collector.query.timezones import Stretch, find_stretches

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
EPOCH = date(1970, 1, 1)

# 1970-01-01 was a Thursday: the Monday of its week is 3 days before.
DAYS_TO_MONDAY = 3


class Bucket(NamedTuple):
    """A time dimension: how a local time becomes a number, and a number a label."""

    name: str
    sql: str
    number: Callable[[int], int]
    label: Callable[[int], str]
    shortest_ms: int
    meaning: str


def _month_of(local_ms: int) -> int:
    day = EPOCH + timedelta(milliseconds=local_ms)
    return (day.year - EPOCH.year) * 12 + day.month - 1


def _week_of(local_ms: int) -> int:
    return (local_ms // DAY_MS + DAYS_TO_MONDAY) // 7


def _label_minute(number: int) -> str:
    return (datetime(1970, 1, 1) + timedelta(minutes=number)).isoformat(sep=" ")


def _label_hour(number: int) -> str:
    return (datetime(1970, 1, 1) + timedelta(hours=number)).isoformat(sep=" ")


def _label_day(number: int) -> str:
    return (EPOCH + timedelta(days=number)).isoformat()


def _label_month(number: int) -> str:
    return date(EPOCH.year + number // 12, number % 12 + 1, 1).isoformat()


BUCKETS: dict[str, Bucket] = {
    bucket.name: bucket
    for bucket in (
        Bucket(
            "time:minute",
            f"({{local_ms}}) // {MINUTE_MS}",
            lambda local_ms: local_ms // MINUTE_MS,
            _label_minute,
            MINUTE_MS,
            "minute of local time, such as 2024-01-01 13:05:00",
        ),
        Bucket(
            "time:hour",
            f"({{local_ms}}) // {HOUR_MS}",
            lambda local_ms: local_ms // HOUR_MS,
            _label_hour,
            HOUR_MS,
            "hour of local time, such as 2024-01-01 13:00:00",
        ),
        Bucket(
            "time:day",
            f"({{local_ms}}) // {DAY_MS}",
            lambda local_ms: local_ms // DAY_MS,
            _label_day,
            DAY_MS,
            "local day, such as 2024-01-01",
        ),
        Bucket(
            "time:week",
            f"(({{local_ms}}) // {DAY_MS} + {DAYS_TO_MONDAY}) // 7",
            _week_of,
            lambda number: _label_day(number * 7 - DAYS_TO_MONDAY),
            7 * DAY_MS,
            "week from Monday on, named by its first day in the range",
        ),
        Bucket(
            "time:month",
            f"date_diff('month', date '1970-01-01', date '1970-01-01' + (({{local_ms}}) // {DAY_MS})::integer)",
            _month_of,
            _label_month,
            28 * DAY_MS,
            "calendar month, named by its first day",
        ),
    )
}

# What "time" means: the first row that is as long as the range or longer. These are Plausible's limits, of
# 48 hours, 40 days and 52 weeks, which it compares with the range's length less a second, rounded down.
AUTOMATIC: tuple[tuple[int, str], ...] = (
    (49 * HOUR_MS, "time:hour"),
    (41 * DAY_MS, "time:day"),
    (53 * 7 * DAY_MS, "time:week"),
)


def choose_bucket(span: Range) -> Bucket:
    """The bucket that the dimension "time" means for a range."""
    length_ms = span.end_ms - span.start_ms
    return BUCKETS[next((name for limit_ms, name in AUTOMATIC if length_ms <= limit_ms), "time:month")]


def refuse_many(bucket: Bucket, span: Range, at: Path) -> None:
    """Refuse a range that has more buckets than an answer may have rows."""
    most = (span.end_ms - span.start_ms) // bucket.shortest_ms
    if most > MAX_BUCKETS:
        detail = f"the range has about {most} buckets of {bucket.name}; at most {MAX_BUCKETS}"
        raise refuse("too_many_buckets", detail, at)


def list_numbers(bucket: Bucket, span: Range) -> list[int]:
    """All bucket numbers of the range in order, also those of its future."""
    numbers: set[int] = set()
    for start_ms, end_ms, offset_ms in find_stretches(span.zone, span.start_ms, span.end_ms):
        first, last = bucket.number(start_ms + offset_ms), bucket.number(end_ms - 1 + offset_ms)
        numbers.update(range(first, last + 1))
    return sorted(numbers)


def label_number(bucket: Bucket, number: int, span: Range) -> str:
    """The label of a number; a first week that began before the range is named by the range's first day."""
    label = bucket.label(number)
    return max(label, span.first_day.isoformat()) if bucket.name == "time:week" else label


def bucket_sql(bucket: Bucket, span: Range, at_ms: str = "event.at_ms") -> Statement:
    """The SQL expression of the bucket number of a time, which is ``at_ms`` in SQL."""
    offset, values = offset_sql(span, at_ms)
    return Statement(bucket.sql.format(local_ms=f"{at_ms} + {offset}"), values)


def offset_sql(span: Range, at_ms: str = "event.at_ms") -> Statement:
    """The SQL expression of what local time is ahead of UTC at a time of the range: one of its stretches'."""
    stretches = find_stretches(span.zone, span.start_ms, span.end_ms)
    *early, last = stretches or [Stretch(span.start_ms, span.end_ms, offset_ms=0)]
    offset, values = "$offset_last", {"offset_last": last.offset_ms}
    if early:
        whens = [f"when {at_ms} < $until_{i} then $offset_{i}" for i, _ in enumerate(early)]
        offset = f"case {' '.join(whens)} else $offset_last end"
        for i, stretch in enumerate(early):
            values |= {f"until_{i}": stretch.end_ms, f"offset_{i}": stretch.offset_ms}
    return Statement(offset, values)
