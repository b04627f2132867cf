"""query/mirror.py: any arrival order, batching, sealing and restart ends in the same rows and visits."""

import random
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from msgspec import structs

from collector.events.columns import COLUMNS
from collector.events.erased import hash_subject
from collector.events.ids import LEAST_ID
from collector.events.visits import ASSIGN_VISITS, FROM_FIRST_EVENT, SUMMARISE_VISITS, TIE
from collector.query.mirror import Mirror
from collector.query.mirror_schema import VERSION, create_statements
from collector.query.mirror_summaries import PAGES_OF_VISITS, TABLES, WITH_NEIGHBOURS
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import Workbench
from collector.sealing.work import SealingRound
from collector.storage.keys import Shard
from collector.storage.segments import PAGE_ENTRIES, Segments, ShardView
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone, Tombstones
from tests.backup.site import OnlyThis
from tests.lines import log_fields
from tests.service import Service

NOW_MS = 1_763_800_000_000
RECEIVED_MS = time.time_ns() // 1_000_000  # ids are told apart by the time of arrival, so this one is real
MINUTE_MS = 60_000
COMPARED = "at_ms, visitor, name, path, event_id, seq, received_ms, visit"


def some_events(random_: random.Random, count: int) -> list[dict]:
    """Events of a few visitors over two days, with ids; some gaps are just about 30 minutes."""
    return [
        {
            "event_id": 1000 + number,
            "visitor": random_.randint(1, 5),
            "at_ms": NOW_MS + random_.randint(0, 200) * 10 * MINUTE_MS,
            "seq": number,
            "name": random_.choice(("pageview", "engagement", "click", "signup", "session_end")),
            "path": random_.choice(("/", "/a", "/b")),
            "pageview_id": LEAST_ID + random_.randint(1, 20),
            "visible_ms": random_.randint(0, 9) * 1000,
            "country": random_.choice(("DE", "AT", "CH")),
            "source": random_.choice(("Google", "Bing")),
        }
        for number in range(count)
    ]


def append(service: Service, site: Site, events: list[dict]) -> None:
    shard = Shard(site.id, 0)
    service.store.xadd(shard.log, log_fields(RECEIVED_MS, events))


def in_mirror(mirror: Mirror, site: Site) -> tuple[list, list, list]:
    mirror.refresh(site)
    rows = mirror.ask(f'select {COMPARED} from "{site.id}".rows', [], 10)
    visits, pages = (mirror.ask(f'select * from "{site.id}".{table}', [], 10) for table in TABLES)
    return sorted(rows), sorted(visits, key=repr), sorted(pages, key=repr)


class GrowingLog(Segments):
    """Segments of a site that gets another event whenever somebody has read."""

    def __init__(self, service: Service, site: Site) -> None:
        super().__init__(service.store)
        self._append = lambda number: append(service, site, [{"event_id": -number, "visitor": 1, "at_ms": NOW_MS}])
        self._reads = 0

    def read(self, *arguments: Any, **named: Any) -> ShardView:
        view = super().read(*arguments, **named)
        self._reads += 1
        assert self._reads < 100, "a question waits for the end of a load"
        self._append(self._reads)
        return view


def test_a_question_is_answered_while_events_come_in_all_the_time(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    before = some_events(random.Random(8), PAGE_ENTRIES + 7)
    for event in before:
        append(service, site, [event])
    mirror = Mirror(tmp_path, GrowingLog(service, site), 256)
    mirror.refresh(site)
    held = mirror.ask(f'select event_id from "{site.id}".rows', [], 10)
    assert {event["event_id"] for event in before} <= {row[0] for row in held}, "all that came before it was asked"
    mirror.close()


def from_scratch(events: list[dict]) -> tuple[list, list, list]:
    """The same, by handing all events to the function at once."""
    database = duckdb.connect(config={"threads": 1})
    for statement in create_statements("x"):
        database.execute(statement)
    columns = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS)
    database.execute(f"create temp table plain ({columns})")
    for event in events:
        row = {"received_ms": RECEIVED_MS, **event}
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        database.execute(f"insert into plain ({names}) values ({marks})", list(row.values()))
    rows = ASSIGN_VISITS.format(rows=f"(select *, {TIE} as tie from plain)")
    database.execute(f"create temp table derived as {rows}")
    firsts = f"select visit, {', '.join(FROM_FIRST_EVENT)} from derived where starts"
    visits = SUMMARISE_VISITS.format(rows="derived")
    summaries = {
        "visits": f"select * from ({visits}) join ({firsts}) using (visit)",
        "pages": PAGES_OF_VISITS.format(rows="derived", visits='"x".visits'),
    }
    for table, sql in summaries.items():
        with_neighbours = WITH_NEIGHBOURS.format(summaries=sql, who=TABLES[table])
        database.execute(f'insert into "x".{table} by name {with_neighbours}')
    rows = database.execute(f"select {COMPARED} from derived").fetchall()
    visits, pages = (database.execute(f'select * from "x".{table}').fetchall() for table in TABLES)
    return sorted(rows), sorted(visits, key=repr), sorted(pages, key=repr)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_batching_gives_the_rows_of_all_events_at_once(
    embedded_service: Service, tmp_path: Path, seed: int
) -> None:
    service, random_ = embedded_service, random.Random(seed)
    site = service.new_site()
    events = some_events(random_, 120)
    waiting = events + random_.sample(events, 30)  # some are sent twice
    random_.shuffle(waiting)
    sealing = SealingRound(service.settings, service.sites, service.segments)
    mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    while waiting:
        size = random_.randint(1, 12)
        append(service, site, waiting[:size])
        del waiting[:size]
        step = random_.random()
        if step < 0.5:
            in_mirror(mirror, site)
        if step > 0.3:
            sealing.run()
        if step > 0.9:  # restarts, of both
            mirror.close()
            mirror = Mirror(tmp_path / "mirror", service.segments, 256)
            sealing.close()
            sealing = SealingRound(service.settings, service.sites, service.segments)
    expected = from_scratch(events)
    assert in_mirror(mirror, site) == expected
    sealing.run()
    assert in_mirror(mirror, site) == expected
    fresh = Mirror(tmp_path / "fresh", service.segments, 256)
    assert in_mirror(fresh, site) == expected
    for each in (mirror, fresh, sealing):
        each.close()


