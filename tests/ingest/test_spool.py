"""spool.py: entries on disk, first in, first out, with one owner at a time."""

from pathlib import Path

from collector.events.erased import hash_subject
from collector.events.log_line import encode_line
from collector.ingest.spool import Entry, Spool, SpoolSize, claim_left_over, claim_own
from collector.ingest.spool_erasure import count_erased, drop_erased
from collector.storage.keys import Shard
from collector.storage.tombstones import Tombstone

ONE, OTHER = Shard("shop", 0), Shard("shop", 1)


def payloads(spool: Spool, shard: Shard) -> list[bytes]:
    return [entry.payload for _, entry in spool.read(shard, 100)]


def test_entries_come_out_as_they_went_in_and_oldest_first(tmp_path: Path) -> None:
    spool = claim_own(tmp_path)
    spool.put([Entry(ONE, b"first"), Entry(OTHER, b"\x00\xff"), Entry(ONE, b"second")])
    spool.put([Entry(ONE, b"third")])
    assert sorted(spool.read_shards()) == [ONE, OTHER]
    assert payloads(spool, ONE) == [b"first", b"second", b"third"]
    assert payloads(spool, OTHER) == [b"\x00\xff"]
    assert spool.read_size() == SpoolSize(4, 18)
    (number, entry), *_ = spool.read(ONE, 1)
    assert entry == Entry(ONE, b"first")
    spool.delete([number])
    assert payloads(spool, ONE) == [b"second", b"third"]
    spool.close()


def test_a_spool_has_one_owner_and_is_found_again_with_what_is_in_it(tmp_path: Path) -> None:
    first, second = claim_own(tmp_path), claim_own(tmp_path)
    assert (first.path.name, second.path.name) == ("0.db", "1.db")
    second.put([Entry(ONE, b"kept")])
    assert list(claim_left_over(tmp_path)) == [], "both have an owner"
    second.close()
    (left_over,) = claim_left_over(tmp_path)
    assert payloads(left_over, ONE) == [b"kept"]
    left_over.remove()
    assert not second.path.exists()
    third = claim_own(tmp_path)
    assert third.path.name == "1.db", "the number is free again"
    third.close()
    first.close()


def test_nothing_that_was_deleted_stays_on_the_disk(tmp_path: Path) -> None:
    spool = claim_own(tmp_path)
    spool.put([Entry(ONE, b"a visitor's page " * 1000)])
    numbers = [number for number, _ in spool.read(ONE, 100)]
    spool.delete(numbers)
    spool.truncate_journal()
    files = list(tmp_path.glob("0.db*"))
    assert len(files) >= 2, "the database and its journal"
    assert not any(b"visitor" in path.read_bytes() for path in files)
    spool.close()


def line_of(visitor: str) -> bytes:
    event = {"at_ms": 5, "visitor_id": visitor, "name": "pageview"}
    return encode_line({"received_ms": 5}, [event])


LEAVING = Tombstone("visitor", "s", hash_subject("visitor", "s", "leaving"), 1000)


def test_who_is_erased_leaves_the_spool_of_a_living_worker_and_its_files(tmp_path: Path) -> None:
    """By another process, while the worker has the file."""
    spool, other = claim_own(tmp_path), claim_own(tmp_path)
    both = b"\n".join([line_of("leaving"), line_of("staying")])
    spool.put([Entry(ONE, line_of("leaving")), Entry(ONE, both), Entry(OTHER, line_of("leaving"))])
    other.put([Entry(ONE, line_of("staying")), Entry(ONE, line_of("leaving"))])
    assert count_erased(tmp_path, [ONE], [LEAVING]) == 3
    assert drop_erased(tmp_path, [ONE], [LEAVING]) == 3
    assert (count_erased(tmp_path, [ONE], [LEAVING]), count_erased(tmp_path, [OTHER], [LEAVING])) == (0, 1)
    assert payloads(spool, ONE) == payloads(other, ONE) == [line_of("staying")]
    assert payloads(spool, OTHER) == [line_of("leaving")]
    assert drop_erased(tmp_path, [OTHER], [LEAVING]) == 1
    spool.put([Entry(ONE, line_of("new"))])
    files = list(tmp_path.glob("*.db*"))
    assert not any(b"leaving" in path.read_bytes() for path in files)
    assert any(b"staying" in path.read_bytes() for path in files)
    spool.close()
    other.close()
