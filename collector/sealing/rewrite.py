"""One segment anew, without some of its rows. The others stay as they are and where they are."""

from typing import Any, NamedTuple

from collector.events.segment_rows import list_columns
from collector.events.sql import quote
from collector.sealing.segment_file import Workbench
from collector.storage.epochs import next_epoch
from collector.storage.keys import Shard
from collector.storage.segments import Segment, Segments


class Rows(NamedTuple):
    """Rows that go: SQL that selects their ``row`` from ``{rows}``, and the values bound in it."""

    sql: str
    values: list[Any]


def rewrite(
    segments: Segments,
    bench: Workbench,
    shard: Shard,
    epoch: str,
    old: Segment,
    which: Rows,
    *,
    mirrors_follow: bool,
) -> int | None:
    """Put the segment without these rows in its place; how many went.

    0: nothing was to be done. None: nothing was done, because the segment is there no longer. ``epoch`` is the shard's,
    as it was read last.
    ``mirrors_follow``: a mirror that has the old segment takes the same rows out by itself, and need not load the new.
    """
    data = segments.read_bytes(shard, old)
    if data is None:
        return None
    with bench.as_file(data) as (path, held):
        gone = _mark(bench, path, held, which)
        if not gone:
            return 0
        written = bench.write_left(path, held, old.is_closed)
    replaces = (old.name,) if mirrors_follow else ()
    while True:
        new_epoch = next_epoch(epoch)
        new = written and (
            written.as_segment(new_epoch, level=old.level, is_closed=old.is_closed, replaces=replaces),
            written.data,
        )
        if segments.replace(shard, epoch, new_epoch, [old], new):
            return gone
        # A sealer that commits again and again must not make all this work vain: a segment never changes.
        view = segments.read(shard, "", "0-0", 1)
        if old not in (view.segments or ()):
            return None
        epoch = view.epoch


def _mark(bench: Workbench, path: str, held: list[str], which: Rows) -> int:
    """Make ``gone`` of the rows' numbers in a file; how many these are."""
    rows = f"""(
        select {list_columns(held, 0)}, file_row_number as row
        from read_parquet({quote(path)}, file_row_number = true)
    )"""
    bench.database.execute(f"create or replace temp table gone as {which.sql.format(rows=rows)}", which.values)
    count: int = bench.database.execute("select count(*) from gone").fetchall()[0][0]
    return count
