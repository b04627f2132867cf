"""One change of the mirror: rows come and go, and the visits they touch are derived anew.

Only the visits near a changed row are derived again, so a change costs what it touches and not what is there.
A visit is a pure function of events (events/visits.py), so any order of changes ends in the same rows.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from collector.events.columns import COLUMNS, DUPLICATE_WINDOW_MS, NAMES, SELECT_FROM_LOG
from collector.events.segment_rows import select_rows
from collector.events.visits import ASSIGN_VISITS, SUMMARISE_VISITS, VISIT_GAP_MS
from collector.query.mirror_erasure import drop_erased, drop_held

_NAMES = ", ".join(NAMES)
_COLUMNS = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS)
MOST_SHARDS = 1 << 10  # of a site; keeps the parts of one shard apart from those of another
_INCOMING = 0  # where a row of ``derived`` stood before
_PLACES = ((1, "events"), (2, "tail"))


class Arrivals(NamedTuple):
    """What one change brings for a shard: segments as (number of the part, file), and a file of log lines.

    ``lines_since_ms``: no line of the log arrived before it. ``resets_tail``: the tail that is here is sealed by
    now, and goes. ``gone``: parts that go. ``has_erased``: the shard has tombstones, and rows that come may be theirs.
    ``erases``: so may rows that are here.
    """

    shard: int
    segments: Sequence[tuple[int, str]]
    log_lines: str | None
    lines_since_ms: int
    resets_tail: bool
    gone: Sequence[int]
    has_erased: bool = False
    erases: bool = False


def apply_change(database: Any, schema: str, arrivals: Arrivals) -> None:
    """Apply a change inside the caller's transaction."""
    database.execute(f"create or replace temp table incoming ({_COLUMNS}, shard INTEGER, part INTEGER)")
    for part, path in arrivals.segments:
        _collect_segment(database, arrivals.shard, part, path)
    if arrivals.segments and arrivals.has_erased:
        drop_erased(database, schema, arrivals.shard, "incoming")
    if arrivals.log_lines is not None:
        _collect_tail(database, schema, arrivals)
    database.execute("create or replace temp table touched (visit BIGINT, start_ms BIGINT, end_ms BIGINT)")
    _remove(database, schema, arrivals)
    _find_touched_visits(database, schema)
    has_touched = _derive(database, schema)
    _store(database, schema, arrivals, has_touched)


def _collect_segment(database: Any, shard: int, part: int, path: str) -> None:
    held = {row[0] for row in database.execute("select name from parquet_schema(?)", [path]).fetchall()}
    database.execute(
        f"insert into incoming select *, {shard}, {part} from ({select_rows(held, part * MOST_SHARDS + shard)})", [path]
    )


def _collect_tail(database: Any, schema: str, arrivals: Arrivals) -> None:
    """Rows of the log whose id has not come before to any shard, by the rule by which they will be sealed."""
    is_ours = f"old.shard = {arrivals.shard}"
    # What goes with this change hides nothing.
    known = {
        f"{schema}.events": f"not ({is_ours} and old.part in {(*arrivals.gone, -1)})",
        "incoming": "true",
        f"{schema}.tail": f"not {is_ours}" if arrivals.resets_tail else "true",
    }
    since_ms = arrivals.lines_since_ms - DUPLICATE_WINDOW_MS
    database.execute(f"create or replace temp table arrived as {SELECT_FROM_LOG}", [arrivals.log_lines])
    if arrivals.has_erased:
        drop_erased(database, schema, arrivals.shard, "arrived")
    duplicates = " union all ".join(
        f"""select 1 from {table} as old
            where {stays} and old.received_ms > {since_ms}
                and old.received_ms > new.received_ms - {DUPLICATE_WINDOW_MS} and old.event_id = new.event_id"""
        for table, stays in known.items()
    )
    database.execute(
        f"""
        insert into incoming
        select {_NAMES}, {arrivals.shard}, null
        from arrived as new
        where not exists ({duplicates})
        qualify event_id is null or row_number() over (partition by event_id order by line, seq) = 1
        """
    )
    database.execute("drop table temp.arrived")


def _remove(database: Any, schema: str, arrivals: Arrivals) -> None:
    """Take out the rows that go, and note the visits they were in."""
    if arrivals.erases:
        drop_held(database, schema, arrivals.shard)
    leaving = []
    if arrivals.resets_tail:
        leaving.append(("tail", f"shard = {arrivals.shard}"))
    if arrivals.gone:
        leaving.append(("events", f"shard = {arrivals.shard} and part in {(*arrivals.gone, -1)}"))
    if arrivals.segments:
        leaving.append(("tail", _sealed_elsewhere(schema, arrivals.shard)))
    for table, condition in leaving:
        database.execute(
            f"""
            insert into touched select visit, start_ms, end_ms from {schema}.visits
            where visit in (select visit from {schema}.{table} where {condition})
            """
        )
        database.execute(f"delete from {schema}.{table} where {condition}")


def _sealed_elsewhere(schema: str, shard: int) -> str:
    """A condition of the other shards' tails: the id came to this one, too, and this one was sealed first."""
    return f"""shard <> {shard} and rowid in (
        select old.rowid from {schema}.tail as old join incoming as new using (event_id)
        where old.shard <> {shard} and new.part is not null
            and new.received_ms > old.received_ms - {DUPLICATE_WINDOW_MS}
    )"""


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


def _derive(database: Any, schema: str) -> bool:
    """Visits of all rows in touched visits, together with the incoming ones, as ``derived``.

    Gives whether any visit was touched.
    """
    low, high = database.execute("select min(start_ms), max(end_ms) from touched").fetchone()
    rows = (
        f"select {_NAMES}, shard, part, null::BIGINT as visit_before, {_INCOMING} as place, rowid as row from incoming"
    )
    if low is not None:
        # The two bounds let the database pass over all blocks of other days.
        rows += "".join(
            f"""
            union all
            select {_NAMES}, shard, part, visit as visit_before, {place} as place, rowid as row
            from {schema}.{table}
            where at_ms between {low} and {high} and visit in (select visit from touched)
            """
            for place, table in _PLACES
        )
    database.execute(f"create or replace temp table derived as {ASSIGN_VISITS.format(rows=f'({rows})')}")
    return low is not None


def _store(database: Any, schema: str, arrivals: Arrivals, has_touched: bool) -> None:
    if has_touched:
        database.execute(f"delete from {schema}.visits where visit in (select visit from touched)")
        for place, table in _PLACES:
            database.execute(
                f"""
                update {schema}.{table} set visit = derived.visit from derived
                where derived.place = {place} and derived.row = {schema}.{table}.rowid
                    and derived.visit <> derived.visit_before
                """
            )
    database.execute(f"insert into {schema}.visits by name {SUMMARISE_VISITS.format(rows='derived')}")
    for table, condition, has_come in (
        ("events", "part is not null", bool(arrivals.segments)),
        ("tail", "part is null", arrivals.log_lines is not None),
    ):
        if has_come:
            database.execute(
                f"""
                insert into {schema}.{table} ({_NAMES}, shard, part, visit)
                select {_NAMES}, shard, part, visit from derived where place = {_INCOMING} and {condition}
                """
            )
    for table in ("incoming", "touched", "derived"):
        database.execute(f"drop table temp.{table}")
