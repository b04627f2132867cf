"""A failover may take back what a sealer had committed: the replica that takes over never heard of it.

The log is safe, because an answer waits for a replica. Whoever knew the lost commit must see that it is gone, also when
the next commit follows at once.
"""

import time
from pathlib import Path

import pytest

from collector.events.erased import hash_subject
from collector.query.mirror import Mirror
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import Workbench
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.storage.epochs import next_epoch
from collector.storage.keys import Shard
from collector.storage.segments import Segments
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone, Tombstones
from tests.lines import log_fields
from tests.service import Service

EVER_MS = 1 << 50


class Moment:
    """All keys of a shard as they are now, to come back to as a replica does that had fallen behind."""

    def __init__(self, service: Service, shard: Shard) -> None:
        self._service = service
        self._shard = shard
        self._keys = {key: service.store.dump(key) for key in self._names()}

    def _names(self) -> list[bytes]:
        return list(self._service.store.scan_iter(f"{{{self._shard.site}.{self._shard.number}}}:*"))

    def come_back(self) -> None:
        for key in self._names():
            self._service.store.delete(key)
        for key, value in self._keys.items():
            self._service.store.restore(key, 0, value)


def append(service: Service, shard: Shard, *numbers: int) -> None:
    now_ms = time.time_ns() // 1_000_000
    for number in numbers:
        event = {"event_id": number, "visitor": number, "visitor_id": f"visitor-{number}", "name": "pageview"}
        service.store.xadd(shard.log, log_fields(now_ms, [event | {"at_ms": now_ms}]))


def ids_in(mirror: Mirror, site: Site) -> list[int]:
    mirror.refresh(site)
    return sorted(row[0] for row in mirror.ask(f'select visitor from "{site.id}".rows', [], 10))


@pytest.fixture
def site(embedded_service: Service) -> Site:
    return embedded_service.new_site()


def test_a_mirror_that_knew_a_lost_commit_has_what_was_sealed_in_its_place(
    embedded_service: Service, site: Site, tmp_path: Path
) -> None:
    service, shard = embedded_service, Shard(site.id, 0)
    mirror = Mirror(tmp_path, Segments(service.store), 256)
    append(service, shard, 1, 2)
    before = Moment(service, shard)
    service.seal()
    assert ids_in(mirror, site) == [1, 2]
    before.come_back()
    append(service, shard, 3)
    service.seal()
    append(service, shard, 4)
    service.seal()
    assert ids_in(mirror, site) == [1, 2, 3, 4]
    mirror.close()


def test_a_sealer_that_knew_a_lost_commit_does_not_pass_over_what_came_after_it(
    embedded_service: Service, site: Site, tmp_path: Path
) -> None:
    service, shard = embedded_service, Shard(site.id, 0)
    knowing = SealingRound(service.settings, service.sites, service.segments)
    append(service, shard, 1, 2, 3)
    before = Moment(service, shard)
    knowing.run()
    before.come_back()
    bench = Workbench(tmp_path / "bench")
    assert Sealer(OneEntryAtOnce(service.store), bench, 1, wall_clock_ms).seal(shard) == 1
    bench.close()
    append(service, shard, 4)
    knowing.run()
    knowing.close()
    mirror = Mirror(tmp_path, Segments(service.store), 256)
    assert ids_in(mirror, site) == [1, 2, 3, 4]
    mirror.close()


class OneEntryAtOnce(Segments):
    """Of a sealer whose batches are as small as they can be."""

    def read(self, shard: Shard, known_epoch: str, after: str, count: int = 1):
        return super().read(shard, known_epoch, after, 1)


def test_a_mirror_that_knew_a_lost_tombstone_learns_of_the_one_in_its_place(
    embedded_service: Service, site: Site, tmp_path: Path
) -> None:
    service, shard = embedded_service, Shard(site.id, 0)
    tombstones = Tombstones(service.store)
    mirror = Mirror(tmp_path, Segments(service.store), 256)
    append(service, shard, 1, 2)
    before = Moment(service, shard)
    tombstones.put(shard, Tombstone("visitor", "salt", hash_subject("visitor", "salt", "nobody"), EVER_MS))
    assert ids_in(mirror, site) == [1, 2]
    before.come_back()
    tombstones.put(shard, Tombstone("visitor", "salt", hash_subject("visitor", "salt", "visitor-1"), EVER_MS))
    assert ids_in(mirror, site) == [2]
    mirror.close()


def test_what_was_read_of_an_old_primary_changes_nothing_in_the_new_one(embedded_service: Service, site: Site) -> None:
    """An old primary that wakes takes entries whose ids are behind all that the new one has taken meanwhile."""
    service, shard = embedded_service, Shard(site.id, 0)
    append(service, shard, 1, 2)
    view = service.segments.read(shard, "", "0-0")
    number, _, fork = view.epoch.partition("@")
    of_old_primary = f"{number}@{'0' * len(fork)}"
    assert view.page
    last = view.page.last_id
    assert not service.segments.commit_seal(shard, of_old_primary, next_epoch(of_old_primary), last, [], [], 2)
    assert service.store.xlen(shard.log) == 2
    assert service.segments.read(shard, of_old_primary, last).page == view.page, "it is read anew"
    assert service.segments.commit_seal(shard, view.epoch, next_epoch(view.epoch), last, [], [], 2)
    assert service.store.xlen(shard.log) == 0
