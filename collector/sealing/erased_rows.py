"""Takes the rows of erased persons out of a table, before anything is written from it."""

from collections.abc import Iterable

from collector.events.erased import ERASED_ROWS, TOMBSTONE_COLUMNS
from collector.sealing.segment_file import Workbench
from collector.storage.tombstones import Tombstone


def drop_erased(bench: Workbench, table: str, tombstones: Iterable[Tombstone]) -> int:
    """Delete the rows of a table that tombstones take; how many these were."""
    stones = [list(tombstone) for tombstone in tombstones]
    if not stones:
        return 0
    bench.database.execute(f"create or replace temp table tombstones ({TOMBSTONE_COLUMNS})")
    bench.database.executemany("insert into tombstones values (?, ?, ?, ?)", stones)
    rows = f"(select *, rowid as row from {table})"
    gone: int = bench.database.execute(
        f"delete from {table} where rowid in ({ERASED_ROWS.format(rows=rows, tombstones='tombstones')})"
    ).fetchall()[0][0]
    return gone
