"""A copy is of one moment, although the shard is written to, sealed and merged while it is made."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import msgspec
import pytest

from collector.backup.entry_line import encode_entry, parse_entry
from collector.backup.export import export
from collector.backup.manifest import read_manifest, segment_path, stream_path
from collector.errors import Problem
from collector.events.ids import LEAST_ID
from collector.storage.keys import Shard
from collector.storage.snapshot import Entry, Snapshots
from tests.backup.site import now_ms, seal_of
from tests.lines import log_fields
from tests.service import Service


class Watched(Snapshots):
    """Counts how often a shard had to be looked at, and what was gone when it was fetched."""

    moments = 0
    vanished = 0

    def read_moment(self, shard):
        self.moments += 1
        return super().read_moment(shard)

    def read_segment(self, shard, name):
        data = super().read_segment(shard, name)
        self.vanished += data is None
        return data


def numbers_in(folder: Path, shard: Shard) -> list[int]:
    """The numbers of all events of a copy, sealed and not."""
    manifest, _ = read_manifest(folder)
    (copy,) = manifest.shards
    found: list[int] = []
    for segment in copy.segments:
        path = str(folder / segment_path(shard, segment.name))
        found += [row[0] for row in duckdb.execute("select event_id from read_parquet(?)", [path]).fetchall()]
    for line in (folder / stream_path(shard, "log")).read_bytes().splitlines():
        events = msgspec.json.decode(parse_entry(line).values[1])["events"]
        found += [event["event_id"] for event in events]
    held = {path.stem for path in folder.rglob("*.parquet")}
    assert held == {segment.name for segment in copy.segments}, "what was replaced meanwhile is not left in the folder"
    return [number - LEAST_ID for number in sorted(found)]


def test_a_copy_made_while_the_shard_is_sealed_and_merged_is_whole_and_has_nothing_twice(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    shard = Shard(site.id, 0)
    stop = threading.Event()
    written = 0

    def write_and_seal() -> None:
        nonlocal written
        round_ = seal_of(service, site)
        while not stop.is_set():
            for _ in range(30):
                event = {"name": "pageview", "at_ms": now_ms(), "event_id": LEAST_ID + written, "visitor": written}
                service.store.xadd(shard.log, log_fields(now_ms(), [event]))
                written += 1
            round_.run()
        round_.close()

    class Slow(Watched):
        def read_moment(self, shard):
            moment = super().read_moment(shard)
            if self.moments % 3 == 1:  # a seal goes by
                after = written + 60
                while written < after:
                    stop.wait(0.002)
            return moment

    worker = threading.Thread(target=write_and_seal)
    worker.start()
    snapshots = Slow(service.store)
    try:
        for number in range(12):
            before = written
            folder = tmp_path / str(number)
            export(snapshots, folder, site.id, datetime.now(UTC), lambda *_: None)
            found = numbers_in(folder, shard)
            assert found == list(range(len(found))), "no gap, nothing twice"
            assert before <= len(found) <= written + 1
    finally:
        stop.set()
        worker.join()
    assert snapshots.moments >= 16, "the shard changed while it was copied"
    assert snapshots.vanished > 0, "and was merged"


def test_a_segment_that_goes_while_it_is_copied_is_looked_for_again(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    shard = Shard(site.id, 0)
    round_ = seal_of(service, site)

    def write(number: int) -> None:
        event = {"name": "pageview", "at_ms": now_ms(), "event_id": LEAST_ID + number, "visitor": 1}
        service.store.xadd(shard.log, log_fields(now_ms(), [event]))

    for number in range(7):
        write(number)
        round_.run()

    class Merged(Watched):
        def read_moment(self, shard):
            moment = super().read_moment(shard)
            if self.moments == 1:
                write(7)
                round_.run()  # the eighth: all become one
            return moment

    snapshots = Merged(service.store)
    export(snapshots, tmp_path / "copy", site.id, datetime.now(UTC), lambda *_: None)
    round_.close()
    assert (snapshots.moments, snapshots.vanished) == (2, 7)
    assert numbers_in(tmp_path / "copy", shard) == list(range(8))


def test_a_dead_letter_that_goes_back_into_the_log_meanwhile_is_in_the_copy_once(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    shard = Shard(site.id, 0)
    letter = service.store.xadd(shard.dead, {"payload": b"poison", "reason": b"bad"})
    service.store.xadd(shard.log, {"b": b"first"})

    class Redriven(Watched):
        def read_entries(self, shard, moment, stream, after):
            if stream == "dead" and self.moments == 1:
                service.store.xadd(shard.log, {"b": b"poison"})
                service.store.xdel(shard.dead, letter)
            return super().read_entries(shard, moment, stream, after)

    export(Redriven(service.store), tmp_path / "copy", site.id, datetime.now(UTC), lambda *_: None)
    (copy,) = read_manifest(tmp_path / "copy")[0].shards
    assert (copy.log.entries, copy.dead.entries) == (2, 0)


def test_a_site_that_there_is_not_is_refused_and_no_folder_is_made(embedded_service: Service, tmp_path: Path) -> None:
    snapshots = Snapshots(embedded_service.store)
    with pytest.raises(Problem, match="there is no site nobody; there are:"):
        export(snapshots, tmp_path / "copy", "nobody", datetime.now(UTC), lambda *_: None)
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize(
    "value", [b"", b"{}", "é\n\u2028".encode(), b"\xff\x00", b'{"base64": "eA=="}', bytes(range(256))]
)
def test_an_entry_comes_back_from_its_line_byte_for_byte(value: bytes) -> None:
    entry = Entry("1763800005120-3", (b"payload", value, b"id", b"why"))
    line = encode_entry(entry)
    assert line.count(b"\n") == 1
    assert parse_entry(line) == entry
