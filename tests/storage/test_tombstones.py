"""Tombstones, dead letters and streams that forget, in real stores."""

import time

from collector.storage.compact import Compaction
from collector.storage.dead_letters import DeadLetters
from collector.storage.keys import Shard
from collector.storage.tombstones import Tombstone, Tombstones
from tests.service import Service

ERASED = Tombstone("visitor", "5a17", "d19e57", 1000)


def test_a_tombstone_comes_with_the_segments_to_whoever_knows_another_epoch(service: Service) -> None:
    shard = Shard(service.new_site().id, 0)
    before = service.segments.read(shard, "", "0-0")
    assert before.tombstones == frozenset()
    Tombstones(service.store).put(shard, ERASED)
    after = service.segments.read(shard, before.epoch, "0-0")
    assert after.epoch != before.epoch
    assert after.tombstones == {ERASED}
    assert service.segments.read(shard, after.epoch, "0-0").tombstones is None


def test_a_tombstone_moves_to_later_moments_only(embedded_service: Service) -> None:
    shard = Shard(embedded_service.new_site().id, 0)
    tombstones = Tombstones(embedded_service.store)
    for before_ms in (1000, 3000, 2000):
        tombstones.put(shard, ERASED._replace(before_ms=before_ms))
    tombstones.put(shard, ERASED._replace(kind="event", salt="", digest="77"))
    assert tombstones.read(shard) == {ERASED._replace(before_ms=3000), Tombstone("event", "", "77", 1000)}


def test_a_stream_that_is_written_anew_has_the_same_entries_and_goes_on_behind_its_last_id(service: Service) -> None:
    shard = Shard(service.new_site().id, 0)
    stream = shard.dead
    ahead = time.time_ns() // 1_000_000 + 3_600_000  # the clock of a node that is an hour ahead
    ids = [service.store.xadd(stream, {"b": f"entry {number}"}, id=f"{ahead}-{number + 1}") for number in range(5)]
    service.store.xdel(stream, ids[1], ids[4])
    compaction = Compaction(service.store)
    service.store.config_set("rdbcompression", "no", target_nodes="primaries")
    try:
        assert b"entry 1" in service.store.dump(stream), "deleted, and still there"
        assert compaction.rewrite_streams(shard)
        assert b"entry 1" not in service.store.dump(stream)
        assert b"entry 2" in service.store.dump(stream)
    finally:
        service.store.config_set("rdbcompression", "yes", target_nodes="primaries")
    assert [entry_id for entry_id, _ in service.store.xrange(stream)] == [ids[0], ids[2], ids[3]]
    assert service.store.xadd(stream, {"b": "next"}) == f"{ahead}-6".encode()
    service.store.xtrim(stream, maxlen=0, approximate=False)
    assert compaction.rewrite_streams(shard)
    assert service.store.xadd(stream, {"b": "next"}) == f"{ahead}-7".encode()
    assert service.store.xlen(stream) == 1


def test_dead_letters_come_in_pages_and_are_moved_once(embedded_service: Service) -> None:
    service = embedded_service
    shard = Shard(service.new_site().id, 0)
    for number in range(1203):
        service.store.xadd(shard.dead, {"payload": f"payload {number}", "reason": "r"})
    letters = DeadLetters(service.store)
    held = list(letters.read(shard))
    assert [letter.payload for letter in held] == [b"payload %d" % number for number in range(1203)]
    assert letters.redrive(shard, held[7].id)
    assert not letters.redrive(shard, held[7].id)
    assert letters.find(shard, held[7].id) is None
    assert [fields for _, fields in service.store.xrange(shard.log)] == [{b"b": b"payload 7"}]
    assert letters.drop(shard, [letter.id for letter in held]) == 1202
