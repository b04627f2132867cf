"""Every event of a window out of a site's segments, a piece at a time: memory does not grow with history.

Segments are immutable, so they are fetched first and written out afterwards, however long a slow reader takes. What is
not sealed yet is not given out: the sealer counts ids once, and is some seconds behind.
"""

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from collector.errors import Problem
from collector.events.erased import ERASABLE
from collector.events.segment_rows import list_columns
from collector.events.sql import quote
from collector.exchange.export_formats import ExportFormat
from collector.exchange.exported_rows import NO_ROWS, build_rows_sql
from collector.exchange.window import ALWAYS_MS, Window, find_settled_ms
from collector.sealing.erased_rows import select_erased
from collector.sealing.segment_file import Workbench
from collector.storage.keys import Shard
from collector.storage.segments import Segments, place_of
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone

MOST_AT_ONCE = 2  # exports of a process; each has a database of its own
MEMORY_MB = 128
MOST_TRIES = 20  # when segments are replaced faster than they are fetched
CHUNK_BYTES = 1 << 18

RunBlocking = Callable[..., Any]
"""Calls a function that keeps its thread busy, in a way that lets other requests go on."""


class Fetched(NamedTuple):
    """A segment's file, and who is erased from its shard."""

    path: Path
    tombstones: frozenset[Tombstone]


class Sealed(NamedTuple):
    """The segments of a window as of one moment. ``until_ms``: where the next export goes on, if one is to."""

    files: Sequence[Fetched]
    window: Window
    until_ms: int | None

    @property
    def times(self) -> tuple[int, int, int, int]:
        window = self.window
        if window.after_ms is None or self.until_ms is None:
            return window.from_ms, window.to_ms, -ALWAYS_MS, ALWAYS_MS
        return window.from_ms, window.to_ms, window.after_ms, self.until_ms


class Exporter:
    """Exports of all sites. ``folder`` holds files on their way, as large as what is exported."""

    def __init__(
        self,
        segments: Segments,
        folder: Path,
        commit_seconds: float,
        clock_ms: Callable[[], int],
        run_blocking: RunBlocking,
    ) -> None:
        self._segments = segments
        self._folder = folder
        self._commit_seconds = commit_seconds
        self._clock_ms = clock_ms
        self._run_blocking = run_blocking
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def begin(self, site: Site, window: Window, form: ExportFormat) -> tuple[int | None, Generator[bytes]]:
        """Where the next export goes on, and this one's bytes. Raises Problem. The generator must be closed."""
        if not self._places.acquire(blocking=False):
            raise Problem("too_many_exports", f"{MOST_AT_ONCE} exports are running; come again later", status=503)
        try:
            bench = self._run_blocking(Workbench, self._folder, MEMORY_MB)
        except BaseException:
            self._places.release()
            raise
        try:
            sealed = self._fetch(bench, site, window)
        except BaseException:
            self._end(bench)
            raise
        pieces = self._give(bench, sealed, form)
        next(pieces)  # from here on its end is seen to, whether or not anybody reads on
        return sealed.until_ms, pieces

    def _end(self, bench: Workbench) -> None:
        bench.close()
        self._places.release()

    def _fetch(self, bench: Workbench, site: Site, window: Window) -> Sealed:
        now_ms = self._clock_ms()
        files: list[Fetched] = []
        settled_ms = now_ms
        for shard in site.all_shards():
            for _ in range(MOST_TRIES):
                found = self._fetch_shard(bench, shard, window, len(files))
                if found is not None:
                    break
            else:
                raise Problem("export_behind", "the history changes faster than it can be read", status=503)
            fetched, unsealed_ms = found
            files += fetched
            settled_ms = min(settled_ms, find_settled_ms(now_ms, unsealed_ms, self._commit_seconds))
        return Sealed(files, window, None if window.after_ms is None else max(settled_ms, window.after_ms))

    def _fetch_shard(
        self, bench: Workbench, shard: Shard, window: Window, number: int
    ) -> tuple[list[Fetched], int | None] | None:
        """The shard's files and when its oldest unsealed entry came; None when a segment was replaced meanwhile."""
        view = self._segments.read(shard, "", "0-0", 1)
        assert view.segments is not None  # no epoch is ""
        assert view.tombstones is not None
        fetched: list[Fetched] = []
        for segment in filter(window.may_hold, view.segments):
            data = self._segments.read_bytes(shard, segment)
            if data is None:
                return None
            path = Path(bench.path_of(f"in-{number + len(fetched)}.parquet"))
            path.write_bytes(data)
            fetched.append(Fetched(path, view.tombstones))
        return fetched, None if view.page is None else place_of(view.page.first_id)[0]

    def _give(self, bench: Workbench, sealed: Sealed, form: ExportFormat) -> Generator[bytes]:
        parts: list[Path] = []
        try:
            yield b""  # for `begin`
            if form.head:
                yield form.head
            for number, fetched in enumerate(sealed.files):
                part = Path(bench.path_of(f"out-{number}"))
                self._run_blocking(_write_part, bench, sealed, fetched, form, part)
                fetched.path.unlink()
                if form.is_joined:
                    parts.append(part)
                else:
                    yield from _read_chunks(part)
                    part.unlink()
            if form.is_joined:
                whole = Path(bench.path_of("whole"))
                self._run_blocking(_join, bench, parts, form, whole)
                yield from _read_chunks(whole)
        finally:
            self._end(bench)


def _write_part(bench: Workbench, sealed: Sealed, fetched: Fetched, form: ExportFormat, part: Path) -> None:
    path = quote(str(fetched.path))
    held = {row[0] for row in bench.database.execute(f"select name from parquet_schema({path})").fetchall()}
    row = f"(select {list_columns(held, 0)}, file_row_number as row from read_parquet({path}, file_row_number = true))"
    erased = select_erased(bench, f"(select {ERASABLE}, row from {row})", fetched.tombstones)
    rows = build_rows_sql(path, held, sealed.times, erased)
    bench.database.execute(f"copy ({form.select.format(rows=rows)}) to {quote(str(part))} ({form.options})")


def _join(bench: Workbench, parts: Sequence[Path], form: ExportFormat, whole: Path) -> None:
    files = ", ".join(quote(str(part)) for part in parts)
    rows = f"select * from read_parquet([{files}])" if parts else form.select.format(rows=NO_ROWS)
    bench.database.execute(f"copy ({rows}) to {quote(str(whole))} ({form.options})")


def _read_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
