"""Log → segment: read behind the cursor, count every event id once, write a segment and move the cursor.

The last step is one transaction in the store that fails when another sealer was there first
(commit_seal.lua), so a sealer may be killed, or run twice, at any moment.

An id counts once in a site, whichever of its shards it is sent to. No transaction spans shards, so the sealer of a site
with several takes all of them over before it reads any: it raises every epoch, and what others were about to commit
is refused (docs/decisions/0004-shards.md).
"""

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from collector.events.columns import DUPLICATE_WINDOW_MS
from collector.events.log_line import sift
from collector.sealing.erased_rows import drop_erased
from collector.sealing.segment_file import Workbench
from collector.sealing.staging import Staging
from collector.storage.epochs import next_epoch, number_of
from collector.storage.keys import Shard
from collector.storage.log_page import LogPage
from collector.storage.segments import Segment, Segments
from collector.storage.tombstones import Tombstone

MOST_BATCH_BYTES = 32 * 1024 * 1024  # of the log, which become some 2 MB of segment

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

    def seal(self, shard: Shard, siblings: Sequence[Shard] = ()) -> int | None:
        """Seal the next batch; the number of entries sealed, None when another sealer was first.

        ``siblings`` are the other shards of the site.
        """
        if siblings and not self._take_over((shard, *siblings)):
            return None
        known, pages = self._read(shard, siblings)
        if shard not in self._known:
            return None
        if not pages:
            return 0
        entries, cursor = sum(page.entries for page in pages), pages[-1].last_id
        dead = sift(pages, self._staging.load)
        for _, fault in dead:
            log.error("an entry of %s cannot be sealed: %s", shard.log, fault)
        seen = [self._seen[each] for each in (shard, *siblings)]
        self._staging.choose(seen, known.tombstones)
        epoch = next_epoch(known.epoch)
        files = enumerate(self._staging.write_days())
        written = [(file.as_segment(epoch, number), file.data) for number, file in files]
        if not self._segments.commit_seal(shard, known.epoch, epoch, cursor, written, dead, entries):
            self.forget(shard)
            return None
        self._staging.remember(self._seen[shard])
        added = tuple(segment for segment, _ in written)
        self._known[shard] = Known(epoch, cursor, known.segments + added, known.tombstones)
        return entries

    def forget(self, shard: Shard) -> None:
        """Read the segments of the shard's site anew next time: somebody changed them."""
        for each in [each for each in self._known if each.site == shard.site]:
            del self._known[each]

    def note(self, shard: Shard, known: Known) -> None:
        """Know a change of ours, so that nothing needs to be read again."""
        self._known[shard] = known

    def _take_over(self, shards: Sequence[Shard]) -> bool:
        """Know all shards of a site as of epochs that we began; False when somebody else began later ones."""
        if all(shard in self._known for shard in shards):
            return True
        epochs = [self._segments.raise_epoch(shard) for shard in shards]
        for shard, epoch in zip(shards, epochs, strict=True):
            view = self._segments.read(shard, "", "0-0", 1)
            if number_of(view.epoch) != epoch or view.segments is None or view.tombstones is None:
                self.forget(shard)
                return False
            self._known[shard] = Known(view.epoch, view.cursor, view.segments, view.tombstones)
            self._load_seen(shard, self._known[shard])
        return True

    def _read(self, shard: Shard, siblings: Sequence[Shard]) -> tuple[Known, list[LogPage]]:
        """The shard's state and its next batch, as of one epoch. The shard is not known then if others took it over."""
        known = self.known(shard)
        pages: list[LogPage] = []
        entries = size = 0
        after = known.cursor
        while size < MOST_BATCH_BYTES and entries < self._batch_entries:
            view = self._segments.read(shard, known.epoch, after)
            if view.segments is not None and view.tombstones is not None:
                pages, entries, size = [], 0, 0
                if siblings:
                    self.forget(shard)
                    if not self._take_over((shard, *siblings)):
                        return known, []
                    known = self._known[shard]
                    after = known.cursor
                    continue
                known = Known(view.epoch, view.cursor, view.segments, view.tombstones)
                self._load_seen(shard, known)
            if view.page is None:
                break
            pages.append(view.page)
            entries += view.page.entries
            size += len(view.page.lines)
            after = view.page.last_id
        self._known[shard] = known
        return known, pages

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
