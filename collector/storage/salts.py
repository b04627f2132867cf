"""Salts of the visitor hash: random, one a site and local day, gone 48 hours after that day began."""

import secrets
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from collector.storage import keys
from collector.storage.connect import Client

SALT_BYTES = 16
LIFE = timedelta(hours=48)
QUARTER_MS = 900_000  # every zone's midnight is on a quarter of an hour, so all of one is of one day
MOST_DAYS_HELD = 1000  # of all sites of one process; the oldest go first


def day_of(at_ms: int, timezone: str) -> date:
    """The local day of a moment."""
    return _day_of_quarter(at_ms // QUARTER_MS, timezone)


@lru_cache(maxsize=4096)
def _day_of_quarter(quarter: int, timezone: str) -> date:
    return datetime.fromtimestamp(quarter * QUARTER_MS / 1000, ZoneInfo(timezone)).date()


class Salts:
    """Salts by site and day, kept in memory once read, so the request path asks the store once a day."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._held: dict[tuple[str, date], bytes] = {}

    def get(self, site: str, timezone: str, day: date, now_ms: int) -> bytes:
        """The salt of ``day`` while it lives (today and yesterday, local), else today's.

        An old event can no longer be hashed with the salt of its day: that one is gone for good.
        """
        today = day_of(now_ms, timezone)
        if not today - timedelta(days=1) <= day <= today:
            day = today
        salt = self._held.get((site, day))
        return salt if salt is not None else self._read(site, timezone, day, now_ms)

    def _read(self, site: str, timezone: str, day: date, now_ms: int) -> bytes:
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone))
        until_ms = int((midnight.timestamp() + LIFE.total_seconds()) * 1000)
        key = keys.salt(site, day.isoformat())
        # The first one who needs it makes it; all others read what that one made.
        self._client.set(key, secrets.token_bytes(SALT_BYTES), nx=True, px=max(until_ms - now_ms, 1000))
        stored: Any = self._client.get(key)
        salt = bytes(stored)
        oldest_day = day - timedelta(days=2)
        self._held = {held: value for held, value in self._held.items() if held[1] > oldest_day}
        while len(self._held) >= MOST_DAYS_HELD:
            del self._held[min(self._held, key=lambda held: held[1])]
        self._held[site, day] = salt
        return salt
