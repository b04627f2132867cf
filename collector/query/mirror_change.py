"""One change of the mirror: rows come and go, and the visits they touch are derived anew.

Only the visits near a changed row are derived again, so a change costs what it touches and not what is there.
A visit is a pure function of events (events/visits.py), so any order of changes ends in the same rows.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from collector.events.columns import DUPLICATE_WINDOW_MS, NAMES
from collector.events.sessions import SESSION_END
from collector.events.visits import (
    ASSIGN_VISITS,
    ASSIGN_VISITS_WITHOUT_ENDS,
    FROM_FIRST_EVENT,
    TIE,
    VISIT_GAP_MS,
)
from collector.query.mirror_arrivals import drop_known_lines, view_segments
from collector.query.mirror_erasure import drop_erased, drop_held
from collector.query.mirror_schema import ROW_NAMES, VISIT_COLUMNS
from collector.query.mirror_summaries import insert_summaries, mend_neighbours, remove_summaries

_ROW_NAMES = ", ".join(ROW_NAMES)
_CONTEXT = ", ".join(FROM_FIRST_EVENT)

# Where a row of ``derived`` stands.
_ARRIVING, _ARRIVED, _EVENTS, _TAIL = range(4)
_PLACES = ((_EVENTS, "events"), (_TAIL, "tail"))


class MissingFirstEvents(Exception):
    """Visits begin with rows whose visit began elsewhere before: what a visit takes from its first event is not here.

    Raised when rows went; it is in the segments that hold events of ``first_ms`` to ``last_ms``.
    """

    def __init__(self, first_ms: int, last_ms: int) -> None:
        super().__init__(f"first events of visits that start between {first_ms} and {last_ms}")
        self.first_ms, self.last_ms = first_ms, last_ms


class Arrivals(NamedTuple):
    """What one change brings for a shard.

    ``files``: segments, each in a file that is named by the number of its part. ``lines_since_ms``: lines of the log
    are loaded (``load_lines``), and none of them arrived before. ``resets_tail``: the tail that is here is sealed by
    now, and goes. ``gone``: parts that go. ``has_erased``: the shard has tombstones, and rows that come may be theirs.
    ``erases``: so may rows that are here. ``history``: segments to look for first events in.
    """

    shard: int
    files: Sequence[str] = ()
    lines_since_ms: int | None = None
    resets_tail: bool = False
    gone: Sequence[int] = ()
    has_erased: bool = False
    erases: bool = False
    history: Sequence[str] = ()


def apply_change(database: Any, schema: str, arrivals: Arrivals) -> None:
    """Apply a change inside the caller's transaction. Raises MissingFirstEvents, to be tried again with a history."""
    shard = arrivals.shard
    database.execute("create or replace temp table touched (visit BIGINT, start_ms BIGINT, end_ms BIGINT)")
    database.execute(
        """create or replace temp table changed (place TINYINT, row BIGINT, visitor BIGINT, at_ms BIGINT, seq INTEGER,
            tie UBIGINT, name VARCHAR, path VARCHAR, is_bot BOOLEAN, visit_before BIGINT)"""
    )
    if arrivals.files:
        view_segments(database, schema, shard, "arriving", arrivals.files, arrivals.has_erased)
        _add_changed(database, _ARRIVING, "arriving", "row", "null")
    if arrivals.lines_since_ms is not None:
        drop_known_lines(database, arrivals.lines_since_ms, _known_before(schema, arrivals))
        if arrivals.has_erased:
            drop_erased(database, schema, shard, "arrived")
        _add_changed(database, _ARRIVED, "arrived", "rowid", "null")
    _remove(database, schema, arrivals)
    _find_touched_visits(database, schema)
    low, high = database.execute("select min(start_ms), max(end_ms) from touched").fetchone()
    if low is not None:
        # The two bounds let the database pass over all blocks of other days.
        condition = f"where at_ms between {low} and {high} and visit in (select visit from touched)"
        for place, table in _PLACES:
            _add_changed(database, place, f"{schema}.{table}", "rowid", "visit", condition)
    has_ends = database.execute(f"select 1 from changed where name = '{SESSION_END}' limit 1").fetchone()
    assign = ASSIGN_VISITS if has_ends else ASSIGN_VISITS_WITHOUT_ENDS
    database.execute(f"create or replace temp table derived as {assign.format(rows='changed')}")
    _find_first_events(database, schema, arrivals, has_touched=low is not None)
    remove_summaries(database, schema, low, high)
    if low is not None:
        _move_rows(database, schema)
    insert_summaries(database, schema)
    mend_neighbours(database, schema)
    _insert_rows(database, schema, arrivals)
    for table in ("touched", "changed", "derived", "firsts"):
        database.execute(f"drop table temp.{table}")


def _add_changed(database: Any, place: int, table: str, row: str, visit: str, condition: str = "") -> None:
    database.execute(
        f"""insert into changed
        select {place}, {row}, visitor, at_ms, seq, {TIE}, name, path, is_bot, {visit} from {table} {condition}"""
    )


def _known_before(schema: str, arrivals: Arrivals) -> list[str]:
    """Relations of the rows of the site that hide a line with the same id. What goes with this change hides nothing."""
    is_ours = f"shard = {arrivals.shard}"
    known = [
        f"(select * from {schema}.events where not ({is_ours} and part in {(*arrivals.gone, -1)}))",
        f"(select * from {schema}.tail where {f'not {is_ours}' if arrivals.resets_tail else 'true'})",
    ]
    return [*known, "arriving"] if arrivals.files else known


