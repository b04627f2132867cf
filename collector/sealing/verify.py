"""Counts again what a site holds, and names everything that is not as it should be. It changes nothing.

The log that segments were made from is trimmed as they are written, so what was sealed is counted in two tallies of
the shard as it happens, by the scripts that write: rows of all segments, and entries read from the log. The stream
itself counts what was ever appended to it. A segment's facts are checked against its file, and event ids against
each other across all segments that still have them.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256

import duckdb

from collector.events.columns import DUPLICATE_WINDOW_MS
from collector.events.segment_rows import select_rows
from collector.sealing.segment_file import DAY_MS, Workbench
from collector.storage.connect import Client
from collector.storage.keys import Shard
from collector.storage.segments import Segment, Segments
from collector.storage.sites import Site
from collector.storage.tally import Tallies, Tally
from collector.storage.verifications import MOST_KEPT, Difference, Verification

KINDS = {
    "segment_lost": "A segment is listed, and its value is not there.",
    "segment_unreadable": "A segment's value is no Parquet file of events.",
    "segment_differs": "A segment's file is not what its facts say: rows, bytes, days or times.",
    "segment_doubled": "Two listed segments are the same file.",
    "segment_unlisted": "A segment's value is there, and no list names it: nobody reads it.",
    "rows_differ": "The listed segments have another number of rows than was sealed into them.",
    "event_doubled": "An event id is in segments twice within 72 hours of arrival.",
    "entries_differ": "Entries left the log that no sealer read, or were read and did not leave.",
    "sealed_in_log": "Entries before the cursor are still in the log.",
}
CLOSED_ROUNDING_MS = 1000  # of the time of arrival in a closed segment


class _Changed(Exception):
    """Segments were replaced while they were read."""


class Verifier:
    """Verifies sites, in a workbench that the caller brings and closes."""

    def __init__(self, client: Client, bench: Workbench, clock_ms: Callable[[], int]) -> None:
        self._segments = Segments(client)
        self._tallies = Tallies(client)
        self._bench = bench
        self._clock_ms = clock_ms

    def verify(self, site: Site) -> Verification:
        """Count everything of a site. Raises StoreError."""
        began_ms = self._clock_ms()
        self._bench.database.execute(
            "create or replace temp table ids (segment varchar, event_id bigint, received_ms bigint)"
        )
        tallies = []
        found: list[Difference] = []
        for shard in site.all_shards():
            tally, differences = self._verify_shard(shard)
            tallies.append(tally)
            found += differences
        found += self._find_doubled_events()
        held = [segment for tally in tallies for segment in tally.segments]
        ended_ms = self._clock_ms()
        return Verification(
            at_ms=ended_ms,
            seconds=(ended_ms - began_ms) / 1000,
            segments=len(held),
            bytes=sum(segment.bytes for segment in held),
            events=sum(segment.rows for segment in held),
            entries=sum(tally.entries for tally in tallies),
            found=len(found),
            differences=tuple(found[:MOST_KEPT]),
        )

    def _verify_shard(self, shard: Shard) -> tuple[Tally, list[Difference]]:
        """All of a shard as of one moment."""
        while True:
            tally = self._tallies.read(shard)
            self._bench.database.execute("delete from ids where starts_with(segment, ?)", [_name(shard, "")])
            try:
                found = [*_compare_tallies(shard, tally), *self._verify_segments(shard, tally)]
            except _Changed:
                continue
            unlisted = self._tallies.find_unlisted(shard)
            found += [_difference("segment_unlisted", _name(shard, name)) for name in unlisted]
            return tally, found

    def _verify_segments(self, shard: Shard, tally: Tally) -> Iterator[Difference]:
        names: dict[bytes, str] = {}
        for segment in tally.segments:
            where = _name(shard, segment.name)
            data = self._segments.read_bytes(shard, segment)
            if data is None:
                if segment not in self._tallies.read(shard).segments:
                    raise _Changed
                yield _difference("segment_lost", where, f"{segment.rows:,} events of {_days(segment)}")
                continue
            digest = sha256(data).digest()
            if digest in names:
                yield _difference("segment_doubled", where, f"the same as {names[digest]}")
            names[digest] = where
            yield from self._verify_file(where, segment, data)

    def _verify_file(self, where: str, segment: Segment, data: bytes) -> Iterator[Difference]:
        try:
            with self._bench.as_file(data) as (path, held):
                rows = select_rows(held, 0)
                counted = self._bench.database.execute(
                    f"select count(*), min(at_ms), max(at_ms), max(received_ms) from ({rows})", [path]
                ).fetchall()[0]
                if not segment.is_closed:
                    self._bench.database.execute(
                        f"insert into ids select '{where}', event_id, received_ms from ({rows}) "
                        "where event_id is not null",
                        [path],
                    )
        except duckdb.Error as error:
            yield _difference("segment_unreadable", where, str(error).partition("\n")[0])
            return
        differing = _compare_facts(segment, len(data), *counted)
        if differing:
            yield _difference("segment_differs", where, "; ".join(differing))

    def _find_doubled_events(self) -> list[Difference]:
        doubled = self._bench.database.execute(
            f"""
            select first, segment, count(*) from (
                select segment, lag(segment) over ids as first, received_ms - lag(received_ms) over ids as later_ms
                from ids window ids as (partition by event_id order by received_ms, rowid)
            )
            where later_ms < {DUPLICATE_WINDOW_MS}
            group by all order by all
            """
        ).fetchall()
        return [
            _difference("event_doubled", second, f"{count:,} events are in {first}, too")
            for first, second, count in doubled
        ]


def _compare_facts(
    segment: Segment, size: int, rows: int, min_at_ms: int | None, max_at_ms: int | None, received_ms: int | None
) -> list[str]:
    """What a file has that its facts say otherwise."""
    pairs: list[tuple[str, int | None, int | None]] = [
        ("rows", segment.rows, rows),
        ("bytes", segment.bytes, size),
        ("min_at_ms", segment.min_at_ms, min_at_ms),
        ("max_at_ms", segment.max_at_ms, max_at_ms),
        ("first_day", segment.first_day, None if min_at_ms is None else min_at_ms // DAY_MS),
        ("last_day", segment.last_day, None if max_at_ms is None else max_at_ms // DAY_MS),
    ]
    rounding_ms = CLOSED_ROUNDING_MS if segment.is_closed else 0
    if received_ms is None or not 0 <= segment.max_received_ms - received_ms <= rounding_ms:
        pairs.append(("max_received_ms", segment.max_received_ms, received_ms))
    return [f"{name} should be {fact}, and is {is_}" for name, fact, is_ in pairs if fact != is_]


def _compare_tallies(shard: Shard, tally: Tally) -> Iterator[Difference]:
    where = _name(shard, "")
    listed = sum(segment.rows for segment in tally.segments)
    if tally.rows is not None and tally.rows != listed:
        yield _difference("rows_differ", where, f"{tally.rows:,} were sealed, the segments have {listed:,}")
    gone = tally.added - tally.entries
    if tally.sealed is not None and tally.sealed != gone:
        yield _difference("entries_differ", where, f"{tally.sealed:,} were sealed, {gone:,} are gone from the log")
    if tally.has_sealed_entries:
        yield _difference("sealed_in_log", where)


def _difference(kind: str, where: str, says: str = "") -> Difference:
    return Difference(kind, where, says or KINDS[kind])


def _name(shard: Shard, segment: str) -> str:
    return f"{shard.site}.{shard.number}/{segment}"


def _days(segment: Segment) -> str:
    return f"days {segment.first_day} to {segment.last_day} since 1970"
