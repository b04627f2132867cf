"""Rows in a segment's file: what a file holds, and the rows that it stands for.

While senders may still send again, a segment holds every column of an event (events/columns.py). A *closed* segment
holds less, because what nobody can ask any more need not be kept:

- ``event_id`` is gone: doubles can no longer come.
- ``pageview_id`` only says which events share a pageview. Where all of them are in one file, ``pageview_offset``
  says it in a fraction of the bytes: how many rows further up the pageview's first event stands. The id stays
  where a pageview has events in several files.
- ``received_ms`` is kept as whole seconds behind ``at_ms``, ``title`` on pageviews only.

A column without any value need not be in a file, and is not read where it is: of 50 columns most sites use 30, and to
copy the others of a closed file took a third of the time.

Measured on 1 M events of 26 fields: 29.9 bytes an event open, 13.5 closed.
"""

from collections.abc import Collection

from collector.events.columns import COLUMNS, NAMES, TIME_ORDER

_TYPES = {name: type_ for name, type_, _ in COLUMNS}
_ALWAYS = frozenset(
    (
        "at_ms", "received_ms", "seq", "name", "event_id", "pageview_id", "visitor", "visitor_id", "user_id", "path",
        "title", "element",
    )
)  # fmt: skip
"""Columns that some step of the work names, whether they have values or not."""

ROWS_A_PART = 1 << 24  # more than fit into a segment's bytes


FIND_HELD = """
select file_name, path_in_schema from parquet_metadata(?)
group by file_name, path_in_schema, column_id
having not coalesce(bool_and(stats_null_count = num_values), false)
order by file_name, column_id
"""
"""The columns of files in which there is a value. The one bound value is the files' path, or a list of them."""


def names_in(held: Collection[str]) -> tuple[str, ...]:
    """The columns of an event that need a place where files are brought together that hold these columns."""
    return tuple(name for name in NAMES if name in held or name in _ALWAYS)


def create_table(table: str, names: Collection[str] = NAMES) -> str:
    """SQL of a temporary table of events, with these columns only."""
    return f"create or replace temp table {table} ({', '.join(f'{name} {_TYPES[name]}' for name in names)})"


def select_rows(held: Collection[str], first_row: int | str = 0, names: Collection[str] = NAMES) -> str:
    """The rows of a file, as SQL with the file's path as its one bound value, in the columns of an event.

    ``held`` are the columns of the file; one that it lacks is null. ``first_row``, SQL for a multiple of
    ``ROWS_A_PART``, keeps the pageviews of one file apart from those of another that is read with it.
    """
    return f"select {list_columns(held, first_row, names)} from read_parquet(?, file_row_number = true)"


def list_columns(held: Collection[str], first_row: int | str, names: Collection[str] = NAMES) -> str:
    """The columns of an event, from the columns of a file that is read with ``file_row_number``."""
    return ", ".join(f"{_expression(name, held, first_row)} as {name}" for name in names)


def _expression(name: str, held: Collection[str], first_row: int | str) -> str:
    if "pageview_offset" in held and name == "pageview_id":
        # Numbers of our own are negative, ids never are.
        own = f"-({first_row} + 1 + file_row_number - pageview_offset)"
        return f"coalesce(pageview_id, {own})" if "pageview_id" in held else own
    if "received_delay_s" in held and name == "received_ms":
        return "at_ms + received_delay_s::BIGINT * 1000"  # a month late is more ms than 32 bits hold
    return name if name in held else f"null::{_TYPES[name]}"


OPEN_FILE = f"select * from {{rows}} order by visitor, {TIME_ORDER}"
"""What an open segment's file holds. ``{rows}`` names a table of ``create_table``."""

_STAYS = "pageview_id is null or (pageview_id > 0 and pageview_id in (select pageview_id from {elsewhere}))"

CLOSED_FILE = f"""
with keyed as (
    select place, row, stays, min(row) over (partition by pageview_id) as first_row
    from (
        select rowid as place, pageview_id, {_STAYS} as stays,
            row_number() over (order by visitor, {TIME_ORDER}) as row
        from {{rows}}
    )
)
select * exclude (place, row, stays, first_row, event_id, pageview_id, received_ms, title),
    if(stays, pageview_id, null) as pageview_id,
    if(stays, null, (row - first_row)::integer) as pageview_offset,
    ((received_ms - at_ms) // 1000)::integer as received_delay_s,
    if(name = 'pageview', title, null) as title
from keyed join (select rowid as place, * from {{rows}}) using (place)
order by row
"""
"""What a closed segment's file holds. ``{rows}`` names a table of ``create_table``, ``{elsewhere}`` one of the
``pageview_id`` that other files have. Only the columns that say the order are sorted for it: that takes 0.6 of the
time."""

MOVED_ROWS = """
with numbered as (
    select row, row_number() over (order by row) as number from gone
),
placed as (
    select file_row_number as row, file_row_number - pageview_offset as first_row
    from {file} where pageview_offset is not null
),
changed as (
    select first_row from (select first_row, max(row) as last_row from placed group by first_row) as pageviews
    asof join numbered on pageviews.last_row > numbered.row
    where numbered.row >= first_row
)
select row, (new_row - min(new_row) over (partition by first_row))::integer as new_offset
from (
    select placed.row, first_row, placed.row - coalesce(number, 0) as new_row
    from placed asof left join numbered on placed.row > numbered.row
    where first_row in (from changed) and placed.row not in (select row from gone)
)
"""
"""The ``new_offset`` of the rows of a closed file whose pageview lost rows before its last one, when the rows go that a
table ``gone`` has the ``row`` of. ``{file}`` is a relation of its columns and ``file_row_number``."""

LEFT_ROWS = "select {columns} from {file} where file_row_number not in (select row from gone)"
"""What is left of a file when these rows go and none is in ``MOVED_ROWS``. The database keeps the order of what it only
filters."""

LEFT_AND_MOVED_ROWS = """
select {columns}
from {file} left join moved on row = file_row_number
where file_row_number not in (select row from gone)
order by file_row_number
"""
"""The same with the table ``moved`` of ``MOVED_ROWS``. A join promises no order, and to sort takes a fifth of the time
more."""
