"""sealing/schedule.py: the last moment that work was due, by the site's own clock (INVENTORY S2-38, S2-39)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from collector.sealing.schedule import Schedule


def ms(text: str, zone: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "now", "due"),
    [
        ("sunday", 2, "Europe/Berlin", "2026-11-22 02:00", "2026-11-22 02:00"),
        ("sunday", 2, "Europe/Berlin", "2026-11-22 01:59:59", "2026-11-15 02:00"),
        ("sunday", 2, "Europe/Berlin", "2026-11-21 23:00", "2026-11-15 02:00"),
        ("sunday", 2, "Europe/Berlin", "2026-11-23 00:00", "2026-11-22 02:00"),
        ("sunday", 2, "Europe/Berlin", "2026-10-25 12:00", "2026-10-25 02:00"),  # the hour that comes twice
        ("sunday", 2, "Europe/Berlin", "2026-03-29 12:00", "2026-03-29 02:00"),  # the hour that does not come
        ("wednesday", 23, "America/St_Johns", "2026-11-22 12:00", "2026-11-18 23:00"),
        ("monday", 0, "Pacific/Kiritimati", "2026-11-23 00:00", "2026-11-23 00:00"),
        ("daily", 1, "Europe/Berlin", "2026-11-22 00:30", "2026-11-21 01:00"),
        ("daily", 1, "Europe/Berlin", "2026-11-22 01:00", "2026-11-22 01:00"),
    ],
)
def test_it_is_due_at_an_hour_of_the_sites_own_time(day: str, hour: int, zone: str, now: str, due: str) -> None:
    assert Schedule(day, hour).last_due_ms(zone, ms(now, zone)) == ms(due, zone)
