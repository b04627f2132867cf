"""What the spools of this machine hold of shards, for who looks for a person. Nothing is changed."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from collector.ingest.spool_erasure import BUSY_SECONDS
from collector.storage.keys import Shard


def read_payloads(folder: Path, shards: Sequence[Shard]) -> Iterator[bytes]:
    """Payloads of all entries of the shards, also in spools that a living worker has. Raises sqlite3.Error."""
    for path in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as database:
            for shard in shards:
                rows = database.execute(
                    "SELECT payload FROM entries WHERE site = ? AND shard = ? ORDER BY id", tuple(shard)
                )
                yield from (payload for (payload,) in rows)
