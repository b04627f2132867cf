"""sealing/bot_retention.py: robots go after a week, people stay, and an un-flagged robot is people."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from collector.sealing.work import wall_clock_ms
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.commands.forgetting import seal_later
from tests.lines import log_fields
from tests.service import Service
from tests.stores import wait_until

BERLIN = ZoneInfo("Europe/Berlin")
ROBOTS = {"include": {"bots": True}}


def days_ago(days: int, hour: int) -> int:
    day = datetime.now(BERLIN).replace(hour=hour, minute=30, second=0, microsecond=0) - timedelta(days=days)
    return int(day.timestamp() * 1000)


def append(service: Service, site: Site, *times_ms: int) -> None:
    """At each moment a pageview of a person, and one each of two robots."""
    senders: list[dict[str, Any]] = [
        {"visitor": 1, "is_bot": False},
        {"visitor": 2, "is_bot": True, "bot": "Googlebot"},
        {"visitor": 3, "is_bot": True, "bot": "Embedly"},
    ]
    for at_ms in times_ms:
        events = [{"at_ms": at_ms, "name": "pageview", "path": "/", **sender} for sender in senders]
        service.store.xadd(Shard(site.id, 0).log, log_fields(wall_clock_ms(), events))


def counted(service: Service, site: Site) -> list[int]:
    """Pageviews without robots, and with them."""
    return [*service.numbers(site, "pageviews"), *service.numbers(site, "pageviews", **ROBOTS)]


def test_robots_go_after_seven_local_days_from_open_and_closed_segments(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(timezone="Europe/Berlin")
    append(service, site, days_ago(30, 12), days_ago(8, 23), days_ago(7, 0), days_ago(1, 12))
    assert counted(service, site) == [4, 12]
    service.seal()
    assert counted(service, site) == [4, 8]
    seal_later(service, 24)  # half past midnight of the eighth day
    assert counted(service, site) == [4, 6]
    seal_later(service, 24 * 9)
    assert counted(service, site) == [4, 4]


def test_a_robot_that_was_un_flagged_counts_and_stays(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(timezone="Europe/Berlin")
    append(service, site, days_ago(30, 12), days_ago(1, 12))
    service.sites.change(site.id, lambda site: structs.replace(site, people=("Embedly",)))
    service.seal()
    wait_until(lambda: service.numbers(site, "pageviews") == [4], "the server knows the changed site")
    assert counted(service, site) == [4, 5]
    rows = service.rows(site, "visit:bot", "pageviews", **ROBOTS)
    assert rows == {"(no robot)": [2], "Embedly": [2], "Googlebot": [1]}


def test_a_site_may_keep_robots(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    append(service, site, days_ago(30, 12))
    service.seal()
    assert counted(service, site) == [1, 3]
