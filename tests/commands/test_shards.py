"""`footfall site set --shards`: more or fewer while events come in, and every event still counts once."""

import threading
from itertools import count

import pytest
from redis.crc import key_slot

from collector.sealing.segment_file import Workbench
from collector.sealing.verify import Verifier
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.storage.connect import node_of
from collector.storage.embedded import SLOTS
from collector.storage.keys import Shard
from collector.storage.sites import MOST_SHARDS, Site
from tests.commands.forgetting import footfall
from tests.faults.load import build_beacon, running_load
from tests.faults.oracle import RESULT_ROWS, count_in_answers, events_of, judge
from tests.service import Service
from tests.stores import wait_until


class AsItIsNow:
    """Reads the one site anew in every round."""

    def __init__(self, service: Service, site: Site) -> None:
        self._service = service
        self._site = site

    def read_all(self) -> list[Site]:
        return [self._service.sites.find(self._site.id)]


def used_shards(service: Service, site: Site) -> set[int]:
    """The shards that have ever got an entry."""
    shards = [Shard(site.id, number) for number in range(8)]
    return {shard.number for shard in shards if service.store.exists(shard.log)}


def taken(service: Service, shard: Shard) -> int:
    """Entries that the shard ever got."""
    if not service.store.exists(shard.log):
        return 0
    return int(service.store.execute_command("XINFO STREAM", shard.log)["entries-added"])


def read_pages(service: Service, site: Site) -> dict[str, list[int]]:
    """Path → its pageviews. Answers of different moments: a path that moves from one to the next is there once."""
    pages: dict[str, list[int]] = {}
    for offset in count(0, RESULT_ROWS):
        some = {"limit": RESULT_ROWS, "offset": offset}
        rows = service.rows(site, "event:page", "pageviews", pagination=some, order_by=[["event:page", "asc"]])
        pages |= rows
        if len(rows) < RESULT_ROWS:
            break
    return pages


@pytest.mark.parametrize("kind", ["embedded", "cluster"])
def test_shards_grow_and_shrink_under_load_and_nothing_is_lost_or_doubled(services, tmp_path, kind: str) -> None:
    service: Service = services.get(kind)
    site = service.new_site()
    resent: list[int] = []
    stop = threading.Event()

    def seal_on() -> None:
        round_ = SealingRound(service.settings, AsItIsNow(service, site), service.segments)
        while not stop.wait(1):
            round_.run()
        round_.close()

    sealing = threading.Thread(target=seal_on)
    sealing.start()
    try:
        with running_load(service.settings.port, site) as load:
            wait_until(lambda: load.count() > 100, "the load is on its way")
            for shards in (4, 2):
                said = footfall(service, "site", "set", site.id, "--shards", str(shards)).stdout
                assert f"\n{site.id} writes to {shards} shards, and reads 4\n" in said
                late = Shard(site.id, shards - 1)
                before = taken(service, late)
                wait_until(lambda s=late, b=before: taken(service, s) > b, "the worker knows of it")
                # Everything so far once more, as trackers do whose answer was lost.
                for each in list(load.answers)[::7]:
                    assert service.post(build_beacon(site, each.number)).status == 202
                    resent.append(each.number)
                pages = read_pages(service, site)
                assert {f"/p/{number}" for number in resent} <= pages.keys()
                assert {times for (times,) in pages.values()} == {1}
            quiet = Shard(site.id, 3)
            wait_until(lambda: _is_quiet(service, quiet), "nobody writes to it any more", 30)
    finally:
        stop.set()
        sealing.join()
    assert used_shards(service, site) == {0, 1, 2, 3}
    assert len(resent) > 50
    assert load.unacknowledged == set()
    assert judge(count_in_answers(service, site), must=events_of(load.sent)).is_clean
    visits = service.numbers(site, "visits", "visitors")
    assert visits == [50, 50], "fifty visitors, each in one visit, though their events lie in two shards"
    round_ = SealingRound(service.settings, AsItIsNow(service, site), service.segments)
    round_.run()
    round_.close()
    assert judge(count_in_answers(service, site), must=events_of(load.sent)).is_clean
    assert service.numbers(site, "visits", "visitors") == visits
    bench = Workbench(tmp_path)
    site = service.sites.find(site.id)
    report = Verifier(service.store, bench, wall_clock_ms).verify(site)
    bench.close()
    assert report.differences == ()
    assert report.events == len(events_of(load.sent))


def _is_quiet(service: Service, shard: Shard) -> bool:
    before = taken(service, shard)
    threading.Event().wait(1.5)
    return taken(service, shard) == before


def test_four_shards_of_a_site_are_on_all_three_primaries(services) -> None:
    service: Service = services.get("cluster")
    for _ in range(20):
        site = service.new_site(shards=4)
        assert len({node_of(service.store, shard) for shard in site.all_shards()}) == 3


def test_the_slots_of_four_shards_reach_every_third_of_all_slots_whatever_the_site_is_called() -> None:
    for number in range(5000):
        slots = [key_slot(Shard(f"site-{number * 7919}", shard).log.encode()) for shard in range(4)]
        assert {slot * 3 // SLOTS for slot in slots} == {0, 1, 2}


@pytest.mark.parametrize("shards", ["0", "-1", str(MOST_SHARDS + 1)])
def test_a_number_that_cannot_be_is_refused_and_changes_nothing(embedded_service: Service, shards: str) -> None:
    site = embedded_service.new_site()
    ended = footfall(embedded_service, "site", "set", site.id, f"--shards={shards}")
    assert (ended.returncode, ended.stderr) == (1, f"footfall: a site has 1 to {MOST_SHARDS} shards\n")
    assert embedded_service.sites.find(site.id) == site