def test_an_end_that_comes_late_splits_a_visit_that_was_sealed_before(
    embedded_service: Service, tmp_path: Path
) -> None:
    service, random_ = embedded_service, random.Random(5)
    site = service.new_site()
    template = some_events(random_, 1)[0]
    first, end, second = (
        template
        | {"event_id": number, "seq": number, "at_ms": NOW_MS + number * MINUTE_MS, "name": name, "source": name}
        for number, name in enumerate(("pageview", "session_end", "click"))
    )
    mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    append(service, site, [first, second])
    service.seal()
    assert in_mirror(mirror, site) == from_scratch([first, second])
    append(service, site, [end])
    assert in_mirror(mirror, site) == from_scratch([first, end, second])
    service.seal()
    assert in_mirror(mirror, site) == from_scratch([first, end, second])
    mirror.close()


@pytest.mark.parametrize("seed", range(3))
def test_erasing_in_any_order_leaves_the_rows_of_all_other_events(
    embedded_service: Service, tmp_path: Path, seed: int
) -> None:
    service, random_ = embedded_service, random.Random(seed)
    site = service.new_site()
    shard = Shard(site.id, 0)
    events = [
        event | {"visitor_id": f"v{event['visitor']}"} | ({"user_id": f"u{number % 7}"} if number % 3 else {})
        for number, event in enumerate(some_events(random_, 120))
    ]
    erased = {"visitor": "v2", "user": "u4", "event": str(events[11]["event_id"])}
    salt = "a salt"
    digests = {kind: hash_subject(kind, salt, text) for kind, text in erased.items()} | {"event": erased["event"]}
    waiting = events + random_.sample(events, 40)
    random_.shuffle(waiting)
    sealing = SealingRound(service.settings, service.sites, service.segments)
    mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    tombstones = [Tombstone(kind, salt, digest, RECEIVED_MS) for kind, digest in digests.items()]
    while waiting or tombstones:
        size = random_.randint(1, 12)
        append(service, site, waiting[:size])
        del waiting[:size]
        step = random_.random()
        if tombstones and (step < 0.2 or not waiting):
            Tombstones(service.store).put(shard, tombstones.pop())
        if step < 0.5:
            in_mirror(mirror, site)
        if step > 0.3:
            sealing.run()
        if step > 0.9:
            mirror.close()
            mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    expected = from_scratch(
        [
            event for event in events
            if event["visitor_id"] != "v2" and event.get("user_id") != "u4" and event is not events[11]
        ]
    )  # fmt: skip
    assert len(expected[0]) < len(events) - 20
    fresh = Mirror(tmp_path / "fresh", service.segments, 256)
    for each in (mirror, fresh):
        assert in_mirror(each, site) == expected
    sealing.run()
    for each in (mirror, fresh):
        assert in_mirror(each, site) == expected
    for each in (mirror, fresh, sealing):
        each.close()


def test_a_damaged_mirror_is_made_again(embedded_service: Service, tmp_path: Path) -> None:
    site = embedded_service.new_site()
    append(embedded_service, site, some_events(random.Random(1), 10))
    mirror = Mirror(tmp_path, embedded_service.segments, 256)
    before = in_mirror(mirror, site)
    mirror.close()
    (tmp_path / f"mirror-{VERSION}.duckdb").write_bytes(b"damaged " * 1000)
    mirror = Mirror(tmp_path, embedded_service.segments, 256)
    assert in_mirror(mirror, site) == before
    assert len(before[0]) == 10
    mirror.close()


