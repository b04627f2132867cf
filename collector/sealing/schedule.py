"""When work that comes round is due: at an hour of the site's own time, on one day of the week or on every day."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector.weekdays import WEEKDAYS


class Schedule(NamedTuple):
    """``day`` is one of ``WEEKDAYS``, or ``daily``; ``hour`` is 0 to 23."""

    day: str
    hour: int

    def last_due_ms(self, timezone: str, now_ms: int) -> int:
        """The last moment of the schedule that is not in the future, in ms since 1970."""
        now = datetime.fromtimestamp(now_ms / 1000, ZoneInfo(timezone))
        is_daily = self.day == "daily"
        days_since = 0 if is_daily else (now.weekday() - WEEKDAYS.index(self.day)) % 7
        due = (now - timedelta(days=days_since)).replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if due > now:
            due -= timedelta(days=1 if is_daily else 7)
        return int(due.timestamp() * 1000)
