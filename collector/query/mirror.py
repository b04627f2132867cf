"""The mirror: a local DuckDB file with all of a site's events, brought up to date before every question.

It is a copy. Whatever happens to it, it is made again from the segments and the log. One process writes the
file; its threads may ask at the same time.
"""

import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from collector.errors import Problem
from collector.query.categories import Categories
from collector.query.mirror_arrivals import load_lines
from collector.query.mirror_change import Arrivals, MissingFirstEvents, apply_change
from collector.query.mirror_erasure import read_tombstones, write_tombstones
from collector.query.mirror_schema import VERSION, create_statements, schema_of
from collector.query.moment import Moment, RunBlocking, Values
from collector.storage.keys import Shard
from collector.storage.segments import PAGE_ENTRIES, Segment, Segments, ShardView
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone

MOST_ROWS_A_CHANGE = 1_000_000  # of segments; bounds the memory of one change
CLOCK_MARGIN_MS = 3_600_000  # between the store's clock and a collector's
MOST_TRIES = 20  # when segments are replaced faster than we read them

MOST_PASSES = 3  # over the shards of a site that is sealed while they are read

log = logging.getLogger("footfall.mirror")


def run_here(function: Callable[..., Any], *arguments: Any) -> Any:
    """The plain way, for servers with a thread a request."""
    return function(*arguments)


Parts = Mapping[int, Segment]
"""Segments that come, by the number that their rows get."""


class Position(NamedTuple):
    """What of a shard is in the mirror. ``loaded``: name of a segment → the parts that its rows are in.

    ``tombstones``: whose rows are out of it.
    """

    epoch: str
    after: str
    loaded: Mapping[str, frozenset[int]]
    tombstones: frozenset[Tombstone]

    @property
    def parts(self) -> frozenset[int]:
        return frozenset().union(*self.loaded.values())


NOTHING = Position("", "0-0", {}, frozenset())


