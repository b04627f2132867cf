"""Rows of a file into a site's logs, a batch at a time; killed at any moment, it goes on where it was.

A batch goes into a shard together with the number of rows that are in it by then, in one script (storage/loads.py). So
a batch is in a shard or is not, and the next run knows. Besides, every event has an id made of its row.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple, Protocol

from collector.exchange.convert import Converter
from collector.exchange.found import Read
from collector.storage.keys import Shard

BATCH_ROWS = 2_000
ENTRY_BYTES = 256 * 1024  # of lines in one entry of the log; a larger one holds up the sealer's memory
MOST_NAMED = 20  # faults that are told one by one


class Target(Protocol):
    """Where batches go."""

    def shard_of(self, visitor: int) -> Shard: ...

    def append(self, upto: int, entries: dict[Shard, list[bytes]]) -> None: ...


class Tally(NamedTuple):
    """What became of the rows so far. ``faults`` are the first ones, as (place, what is wrong)."""

    rows: int
    events: int
    skipped: Counter[str]
    faults: tuple[tuple[int, str], ...]
    faulty: int


NOTHING = Tally(0, 0, Counter(), (), 0)


def load(
    reads: Iterable[Read], converter: Converter, target: Target, done: int, note: Callable[[Tally], None]
) -> Tally:
    """Load all rows behind the first ``done``; ``note`` is told of every batch. Raises what ``target`` raises."""
    rows = iter(reads)
    for read in islice(rows, done):
        converter.pass_by(read)
    tally = NOTHING._replace(rows=done, skipped=Counter())
    while batch := list(islice(rows, BATCH_ROWS)):
        entries: dict[Shard, _Entries] = defaultdict(_Entries)
        tally = _convert(batch, converter, target, entries, tally)
        target.append(tally.rows, {shard: each.payloads for shard, each in entries.items()})
        note(tally)
    return tally


def _convert(
    batch: Iterable[Read], converter: Converter, target: Target, entries: dict[Shard, "_Entries"], before: Tally
) -> Tally:
    rows, events, skipped, faults, faulty = before
    for read in batch:
        rows += 1
        converted = converter.convert(read)
        if converted.lines:
            entries[target.shard_of(converted.visitor)].add(converted.lines)
            events += converted.events
        skipped.update(converted.skipped)
        for fault in converted.faults:
            faulty += 1
            if len(faults) < MOST_NAMED:
                faults = (*faults, (read.place, fault))
    return Tally(rows, events, skipped, faults, faulty)


class _Entries:
    """Lines in entries of bounded size."""

    def __init__(self) -> None:
        self._lines: list[list[bytes]] = []
        self._size = ENTRY_BYTES

    def add(self, lines: bytes) -> None:
        if self._size + len(lines) > ENTRY_BYTES:
            self._lines.append([])
            self._size = 0
        self._lines[-1].append(lines)
        self._size += len(lines) + 1

    @property
    def payloads(self) -> list[bytes]:
        return [b"\n".join(lines) for lines in self._lines]


def count_along(reads: Iterable[Read], note: Callable[[], None]) -> Iterator[Read]:
    """The same rows; ``note`` is called now and then, so that passing by rows of an earlier run shows, too."""
    for number, read in enumerate(reads):
        if number % BATCH_ROWS == 0:
            note()
        yield read
