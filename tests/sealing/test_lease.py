"""Two sealers of one store: one works and one waits, and whoever sleeps over its lease spoils nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.sealing.segment_file import Workbench
from collector.sealing.verify import Verifier
from collector.sealing.work import wall_clock_ms
from collector.storage.embedded import EmbeddedStore
from collector.storage.keys import Shard
from collector.storage.leases import LEASE_MS, Leases
from tests.lines import log_fields
from tests.service import Service, end_process, running_service, start_command
from tests.stores import wait_until

QUICK = {"FOOTFALL_SEAL_SECONDS": "0.2"}
TAKEOVER_SECONDS = LEASE_MS / 1000 + 2


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A store of its own: the sealers here work on all sites that there are."""
    folder = tmp_path_factory.mktemp("store")
    store = EmbeddedStore(folder)
    port = store.start()
    try:
        with running_service((("127.0.0.1", port),), folder / "collector", **QUICK) as service:
            yield service
    finally:
        store.stop()


def append(service: Service, shard: Shard, first: int, count: int = 1) -> None:
    now_ms = wall_clock_ms()
    for number in range(first, first + count):
        event = {"name": "pageview", "at_ms": now_ms, "visitor": number % 7, "event_id": 10_000 + number, "path": "/"}
        service.store.xadd(shard.log, log_fields(now_ms, [event]))


def is_sealed(service: Service, shard: Shard) -> bool:
    return service.store.xlen(shard.log) == 0


def is_stopped(process: subprocess.Popen[str]) -> bool:
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def holder_of(service: Service, shard: Shard) -> bytes | None:
    return service.store.get(shard.lease)


def test_a_sealer_that_is_stopped_over_its_lease_is_replaced_and_its_commit_is_refused(
    service: Service, tmp_path: Path
) -> None:
    site = service.new_site()
    shard = Shard(site.id, 0)
    append(service, shard, 0, 500)
    stopped = subprocess.Popen(
        [sys.executable, "-m", "tests.sealing.stopped_sealer"],
        env={**os.environ, **service.environment}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    second = None
    try:
        wait_until(lambda: is_stopped(stopped), "it has read, and not yet written")
        first_holder = holder_of(service, shard)
        second = start_command(service.environment, "seal")
        wait_until(lambda: is_sealed(service, shard), "the other one took over", TAKEOVER_SECONDS + 10)
        assert holder_of(service, shard) not in (None, first_holder)
        append(service, shard, 500, 100)
        append(service, shard, 0, 50)  # sent again
        stopped.send_signal(signal.SIGCONT)
        assert stopped.stdout is not None
        assert stopped.stdout.readline() == "refused\n"
        wait_until(lambda: is_sealed(service, shard), "sealing goes on")
    finally:
        for process in filter(None, (stopped, second)):
            process.send_signal(signal.SIGCONT)
            end_process(process)
        assert stopped.stdout is not None
        stopped.stdout.close()
    assert service.numbers(site, "pageviews", "visitors") == [600, 7]
    bench = Workbench(tmp_path)
    report = Verifier(service.store, bench, wall_clock_ms).verify(site)
    bench.close()
    assert (report.events, report.differences) == (600, ())


def test_one_works_and_the_other_waits_until_the_first_is_killed(service: Service) -> None:
    site = service.new_site()
    shard = Shard(site.id, 0)
    first = start_command(service.environment, "seal")
    second = None
    try:
        wait_until(lambda: holder_of(service, shard), "the first one works")
        first_holder = holder_of(service, shard)
        second = start_command(service.environment, "seal")
        for number in range(40):  # many rounds of both
            append(service, shard, number)
            wait_until(lambda: is_sealed(service, shard), "sealed")
            assert holder_of(service, shard) == first_holder
        first.kill()
        killed_at = time.monotonic()
        append(service, shard, 100)
        wait_until(lambda: is_sealed(service, shard), "the other one took over", TAKEOVER_SECONDS)
        print(f"\ntaken over {time.monotonic() - killed_at:.1f} s after the kill")
        assert holder_of(service, shard) not in (None, first_holder)
    finally:
        for process in filter(None, (first, second)):
            end_process(process)
    assert holder_of(service, shard) is None, "who ends in order gives its leases back"
    assert service.numbers(site, "pageviews") == [41]


def test_a_lease_is_one_holders_and_is_let_go_when_it_was_lost(service: Service) -> None:
    shards = [Shard(f"lease-{number}", 0) for number in range(3)]
    one, other = Leases(service.store, "one"), Leases(service.store, "other")
    assert [one.hold(shard) for shard in shards] == [True] * 3
    assert [one.hold(shards[0]), other.hold(shards[0])] == [True, False]
    service.store.delete(shards[0].lease)  # as if its time were over
    assert other.hold(shards[0])
    service.store.pexpire(shards[1].lease, 500)
    one.renew()
    assert 500 < service.store.pttl(shards[1].lease) <= LEASE_MS
    assert service.store.get(shards[0].lease) == b"other"
    one.release()
    assert [service.store.get(shard.lease) for shard in shards] == [b"other", None, None]
    other.release()
    assert service.store.get(shards[0].lease) is None