class Mirror:
    """The mirror of every site that somebody asks about."""

    def __init__(
        self,
        folder: Path,
        segments: Segments,
        memory_mb: int,
        run_blocking: RunBlocking = run_here,
        categories: Categories | None = None,
    ) -> None:
        self._segments = segments
        self._run_blocking = run_blocking
        self._categories = categories
        self._lock = threading.Lock()
        self._positions: dict[Shard, Position] = {}
        self._folder = folder
        self._database = _open(folder, memory_mb)

    def refresh(self, site: Site) -> None:
        """Bring the site up to now: after it, every event that got its 202 is here. Raises Problem (503)."""
        with self._lock:
            if not any(shard.site == site.id for shard in self._positions):
                self._run_blocking(self._prepare, site)
            shards = site.all_shards()
            for _ in range(MOST_PASSES):
                before = [self._positions.get(shard, NOTHING).epoch for shard in shards]
                for shard in shards:
                    self._catch_up(shard)
                # Who is sealed between two reads may have left out an id for a shard that was read before.
                if len(shards) == 1 or before == [self._positions[shard].epoch for shard in shards]:
                    break
            if self._categories is not None:
                self._categories.refresh(site.id, self._database)

    def _catch_up(self, shard: Shard) -> None:
        for _ in range(MOST_TRIES):
            if self._refresh_shard(shard):
                return
        raise Problem("mirror_behind", "the history changes faster than it can be read", status=503)

    def open(self, seconds: float) -> Moment:
        """The mirror as it is now, to be closed. ``seconds``: what its statements may take together."""
        return Moment(self._database, seconds, self._run_blocking)

    def ask(self, sql: str, values: Values, seconds: float) -> list[tuple[Any, ...]]:
        """Rows of one statement. Raises Problem when it takes longer than ``seconds``."""
        with self.open(seconds) as moment:
            return moment.run(sql, values)

    def earliest_ms(self, site: Site) -> int | None:
        """Time of the site's first event."""
        first = self.ask(f"select min(start_ms) from {schema_of(site.id)}.visits", [], 10)
        earliest: int | None = first[0][0]
        return earliest

    def version(self, site: Site) -> tuple[tuple[str, str], ...]:
        """What the mirror holds of the site, as a value that is another one when any row of it is.

        Read before a moment is opened it is that moment's or an older one, and none comes twice.
        """
        positions = [self._positions.get(shard, NOTHING) for shard in site.all_shards()]
        categories = "" if self._categories is None else self._categories.version(site.id)
        return (*((position.epoch, position.after) for position in positions), ("categories", categories))

    def last_accepted_ms(self, site: Site) -> int | None:
        """When the newest of the site's beacons that are here was accepted, by the store's clock; None without any."""
        newest = max(int(self._positions.get(shard, NOTHING).after.partition("-")[0]) for shard in site.all_shards())
        return newest or None

    def close(self) -> None:
        self._database.close()

    def _prepare(self, site: Site) -> None:
        """Make the site's tables, and learn what they already hold."""
        for statement in create_statements(site.id):
            self._database.execute(statement)
        schema = schema_of(site.id)
        for shard in site.all_shards():
            row = self._database.execute(
                f"select epoch, after from {schema}.shards where shard = ?", [shard.number]
            ).fetchone()
            loaded = self._database.execute(
                f"select name, list(part) from {schema}.loaded where shard = ? group by name", [shard.number]
            ).fetchall()
            parts = {name: frozenset(numbers) for name, numbers in loaded}
            tombstones = read_tombstones(self._database, shard)
            self._positions[shard] = Position(row[0], row[1], parts, tombstones) if row else NOTHING

    def _refresh_shard(self, shard: Shard) -> bool:
        """Read what is new and apply it; False when it must be tried again."""
        while True:
            position = self._positions.get(shard, NOTHING)
            view = self._segments.read(shard, position.epoch, position.after)
            if view.segments is None and not view.page:
                return True
            held = _held(view.segments or (), position.loaded)
            missing = [segment for segment in view.segments or () if segment.name not in held]
            parts = dict(enumerate(missing, max(position.parts, default=0) + 1))
            if not self._fetch_files(shard, parts):
                return False
            try:
                self._run_blocking(self._apply, shard, position, view, parts)
            except MissingFirstEvents as error:
                if not self._apply_with_history(shard, position, view, parts, error):
                    return False
            if view.page is None or view.page.entries < PAGE_ENTRIES:
                return True  # this was all; what came meanwhile is for the next question, or none would get an answer

    def _apply_with_history(
        self, shard: Shard, position: Position, view: ShardView, parts: Parts, error: MissingFirstEvents
    ) -> bool:
        """The same once more, with the segments that hold what was missing; False when these are gone."""
        segments = view.segments
        if segments is None:  # an end that comes late splits a visit that was sealed before
            segments = self._segments.read(shard, NOTHING.epoch, position.after, count=1).segments
        overlapping = [
            segment
            for segment in segments or ()
            if segment.min_at_ms <= error.last_ms and segment.max_at_ms >= error.first_ms
        ]
        history = dict(enumerate(overlapping, max(parts, default=max(position.parts, default=0)) + 1))
        if not self._fetch_files(shard, history):
            return False
        try:
            self._run_blocking(self._apply, shard, position, view, parts, tuple(history))
        except MissingFirstEvents:
            return False
        return True

    def _fetch_files(self, shard: Shard, parts: Parts) -> bool:
        """Put segments into files; False when one was merged since: its rows are in another segment now."""
        for part, segment in parts.items():
            data = self._segments.read_bytes(shard, segment)
            if data is None:
                return False
            self._file(part).write_bytes(data)
        return True

    def _file(self, part: int) -> Path:
        return self._folder / "incoming" / f"{part}.parquet"

    def _apply(
        self, shard: Shard, position: Position, view: ShardView, parts: Parts, history: Sequence[int] = ()
    ) -> None:
        cursor = self._database.cursor()
        try:
            if view.page:
                load_lines(cursor, shard, view.page, self._folder / "incoming" / "tail.ndjson")
            cursor.begin()
            new = self._change(cursor, shard, position, view, parts, history)
            cursor.commit()
        finally:
            cursor.close()
        for part in (*parts, *history):
            self._file(part).unlink()
        self._positions[shard] = new

    def _change(
        self, cursor: Any, shard: Shard, position: Position, view: ShardView, parts: Parts, history: Sequence[int]
    ) -> Position:
        schema = schema_of(shard.site)
        resets = view.segments is not None
        loaded = position.loaded if view.segments is None else _held(view.segments, position.loaded)
        gone = sorted(position.parts - frozenset().union(*loaded.values()))
        tombstones = position.tombstones if view.tombstones is None else view.tombstones
        common = Arrivals(
            shard.number, has_erased=bool(tombstones), history=[str(self._file(part)) for part in history]
        )
        if tombstones != position.tombstones:
            write_tombstones(cursor, shard, tombstones)
            apply_change(cursor, schema, common._replace(erases=True))
        *others, last = [[str(self._file(part)) for part in chunk] for chunk in _chunks(parts)] or [[]]
        for files in others:
            apply_change(cursor, schema, common._replace(files=files))
        # Entries are named by the store's clock, which is not quite the one that stamped the events.
        since_ms = int(view.page.first_id.partition("-")[0]) - CLOCK_MARGIN_MS if view.page else None
        apply_change(
            cursor, schema, common._replace(files=last, lines_since_ms=since_ms, resets_tail=resets, gone=gone)
        )
        loaded = {**loaded, **{segment.name: frozenset({part}) for part, segment in parts.items()}}
        after = view.page.last_id if view.page else view.cursor if resets else position.after
        new = Position(view.epoch, after, loaded, tombstones)
        _write_position(cursor, shard, new, resets)
        return new


