"""One segment anew, without some of its rows."""

from collections.abc import Callable

from collector.sealing.segment_file import Workbench
from collector.storage.epochs import next_epoch
from collector.storage.keys import Shard
from collector.storage.segments import Segment, Segments


def rewrite(
    segments: Segments,
    bench: Workbench,
    shard: Shard,
    epoch: str,
    old: Segment,
    drop: Callable[[str], int],
    *,
    mirrors_follow: bool,
) -> int | None:
    """Put the segment without the rows that ``drop`` deletes from a table in its place; how many rows went.

    0: nothing was to be done. None: nothing was done, because the shard's segments changed since the epoch.
    ``mirrors_follow``: a mirror that has the old segment takes the same rows out by itself, and need not load the new.
    """
    data = segments.read_bytes(shard, old)
    if data is None:
        return None
    bench.load_segments("rewriting", [data])
    gone = drop("rewriting")
    if not gone:
        return 0
    if old.is_closed:
        # A pageview that had events in other segments still has: its id stays, as it stayed before.
        bench.load_pageviews("elsewhere", [data])
        written = bench.write_closed_again("rewriting", "elsewhere")
    else:
        written = bench.write_open("rewriting")
    new_epoch = next_epoch(epoch)
    if written is None:
        return gone if segments.replace(shard, epoch, new_epoch, [old], None) else None
    replaces = (old.name,) if mirrors_follow else ()
    new = written.as_segment(new_epoch, level=old.level, is_closed=old.is_closed, replaces=replaces)
    return gone if segments.replace(shard, epoch, new_epoch, [old], (new, written.data)) else None
