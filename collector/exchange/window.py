"""Which events an export gives: those that happened on some days, those that arrived between two moments, or all.

The moment of arrival is the one that stays the same when a day is closed (events/segment_rows.py): whole seconds behind
the moment when the event happened. It is less than a second away from ``received_ms``.
"""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector.errors import Problem
from collector.storage.segments import Segment

ARRIVAL = "at_ms + (received_ms - at_ms) // 1000 * 1000"
ARRIVAL_BLUR_MS = 1000
CLOCKS_MS = 10_000  # between the clocks of the store and of collectors

ALWAYS_MS = 2**62


class Window(NamedTuple):
    """Events with ``from_ms <= at_ms < to_ms``, ms since 1970 UTC; of these, those that arrived from ``after_ms`` on.

    None = whenever they arrived, and no other export goes on from this one.
    """

    from_ms: int = -ALWAYS_MS
    to_ms: int = ALWAYS_MS
    after_ms: int | None = None

    def may_hold(self, segment: Segment) -> bool:
        """Whether any of the segment's events can be one of these."""
        return (
            segment.max_at_ms >= self.from_ms
            and segment.min_at_ms < self.to_ms
            and (self.after_ms is None or segment.max_received_ms + ARRIVAL_BLUR_MS > self.after_ms)
        )


def parse_window(first: str | None, last: str | None, after: str | None, timezone: str) -> Window:
    """The window of ``from``, ``to`` (local days, both included) and ``after``. Raises Problem naming the parameter."""
    window = Window()
    if first is not None:
        window = window._replace(from_ms=_midnight_ms(_parse_day(first, "from"), timezone))
    if last is not None:
        window = window._replace(to_ms=_midnight_ms(_parse_day(last, "to") + timedelta(days=1), timezone))
    if after is not None:
        if not (after.isascii() and after.isdigit() and len(after) <= 15):
            raise Problem("invalid_parameter", "after is a cursor that an export gave", pointer="/after")
        window = window._replace(after_ms=int(after))
    return window


def _parse_day(text: str, name: str) -> date:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise Problem("invalid_parameter", f"{name} is a day such as 2026-01-31", pointer=f"/{name}") from error
    if not 1970 <= day.year <= 2100:
        raise Problem("invalid_parameter", f"{name} is a day from 1970 to 2100", pointer=f"/{name}")
    return day


def _midnight_ms(day: date, timezone: str) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone)).timestamp() * 1000)


def find_settled_ms(now_ms: int, unsealed_ms: int | None, commit_seconds: float) -> int:
    """The moment before which nothing more arrives in segments.

    ``unsealed_ms`` is when the oldest unsealed entry came into the log, None when all is sealed. An event waits up to
    ``commit_seconds`` for the log; only one that was in a spool comes later.
    """
    oldest_ms = now_ms if unsealed_ms is None else min(now_ms, unsealed_ms)
    return oldest_ms - int(commit_seconds * 1000) - CLOCKS_MS - ARRIVAL_BLUR_MS
