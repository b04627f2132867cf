"""sealing/work.py: a site that never pauses."""

import time
from typing import Any

from collector.sealing.merge import FAN
from collector.sealing.work import SealingRound
from collector.storage.keys import Shard
from collector.storage.segments import Segments
from collector.storage.sites import Site
from tests.lines import log_fields
from tests.service import Service

MOST_COMMITS = 50


def append(service: Service, shard: Shard, number: int) -> None:
    now_ms = time.time_ns() // 1_000_000
    event = {"event_id": number, "visitor": 1, "name": "pageview", "at_ms": now_ms}
    service.store.xadd(shard.log, log_fields(now_ms, [event]))


class BusyLog(Segments):
    """Segments of a shard that gets another event after each of its commits."""

    def __init__(self, service: Service, busy: Shard) -> None:
        super().__init__(service.store)
        self._service = service
        self._busy = busy
        self.commits = 0

    def commit_seal(self, shard: Shard, *arguments: Any) -> bool:
        is_committed = super().commit_seal(shard, *arguments)
        if shard == self._busy:
            self.commits += 1
            assert self.commits < MOST_COMMITS, "the round waits for the end of the load"
            append(self._service, shard, self.commits)
        return is_committed


def test_a_site_that_gets_events_all_the_time_is_merged_and_keeps_no_other_waiting(embedded_service: Service) -> None:
    service = embedded_service
    busy, other = sorted((service.new_site(), service.new_site()), key=lambda site: site.id)
    append(service, Shard(busy.id, 0), 0)
    append(service, Shard(other.id, 0), 0)
    segments = BusyLog(service, Shard(busy.id, 0))
    round_ = SealingRound(service.settings, service.sites, segments)
    for _ in range(FAN):
        assert round_.run() >= 1
    round_.close()
    assert service.store.xlen(Shard(other.id, 0).log) == 0, "the other site is sealed"
    assert {segment.level for segment in _segments_of(service, busy)} == {1}, "and the busy one is merged"


def _segments_of(service: Service, site: Site) -> tuple[Any, ...]:
    return service.segments.read(Shard(site.id, 0), "", "0-0").segments or ()
