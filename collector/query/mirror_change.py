"""One change of the mirror: rows come and go, and the visits they touch are derived anew.

Only the visits near a changed row are derived again, so a change costs what it touches and not what is there.
A visit is a pure function of events (events/visits.py), so any order of changes ends in the same rows.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from collector.events.columns import COLUMNS, DUPLICATE_WINDOW_MS, NAMES, SELECT_FROM_LOG
from collector.events.visits import ASSIGN_VISITS, SUMMARISE_VISITS, VISIT_GAP_MS

_NAMES = ", ".join(NAMES)


class Arrivals(NamedTuple):
    """What one change brings for a shard: segments as (number of the seal, file), and a file of log lines.

    ``resets_tail``: the tail that is here is sealed by now, and goes. ``gone``: ranges of seals that go.
    """

    shard: int
    segments: Sequence[tuple[int, str]]
    log_lines: str | None
    resets_tail: bool
    gone: Sequence[tuple[int, int]]


def apply_change(database: Any, schema: str, arrivals: Arrivals) -> int:
    """Apply a change inside the caller's transaction; the number of rows that came."""
    _collect_incoming(database, schema, arrivals)
    _remove(database, schema, arrivals)
    _find_touched_visits(database, schema)
    _derive(database, schema)
    return _store(database, schema)


def _collect_incoming(database: Any, schema: str, arrivals: Arrivals) -> None:
    columns = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS)
    database.execute(f"create or replace temp table incoming ({columns}, shard INTEGER, seal INTEGER)")
    for seal, path in arrivals.segments:
        held = {row[0] for row in database.execute("select name from parquet_schema(?)", [path]).fetchall()}
        selected = ", ".join(name if name in held else f"null as {name}" for name in NAMES)
        database.execute(
            f"insert into incoming select {selected}, ?, ? from read_parquet(?)",
            [arrivals.shard, seal, path],
        )
    if arrivals.log_lines is not None:
        _collect_tail(database, schema, arrivals)


def _collect_tail(database: Any, schema: str, arrivals: Arrivals) -> None:
    """Rows of the log whose id has not come before, by the rule by which they will be sealed."""
    known = [f"{schema}.events", "incoming"]
    if not arrivals.resets_tail:
        known.append(f"{schema}.tail")
    database.execute(
        f"create or replace temp table lines as {SELECT_FROM_LOG}",
        [arrivals.log_lines],
    )
    oldest = database.execute("select min(received_ms) from lines").fetchone()
    since_ms = (oldest[0] or 0) - DUPLICATE_WINDOW_MS
    duplicates = " union all ".join(
        f"select event_id from {table} where shard = {arrivals.shard} and received_ms > {since_ms}" for table in known
    )
    database.execute(
        f"""
        insert into incoming
        select {_NAMES}, ?, null from lines
        where event_id is null or event_id not in (
            select event_id from ({duplicates}) where event_id in (select event_id from lines)
        )
        qualify event_id is null or row_number() over (partition by event_id order by line, seq) = 1
        """,
        [arrivals.shard],
    )


def _remove(database: Any, schema: str, arrivals: Arrivals) -> None:
    """Take out the rows that go, and note the visits they were in."""
    database.execute("create or replace temp table touched (visit BIGINT, start_ms BIGINT, end_ms BIGINT)")
    leaving = []
    if arrivals.resets_tail:
        leaving.append(("tail", f"shard = {arrivals.shard}"))
    leaving += [
        ("events", f"shard = {arrivals.shard} and seal between {first} and {last}") for first, last in arrivals.gone
    ]
    for table, condition in leaving:
        database.execute(
            f"""
            insert into touched select visit, start_ms, end_ms from {schema}.visits
            where visit in (select visit from {schema}.{table} where {condition})
            """
        )
        database.execute(f"delete from {schema}.{table} where {condition}")


def _find_touched_visits(database: Any, schema: str) -> None:
    """Add the visits that an incoming row may lengthen, join or split."""
    database.execute(
        f"""
        insert into touched
        select visit, start_ms, end_ms
        from {schema}.visits
        join (
            select visitor, min(at_ms) - {VISIT_GAP_MS} as low, max(at_ms) + {VISIT_GAP_MS} as high
            from incoming group by visitor
        ) as near using (visitor)
        where start_ms <= high and end_ms >= low
        """
    )


def _derive(database: Any, schema: str) -> None:
    """Visits of all rows in touched visits, together with the incoming ones, as ``derived``."""
    low, high = database.execute("select min(start_ms), max(end_ms) from touched").fetchone()
    sources = [f"select {_NAMES}, shard, seal, null::BIGINT as visit_before, 0 as place, rowid as row from incoming"]
    if low is not None:
        # The two bounds let the database pass over all blocks of other days.
        sources += [
            f"""
            select {_NAMES}, shard, seal, visit as visit_before, {place} as place, rowid as row
            from {schema}.{table}
            where at_ms between {low} and {high} and visit in (select visit from touched)
            """
            for place, table in ((1, "events"), (2, "tail"))
        ]
    database.execute(f"create or replace temp table redone as {' union all '.join(sources)}")
    database.execute(f"create or replace temp table derived as {ASSIGN_VISITS.format(rows='redone')}")


def _store(database: Any, schema: str) -> int:
    database.execute(f"delete from {schema}.visits where visit in (select visit from touched)")
    database.execute(f"insert into {schema}.visits by name {SUMMARISE_VISITS.format(rows='derived')}")
    for place, table in ((1, "events"), (2, "tail")):
        database.execute(
            f"""
            update {schema}.{table} set visit = derived.visit from derived
            where derived.place = {place} and derived.row = {schema}.{table}.rowid
                and derived.visit <> derived.visit_before
            """
        )
    for table, condition in (("events", "seal is not null"), ("tail", "seal is null")):
        database.execute(
            f"""
            insert into {schema}.{table} ({_NAMES}, shard, seal, visit)
            select {_NAMES}, shard, seal, visit from derived where place = 0 and {condition}
            order by received_ms
            """
        )
    counted = database.execute("select count(*) from incoming").fetchone()[0]
    for table in ("incoming", "lines", "touched", "redone", "derived"):
        database.execute(f"drop table if exists temp.{table}")
    return int(counted)
