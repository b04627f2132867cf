"""One batch of the log as a Parquet file, in the order of arrival; as a rule it is a segment already.

The lines are read once and written at once, in the columns that had values before: 20 empty ones more take a tenth of
the time. Where another column has a value, the batch is written again, and the column is expected from then on.

Only the columns that tell doubles, erased persons and days apart are read back; the file is written again where it
holds rows that are no new events, or rows of several days.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from collector.events.columns import DUPLICATE_WINDOW_MS, NAMES, REQUIRED, UNEXPECTED, select_expected
from collector.events.log_faults import UNREADABLE
from collector.events.segment_rows import FIND_HELD, names_in
from collector.events.sql import quote
from collector.sealing.erased_rows import select_erased
from collector.sealing.segment_file import DAY_MS, FRESH_FORMAT, MOST_SEGMENT_BYTES, Workbench, Written
from collector.storage.tombstones import Tombstone

# The file's own statistics say it; nothing is read back.
_LACKING = f"select 1 from parquet_metadata(?) where path_in_schema in {REQUIRED} and stats_null_count > 0 limit 1"


class Staging:
    """The batch on the bench. ``fresh`` is a table of its rows, ``left_out`` of those that must not be sealed."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._path = bench.path_of("staged.parquet")
        self._file = quote(self._path)
        self._staged = f"(select *, file_row_number as row from read_parquet({self._file}, file_row_number = true))"
        self._expected: set[str] | None = None  # nothing is known yet
        self._names = NAMES

    def load(self, lines: list[bytes]) -> str | None:
        """Take lines of the log in place of those that were here; what is wrong with them, if anything."""
        path = self._bench.put_lines("batch.ndjson", lines)
        try:
            held = self._stage(path, NAMES if self._expected is None else names_in(self._expected))
            if UNEXPECTED in held:
                held = self._stage(path, NAMES)
        except UNREADABLE as error:
            return str(error)
        self._expected = held | (self._expected or set())
        return f"an event without one of {', '.join(REQUIRED)}" if self._rows(_LACKING, self._path) else None

    def _stage(self, path: str, names: tuple[str, ...]) -> set[str]:
        """Write lines as rows of these columns; the columns in which there is a value."""
        self._names = names
        rows = select_expected(names).format(path=quote(path))
        self._execute(f"copy ({rows}) to {self._file} ({FRESH_FORMAT})")
        return {held for _, held in self._rows(FIND_HELD, self._path)}

    def choose(self, seen: Sequence[str], tombstones: Iterable[Tombstone]) -> None:
        """Find the rows that are to be sealed. ``seen`` are tables of ``event_id`` and when that was received."""
        before = " union all ".join(f"select * from {table}" for table in seen)
        self._execute(
            f"create or replace temp table fresh as select event_id, received_ms, at_ms, row from {self._staged}"
        )
        # An id counts once: the first of the log, unless it was sealed before.
        self._execute(
            f"""create or replace temp table left_out as
            select new.row from fresh as new
            where exists (
                select 1 from ({before}) as seen
                where seen.event_id = new.event_id and seen.received_ms > new.received_ms - {DUPLICATE_WINDOW_MS}
            )
            union all
            select row from (
                select row, row_number() over (partition by event_id order by row) as copy
                from fresh where event_id is not null
            )
            where copy > 1"""
        )
        if erased := select_erased(self._bench, self._staged, tombstones):
            self._execute(f"insert into left_out {erased}")

    def remember(self, seen: str) -> None:
        """Add the ids of the chosen rows to ``seen``."""
        self._execute(
            f"""insert into {seen} select event_id, received_ms from fresh
            where event_id is not null and row not in (select row from left_out)"""
        )

    def write_days(self) -> Iterator[Written]:
        """A segment's file for every day of the chosen rows, so that a late event lands in its own day."""
        days = self._rows(
            f"""select at_ms // {DAY_MS}, count(*), min(row), max(row) from fresh
            where row not in (select row from left_out) group by 1 order by 1"""
        )
        is_whole = len(days) == 1 and days[0][1] == self._rows("select count(*) from fresh")[0][0]
        for day, _, first, last in days:
            yield from self._write(day, first, last, is_whole)

    def _write(self, day: int, first: int, last: int, is_whole: bool = False) -> Iterator[Written]:
        """The day's chosen rows of a range; as two files when one would hold up a node."""
        chosen = (
            f"at_ms // {DAY_MS} = {day} and row between {first} and {last} and row not in (select row from left_out)"
        )
        facts = self._rows(f"select count(*), min(at_ms), max(at_ms), max(received_ms) from fresh where {chosen}")[0]
        if not facts[0]:
            return
        path = self._path
        if not is_whole:
            path = self._bench.path_of("day.parquet")
            self._execute(
                f"""copy (
                    select {", ".join(self._names)}
                    from {self._staged}
                    where {chosen}
                ) to {quote(path)} ({FRESH_FORMAT})"""
            )
        data = Path(path).read_bytes()
        if len(data) > MOST_SEGMENT_BYTES and first < last:
            middle = (first + last) // 2
            yield from self._write(day, first, middle)
            yield from self._write(day, middle + 1, last)
        else:
            yield Written(data, *facts)

    def _execute(self, sql: str) -> None:
        self._bench.database.execute(sql)

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._bench.database.execute(sql, list(values)).fetchall()
        return rows
