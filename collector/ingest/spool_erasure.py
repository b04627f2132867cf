"""Takes erased persons out of the spools of this machine, also of those that a living worker has.

SQLite lets a second process write. An entry is changed only if it still is what was read, for the worker may have
moved it to the log meanwhile and used its number again; what comes into the log meets the tombstone there.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from collector.events.erased_lines import ErasedLines
from collector.storage.keys import Shard
from collector.storage.tombstones import Tombstone

REPLACE = "UPDATE entries SET payload = ? WHERE id = ? AND payload = ?"
DELETE = "DELETE FROM entries WHERE id = ? AND payload = ?"
BUSY_SECONDS = 10.0  # how long the other process may hold the file


def count_erased(folder: Path, shards: Sequence[Shard], tombstones: Iterable[Tombstone]) -> int:
    """Events in the folder's spools that tombstones take."""
    erased = ErasedLines(tombstones)
    count = 0
    for path in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as database:
            count += sum(dropped for _, _, _, dropped in _find(database, shards, erased))
    return count


def drop_erased(folder: Path, shards: Sequence[Shard], tombstones: Iterable[Tombstone]) -> int:
    """Take these events out of the spools; how many went. Raises sqlite3.Error."""
    erased = ErasedLines(tombstones)
    gone = 0
    for path in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as database:
            gone += drop_erased_from(database, shards, erased)
    return gone


def drop_erased_from(database: sqlite3.Connection, shards: Sequence[Shard], erased: ErasedLines) -> int:
    """The same with one open spool."""
    changes = list(_find(database, shards, erased))
    if not changes:
        return 0
    database.execute("PRAGMA secure_delete = ON")
    gone = 0
    with database:
        for number, before, after, dropped in changes:
            values = (after, number, before) if after else (number, before)
            statement = REPLACE if after else DELETE
            gone += dropped * database.execute(statement, values).rowcount
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return gone


def _find(
    database: sqlite3.Connection, shards: Sequence[Shard], erased: ErasedLines
) -> Iterator[tuple[int, bytes, bytes, int]]:
    """Number and payload of every entry with erased events, what is left of it, and how many events go."""
    for shard in shards:
        for number, payload in database.execute(
            "SELECT id, payload FROM entries WHERE site = ? AND shard = ?", tuple(shard)
        ):
            after, dropped = erased.drop(payload)
            if dropped:
                yield number, payload, after, dropped
