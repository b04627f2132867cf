"""Segments as files: rows → Parquet bytes, sorted by visitor and time because that packs best.

Measured on 22 fields: 18.6 bytes an event in time order, 13.6 by visitor and time (docs/measurements.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from collector.events.columns import SELECT_FROM_LOG
from collector.events.erased import ERASABLE
from collector.events.segment_rows import (
    CLOSED_FILE,
    FIND_HELD,
    LEFT_AND_MOVED_ROWS,
    LEFT_ROWS,
    MOVED_ROWS,
    OPEN_FILE,
    ROWS_A_PART,
    create_table,
    list_columns,
    names_in,
    select_rows,
)
from collector.events.sql import quote
from collector.sealing.scratch_folder import ScratchFolder
from collector.storage.epochs import number_of
from collector.storage.segments import Segment

MOST_SEGMENT_BYTES = 4 * 1024 * 1024  # so that no value holds up a node
DAY_MS = 86_400_000

# Fresh segments are soon merged, closed ones stay: levels of zstd. Version 1 pages came out 5 % smaller than version 2,
# files without Bloom filters, which hardly any question could use, another 2 %.
_FORMAT = "format parquet, parquet_version v1, compression zstd, write_bloom_filter false"
FRESH_FORMAT = f"{_FORMAT}, compression_level 1"
_OPEN_FORMAT = f"{_FORMAT}, compression_level 3"
_CLOSED_FORMAT = f"{_FORMAT}, compression_level 9"


class Written(NamedTuple):
    """A Parquet file and the facts of its rows."""

    data: bytes
    rows: int
    min_at_ms: int
    max_at_ms: int
    max_received_ms: int

    def as_segment(
        self,
        new_epoch: str,
        number: int = 0,
        *,
        level: int = 0,
        is_closed: bool = False,
        replaces: tuple[str, ...] = (),
    ) -> Segment:
        """The facts of this file as the ``number``-th segment of the commit that begins ``new_epoch``.

        No other commit begins it, so the name is used once.
        """
        return Segment(
            name=f"{number_of(new_epoch)}-{number}",
            first_day=self.min_at_ms // DAY_MS,
            last_day=self.max_at_ms // DAY_MS,
            level=level,
            rows=self.rows,
            bytes=len(self.data),
            min_at_ms=self.min_at_ms,
            max_at_ms=self.max_at_ms,
            max_received_ms=self.max_received_ms,
            is_closed=is_closed,
            replaces=replaces,
        )


class Workbench:
    """A database in memory and a folder for files on their way in and out."""

    def __init__(self, folder: Path, memory_mb: int = 512) -> None:
        self._folder = ScratchFolder(folder)
        self.database = duckdb.connect(config={"threads": 1, "memory_limit": f"{memory_mb}MB"})

    def close(self) -> None:
        self.database.close()
        self._folder.remove()

    def path_of(self, name: str) -> str:
        return str(self._folder.path / name)

    def put_file(self, name: str, data: bytes) -> str:
        """Write a file and give its path."""
        path = self.path_of(name)
        Path(path).write_bytes(data)
        return path

    def put_lines(self, name: str, lines: Iterable[bytes]) -> str:
        """The same of lines in pieces."""
        path = self.path_of(name)
        with open(path, "wb") as file:
            for piece in lines:
                file.write(piece)
                file.write(b"\n")
        return path

    @contextmanager
    def as_file(self, data: bytes, name: str = "in.parquet") -> Iterator[tuple[str, list[str]]]:
        """Path of a segment's file for as long as it is needed, and the columns that it holds."""
        path = self.put_file(name, data)
        try:
            yield path, [held for _, held in self._rows(FIND_HELD, path)]
        finally:
            Path(path).unlink()

    def load_segments(self, table: str, files: Sequence[bytes]) -> None:
        """Make a temporary table of the rows of segments' files, open or closed, in the columns that have values."""
        with ExitStack() as stack:
            here = [stack.enter_context(self.as_file(data, f"in-{part}.parquet")) for part, data in enumerate(files)]
            names = names_in({name for _, held in here for name in held})
            self.database.execute(create_table(table, names))
            for part, (path, held) in enumerate(here):
                rows = select_rows(held, part * ROWS_A_PART, names)
                self.database.execute(f"insert into {table} {rows}", [path])

    def load_ids(self, table: str, data: bytes) -> None:
        """Make a temporary table of what says whose rows a segment's file holds."""
        with self.as_file(data) as (path, held):
            self.database.execute(
                f"""create or replace temp table {table} as
                select {ERASABLE} from ({select_rows(held)})""",
                [path],
            )

    def load_log(self, table: str, payloads: list[bytes]) -> None:
        """Make a temporary table of the rows of log entries."""
        path = self.put_lines("batch.ndjson", payloads)
        self.database.execute(f"create or replace temp table {table} as {SELECT_FROM_LOG.format(path='?')}", [path])

    def load_pageviews(self, table: str, files: Iterable[bytes]) -> None:
        """Make a temporary table of the ``pageview_id`` that segments' files hold."""
        self.database.execute(f"create or replace temp table {table} (pageview_id BIGINT)")
        for data in files:
            with self.as_file(data) as (path, held):
                if "pageview_id" in held:
                    ids = "select distinct pageview_id from read_parquet(?) where pageview_id is not null"
                    self.database.execute(f"insert into {table} {ids}", [path])

    def write_open(self, table: str) -> Written | None:
        """The rows of a table as an open segment's file; None when there are none."""
        return self._write(table, OPEN_FILE.format(rows=table), _OPEN_FORMAT)

    def write_closed(self, table: str, elsewhere: str) -> Written | None:
        """The rows of a table as a closed segment's file; ``elsewhere`` is a table of ``load_pageviews``."""
        return self._write(table, CLOSED_FILE.format(rows=table, elsewhere=elsewhere), _CLOSED_FORMAT)

    def write_left(self, path: str, held: list[str], is_closed: bool) -> Written | None:
        """A segment's file without the rows that ``gone`` has the ``row`` of; None when there are no others."""
        file = f"read_parquet({quote(path)}, file_row_number = true)"
        columns, rows = dict(zip(held, held, strict=True)), LEFT_ROWS
        if "pageview_offset" in held:
            self.database.execute(f"create or replace temp table moved as {MOVED_ROWS.format(file=file)}")
            if self._rows("select 1 from moved limit 1"):
                columns["pageview_offset"] = "coalesce(new_offset, pageview_offset) as pageview_offset"
                rows = LEFT_AND_MOVED_ROWS
        left = f"(select {list_columns(held, 0)} from {file} where file_row_number not in (select row from gone))"
        return self._write(
            left,
            rows.format(file=file, columns=", ".join(columns.values())),
            _CLOSED_FORMAT if is_closed else _OPEN_FORMAT,
        )

    def _write(self, relation: str, rows: str, file_format: str) -> Written | None:
        facts = self._rows(f"select count(*), min(at_ms), max(at_ms), max(received_ms) from {relation}")[0]
        if not facts[0]:
            return None
        path = self.path_of("out.parquet")
        self.database.execute(f"copy ({rows}) to {quote(path)} ({file_format})")
        data = Path(path).read_bytes()
        Path(path).unlink()
        return Written(data, *facts)

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.database.execute(sql, list(values)).fetchall()
        return rows
