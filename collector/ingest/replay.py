"""Moves the spool into the log when the store is back, oldest first, ids and times as they were.

An entry is deleted after its append is confirmed. A crash between the two appends it twice, and its ids count once.
"""

import logging
from pathlib import Path

import gevent

from collector.errors import FootfallError
from collector.ingest.counters import Counters
from collector.ingest.keep import Keeper
from collector.ingest.spool import Entry, Spool, claim_left_over
from collector.ingest.spool_writer import SpoolWriter
from collector.storage.connect import StoreError
from collector.storage.keys import Shard
from collector.storage.tombstones import Tombstone, Tombstones

MOST_ENTRIES = 200  # appended together, and deleted in one transaction
FIRST_PAUSE_SECONDS = 0.5  # between two tries
LAST_PAUSE_SECONDS = 2.0  # each try may leave one more copy of an entry in the log
ADOPT_SECONDS = 60.0  # how often spools of workers that died are looked for

log = logging.getLogger("footfall.ingest")


class Replayer:
    """Drains this worker's spool, and those that dead workers left. One a process."""

    def __init__(self, keeper: Keeper, writer: SpoolWriter, tombstones: Tombstones, counters: Counters) -> None:
        self._tombstones = tombstones
        self._erased: dict[tuple[Path, Shard], frozenset[Tombstone]] = {}
        self._keeper = keeper
        self._writer = writer
        self._counters = counters
        self._left_over: list[Spool] = []
        gevent.spawn(self._run)

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                self._adopt()
                is_empty = self._drain_all()
            except Exception:  # a disk that fails now may work again; this greenlet is the only one that tries
                log.exception("the spool cannot be replayed")
                is_empty = False
            if is_empty:
                pause = FIRST_PAUSE_SECONDS
                self._keeper.has_spooled.wait(ADOPT_SECONDS)
            else:
                gevent.sleep(pause)
                pause = min(pause * 2, LAST_PAUSE_SECONDS)

    def _adopt(self) -> None:
        folder = self._writer.spool.path.parent
        self._left_over += self._writer.call(lambda: list(claim_left_over(folder)))

    def _drain_all(self) -> bool:
        """Move what can be moved; whether nothing is left."""
        self._keeper.has_spooled.clear()
        own = self._drain(self._writer.spool)
        if own:
            self._writer.recount()
        for spool in list(self._left_over):
            if self._drain(spool):
                self._writer.call(spool.remove)
                self._left_over.remove(spool)
        return own and not self._left_over

    def _drain(self, spool: Spool) -> bool:
        shards: list[Shard] = self._writer.call(spool.read_shards)
        if not shards:
            return True
        # Side by side: a shard whose node is still away takes as long as its deadline to say so.
        drained = [
            job.get() for job in gevent.joinall([gevent.spawn(self._drain_shard, spool, each) for each in shards])
        ]
        self._writer.call(spool.truncate_journal)
        return all(drained) and not self._writer.call(spool.read_shards)

    def _drop_erased(self, spool: Spool, shard: Shard) -> None:
        """Who was erased since the last look goes before anything is moved, also if it cannot be moved now."""
        try:
            tombstones = self._tombstones.read(shard)
        except StoreError:
            return  # nothing can be moved either
        if tombstones and self._erased.get((spool.path, shard)) != tombstones:
            self._writer.call(spool.drop_erased, shard, tombstones)
            self._erased[spool.path, shard] = tombstones

    def _drain_shard(self, spool: Spool, shard: Shard) -> bool:
        """Move entries until none is left (True) or one is not confirmed (False). The first goes alone."""
        self._drop_erased(spool, shard)
        most = 1
        while rows := self._writer.call(spool.read, shard, most):
            jobs = [gevent.spawn(self._is_appended, entry) for _, entry in rows]
            gevent.joinall(jobs)
            moved = [row for row, job in zip(rows, jobs, strict=True) if job.value]
            if moved:
                self._delete(spool, moved)
            if len(moved) < len(rows):
                return False
            most = MOST_ENTRIES
        return True

    def _is_appended(self, entry: Entry) -> bool:
        """Whether the entry is as safe in the log as it can be; what may be lost with one node stays in the spool."""
        try:
            return not self._keeper.append(entry.shard, entry.payload).is_degraded
        except FootfallError:
            return False

    def _delete(self, spool: Spool, moved: list[tuple[int, Entry]]) -> None:
        numbers, entries = [number for number, _ in moved], [entry for _, entry in moved]
        if spool is self._writer.spool:
            self._writer.delete(numbers, entries)
        else:
            self._writer.call(spool.delete, numbers)
        self._counters.replayed.inc(len(moved))
