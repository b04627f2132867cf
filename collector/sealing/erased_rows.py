"""Finds the rows of erased persons, before anything is written with them."""

from collections.abc import Iterable

from collector.events.erased import ERASED_ROWS, TOMBSTONE_COLUMNS
from collector.sealing.segment_file import Workbench
from collector.storage.tombstones import Tombstone


def select_erased(bench: Workbench, rows: str, tombstones: Iterable[Tombstone]) -> str | None:
    """SQL for the ``row`` of the rows that tombstones take; None when there are no tombstones.

    ``rows`` is a relation with ``ERASABLE`` and ``row``.
    """
    stones = [list(tombstone) for tombstone in tombstones]
    if not stones:
        return None
    bench.database.execute(f"create or replace temp table tombstones ({TOMBSTONE_COLUMNS})")
    bench.database.executemany("insert into tombstones values (?, ?, ?, ?)", stones)
    return ERASED_ROWS.format(rows=rows, tombstones="tombstones")


def drop_erased(bench: Workbench, table: str, tombstones: Iterable[Tombstone]) -> int:
    """Delete the rows of a table that tombstones take; how many these were."""
    erased = select_erased(bench, f"(select *, rowid as row from {table})", tombstones)
    if erased is None:
        return 0
    gone: int = bench.database.execute(f"delete from {table} where rowid in ({erased})").fetchall()[0][0]
    return gone
