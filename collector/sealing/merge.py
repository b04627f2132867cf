"""Which segments become one, so that their number stays small however long the history.

======  ====================================================================================================
level   what it is
======  ====================================================================================================
0       fresh: one seal's rows of one day
1, 2 …  ``FAN`` neighbours of the level below, of one day, ids kept
10      closed: a day on which no sender may send again; without what only the removal of doubles needs
11 …    ``FAN`` neighbours of the level below: days, weeks, months
======  ====================================================================================================

Only segments of at most ``MOST_SEGMENT_BYTES`` together are merged, so a large one stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from collector.events.columns import DUPLICATE_WINDOW_MS
from collector.sealing.erased_rows import drop_erased
from collector.sealing.seal import Known
from collector.sealing.segment_file import DAY_MS, MOST_SEGMENT_BYTES, Workbench, Written
from collector.storage.epochs import next_epoch
from collector.storage.keys import Shard
from collector.storage.segments import Segment, Segments, in_order

FAN = 8
CLOSED_LEVEL = 10


class Merge(NamedTuple):
    """The segments that become one, and its level."""

    run: tuple[Segment, ...]
    level: int

    @property
    def closes(self) -> bool:
        return self.level >= CLOSED_LEVEL


def choose_merge(segments: Sequence[Segment], now_ms: int) -> Merge | None:
    """The next merge that pays, None when there is none."""
    ordered = sorted(segments, key=in_order)
    return _close_a_day(ordered, now_ms) or _merge_in_a_day(ordered) or _merge_days(ordered)


def _merge_in_a_day(segments: Sequence[Segment]) -> Merge | None:
    fresh = [segment for segment in segments if not segment.is_closed]
    by_kind = sorted(fresh, key=lambda segment: (segment.first_day, segment.level, in_order(segment)))
    for (_, level), group in groupby(by_kind, key=lambda segment: (segment.first_day, segment.level)):
        if run := _neighbours(group):
            return Merge(run, level + 1)
    return None


def _close_a_day(segments: Sequence[Segment], now_ms: int) -> Merge | None:
    """All of a day whose senders can send no more, with what was closed of it before."""
    done_ms = now_ms - DUPLICATE_WINDOW_MS
    is_over = [
        segment
        for segment in segments
        if segment.first_day == segment.last_day
        and (segment.first_day + 1) * DAY_MS < done_ms
        and (segment.is_closed or segment.max_received_ms < done_ms)
    ]
    for _, group in groupby(is_over, key=lambda segment: segment.first_day):
        # Open ones first: what is closed of the day joins them only if it fits.
        run = _fill(sorted(group, key=lambda segment: (segment.is_closed, in_order(segment))))
        if not run[0].is_closed:
            return Merge(run, CLOSED_LEVEL)
    return None


def _merge_days(segments: Sequence[Segment]) -> Merge | None:
    closed = [segment for segment in segments if segment.is_closed]
    for level, group in groupby(sorted(closed, key=lambda s: (s.level, in_order(s))), key=lambda s: s.level):
        if run := _neighbours(group):
            return Merge(run, level + 1)
    return None


def _fill(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The first segment, and of the others those that fit into one with it."""
    run: list[Segment] = []
    size = 0
    for segment in segments:
        if not run or size + segment.bytes <= MOST_SEGMENT_BYTES:
            run.append(segment)
            size += segment.bytes
    return tuple(run)


def _neighbours(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The first ``FAN`` neighbours that fit into one segment; () when there are none."""
    run: list[Segment] = []
    for segment in segments:
        run.append(segment)
        while sum(each.bytes for each in run) > MOST_SEGMENT_BYTES:
            del run[0]
        if len(run) == FAN:
            return tuple(run)
    return ()


def apply_merge(
    segments: Segments,
    bench: Workbench,
    shard: Shard,
    known: Known,
    merge: Merge,
    siblings: Mapping[Shard, Sequence[Segment]],
) -> Known | None:
    """Do a merge and give what is known after it. None: the segments changed meanwhile.

    ``siblings`` are the site's other shards with their segments.
    """
    files = [segments.read_bytes(shard, segment) for segment in merge.run]
    present = [data for data in files if data is not None]
    if len(present) < len(merge.run):
        return None
    bench.load_segments("merging", present)
    drop_erased(bench, "merging", known.tombstones)
    written: Written | None
    if merge.closes:
        others = {**siblings, shard: [segment for segment in known.segments if segment not in merge.run]}
        near = [(where, other) for where, held in others.items() for other in _near(merge, held)]
        elsewhere = [data for data in (segments.read_bytes(where, other) for where, other in near) if data]
        bench.load_pageviews("elsewhere", elsewhere)
        written = bench.write_closed("merging", "elsewhere")
    else:
        written = bench.write_open("merging")
    bench.database.execute("drop table merging")
    epoch = next_epoch(known.epoch)
    kept = tuple(segment for segment in known.segments if segment not in merge.run)
    new = None
    if written is not None:  # else all its rows were erased
        replaces = tuple(segment.name for segment in merge.run)
        merged = written.as_segment(epoch, level=merge.level, is_closed=merge.closes, replaces=replaces)
        new, kept = (merged, written.data), (*kept, merged)
    if not segments.replace(shard, known.epoch, epoch, merge.run, new):
        return None
    return known._replace(epoch=epoch, segments=kept)


PAGEVIEW_DAYS = 4  # the longest that events of one pageview can lie apart, with those that come late


def _near(merge: Merge, others: Iterable[Segment]) -> list[Segment]:
    """The segments that may hold events of the same pageviews."""
    first = min(segment.first_day for segment in merge.run) - PAGEVIEW_DAYS
    last = max(segment.last_day for segment in merge.run) + PAGEVIEW_DAYS
    return [other for other in others if other.last_day >= first and other.first_day <= last]
