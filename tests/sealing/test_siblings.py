"""Several shards of a site: an event id counts once across them, whoever seals them and in what order."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from collector.events.ids import LEAST_ID
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import Workbench
from collector.sealing.verify import Verifier
from collector.sealing.work import wall_clock_ms
from collector.storage.keys import Shard
from collector.storage.segments import Segments
from collector.storage.sites import Site
from tests.backup.site import seal_of
from tests.lines import log_fields
from tests.service import Service


def append(service: Service, shard: Shard, *numbers: int) -> None:
    now_ms = wall_clock_ms()
    events = [
        {"name": "pageview", "at_ms": now_ms, "visitor": number, "event_id": LEAST_ID + number} for number in numbers
    ]
    service.store.xadd(shard.log, log_fields(now_ms, events))


def held_rows(service: Service, site: Site) -> int:
    views = [service.segments.read(shard, "", "0-0") for shard in site.all_shards()]
    return sum(segment.rows for view in views for segment in view.segments or ())


def differences(service: Service, site: Site, folder: Path) -> list[tuple[str, str]]:
    bench = Workbench(folder)
    report = Verifier(service.store, bench, wall_clock_ms).verify(site)
    bench.close()
    return [(each.kind, each.where) for each in report.differences]


class Interrupted(Segments):
    """The real segments; something happens between reading and writing, once."""

    def __init__(self, service: Service, meanwhile: Callable[[], object]) -> None:
        super().__init__(service.store)
        self._meanwhile: list[Callable[[], object]] = [meanwhile]

    def commit_seal(self, *arguments):
        if self._meanwhile:
            self._meanwhile.pop()()
        return super().commit_seal(*arguments)


def test_two_sealers_at_two_shards_never_both_write_an_event(embedded_service: Service, tmp_path: Path) -> None:
    """The one is paused with the event in its hands, the other takes over and writes it from the other shard."""
    service = embedded_service
    site = service.new_site(shards=2)
    (first, _), (second, _) = site.each_with_siblings()
    append(service, first, 1, 2)
    append(service, second, 2, 3)
    benches = [Workbench(tmp_path), Workbench(tmp_path)]
    other = Sealer(service.segments, benches[0], 1000, wall_clock_ms)
    outcomes = []
    paused = Sealer(
        Interrupted(service, lambda: outcomes.append(other.seal(second, [first]))), benches[1], 1000, wall_clock_ms
    )
    assert paused.seal(first, [second]) is None, "refused, though nobody wrote to this very shard"
    assert outcomes == [1]
    assert paused.seal(first, [second]) == 1
    assert held_rows(service, site) == 3
    assert other.seal(second, [first]) == 0
    for bench in benches:
        bench.close()
    assert differences(service, site, tmp_path) == []


def test_who_took_over_and_was_overtaken_while_it_read_does_not_write(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site(shards=2)
    (first, _), (second, _) = site.each_with_siblings()
    append(service, first, 1, 2)
    append(service, second, 2, 3)

    class OvertakenWhileReading(Segments):
        """The real segments; another sealer raises the epochs between our raising and our reading."""

        is_overtaken = False

        def read(self, *arguments):
            if not self.is_overtaken:
                self.is_overtaken = True
                for shard in (first, second):
                    self.raise_epoch(shard)
            return super().read(*arguments)

    bench = Workbench(tmp_path)
    sealer = Sealer(OvertakenWhileReading(service.store), bench, 1000, wall_clock_ms)
    assert sealer.seal(first, [second]) is None
    assert held_rows(service, site) == 0
    assert [sealer.seal(first, [second]), sealer.seal(second, [first])] == [1, 1]
    assert held_rows(service, site) == 3
    bench.close()


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_two_sealers_and_resends_counts_every_event_once(
    embedded_service: Service, tmp_path: Path, seed: int
) -> None:
    service, random_ = embedded_service, random.Random(seed)
    site = service.new_site(shards=3)
    shards = site.all_shards()
    rounds = [seal_of(service, site) for _ in range(2)]
    sent: set[int] = set()
    for number in range(60):
        fresh = range(number * 3, number * 3 + 3)
        again = random_.sample(sorted(sent), min(len(sent), 2))
        append(service, random_.choice(shards), *fresh, *again)
        sent |= set(fresh)
        if random_.random() < 0.4:
            random_.choice(rounds).run()
    for round_ in [*rounds, *rounds]:
        round_.run()
    assert all(service.store.xlen(shard.log) == 0 for shard in shards)
    for round_ in rounds:
        round_.close()
    assert held_rows(service, site) == len(sent) == 180
    assert differences(service, site, tmp_path) == []