def _open(folder: Path, memory_mb: int) -> Any:
    """The database file; made anew when it is missing, damaged or of another version."""
    shutil.rmtree(folder / "incoming", ignore_errors=True)
    (folder / "incoming").mkdir(parents=True)
    path = folder / f"mirror-{VERSION}.duckdb"
    config = {"memory_limit": f"{memory_mb}MB"}
    try:
        return duckdb.connect(str(path), config=config)
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise Problem("mirror_in_use", f"another process uses {path}", status=503) from error
        log.warning("the mirror is damaged and made again: %s", error)
    except duckdb.Error as error:
        log.warning("the mirror cannot be read and is made again: %s", error)
    for leftover in folder.glob("mirror-*"):
        leftover.unlink()
    return duckdb.connect(str(path), config=config)


def _held(segments: Iterable[Segment], loaded: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """The segments whose rows are here: under their own name, or under the names that they replaced."""
    held = {}
    for segment in segments:
        if segment.name in loaded:
            held[segment.name] = loaded[segment.name]
        elif segment.replaces and all(name in loaded for name in segment.replaces):
            held[segment.name] = frozenset().union(*(loaded[name] for name in segment.replaces))
    return held


def _write_position(cursor: Any, shard: Shard, position: Position, has_segments: bool) -> None:
    schema = schema_of(shard.site)
    cursor.execute(f"delete from {schema}.shards where shard = ?", [shard.number])
    cursor.execute(f"insert into {schema}.shards values (?, ?, ?)", [shard.number, position.epoch, position.after])
    if has_segments:
        cursor.execute(f"delete from {schema}.loaded where shard = ?", [shard.number])
        rows = [(shard.number, name, part) for name, parts in position.loaded.items() for part in sorted(parts)]
        if rows:
            cursor.executemany(f"insert into {schema}.loaded values (?, ?, ?)", rows)


def _chunks(parts: Parts) -> list[list[int]]:
    """Parts in groups of bounded rows."""
    chunks: list[list[int]] = []
    rows = MOST_ROWS_A_CHANGE
    for part, segment in parts.items():
        if rows + segment.rows > MOST_ROWS_A_CHANGE:
            chunks.append([])
            rows = 0
        chunks[-1].append(part)
        rows += segment.rows
    return chunks
