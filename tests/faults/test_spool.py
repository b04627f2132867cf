"""Beacons while the store is away: they wait on the collector's disk, and go to the log as they were."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.events.columns import LOG_FIELD
from collector.events.erased import hash_subject
from collector.storage.embedded import EmbeddedStore
from collector.storage.keys import Shard
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone
from tests.beacons import build_pageview, read_metrics, wait_until_replayed
from tests.commands.forgetting import footfall
from tests.faults.load import running_load
from tests.faults.oracle import count_in_answers, events_of, judge
from tests.service import running_service
from tests.stores import wait_until

QUICK = {"FOOTFALL_COMMIT_SECONDS": "1"}
MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(tmp_path_factory.mktemp("store"))
    store.start()
    yield store
    store.stop()


def service_over(store: EmbeddedStore, folder: Path, role: str = "all", **more: str):
    return running_service((("127.0.0.1", store.port),), folder, role, **(QUICK | more))


def kill(store: EmbeddedStore) -> None:
    assert store.process is not None
    store.process.kill()
    store.process.wait()
    store.port_file.unlink()  # or the next start would look for this very process for some seconds


def build_large(site: Site, number: int) -> dict[str, object]:
    """A beacon of some 100 kB, as it stands in the log."""
    props = {f"p{place}": "x" * 1000 for place in range(10)}
    events = [{"name": "pageview", "seq": seq, "props": props} for seq in range(10)]
    return build_pageview(site, number) | {"events": events}


def test_beacons_go_to_the_spool_while_the_store_is_dead_and_to_the_log_when_it_is_back(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    with service_over(store, tmp_path) as service:
        site, other = service.new_site(), service.new_site()
        with running_load(service.settings.port, site) as load:
            wait_until(lambda: load.count("fsync") > 100, "the load is on its way")
            assert service.post(build_pageview(other, 0)).body["durability"] == "fsync"
            kill(store)
            died_at = time.monotonic()
            wait_until(lambda: load.count("spool") > 500, "the spool takes beacons")
            came_ms = time.time_ns() // 1_000_000
            assert service.post(build_pageview(other, 1)).body == {"accepted": 1, "durability": "spool"}
            metrics = read_metrics(service)
            assert metrics["footfall_spool_rows"] > 0
            assert metrics["footfall_spool_bytes"] > 100 * metrics["footfall_spool_rows"]
            store.start()
            back_at = time.monotonic()
            wait_until_replayed(service)
            emptied_at = time.monotonic()
            wait_until(lambda: load.count("fsync", emptied_at) > 100, "beacons go to the log again")
        got = load.safeties()
        assert judge(count_in_answers(service, site), must=events_of(load.sent)).is_clean
        print(f"\ndead for {back_at - died_at:.1f} s, replayed {emptied_at - back_at:.1f} s later: {dict(got)}")
        assert set(got) == {"fsync", "spool"}, "nobody was sent away"
        known_away = [each for each in load.answers if each.safety == "spool" and each.asked > died_at + 1.5]
        assert max(each.answered - each.asked for each in known_away) < 0.9, "who knows that it is away does not wait"
        metrics = read_metrics(service)
        assert metrics["footfall_beacons_spooled_total"] == metrics["footfall_beacons_replayed_total"]
        assert metrics["footfall_beacons_spooled_total"] == got["spool"] + 1
        assert (metrics["footfall_spool_rows"], metrics["footfall_spool_bytes"]) == (0, 0)
        _, (_, fields) = service.store.xrange(Shard(other.id, 0).log)
        received_ms = json.loads(fields[LOG_FIELD.encode()])["received_ms"]
        assert came_ms <= received_ms < came_ms + 500, "it is as old as the beacon, not as its way to the log"
        left = (tmp_path / "spool" / "0.db").read_bytes() + (tmp_path / "spool" / "0.db-wal").read_bytes()
        assert b"install-" not in left, "what is replayed leaves the disk"


def test_the_spool_of_a_killed_worker_is_replayed_by_the_next_one(store: EmbeddedStore, tmp_path: Path) -> None:
    with service_over(store, tmp_path) as service:
        site = service.new_site()
        service.post(build_pageview(site, 1))
        kill(store)
        assert service.post(build_pageview(site, 2)).body["durability"] == "spool"
        spool = tmp_path / "spool" / "0.db"
        left_over = tmp_path / "spool" / "7.db"  # as of a worker that no start of today will have the number of
        worker = next(int(pid) for pid in os.listdir("/proc") if pid.isdigit() and is_holder(int(pid), spool))
        for pid in (parent_of(worker), worker):  # the parent first, or it would start another worker
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not is_holder(worker, spool), "the worker is gone")
    for path in spool.parent.glob("0.db*"):
        path.rename(path.with_name(path.name.replace("0.db", left_over.name)))
    store.start()
    with service_over(store, tmp_path) as service:
        wait_until(lambda: not left_over.exists(), "the left-over spool is replayed and removed")
        answer = service.rows(site, "event:page", "pageviews")
        assert answer == {"/p/1": [1], "/p/2": [1]}


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_holder(pid: int, path: Path) -> bool:
    """Whether the process has the file open."""
    try:
        return any(read_link(each) == str(path) for each in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False  # it has ended, or is none of ours


def read_link(link: Path) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""  # closed since it was listed


def test_a_store_without_memory_is_a_store_that_is_away_and_a_full_spool_says_503(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    with service_over(store, tmp_path, FOOTFALL_SPOOL_MB="1") as service:
        site = service.new_site()
        assert service.post(build_large(site, 0)).body["durability"] == "fsync"
        service.store.config_set("maxmemory", 1)
        answers = [service.post(build_large(site, number)) for number in range(1, 15)]
        spooled = [answer.body.get("durability") for answer in answers if answer.status == 202]
        refused = [answer for answer in answers if answer.status != 202]
        assert spooled == ["spool"] * len(spooled)
        assert 5 < len(spooled) < 14
        assert {(answer.status, answer.body["code"]) for answer in refused} == {(503, "store_unavailable")}
        assert all("Retry-After" in answer.headers for answer in refused)
        assert read_metrics(service)["footfall_spool_bytes"] <= MEGABYTE
        service.store.config_set("maxmemory", 0)
        wait_until_replayed(service)
        assert service.numbers(site, "pageviews") == [10 + 10 * len(spooled)]


def test_without_a_spool_a_store_that_takes_nothing_says_503(store: EmbeddedStore, tmp_path: Path) -> None:
    with service_over(store, tmp_path, FOOTFALL_SPOOL_MB="0") as service:
        site = service.new_site()
        assert service.post(build_pageview(site, 1)).body["durability"] == "fsync"
        service.store.config_set("maxmemory", 1)
        answer = service.post(build_pageview(site, 2))
        assert (answer.status, answer.body["code"]) == (503, "store_unavailable")
        service.store.config_set("maxmemory", 0)
        assert service.post(build_pageview(site, 2)).body["durability"] == "fsync"
        assert service.numbers(site, "pageviews") == [2]


def test_a_log_that_nobody_seals_says_503_until_somebody_does(store: EmbeddedStore, tmp_path: Path) -> None:
    with service_over(store, tmp_path, FOOTFALL_LOG_MAX_MB="1") as service:
        site, other = service.new_site(), service.new_site()
        log = Shard(site.id, 0).log
        taken = 0
        while (answer := service.post(build_large(site, taken))).status == 202:
            taken += 1
            assert taken < 500, "the log has no bound"
            time.sleep(0.05)
        assert (answer.status, answer.body["code"]) == (503, "log_full")
        assert answer.headers["Retry-After"]
        assert service.store.xlen(log) == taken, "nothing is trimmed"
        metrics = read_metrics(service)
        assert metrics[f'footfall_log_bytes{{shard="0",site="{site.id}"}}'] > MEGABYTE
        assert service.post(build_pageview(other, 1)).status == 202, "other sites go on"
        service.seal()
        wait_until(lambda: service.post(build_pageview(site, 10_000)).status == 202, "there is room again")
        assert service.numbers(site, "pageviews") == [taken * 10 + 1]
        wait_until(lambda: service.seal() == 0, "sealed")
        entries = f'footfall_log_entries{{shard="0",site="{site.id}"}}'
        wait_until(lambda: read_metrics(service)[entries] == 0, "the metric follows")


def test_who_is_erased_leaves_the_spool_of_a_worker_that_cannot_empty_it(store: EmbeddedStore, tmp_path: Path) -> None:
    with service_over(store, tmp_path) as service:
        site = service.new_site()
        shard = Shard(site.id, 0)
        assert service.post(build_pageview(site, 0)).body["durability"] == "fsync"
        service.store.config_set("maxmemory", 1)
        for number in range(1, 101):
            assert service.post(build_pageview(site, number)).body["durability"] == "spool"
        would_go = footfall(service, "erase", "--site", site.id, "--visitor", "install-8", "--dry-run").stdout
        assert json.loads(would_go)["would_erase"]["spool_events"] == 2
        assert has_in_spool(tmp_path, b'"install-7"')
        # What `footfall erase` on another machine leaves in the store, which has no memory for more.
        stone = Tombstone("visitor", "s", hash_subject("visitor", "s", "install-7"), 2**53)
        put = "#!lua flags=allow-oom\nredis.call('HSET', KEYS[1], ARGV[1], ARGV[2])"
        service.store.eval(put, 1, shard.tombstones, stone.field, str(stone.before_ms))
        wait_until(lambda: not has_in_spool(tmp_path, b'"install-7"'), "the worker cleans its spool", 5)
        assert has_in_spool(tmp_path, b'"install-8"'), "nobody else's went"
        service.store.config_set("maxmemory", 0)
        wait_until_replayed(service)
        assert read_metrics(service)["footfall_spool_bytes"] == 0, "what went is counted out"
        assert service.numbers(site, "pageviews") == [99]


def has_in_spool(folder: Path, text: bytes) -> bool:
    return any(text in path.read_bytes() for path in (folder / "spool").glob("*.db*"))