def _remove(database: Any, schema: str, arrivals: Arrivals) -> None:
    """Take out the rows that go, and note the visits they were in."""
    if arrivals.erases:
        drop_held(database, schema, arrivals.shard)
    leaving = []
    if arrivals.resets_tail:
        leaving.append(("tail", f"shard = {arrivals.shard}"))
    if arrivals.gone:
        leaving.append(("events", f"shard = {arrivals.shard} and part in {(*arrivals.gone, -1)}"))
    if arrivals.files:
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
        select old.rowid from {schema}.tail as old join arriving as new using (event_id)
        where old.shard <> {shard} and new.received_ms > old.received_ms - {DUPLICATE_WINDOW_MS}
    )"""


def _find_touched_visits(database: Any, schema: str) -> None:
    """Add the visits that a row that comes may lengthen, join or split, or that one that goes kept apart."""
    database.execute(
        f"""
        insert into touched
        select after.visit, after.start_ms, after.end_ms
        from {schema}.visits as after join (
            select visitor, ended.end_ms from touched as ended join {schema}.visits using (visit)
        ) as ended using (visitor)
        where after.start_ms > ended.end_ms and after.start_ms <= ended.end_ms + {VISIT_GAP_MS}
        """
    )
    database.execute(
        f"""
        insert into touched
        select visit, start_ms, end_ms
        from {schema}.visits
        join (
            select visitor, min(at_ms) - {VISIT_GAP_MS} as low, max(at_ms) + {VISIT_GAP_MS} as high
            from changed group by visitor
        ) as near using (visitor)
        where start_ms <= high and end_ms >= low
        """
    )


def _find_first_events(database: Any, schema: str, arrivals: Arrivals, has_touched: bool) -> None:
    """Make ``firsts``: of every derived visit, what it takes from its first event."""
    # Not "as select … limit 0": in a transaction DuckDB 2.0.0 finds nothing in a table that was made of no rows and
    # then got more than 122,880 at once, though it counts them.
    database.execute(f"create or replace temp table firsts (visit BIGINT, {VISIT_COLUMNS})")
    starts = "from derived join {table} as first on first.{row} = derived.row where starts and place = {place}"
    sources = [starts.format(table=f"{schema}.tail", row="rowid", place=_TAIL)] if has_touched else []
    if arrivals.files:
        sources.append(starts.format(table="arriving", row="row", place=_ARRIVING))
    if arrivals.lines_since_ms is not None:
        sources.append(starts.format(table="arrived", row="rowid", place=_ARRIVED))
    for source in sources:
        database.execute(f"insert into firsts select derived.visit, {_of('first', FROM_FIRST_EVENT)} {source}")
    if not has_touched:
        return
    if not arrivals.erases:
        # A visit that has its start still has its first event. Of an erased one nothing may stay.
        database.execute(
            f"""
            insert into firsts select visit, {_CONTEXT} from {schema}.visits
            where visit in (select visit from derived where starts and place = {_EVENTS})
                and visit in (select visit from touched)
            """
        )
    if arrivals.history:
        view_segments(database, schema, arrivals.shard, "history", arrivals.history, has_erased=False)
        columns = ", ".join(f"any_value(first.{name})" for name in FROM_FIRST_EVENT)
        database.execute(
            f"""
            insert into firsts select derived.visit, {columns}
            from derived join (select *, {TIE} as tie from history) as first
                on first.visitor = derived.visitor and first.at_ms = derived.at_ms and first.tie = derived.tie
                and first.seq is not distinct from derived.seq
            where starts and derived.visit not in (select visit from firsts)
            group by derived.visit
            """
        )
    first_ms, last_ms = database.execute(
        "select min(at_ms), max(at_ms) from derived where starts and visit not in (select visit from firsts)"
    ).fetchone()
    if first_ms is not None:
        raise MissingFirstEvents(first_ms, last_ms)


def _move_rows(database: Any, schema: str) -> None:
    """Give the rows that were in touched visits their new ones."""
    for place, table in _PLACES:
        database.execute(
            f"""
            update {schema}.{table} set visit = derived.visit from derived
            where derived.place = {place} and derived.row = {schema}.{table}.rowid
                and derived.visit <> derived.visit_before
            """
        )


def _insert_rows(database: Any, schema: str, arrivals: Arrivals) -> None:
    if arrivals.files:
        database.execute(
            f"""
            insert into {schema}.events ({_ROW_NAMES}, shard, part, visit)
            select {_of("new", ROW_NAMES)}, {arrivals.shard}, new.part, derived.visit
            from arriving as new join derived on derived.row = new.row and derived.place = {_ARRIVING}
            """
        )
    if arrivals.lines_since_ms is not None:
        database.execute(
            f"""
            insert into {schema}.tail ({", ".join(NAMES)}, shard, visit)
            select {_of("new", NAMES)}, {arrivals.shard}, derived.visit
            from arrived as new join derived on derived.row = new.rowid and derived.place = {_ARRIVED}
            """
        )
        database.execute("drop table temp.arrived")


def _of(table: str, names: Sequence[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)
