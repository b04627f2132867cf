"""Erased rows in the mirror: out of what it holds, and out of what comes."""

from collections.abc import Iterable
from typing import Any

from collector.events.erased import ERASABLE, ERASED_ROWS
from collector.query.mirror_schema import schema_of
from collector.storage.keys import Shard
from collector.storage.tombstones import Tombstone


def read_tombstones(database: Any, shard: Shard) -> frozenset[Tombstone]:
    """The tombstones that the shard's rows are already without."""
    rows = database.execute(
        f"select kind, salt, digest, before_ms from {schema_of(shard.site)}.tombstones where shard = ?", [shard.number]
    ).fetchall()
    return frozenset(Tombstone(*row) for row in rows)


def write_tombstones(database: Any, shard: Shard, tombstones: Iterable[Tombstone]) -> None:
    schema = schema_of(shard.site)
    database.execute(f"delete from {schema}.tombstones where shard = ?", [shard.number])
    rows = [(shard.number, *tombstone) for tombstone in tombstones]
    if rows:
        database.executemany(f"insert into {schema}.tombstones values (?, ?, ?, ?, ?)", rows)


def drop_erased(database: Any, schema: str, shard: int, table: str) -> None:
    """Delete the rows of a temporary table that belong to erased persons of the shard."""
    rows = f"(select *, rowid as row from {table})"
    database.execute(f"delete from {table} where rowid in ({select_erased(schema, shard, rows)})")


def drop_held(database: Any, schema: str, shard: int) -> None:
    """Delete the erased rows that the mirror holds, and add the visits that they were in to ``touched``."""
    for table in (f"{schema}.events", f"{schema}.tail"):
        rows = f"(select rowid as row, {ERASABLE} from {table} where shard = {shard})"
        database.execute(f"create or replace temp table erased as {select_erased(schema, shard, rows)}")
        database.execute(
            f"""
            insert into touched select visit, start_ms, end_ms from {schema}.visits
            where visit in (select visit from {table} where rowid in (select row from erased))
            """
        )
        database.execute(f"delete from {table} where rowid in (select row from erased)")
    database.execute("drop table temp.erased")


def select_erased(schema: str, shard: int, rows: str) -> str:
    """SQL for the ``row`` of the rows of a relation that belong to erased persons of the shard."""
    return ERASED_ROWS.format(rows=rows, tombstones=f"(select * from {schema}.tombstones where shard = {shard})")
