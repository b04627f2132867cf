"""Takes out the events of days that a site keeps no longer. A day is a day of the site's time zone."""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collector.events.segment_rows import select_rows
from collector.sealing.rewrite import Rows, rewrite
from collector.sealing.schedule import Schedule
from collector.sealing.segment_file import Workbench
from collector.storage.dead_letters import DeadLetters
from collector.storage.epochs import next_epoch
from collector.storage.keys import Shard
from collector.storage.segments import Segment, Segments
from collector.storage.sites import Site


class DayGone(NamedTuple):
    """What went of one day. ``bytes``: its rows' share of the segments they were in."""

    rows: int
    bytes: int


class Gone(NamedTuple):
    """What retention took from one shard. Days are named as 2026-11-22."""

    days: dict[str, DayGone]
    segments_dropped: int
    segments_rewritten: int
    dead_letters: int


def first_kept_ms(site: Site, now_ms: int) -> int | None:
    """Local midnight that began the oldest day that is kept; None when all are."""
    if site.retention_days is None:
        return None
    zone = ZoneInfo(site.timezone)
    day = datetime.fromtimestamp(now_ms / 1000, zone).date() - timedelta(days=site.retention_days)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


class Retention:
    """Applies retention to shards. Safe beside a sealer, and to be killed at any moment: it begins again."""

    def __init__(self, segments: Segments, dead_letters: DeadLetters, bench: Workbench) -> None:
        self._segments = segments
        self._dead_letters = dead_letters
        self._bench = bench

    def is_due(self, site: Site, shard: Shard, schedule: Schedule, now_ms: int) -> bool:
        """Whether the scheduled moment has passed since it was last applied.

        A changed number of days waits for the next one, so that a slip of the hand can be mended before it costs data.
        """
        if site.retention_days is None:
            return False
        noted = self._segments.read_retention(shard)
        if noted is None or noted[1] != site.retention_days:
            self._segments.note_retention(shard, now_ms, site.retention_days)
            return False
        return noted[0] < schedule.last_due_ms(site.timezone, now_ms)

    def apply(self, site: Site, shard: Shard, now_ms: int, *, dry_run: bool = False) -> Gone:
        """Take out all that is older, and note that it was done; with ``dry_run`` only say what would go."""
        first_ms = first_kept_ms(site, now_ms)
        if first_ms is None or site.retention_days is None:
            return Gone({}, 0, 0, 0)
        rows: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        dropped = rewritten = 0
        done: set[str] = set()
        while True:
            view = self._segments.read(shard, "", "0-0", 1)
            too_old = [each for each in view.segments or () if each.min_at_ms < first_ms and each.name not in done]
            if not too_old:
                break
            old = too_old[0]
            days = self._count_days(site, shard, old, first_ms)
            if days is None:
                continue  # it was replaced meanwhile
            if not dry_run and not self._take_out(shard, view.epoch, old, first_ms):
                continue
            done.add(old.name)
            dropped += old.max_at_ms < first_ms
            rewritten += old.max_at_ms >= first_ms
            for day, count in days.items():
                rows[day] += count
                sizes[day] += round(old.bytes * count / old.rows)
        letters = [letter.id for letter in self._dead_letters.read(shard) if letter.died_ms < first_ms]
        if not dry_run:
            self._dead_letters.drop(shard, letters)
            self._segments.note_retention(shard, now_ms, site.retention_days)
        return Gone({day: DayGone(rows[day], sizes[day]) for day in sorted(rows)}, dropped, rewritten, len(letters))

    def _take_out(self, shard: Shard, epoch: str, old: Segment, first_ms: int) -> bool:
        """Replace the segment; False when the shard's segments changed meanwhile."""
        if old.max_at_ms < first_ms:
            return self._segments.replace(shard, epoch, next_epoch(epoch), [old], None)
        too_old = Rows("select row from {rows} where at_ms < ?", [first_ms])
        return rewrite(self._segments, self._bench, shard, epoch, old, too_old, mirrors_follow=False) is not None

    def _count_days(self, site: Site, shard: Shard, segment: Segment, first_ms: int) -> dict[str, int] | None:
        """Local day → rows of it that are too old; None when the segment is no more."""
        data = self._segments.read_bytes(shard, segment)
        if data is None:
            return None
        with self._bench.as_file(data) as (path, held):
            counted = self._bench.database.execute(
                f"""
                select timezone(?, to_timestamp(at_ms / 1000))::date::varchar as day, count(*)
                from (select at_ms from ({select_rows(held)})) where at_ms < ? group by day
                """,
                [site.timezone, path, first_ms],
            ).fetchall()
        return dict(counted)
