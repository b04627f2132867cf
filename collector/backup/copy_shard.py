"""One shard into the folder, as of one moment, although it is being sealed and merged meanwhile.

Segments never change under their name, so they can be fetched while others come and go; what counts is that in the
end the list of segments, the cursor and the log's tail are of one moment. So: fetch the segments of a moment until none
has vanished meanwhile, then the two streams, and begin again with a new moment if the shard changed before their
end. What was fetched is not fetched again.
"""

from collections.abc import Callable
from pathlib import Path

from collector.backup.entry_line import encode_entry
from collector.backup.manifest import (
    FileCopy,
    SegmentCopy,
    ShardCopy,
    StreamCopy,
    segment_path,
    stream_path,
)
from collector.backup.whole_file import WholeFile, sync_folder, write_whole
from collector.errors import StartError
from collector.storage.keys import Shard
from collector.storage.snapshot import Moment, Snapshots, Stream

MOST_TRIES = 200  # each but the last has seen a seal or a merge go by

Note = Callable[[int], None]
"""Is told of bytes that were copied."""


def copy_shard(snapshots: Snapshots, shard: Shard, folder: Path, note: Note) -> ShardCopy:
    """Copy a shard and tell what was copied. Raises StartError when it never stands still."""
    held: dict[str, FileCopy] = {}
    for _ in range(MOST_TRIES):
        moment = snapshots.read_moment(shard)
        if not _fetch_segments(snapshots, shard, moment, folder, held, note):
            continue
        log = _copy_stream(snapshots, shard, moment, "log", folder, note)
        dead = _copy_stream(snapshots, shard, moment, "dead", folder, note) if log else None
        if log is None or dead is None:
            continue
        segments = tuple(SegmentCopy(facts, held.pop(facts["name"])) for facts in moment.segments)
        for name in held:  # replaced since they were fetched
            (folder / segment_path(shard, name)).unlink()
        for changed in (folder / f"{shard.site}.{shard.number}").rglob("segments"):
            sync_folder(changed)
        sync_folder(folder / f"{shard.site}.{shard.number}")
        rows = sum(facts["rows"] for facts in moment.segments)
        epoch, cursor, tombstones = int(moment.epoch), moment.cursor, moment.tombstones
        return ShardCopy(shard.site, shard.number, epoch, cursor, rows, tombstones, segments, log, dead)
    raise StartError(f"Site {shard.site} is sealed faster than it can be copied: end the sealer, and try again.")


def _fetch_segments(
    snapshots: Snapshots, shard: Shard, moment: Moment, folder: Path, held: dict[str, FileCopy], note: Note
) -> bool:
    """Fetch what is not held yet; False when one of the moment's segments is gone."""
    is_whole = True
    for facts in moment.segments:
        name = facts["name"]
        if name in held:
            continue
        data = snapshots.read_segment(shard, name)
        if data is None:
            is_whole = False  # the others are fetched all the same: most of them stay
            continue
        held[name] = write_whole(folder / segment_path(shard, name), data)
        note(len(data))
    return is_whole


def _copy_stream(
    snapshots: Snapshots, shard: Shard, moment: Moment, stream: Stream, folder: Path, note: Note
) -> StreamCopy | None:
    """Copy the log's tail or the dead letters; None when the shard changed before their end."""
    after = moment.cursor if stream == "log" else "0-0"
    count = 0
    with WholeFile(folder / stream_path(shard, stream)) as file:
        while True:
            entries = snapshots.read_entries(shard, moment, stream, after)
            if entries is None:
                return None
            if not entries:
                return StreamCopy(count, file.copy)
            lines = b"".join(map(encode_entry, entries))
            file.write(lines)
            note(len(lines))
            count += len(entries)
            after = entries[-1].id
