"""Log → segment: read behind the cursor, count every event id once, write a segment and move the cursor.

The last step is one transaction in the store that fails when another sealer was there first
(commit_seal.lua), so a sealer may be killed, or run twice, at any moment.
"""

import logging
from collections.abc import Callable
from typing import NamedTuple

from collector.events.columns import DUPLICATE_WINDOW_MS
from collector.events.log_line import sift
from collector.sealing.erased_rows import drop_erased
from collector.sealing.segment_file import Workbench
from collector.sealing.staging import Staging
from collector.storage.epochs import next_epoch
from collector.storage.keys import Shard
from collector.storage.segments import LogEntry, Segment, Segments
from collector.storage.tombstones import Tombstone

MOST_BATCH_BYTES = 32 * 1024 * 1024  # of the log; about what fills a segment

log = logging.getLogger("footfall.seal")


class Known(NamedTuple):
    """What the sealer knows of a shard: the epoch it saw, and what there was at that epoch."""

    epoch: str
    cursor: str
    segments: tuple[Segment, ...]
    tombstones: frozenset[Tombstone]


UNKNOWN = Known("", "0-0", (), frozenset())


class Sealer:
    """Seals the shards it is given, one batch a call. Keeps the event ids of the last 72 hours."""

    def __init__(self, segments: Segments, bench: Workbench, batch_entries: int, clock_ms: Callable[[], int]) -> None:
        self._clock_ms = clock_ms
        self._segments = segments
        self._bench = bench
        self._batch_entries = batch_entries
        self._known: dict[Shard, Known] = {}
        self._staging = Staging(bench)
        self._seen: dict[Shard, str] = {}

    def known(self, shard: Shard) -> Known:
        return self._known.get(shard, UNKNOWN)

    def seal(self, shard: Shard) -> int | None:
        """Seal the next batch; the number of entries sealed, None when another sealer was first."""
        known, entries = self._read(shard)
        if not entries:
            return 0
        dead = sift(entries, self._staging.load)
        for _, fault in dead:
            log.error("an entry of %s cannot be sealed: %s", shard.log, fault)
        seen = self._seen[shard]
        self._staging.choose(seen, known.tombstones)
        epoch = next_epoch(known.epoch)
        files = enumerate(self._staging.write_days())
        written = [(file.as_segment(epoch, number), file.data) for number, file in files]
        if not self._segments.commit_seal(shard, known.epoch, epoch, entries[-1].id, written, dead):
            self._known.pop(shard, None)
            return None
        self._staging.remember(seen)
        added = tuple(segment for segment, _ in written)
        self._known[shard] = Known(epoch, entries[-1].id, known.segments + added, known.tombstones)
        return len(entries)

    def forget(self, shard: Shard) -> None:
        """Read the shard's segments anew next time: somebody changed them."""
        self._known.pop(shard, None)

    def note(self, shard: Shard, known: Known) -> None:
        """Know a change of ours, so that nothing needs to be read again."""
        self._known[shard] = known

    def _read(self, shard: Shard) -> tuple[Known, list[LogEntry]]:
        """The shard's state and its next batch, as of one epoch."""
        known = self.known(shard)
        entries: list[LogEntry] = []
        size = 0
        after = known.cursor
        while size < MOST_BATCH_BYTES and len(entries) < self._batch_entries:
            view = self._segments.read(shard, known.epoch, after)
            if view.segments is not None and view.tombstones is not None:
                known = Known(view.epoch, view.cursor, view.segments, view.tombstones)
                entries, size = [], 0
                self._load_seen(shard, known)
            if not view.entries:
                break
            entries += view.entries
            size += sum(len(entry.payload) for entry in view.entries)
            after = entries[-1].id
        self._known[shard] = known
        return known, entries

    def _load_seen(self, shard: Shard, known: Known) -> None:
        """Make the shard's table of event ids that may come again, and when they were received."""
        seen = self._seen.setdefault(shard, f"seen_{len(self._seen)}")
        database = self._bench.database
        database.execute(f"create or replace temp table {seen} (event_id BIGINT, received_ms BIGINT)")
        oldest_ms = self._oldest_ms()
        for segment in known.segments:
            if segment.is_closed or segment.max_received_ms < oldest_ms:
                continue
            data = self._segments.read_bytes(shard, segment)
            if data is not None:  # else it was merged meanwhile, and the commit will fail on the epoch
                self._bench.load_ids("sealed", data)
                drop_erased(self._bench, "sealed", known.tombstones)
                database.execute(
                    f"insert into {seen} select event_id, received_ms from sealed where event_id is not null"
                )

    def forget_old_ids(self) -> None:
        """Drop the ids that are older than the window in which a sender may send again."""
        for seen in self._seen.values():
            self._bench.database.execute(f"delete from {seen} where received_ms < ?", [self._oldest_ms()])

    def _oldest_ms(self) -> int:
        return self._clock_ms() - DUPLICATE_WINDOW_MS
