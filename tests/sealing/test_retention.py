"""sealing/retention.py: days that are over go, by the site's own calendar, on its own Sunday."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collector.sealing.retention import first_kept_ms
from collector.sealing.schedule import Schedule
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.commands.forgetting import footfall, seal_later
from tests.lines import log_fields
from tests.service import Service

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAYS = Schedule("sunday", 2)


def ms(text: str, zone: str = "Europe/Berlin") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("zone", "days", "now", "first_kept"),
    [
        ("Europe/Berlin", 1, "2026-11-22 18:00", "2026-11-21 00:00"),
        ("Europe/Berlin", 30, "2026-11-22 00:00", "2026-10-23 00:00"),  # summer time ended in between
        ("America/St_Johns", 2, "2026-11-22 23:59:59", "2026-11-20 00:00"),
        ("Pacific/Kiritimati", 365, "2026-03-01 12:00", "2025-03-01 00:00"),
    ],
)
def test_whole_days_before_today_are_kept(zone: str, days: int, now: str, first_kept: str) -> None:
    site = Site("x", "X", zone, retention_days=days)
    assert first_kept_ms(site, ms(now, zone)) == ms(first_kept, zone)


def days_ago(days: int, hour: int) -> int:
    day = datetime.now(BERLIN).replace(hour=hour, minute=30, second=0, microsecond=0) - timedelta(days=days)
    return int(day.timestamp() * 1000)


def append(service: Service, site: Site, *times_ms: int) -> None:
    """Two events a moment, each moment a page of its own."""
    now_ms = wall_clock_ms()
    for at_ms in times_ms:
        event = {"at_ms": at_ms, "visitor": at_ms * 1_000_003, "visitor_id": "v", "path": f"/{at_ms}"}
        payload = log_fields(now_ms, [event | {"name": "pageview"}, event | {"name": "signup"}])
        service.store.xadd(Shard(site.id, 0).log, payload)


def held(service: Service, site: Site):
    return service.segments.read(Shard(site.id, 0), "", "0-0").segments or ()


def test_days_that_are_over_go_and_the_segment_on_the_edge_is_rewritten(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(timezone="Europe/Berlin", retention_days=10)
    # Half past midnight in Berlin is still the day before in UTC: its segment holds both.
    edge = (days_ago(11, 23), days_ago(10, 0))
    append(service, site, days_ago(30, 12), days_ago(12, 12), *edge, days_ago(9, 12), days_ago(0, 0))
    service.seal()
    seal_later(service, 73)  # closed days, too
    before = held(service, site)
    assert sum(each.rows for each in before) == 12
    assert service.numbers(site, "events") == [12]
    dead = Shard(site.id, 0).dead
    service.store.xadd(dead, {"payload": b"old", "reason": "r"}, id=f"{days_ago(11, 12)}-0")
    service.store.xadd(dead, {"payload": b"new", "reason": "r"}, id=f"{days_ago(9, 12)}-0")

    told = footfall(service, "retention", "--site", site.id, "--dry-run").stdout
    assert (held(service, site), service.numbers(site, "events")) == (before, [12])
    assert told.replace("would go", "went") == footfall(service, "retention", "--site", site.id).stdout
    by_day = dict(re.findall(r"\t(\d{4}-\d\d-\d\d)\t(\d+) events\t[1-9]\d* bytes\t", told))
    gone = [
        datetime.fromtimestamp(at_ms / 1000, BERLIN).date() for at_ms in (days_ago(30, 12), days_ago(12, 12), edge[0])
    ]
    assert by_day == {day.isoformat(): "2" for day in gone}
    assert re.search(r"keeps 10 days\t6 events\t\d+ bytes\twould go: 2 segments dropped, 1 rewritten, 1 dead", told)

    assert service.numbers(site, "events") == [6]
    assert set(service.rows(site, "event:page", "events")) == {
        f"/{at}" for at in (edge[1], days_ago(9, 12), days_ago(0, 0))
    }
    assert sum(each.rows for each in held(service, site)) == 6
    assert [fields[b"payload"] for _, fields in service.store.xrange(dead)] == [b"new"]
    again = footfall(service, "retention", "--site", site.id).stdout
    assert "\t0 events\t" in again
    assert again.count("\n") == 1


def test_the_sealer_applies_it_once_a_sunday_and_a_new_number_waits_for_the_next(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(timezone="Europe/Berlin", retention_days=10)
    append(service, site, days_ago(30, 12), days_ago(12, 12), days_ago(1, 12))
    clock = [SUNDAYS.last_due_ms(site.timezone, wall_clock_ms()) + 60_000]
    round_ = SealingRound(service.settings, service.sites, service.segments, lambda: clock[0])
    expected = []
    for hours, rows in ((0, 6), (167, 6), (1, 2)):
        clock[0] += hours * 3_600_000
        round_.run()
        expected.append((sum(each.rows for each in held(service, site)), rows))
    footfall(service, "site", "set", site.id, "--retention-days", "1")
    for hours, rows in ((1, 2), (100, 2), (68, 0)):
        clock[0] += hours * 3_600_000
        round_.run()
        expected.append((sum(each.rows for each in held(service, site)), rows))
    round_.close()
    assert [seen for seen, _ in expected] == [rows for _, rows in expected]
    assert service.numbers(site, "events") == [0]


def test_the_sealer_applies_it_on_the_day_and_at_the_hour_that_are_set(embedded_service: Service) -> None:
    """S2-39: the time is a setting."""
    service = embedded_service
    site = service.new_site(timezone="Europe/Berlin", retention_days=10)
    append(service, site, days_ago(30, 12), days_ago(1, 12))
    settings = replace(service.settings, retention_day="daily", retention_hour=4)
    clock = [Schedule("daily", 4).last_due_ms(site.timezone, wall_clock_ms()) + 60_000]
    round_ = SealingRound(settings, service.sites, service.segments, lambda: clock[0])
    seen = []
    for hours in (0, 23, 1):
        clock[0] += hours * 3_600_000
        round_.run()
        seen.append(sum(each.rows for each in held(service, site)))
    round_.close()
    assert seen == [4, 4, 2]


def test_how_long_a_site_keeps_its_events_is_set_and_shown(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    assert footfall(service, "site", "set", site.id, "--retention-days", "90").stdout == f"{site.id} keeps 90 days\n"
    assert service.sites.find(site.id).retention_days == 90
    (line,) = [
        each for each in footfall(service, "site", "list").stdout.splitlines() if each.startswith(f"{site.id}\t")
    ]
    assert line.endswith("\t90 days")
    assert footfall(service, "site", "set", site.id, "--retention-days", "all").stdout.endswith("keeps everything\n")
    for wrong in ("0", "-3"):
        ended = footfall(service, "site", "set", site.id, f"--retention-days={wrong}")
        assert (ended.returncode, ended.stderr) == (1, "footfall: events are kept for 1 day or more\n")
    assert footfall(service, "retention", "--site", site.id).stdout == f"{site.id}\tkeeps everything\n"
