"""Forgets one visitor, user, entity or event: out of all answers at once, then out of everything that is stored.

1. A tombstone a shard, with a raise of its epoch: no question asked after it sees the rows.
2. The log is sealed, which leaves them out; segments that hold them are replaced; dead letters that name them go.
3. Streams and append-only files are written anew, because they keep bytes of what was deleted.
4. Everything is searched again, by the id itself.

Whoever is killed in between has done what was done, and begins again. See docs/decisions/0003-forgetting.md.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from collector.events.erased import hash_subject
from collector.sealing.erased_rows import select_erased
from collector.sealing.rewrite import Rows, rewrite
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import Workbench
from collector.sealing.subject import Held, Search, Subject
from collector.storage.compact import Compaction
from collector.storage.connect import Client
from collector.storage.dead_letters import DeadLetters
from collector.storage.keys import Shard
from collector.storage.segments import Segments, place_of
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone, Tombstones

MOST_ROUNDS = 5  # a beacon that was on its way when the erasure began may come into the log behind it


class Counts(NamedTuple):
    """How much of somebody is where."""

    segment_rows: int
    segments: int
    log_rows: int
    dead_letters: int

    @property
    def is_nothing(self) -> bool:
        return not any(self)


class Erased(NamedTuple):
    """What an erasure did. ``files`` says of every node what became of its append-only file."""

    tombstone: Tombstone
    found: Counts
    segments_rewritten: int
    are_streams_rewritten: bool
    files: dict[str, str]
    found_afterwards: Counts


class Eraser:
    """Erases from one store, in a workbench that the caller brings and closes."""

    def __init__(self, client: Client, bench: Workbench, seal_entries: int, clock_ms: Callable[[], int]) -> None:
        self._clock_ms = clock_ms
        self._bench = bench
        self._segments = Segments(client)
        self._tombstones = Tombstones(client)
        self._dead_letters = DeadLetters(client)
        self._compaction = Compaction(client)
        self._search = Search(self._segments, self._dead_letters, bench)
        self._sealer = Sealer(self._segments, bench, seal_entries, clock_ms)

    def count(self, site: Site, subject: Subject, before_ms: int) -> Counts:
        """What would go."""
        return _add_up(self._search.find(shard, subject, before_ms) for shard in site.all_shards())

    def erase(self, site: Site, subject: Subject) -> Erased:
        """Erase, and look whether anything is left."""
        before_ms = self._clock_ms()
        found = self.count(site, subject, before_ms)
        salt = "" if subject.kind == "event" else self._salt(site)
        tombstone = Tombstone(subject.kind, salt, hash_subject(subject.kind, salt, subject.id), before_ms)
        for shard in site.all_shards():
            self._tombstones.put(shard, tombstone)
        rewritten = 0
        for _ in range(MOST_ROUNDS):
            for shard, siblings in site.each_with_siblings():
                self._seal_all(shard, siblings)
                rewritten += self._clear_segments(shard)
                named = [letter.id for letter in self._dead_letters.read(shard) if subject.is_in(letter)]
                self._dead_letters.drop(shard, named)
            left = self.count(site, subject, before_ms)
            if left.is_nothing:
                break
        streams = [self._compaction.rewrite_streams(shard) for shard in site.all_shards()]
        files = self._compaction.rewrite_append_only_files()
        return Erased(tombstone, found, rewritten, all(streams), files, left)

    def _salt(self, site: Site) -> str:
        """One salt a site, as a rule: each further one is hashed with every id."""
        held = {tombstone.salt for shard in site.all_shards() for tombstone in self._tombstones.read(shard)} - {""}
        return min(held) if held else secrets.token_hex(8)

    def _seal_all(self, shard: Shard, siblings: Sequence[Shard]) -> None:
        """Have what the log holds now sealed, by us or by whoever else is faster."""
        last = place_of(self._segments.last_entry(shard))
        while place_of(self._segments.read(shard, "", "0-0", 1).cursor) < last:
            if self._sealer.seal(shard, siblings) == 0:
                return

    def _clear_segments(self, shard: Shard) -> int:
        """Replace every segment that holds rows of tombstones; how many."""
        rewritten = 0
        clean: set[str] = set()
        while True:
            view = self._segments.read(shard, "", "0-0", 1)
            erased = select_erased(self._bench, "{rows}", view.tombstones or ())
            if erased is None:
                return rewritten
            for old in view.segments or ():
                if old.name in clean or (old.replaces and clean.issuperset(old.replaces)):
                    continue
                gone = rewrite(
                    self._segments, self._bench, shard, view.epoch, old, Rows(erased, []), mirrors_follow=True
                )
                if gone is not None:
                    clean.add(old.name)  # and so is what comes in its place
                    rewritten += gone > 0
                if gone != 0:
                    break  # the epoch is another one now
            else:
                return rewritten


def _add_up(shards: Iterable[Held]) -> Counts:
    segment_rows = segments = log_rows = letters = 0
    for held in shards:
        segment_rows += sum(map(len, held.segment_rows.values()))
        segments += len(held.segment_rows)
        log_rows += len(held.log_rows)
        letters += len(held.dead_letters)
    return Counts(segment_rows, segments, log_rows, letters)
