"""Tombstones, dead letters and streams that forget, in real stores."""

import time
from collections.abc import Callable

import pytest

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


def test_a_long_stream_is_written_anew_in_steps_while_it_grows(embedded_service: Service) -> None:
    service = embedded_service
    shard = Shard(service.new_site().id, 0)
    ids = [service.store.xadd(shard.log, {"b": f"entry {number}"}) for number in range(250)]
    service.store.xdel(shard.log, ids[5])
    compaction = Growing(service, shard, lambda step: service.store.xadd(shard.log, {"b": f"late {step}"}))
    assert compaction.rewrite_streams(shard)
    held = [fields[b"b"].decode() for _, fields in service.store.xrange(shard.log)]
    assert held == [f"entry {n}" for n in range(250) if n != 5] + [f"late {step}" for step in (1, 2)]
    facts = service.store.xinfo_stream(shard.log)
    assert (facts["entries-added"], facts["length"]) == (252, 251)
    assert not service.store.exists(shard.rewriting)
    assert service.store.ttl(shard.log) == -1


def test_an_entry_that_is_deleted_while_others_are_copied_does_not_come_back(embedded_service: Service) -> None:
    service = embedded_service
    shard = Shard(service.new_site().id, 0)
    ids = [service.store.xadd(shard.log, {"b": str(number)}) for number in range(250)]
    compaction = Growing(service, shard, lambda step: step == 2 and service.store.xdel(shard.log, ids[7]))
    assert compaction.rewrite_streams(shard)
    assert [entry_id for entry_id, _ in service.store.xrange(shard.log)] == ids[:7] + ids[8:]
    steady = Growing(service, shard, lambda step: service.store.xdel(shard.log, ids[step + 10]))
    assert not steady.rewrite_streams(shard), "somebody deletes at every step"
    assert service.store.xlen(shard.log) == 249 - steady.steps
    assert not service.store.exists(shard.rewriting)


def test_a_rewriting_that_is_killed_leaves_the_stream_whole_and_is_begun_anew(embedded_service: Service) -> None:
    service = embedded_service
    shard = Shard(service.new_site().id, 0)
    ids = [service.store.xadd(shard.log, {"b": str(number)}) for number in range(250)]

    class Killed(Exception):
        pass

    def kill(step: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        Growing(service, shard, kill).rewrite_streams(shard)
    assert [entry_id for entry_id, _ in service.store.xrange(shard.log)] == ids
    assert service.store.xlen(shard.rewriting) == 100
    assert 0 < service.store.ttl(shard.rewriting) <= 600, "it goes by itself"
    service.store.xdel(shard.log, ids[3])
    assert Growing(service, shard, lambda step: None).rewrite_streams(shard)
    assert [entry_id for entry_id, _ in service.store.xrange(shard.log)] == ids[:3] + ids[4:]
    assert not service.store.exists(shard.rewriting)


class Growing(Compaction):
    """The real compaction in steps of 100 entries; something happens behind every step of the log but the last."""

    def __init__(self, service: Service, shard: Shard, between: Callable[[int], object]) -> None:
        super().__init__(service.store, step_entries=100)
        self._log = shard.log
        self._between = between
        self.steps = 0

    def _copy_step(self, shard: Shard, key: str, *place: bytes) -> list[bytes]:
        answer = super()._copy_step(shard, key, *place)
        if key == self._log and answer[0] == b"more":
            self.steps += 1
            self._between(self.steps)
        return answer


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
