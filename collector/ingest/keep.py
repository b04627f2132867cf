"""Where a beacon is kept: in the log, or in the spool while the store is away.

A shard is away from the moment that an append to it was not confirmed in time until one is again (replay.py
tries). Meanwhile its beacons go straight to the spool: nobody waits seconds for a store that is known to be down.

A beacon that no replica confirmed is in the log and in the spool: should a replica without it take over, it is
replayed. Its ids count once.
"""

import logging
from typing import Literal

from gevent.event import Event

from collector.errors import Problem, StoreUnavailable
from collector.ingest.commit import Committed, GroupCommit
from collector.ingest.counters import Counters
from collector.ingest.log_size import LogSizes
from collector.ingest.spool import Entry
from collector.ingest.spool_writer import SpoolWriter
from collector.storage.keys import Shard
from collector.storage.log import Durability

Kept = Durability | Literal["spool"]
KEPT: tuple[Kept, ...] = ("replica", "fsync", "memory", "spool")  # from the safest on

log = logging.getLogger("footfall.ingest")


class Keeper:
    """Keeps beacons. One a process."""

    def __init__(self, commit: GroupCommit, spool: SpoolWriter, sizes: LogSizes, counters: Counters) -> None:
        self._commit = commit
        self._spool = spool
        self._sizes = sizes
        self._counters = counters
        self._away: set[Shard] = set()
        self.has_spooled = Event()

    def keep(self, shard: Shard, payload: bytes) -> Kept:
        """Keep one beacon, and say how safely. Raises Problem or StoreUnavailable when it is not kept."""
        if shard in self._away:
            return self._put_in_spool(shard, payload)
        try:
            committed = self.append(shard, payload)
        except StoreUnavailable:
            if not self._spool.max_bytes:
                raise
            return self._put_in_spool(shard, payload)
        if committed.is_degraded:
            self._put_copy_in_spool(shard, payload)
        return committed.durability

    def append(self, shard: Shard, payload: bytes) -> Committed:
        """Append to the log and nowhere else. Raises what GroupCommit raises, and Problem when the log is full."""
        if shard in self._sizes.full:
            raise Problem("log_full", "the log waits for the sealer; send it again later", status=503)
        try:
            committed = self._commit.append(shard, payload)
        finally:
            self._sizes.note(shard)  # not before: a log that is found empty is looked at no more
        if shard in self._away:
            self._away.discard(shard)
            log.warning("the store takes events of %s.%d again", *shard)
        return committed

    def _put_in_spool(self, shard: Shard, payload: bytes) -> Kept:
        self._spool_entry(shard, payload)
        if shard not in self._away:
            self._away.add(shard)
            log.warning("the store does not take events of %s.%d; they go to the spool", *shard)
        return "spool"

    def _put_copy_in_spool(self, shard: Shard, payload: bytes) -> None:
        try:
            self._spool_entry(shard, payload)
        except StoreUnavailable as error:
            log.warning("%s.%d: no replica has an event, and the spool takes no copy: %s", *shard, error)

    def _spool_entry(self, shard: Shard, payload: bytes) -> None:
        self._spool.put(Entry(shard, payload))
        self._counters.spooled.inc()
        self.has_spooled.set()