def test_a_question_that_takes_too_long_is_ended(embedded_service: Service, tmp_path: Path) -> None:
    from collector.errors import Problem

    mirror = Mirror(tmp_path, embedded_service.segments, 256)
    with pytest.raises(Problem, match="longer than"):
        mirror.ask("select count(*) from range(100000000) a, range(100000000) b where a.range + b.range = 7", [], 0.2)
    assert mirror.ask("select 1", [], 5) == [(1,)]
    mirror.close()


def test_segments_that_vanish_while_they_are_read_are_read_anew(embedded_service: Service, tmp_path: Path) -> None:
    """A merge between reading the list of segments and reading one of them."""
    service = embedded_service
    site = service.new_site()
    events = some_events(random.Random(2), 80)
    for start in range(0, 70, 10):
        append(service, site, events[start : start + 10])
        service.seal()
    append(service, site, events[70:])

    class Merging:
        """The real segments; a seal that leads to a merge happens right behind the first list that is read."""

        def __init__(self) -> None:
            self.merged = False

        def read(self, *arguments):
            view = service.segments.read(*arguments)
            if not self.merged:
                self.merged = True
                service.seal()
            return view

        def read_bytes(self, *arguments):
            return service.segments.read_bytes(*arguments)

    mirror = Mirror(tmp_path, Merging(), 256)
    assert in_mirror(mirror, site) == from_scratch(events)
    mirror.close()


@pytest.mark.parametrize("seed", range(2))
def test_an_id_counts_once_whichever_shards_it_is_sent_to_and_however_many_there_are(
    embedded_service: Service, tmp_path: Path, seed: int
) -> None:
    """The number of shards grows and shrinks under way; resends go where they are sent by then."""
    service, random_ = embedded_service, random.Random(seed)
    site = service.new_site()
    events = some_events(random_, 80)
    waiting = events + random_.sample(events, 40)
    random_.shuffle(waiting)
    sealing = SealingRound(service.settings, OnlyThis(site), service.segments)
    mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    sent: dict[int, dict] = {}
    while waiting:
        size = random_.randint(1, 8)
        batch, waiting = waiting[:size], waiting[size:]
        shard = random_.choice(site.all_shards()[: site.shards])
        service.store.xadd(shard.log, log_fields(RECEIVED_MS, batch))
        sent |= {event["event_id"]: event for event in batch}
        step = random_.random()
        if step < 0.2:
            shards = random_.randint(1, 4)
            held = max(shards, len(site.all_shards()))
            site = structs.replace(site, shards=shards, shards_held=held)
            sealing.close()
            sealing = SealingRound(service.settings, OnlyThis(site), service.segments)
        if step > 0.5:
            assert in_mirror(mirror, site) == from_scratch(list(sent.values()))
        if step > 0.7:
            sealing.run()
        if step > 0.95:
            mirror.close()
            mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    expected = from_scratch(events)
    assert in_mirror(mirror, site) == expected
    sealing.run()
    assert in_mirror(mirror, site) == expected
    fresh = Mirror(tmp_path / "fresh", service.segments, 256)
    assert in_mirror(fresh, site) == expected
    assert len(site.all_shards()) > 1
    for each in (mirror, fresh, sealing):
        each.close()


class SealedBetween:
    """The real segments; both shards are sealed right before the second one is read, once, when it is armed."""

    def __init__(self, service: Service, bench: Workbench, shards: tuple[Shard, Shard], sealed_first: int) -> None:
        self._service = service
        self._bench = bench
        self._shards = shards
        self._order = (sealed_first, 1 - sealed_first)
        self.is_armed = False
        self.has_sealed = False

    def read(self, shard, *arguments):
        if self.is_armed and not self.has_sealed and shard == self._shards[1]:
            self.has_sealed = True
            sealer = Sealer(self._service.segments, self._bench, 1000, lambda: RECEIVED_MS)
            for number in self._order:
                assert sealer.seal(self._shards[number], [self._shards[1 - number]]) == 1
        return self._service.segments.read(shard, *arguments)

    def read_bytes(self, *arguments):
        return self._service.segments.read_bytes(*arguments)


@pytest.mark.parametrize("sealed_first", [0, 1])
@pytest.mark.parametrize("seen_first", [0, 1])
def test_sealing_between_the_reads_of_two_shards_neither_loses_nor_doubles_an_event(
    embedded_service: Service, tmp_path: Path, sealed_first: int, seen_first: int
) -> None:
    service = embedded_service
    shards = service.new_site(shards=2).all_shards()
    site = service.sites.find(shards[0].site)
    (event,) = some_events(random.Random(1), 1)
    fields = log_fields(RECEIVED_MS, [event])
    bench = Workbench(tmp_path / "bench")
    between = SealedBetween(service, bench, shards, sealed_first)
    mirror = Mirror(tmp_path / "mirror", between, 256)
    service.store.xadd(shards[seen_first].log, fields)
    assert in_mirror(mirror, site) == from_scratch([event])
    service.store.xadd(shards[1 - seen_first].log, fields)
    between.is_armed = True
    assert in_mirror(mirror, site) == from_scratch([event])
    assert between.has_sealed
    assert in_mirror(mirror, site) == from_scratch([event])
    mirror.close()
    bench.close()
