"""Everything that is held about one visitor, one user or one event, looked for by the id itself.

It knows nothing of tombstones, so it is also the proof that an erasure took everything.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from collector.events.columns import NAMES
from collector.events.erased import COLUMN_OF_KIND, Kind, split_entity
from collector.events.ids import number_id
from collector.events.log_line import find_fault
from collector.events.segment_rows import select_rows
from collector.sealing.segment_file import Workbench
from collector.storage.dead_letters import DeadLetter, DeadLetters
from collector.storage.keys import Shard
from collector.storage.segments import PAGE_ENTRIES, Segment, Segments, ShardView

Row = dict[str, Any]
EVER_MS = 2**62
_NAMES = ", ".join(NAMES)


class Subject(NamedTuple):
    """Who is meant, by the sender's id: of an event also ``<page id>.<seq>``, of an entity ``name_entity``."""

    kind: Kind
    id: str

    @property
    def condition(self) -> str:
        """SQL that is true of its rows, with ``values`` bound."""
        return f"{COLUMN_OF_KIND[self.kind]} = ? and least(at_ms, received_ms) <= ?"

    def values(self, before_ms: int) -> list[Any]:
        if self.kind == "event":
            return [number_id(self.id), EVER_MS]  # an event is the same whenever it comes
        return [self.id, before_ms]

    def is_in(self, letter: DeadLetter) -> bool:
        """Whether a dead letter names it. Nobody can say what a damaged entry means, so its bytes are searched."""
        text = letter.payload + letter.reason.encode()
        if self.kind == "entity":
            return all(_quotes(text, part) for part in split_entity(self.id))
        if self.kind == "event" and re.search(rb"(?<!\d)%d(?!\d)" % number_id(self.id), text):
            return True
        return _quotes(text, self.id)


def _quotes(text: bytes, word: str) -> bool:
    return any(json.dumps(word, ensure_ascii=ascii_only).encode() in text for ascii_only in (True, False))


class Held(NamedTuple):
    """What of a subject is in one shard."""

    segment_rows: dict[Segment, list[Row]]
    log_rows: list[Row]
    dead_letters: list[DeadLetter]


class Search:
    """Looks through shards. ``before_ms``: rows that happened or arrived up to then are meant."""

    def __init__(self, segments: Segments, dead_letters: DeadLetters, bench: Workbench) -> None:
        self._segments = segments
        self._dead_letters = dead_letters
        self._bench = bench

    def find(self, shard: Shard, subject: Subject, before_ms: int = EVER_MS) -> Held:
        """All there is, as of one moment of segments and log."""
        while True:
            view = self._segments.read(shard, "", "0-0")
            log_rows = self._find_in_log(shard, view, subject, before_ms)
            in_segments = None if log_rows is None else self._find_in_segments(shard, view, subject, before_ms)
            if log_rows is not None and in_segments is not None:
                letters = [letter for letter in self._dead_letters.read(shard) if subject.is_in(letter)]
                return Held(in_segments, log_rows, letters)

    def find_in_payloads(self, payloads: Iterable[bytes], subject: Subject, before_ms: int = EVER_MS) -> list[Row]:
        """Their rows in log entries, wherever these are kept. Damaged entries are left out."""
        good = [payload for payload in payloads if find_fault(payload) is None]
        if not good:
            return []
        self._bench.load_log("searched", good)
        sql = f"select {_NAMES} from searched where {subject.condition}"
        return list(self._rows(sql, subject.values(before_ms)))

    def _find_in_log(self, shard: Shard, view: ShardView, subject: Subject, before_ms: int) -> list[Row] | None:
        """None when the log was sealed meanwhile."""
        found: list[Row] = []
        epoch = view.epoch
        while view.page:
            found += self.find_in_payloads((entry.payload for entry in view.page.split()), subject, before_ms)
            if view.page.entries < PAGE_ENTRIES:
                break
            view = self._segments.read(shard, epoch, view.page.last_id)
            if view.segments is not None:
                return None
        return found

    def _find_in_segments(
        self, shard: Shard, view: ShardView, subject: Subject, before_ms: int
    ) -> dict[Segment, list[Row]] | None:
        """None when one of them was replaced meanwhile."""
        found: dict[Segment, list[Row]] = {}
        for segment in view.segments or ():
            data = self._segments.read_bytes(shard, segment)
            if data is None:
                return None
            with self._bench.as_file(data) as (path, held):
                sql = f"select {_NAMES} from ({select_rows(held)}) where {subject.condition}"
                rows = list(self._rows(sql, [path, *subject.values(before_ms)]))
            if rows:
                found[segment] = rows
        return found

    def _rows(self, sql: str, values: list[Any]) -> Iterator[Row]:
        rows = self._bench.database.execute(sql, values).fetchall()
        return (dict(zip(NAMES, row, strict=True)) for row in rows)
