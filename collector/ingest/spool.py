"""The spool: log entries on this machine's disk, for as long as the store is away. SQLite, one file a worker.

Every call here blocks its thread; ingest/spool_writer.py makes them from a thread of their own. A file
belongs to whoever holds the lock beside it, and a process that dies lets go of it, however it dies.
"""

import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import IO, NamedTuple

from collector.events.erased_lines import ErasedLines
from collector.ingest.spool_erasure import drop_erased_from
from collector.storage.keys import Shard
from collector.storage.tombstones import Tombstone

SCHEMA = "CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, site TEXT, shard INTEGER, payload BLOB)"
INDEX = "CREATE INDEX IF NOT EXISTS entries_by_shard ON entries (site, shard, id)"
PRAGMAS = (
    "PRAGMA auto_vacuum = FULL",  # what is replayed leaves the disk
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on disk when it returns
    "PRAGMA secure_delete = ON",  # nothing that a visitor did stays in free pages
)


class Entry(NamedTuple):
    """One beacon: ready for the log, ids and times as they were when it came."""

    shard: Shard
    payload: bytes


class SpoolSize(NamedTuple):
    rows: int
    bytes: int


class Spool:
    """One file of entries, first in, first out within a shard."""

    def __init__(self, path: Path, lock: IO[str]) -> None:
        self.path = path
        self._lock = lock
        self._database = sqlite3.connect(path, check_same_thread=False)  # one thread at a time, not always the same
        for statement in (*PRAGMAS, SCHEMA, INDEX):
            self._database.execute(statement)
        self._database.commit()

    def read_size(self) -> SpoolSize:
        return SpoolSize(
            *self._database.execute("SELECT count(*), coalesce(sum(length(payload)), 0) FROM entries").fetchone()
        )

    def put(self, entries: Sequence[Entry]) -> None:
        """Keep all of them, or none. They are on disk when this returns. Raises sqlite3.Error."""
        rows = [(entry.shard.site, entry.shard.number, entry.payload) for entry in entries]
        with self._database:
            self._database.executemany("INSERT INTO entries (site, shard, payload) VALUES (?, ?, ?)", rows)

    def read_shards(self) -> list[Shard]:
        """The shards that have entries."""
        return [Shard(*row) for row in self._database.execute("SELECT DISTINCT site, shard FROM entries")]

    def read(self, shard: Shard, most: int) -> list[tuple[int, Entry]]:
        """The oldest entries of a shard, with their numbers."""
        statement = "SELECT id, payload FROM entries WHERE site = ? AND shard = ? ORDER BY id LIMIT ?"
        return [(row, Entry(shard, payload)) for row, payload in self._database.execute(statement, (*shard, most))]

    def delete(self, numbers: Sequence[int]) -> None:
        with self._database:
            self._database.executemany("DELETE FROM entries WHERE id = ?", [(number,) for number in numbers])

    def drop_erased(self, shard: Shard, tombstones: frozenset[Tombstone]) -> None:
        """Take erased events out of a shard's entries."""
        drop_erased_from(self._database, [shard], ErasedLines(tombstones))

    def truncate_journal(self) -> None:
        """Leave nothing of deleted entries in the write-ahead log."""
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        self._database.close()
        self._lock.close()

    def remove(self) -> None:
        """Delete the file. Its lock stays: whoever waits for that very file must find it."""
        self._database.close()  # which removes the journal files
        self.path.unlink(missing_ok=True)
        self._lock.close()


def _claim(path: Path) -> Spool | None:
    """The spool at ``path``, unless a living process has it."""
    lock = path.with_suffix(".lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return Spool(path, lock)


def claim_own(folder: Path) -> Spool:
    """The first spool of the folder that nobody has: after a crash, the one of the worker that died."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in count():
        spool = _claim(folder / f"{number}.db")
        if spool is not None:
            return spool
    raise AssertionError("unreachable")


def claim_left_over(folder: Path) -> Iterator[Spool]:
    """Spools of workers that are no more."""
    for path in sorted(folder.glob("*.db")):
        spool = _claim(path)
        if spool is not None:
            yield spool
