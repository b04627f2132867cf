"""The rows of a segment's file as they are given out: an event's own columns, and ids that mean the same tomorrow."""

from collections.abc import Collection

from collector.events.columns import COLUMNS
from collector.events.ids import LEAST_ID
from collector.events.segment_rows import list_columns
from collector.exchange.window import ARRIVAL

FIELDS: tuple[str, ...] = tuple(column.name for column in COLUMNS)
NO_ROWS = f"select {', '.join(f'null::{type_} as {name}' for name, type_, _ in COLUMNS)} where false"
"""A relation with all columns."""

WIDE = ("event_id", "pageview_id", "visitor")
"""Numbers of 64 bits. JSON's readers keep 53 of them, so they are text there."""

# A closed file numbers its pageviews by their first row, below zero. That number is another one after the next merge,
# so a pageview is named by whose it is and when it began; several of one visitor that began in one ms are counted.
_FIRST_ROW = "-pageview_id - 1"
_NAME = f"xor(visitor, at_ms << 20) & {2**63 - 1} | {LEAST_ID}"

# ``held`` is read twice: kept in between, a file of 300,000 rows takes 100 MB.
EXPORTED_ROWS = """
with held as not materialized (
    select {columns}, file_row_number as row
    from read_parquet({path}, file_row_number = true)
),
named as (
    select pageview_id, {name} + row_number() over (partition by {name} order by row) - 1 as public_id
    from held
    where pageview_id < 0 and row = {first_row}
)
select held.* exclude (pageview_id, row), coalesce(public_id, pageview_id) as pageview_id
from held left join named using (pageview_id)
where at_ms >= {from_ms} and at_ms < {to_ms}
    and {arrival} >= {after_ms} and {arrival} < {until_ms}
    and row not in ({erased})
"""


def build_rows_sql(
    path: str, held: Collection[str], times: tuple[int, int, int, int], erased: str | None = None
) -> str:
    """SQL for the exported rows of a file. ``path`` is SQL text, ``held`` the file's columns.

    ``times``: from, to, after, until, in ms. ``erased`` is SQL for the ``row`` of those that must not be given out.
    """
    from_ms, to_ms, after_ms, until_ms = times
    return EXPORTED_ROWS.format(
        columns=list_columns(held, 0),  # that of one file: no other one is read with it
        path=path,
        name=_NAME,
        first_row=_FIRST_ROW,
        arrival=ARRIVAL,
        from_ms=from_ms,
        to_ms=to_ms,
        after_ms=after_ms,
        until_ms=until_ms,
        erased=erased or "select -1",
    )
