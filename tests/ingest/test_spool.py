"""spool.py: entries on disk, first in, first out, with one owner at a time."""

from pathlib import Path

from collector.ingest.spool import Entry, Spool, SpoolSize, claim_left_over, claim_own
from collector.storage.keys import Shard

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
