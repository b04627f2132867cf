"""Summaries of the mirror: a row a visit, and a row a page of a visit; derived again when their events change.

``before_ms`` is the end of the visitor's visit before, ``after_ms`` the start of the one after; of a page they are
those of the visits with the same page. So a question knows whether a visitor has one row in a range without comparing.
"""

from typing import Any

from collector.events.visits import SUMMARISE_PAGES, SUMMARISE_VISITS

WITH_NEIGHBOURS = """
select *, lag(end_ms) over beside as before_ms, lead(start_ms) over beside as after_ms
from ({summaries})
window beside as (partition by {who} order by start_ms)"""
"""Summaries with their neighbours among each other; ``{who}`` are the columns that neighbours have in common."""

PAGES_OF_VISITS = f"""
select * from ({SUMMARISE_PAGES}) join (select visit, start_ms, end_ms, robots from {{visits}}) using (visit)"""
"""Pages of visits without their neighbours, from the names of two relations: rows, and their visits."""

TABLES = {"visits": "visitor", "pages": "visitor, path"}
"""What neighbours have in common."""

_NEIGHBOURS_CHANGED = """
update {schema}.{table} as old set before_ms = new.before_ms, after_ms = new.after_ms
from (
    select row, before_ms, after_ms
    from ({summaries})
    where before_ms is distinct from old_before_ms or after_ms is distinct from old_after_ms
) as new
where old.rowid = new.row"""

_OF_VISITORS = """
select rowid as row, visitor, {columns}, before_ms as old_before_ms, after_ms as old_after_ms
from {schema}.{table}
where visitor in (select visitor from {visitors})"""


def remove_summaries(database: Any, schema: str, low: int | None, high: int | None) -> None:
    """Take out the touched visits, and make ``concerned`` of all whose visits change.

    They lie between ``low`` and ``high``, ms since 1970 UTC; None when there are none.
    """
    database.execute("create or replace temp table concerned (visitor BIGINT)")
    database.execute("insert into concerned select distinct visitor from derived")
    if low is None:
        return
    # The two bounds let the database pass over all blocks of other days.
    condition = f"where start_ms between {low} and {high} and visit in (select visit from touched)"
    database.execute(f"insert into concerned select distinct visitor from {schema}.visits {condition}")
    for table in TABLES:
        database.execute(f"delete from {schema}.{table} {condition}")


def insert_summaries(database: Any, schema: str) -> None:
    """Add the visits of ``derived`` and their pages; of ``firsts`` visits have what comes from their first event."""
    database.execute(f"create or replace temp table summarised as {SUMMARISE_VISITS.format(rows='derived')}")
    visits = "select * from summarised join firsts using (visit)"
    pages = PAGES_OF_VISITS.format(rows="derived", visits="summarised")
    for (table, who), summaries in zip(TABLES.items(), (visits, pages), strict=True):
        with_neighbours = WITH_NEIGHBOURS.format(summaries=summaries, who=who)
        database.execute(f"insert into {schema}.{table} by name {with_neighbours}")
    database.execute("drop table temp.summarised")


def mend_neighbours(database: Any, schema: str) -> None:
    """Let the summaries of who is ``concerned`` know their neighbours, also those that are not of this change."""
    visits = _OF_VISITORS.format(columns="start_ms, end_ms", schema=schema, table="visits", visitors="concerned")
    database.execute(
        f"create or replace temp table beside as {WITH_NEIGHBOURS.format(summaries=visits, who='visitor')}"
    )
    # Most visitors have one visit: then nothing is beside it, and nothing was.
    low, high = database.execute(
        """select min(start_ms), max(start_ms) from beside where visitor in (
            select visitor from beside
            where coalesce(before_ms, after_ms, old_before_ms, old_after_ms) is not null
        )"""
    ).fetchone()
    if low is not None:
        pages = _OF_VISITORS.format(columns="path, start_ms, end_ms", schema=schema, table="pages", visitors="beside")
        pages += f" and start_ms between {low} and {high}"
        with_neighbours = WITH_NEIGHBOURS.format(summaries=pages, who=TABLES["pages"])
        for table, summaries in (("visits", "beside"), ("pages", with_neighbours)):
            database.execute(_NEIGHBOURS_CHANGED.format(schema=schema, table=table, summaries=summaries))
    for table in ("beside", "concerned"):
        database.execute(f"drop table temp.{table}")
