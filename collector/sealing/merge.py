"""Small segments → fewer, larger ones, level by level, so their number stays small however long the history."""

from collections.abc import Sequence

from collector.sealing.segment_file import MOST_SEGMENT_BYTES, Workbench
from collector.storage.keys import Shard
from collector.storage.segments import Segment, Segments

FAN = 8  # segments of one level that become one of the next


def choose_run(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The first ``FAN`` neighbours of one level that fit into one segment; () when there are none."""
    for start in range(len(segments) - FAN + 1):
        run = tuple(segments[start : start + FAN])
        same_level = len({segment.level for segment in run}) == 1
        if same_level and sum(segment.bytes for segment in run) <= MOST_SEGMENT_BYTES:
            return run
    return ()


def merge(segments: Segments, bench: Workbench, shard: Shard, epoch: str, run: Sequence[Segment]) -> Segment | None:
    """Put one segment in place of a run and give it. None when the shard's segments changed meanwhile."""
    files = [segments.read_bytes(shard, segment) for segment in run]
    present = [data for data in files if data is not None]
    if len(present) < len(run):
        return None
    bench.load_parquet("merging", present)
    written = bench.write_parquet("merging")
    bench.database.execute("drop table merging")
    assert written is not None  # a segment has at least one row
    merged = Segment(
        run[0].first, run[-1].last, run[0].level + 1, written.rows, len(written.data), written.min_at_ms,
        written.max_at_ms, written.max_received_ms,
    )  # fmt: skip
    return merged if segments.commit_merge(shard, epoch, run, merged, written.data) else None
