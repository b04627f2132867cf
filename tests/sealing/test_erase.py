"""sealing/erase.py beside other writers: nothing that was erased is written back by one who did not know."""

from pathlib import Path

from collector.events.erased import hash_subject
from collector.events.ids import LEAST_ID
from collector.query.mirror import Mirror
from collector.sealing.erase import Eraser
from collector.sealing.rewrite import Rows, rewrite
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import DAY_MS, Workbench
from collector.sealing.subject import Subject
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.storage.keys import Shard
from collector.storage.segments import Segments
from collector.storage.tombstones import Tombstone, Tombstones
from tests.lines import log_fields
from tests.service import Service

LEAVING = Subject("visitor", "leaving")


def append(service: Service, shard: Shard, **columns) -> None:
    now_ms = wall_clock_ms()
    event = {"name": "pageview", "at_ms": now_ms - 1000, "visitor": 1, **columns}
    service.store.xadd(shard.log, log_fields(now_ms - 500, [event]))


def held_rows(service: Service, shard: Shard) -> int:
    return sum(segment.rows for segment in service.segments.read(shard, "", "0-0").segments or ())


def test_a_sealer_that_read_before_the_tombstone_cannot_commit(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    shard = Shard(service.new_site().id, 0)
    tombstone = Tombstone("visitor", "s", hash_subject("visitor", "s", "leaving"), wall_clock_ms())

    class ErasedJustBefore(Segments):
        """The real segments; an erasure begins between the sealer's reading and its writing."""

        is_erased = False

        def commit_seal(self, *arguments):
            if not self.is_erased:
                self.is_erased = True
                Tombstones(service.store).put(shard, tombstone)
            return super().commit_seal(*arguments)

    for who in ("leaving", "staying", "leaving"):
        append(service, shard, visitor_id=who)
    bench = Workbench(tmp_path)
    sealer = Sealer(ErasedJustBefore(service.store), bench, 1000, wall_clock_ms)
    assert sealer.seal(shard) is None
    assert held_rows(service, shard) == 0
    assert sealer.seal(shard) == 3
    assert held_rows(service, shard) == 1
    bench.close()


def test_a_beacon_that_comes_into_the_log_behind_the_seal_is_found_and_taken(
    embedded_service: Service, tmp_path: Path
) -> None:
    """It was stamped before the erasure began, and waited for the disk meanwhile."""
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    append(service, shard, visitor_id="leaving")

    class LateBeacon(Eraser):
        """The real eraser; a beacon comes in as soon as the log is sealed."""

        is_late = False

        def _clear_segments(self, shard: Shard) -> int:
            if not self.is_late:
                self.is_late = True
                append(service, shard, visitor_id="leaving")
                append(service, shard, visitor_id="staying")
            return super()._clear_segments(shard)

    bench = Workbench(tmp_path)
    done = LateBeacon(service.store, bench, 1000, wall_clock_ms).erase(site, LEAVING)
    bench.close()
    assert done.found.log_rows == 1
    assert done.found_afterwards.is_nothing
    assert held_rows(service, shard) == 1
    assert service.store.xlen(shard.log) == 0


def test_a_mirror_that_has_the_rows_takes_them_out_and_loads_nothing_again(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    for number in range(6):
        append(
            service,
            shard,
            visitor_id=("leaving", "staying")[number % 2],
            visitor=1000 * (number % 2),
            path=f"/{number}",
        )
    service.seal()

    class Counting(Segments):
        """The real segments, and which of them were read."""

        loaded: list[str] = []  # noqa: RUF012

        def read_bytes(self, shard, segment):
            self.loaded.append(segment.name)
            return super().read_bytes(shard, segment)

    segments = Counting(service.store)
    mirror = Mirror(tmp_path / "mirror", segments, 256)
    mirror.refresh(site)
    assert len(segments.loaded) == 1
    bench = Workbench(tmp_path / "bench")
    done = Eraser(service.store, bench, 1000, wall_clock_ms).erase(site, LEAVING)
    bench.close()
    assert (done.found.segment_rows, done.segments_rewritten) == (3, 1)
    mirror.refresh(site)
    assert len(segments.loaded) == 1
    rows = mirror.ask(f'select visitor_id, path from "{site.id}".events order by path', [], 5)
    assert rows == [("staying", "/1"), ("staying", "/3"), ("staying", "/5")]
    assert mirror.ask(f'select visitor, pageviews from "{site.id}".visits', [], 5) == [(1000, 3)]
    mirror.close()


def test_a_segment_is_rewritten_once_however_often_others_commit_meanwhile(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    shard = Shard(service.new_site().id, 0)
    for who in ("leaving", "staying"):
        append(service, shard, visitor_id=who)
    service.seal()

    class BusyShard(Segments):
        """The real segments; before each of three tries to put one in place, the sealer commits another."""

        tries = reads = 0

        def replace(self, *arguments):
            self.tries += 1
            if self.tries <= 3:
                append(service, shard, visitor_id="staying")
                service.seal()
            return super().replace(*arguments)

        def read_bytes(self, *arguments):
            self.reads += 1
            return super().read_bytes(*arguments)

    segments = BusyShard(service.store)
    view = segments.read(shard, "", "0-0", 1)
    (old,) = view.segments or ()
    bench = Workbench(tmp_path)
    which = Rows("select row from {rows} where visitor_id = 'leaving'", [])
    assert rewrite(segments, bench, shard, view.epoch, old, which, mirrors_follow=False) == 1
    assert (segments.tries, segments.reads) == (4, 1)
    assert held_rows(service, shard) == 4
    assert rewrite(segments, bench, shard, view.epoch, old, which, mirrors_follow=False) is None, (
        "it is there no longer"
    )
    bench.close()


def test_an_erasure_ends_beside_a_sealer_that_is_always_faster(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)

    class AlwaysSecond(Segments):
        """The real segments; whatever is to be committed, another sealer has done so, and more came into the log."""

        tries = 0

        def commit_seal(self, *arguments):
            self.tries += 1
            assert self.tries < 10, "it would go on as long as somebody sends"
            service.seal()
            append(service, shard, visitor_id="staying")
            return super().commit_seal(*arguments)

    for who in ("leaving", "staying"):
        append(service, shard, visitor_id=who)
    bench = Workbench(tmp_path)
    eraser = Eraser(service.store, bench, 1000, wall_clock_ms)
    eraser._sealer = Sealer(AlwaysSecond(service.store), bench, 1000, wall_clock_ms)
    assert eraser.erase(site, LEAVING).found_afterwards.is_nothing
    bench.close()
    service.seal()
    assert service.numbers(site, "pageviews") == [held_rows(service, shard)]


def test_a_shard_whose_rows_are_all_erased_has_no_segment_left(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    for _ in range(9):
        append(service, shard, visitor_id="leaving")
        service.seal()
    assert held_rows(service, shard) == 9
    assert service.numbers(site, "pageviews") == [9]
    bench = Workbench(tmp_path)
    Eraser(service.store, bench, 1000, wall_clock_ms).erase(site, LEAVING)
    bench.close()
    assert service.segments.read(shard, "", "0-0").segments == ()
    assert not list(service.store.scan_iter(match=f"{{{site.id}.0}}:segment:*"))
    assert service.numbers(site, "pageviews") == [0]


def test_pageviews_stay_apart_when_rows_between_theirs_are_taken_from_a_closed_day(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    for number in range(24):
        user = ("leaving", "staying", "staying")[number % 3]
        ids = {"event_id": LEAST_ID + number, "pageview_id": LEAST_ID + number % 4}
        append(service, shard, **ids, user_id=user, at_ms=wall_clock_ms() - DAY_MS + number, path=f"/{number % 4}")
    closing = SealingRound(service.settings, service.sites, service.segments, lambda: wall_clock_ms() + 6 * DAY_MS)
    closing.run()
    closing.close()
    bench = Workbench(tmp_path / "bench")
    done = Eraser(service.store, bench, 1000, wall_clock_ms).erase(site, Subject("user", "leaving"))
    bench.close()
    assert (done.found.segment_rows, done.segments_rewritten) == (8, 1)
    mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    mirror.refresh(site)
    rows = mirror.ask(f'select pageview_id, min(path), max(path), count(*) from "{site.id}".rows group by 1', [], 5)
    assert sorted(row[1:] for row in rows) == [("/0", "/0", 4), ("/1", "/1", 4), ("/2", "/2", 4), ("/3", "/3", 4)]
    assert max(row[0] for row in rows) < 0, "they are numbered by the file"
    mirror.close()
    # The rewritten file has no column of ids any more; what is closed beside it must be able to look there.
    ids = {"event_id": LEAST_ID + 99, "pageview_id": LEAST_ID + 99}
    append(service, shard, **ids, at_ms=wall_clock_ms() - DAY_MS, path="/late")
    closing = SealingRound(service.settings, service.sites, service.segments, lambda: wall_clock_ms() + 6 * DAY_MS)
    closing.run()
    closing.close()
    assert held_rows(service, shard) == 17
    assert service.rows(site, "event:page", "pageviews") == {
        "/0": [4], "/1": [4], "/2": [4], "/3": [4], "/late": [1],
    }  # fmt: skip
