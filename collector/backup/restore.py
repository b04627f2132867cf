"""A folder into a store, shard by shard, so that it can be killed at any moment and run again.

A shard's epochs, and with them the names of its segments, are moved up by the time of the import: no mirror that knew
another life of the site may take a new segment for an old one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from collector.backup.entry_line import parse_entry
from collector.backup.manifest import SEGMENT_NAME, STREAMS, Manifest, ShardCopy, stream_path
from collector.backup.whole_file import read_copy
from collector.errors import StartError
from collector.storage.keys import Shard
from collector.storage.restoring import Restoring, Whole
from collector.storage.sites import Site
from collector.storage.snapshot import Entry, Row

MOST_CALL_BYTES = 1 << 20  # of entries that one call writes; bounds how long the store is busy with it
MOST_CALL_ENTRIES = 1000


class Step(NamedTuple):
    """One thing done: of what, and how many bytes of the copy it was."""

    label: str
    bytes: int


def check_files(manifest: Manifest, folder: Path) -> Iterator[Step]:
    """Read every file of the copy. Raises StartError naming the first that is not what was written."""
    for shard in manifest.shards:
        for path, expected in shard.files().items():
            found = read_copy(folder / path)
            if found is None:
                raise StartError(f"{folder / path} is missing: the copy is not whole.")
            if found != expected:
                raise StartError(f"{folder / path} is damaged: its checksum is another one.")
            yield Step("checking", found.bytes)


def restore(
    manifest: Manifest, folder: Path, restoring: Restoring, present: dict[str, Row], now_ms: int
) -> Iterator[Step]:
    """Write what is not there yet. ``present``: the store's own sites. Raises StartError when one has data."""
    todo = _find_missing(manifest, restoring, present)
    if not todo and set(manifest.sites) <= set(present):
        return
    for digest, row in manifest.tokens.items():
        restoring.put_token(digest, row)
    for site_id, site_row in manifest.sites.items():
        shards = [shard for shard in todo if shard.site == site_id]
        for shard in shards:
            yield from _restore_shard(shard, folder, restoring, now_ms)
        # Only now: nobody writes to a site, or asks about it, before it has a row.
        if shards or site_id not in present:
            restoring.put_site(site_id, site_row)
        yield Step(site_id, 0)


def _find_missing(manifest: Manifest, restoring: Restoring, present: dict[str, Row]) -> list[ShardCopy]:
    """The shards that an earlier run has not restored. Raises StartError when a site has other data."""
    for site_id, row in manifest.sites.items():
        shards: set[Shard] = set()
        for each in (row, present.get(site_id, row)):
            shards |= set(msgspec.convert(each, Site).all_shards())
        if any(restoring.read_state(shard) == "taken" for shard in sorted(shards)):
            raise StartError(f"Site {site_id} already has data here: import into an empty system, or erase it first.")
    return [shard for shard in manifest.shards if restoring.read_state(shard.shard) != "restored"]


def _restore_shard(copy: ShardCopy, folder: Path, restoring: Restoring, now_ms: int) -> Iterator[Step]:
    shard = copy.shard
    label = f"{shard.site}.{shard.number}"
    if restoring.begin(shard, copy.cursor) == "taken":
        raise StartError(f"Events of site {shard.site} arrived during the import: let none in until it is done.")
    yield Step(label, 0)
    for segment in copy.segments:
        data = (folder / copy.segment_path(segment.name)).read_bytes()
        restoring.put_segment(shard, move_up(segment.facts, now_ms), data)
        yield Step(label, len(data))
    for stream in STREAMS:
        for entries, size in _read_calls(folder / stream_path(shard, stream)):
            restoring.put_entries(shard, stream, entries)
            yield Step(label, size)
    counts = (len(copy.segments), copy.log.entries, copy.dead.entries)
    restoring.commit(shard, Whole(copy.epoch + now_ms, copy.cursor, *counts), copy.tombstones)
    yield Step(label, 0)


def move_up(facts: Row, by: int) -> Row:
    """The facts of a segment whose epochs are ``by`` higher."""
    return facts | {
        "name": _move_name(facts["name"], by),
        "replaces": [_move_name(name, by) for name in facts.get("replaces", ())],
    }


def _move_name(name: str, by: int) -> str:
    if not SEGMENT_NAME.fullmatch(name):
        raise StartError(f"the copy names a segment {name!r} that cannot be")
    epoch, _, number = name.partition("-")
    return f"{int(epoch) + by}-{number}"


def _read_calls(path: Path) -> Iterator[tuple[list[Entry], int]]:
    """A stream's entries in portions of one call, with the bytes they were read from."""
    entries: list[Entry] = []
    size = 0
    with path.open("rb") as file:
        for line in file:
            if entries and (size + len(line) > MOST_CALL_BYTES or len(entries) == MOST_CALL_ENTRIES):
                yield entries, size
                entries, size = [], 0
            entries.append(parse_entry(line))
            size += len(line)
    if entries:
        yield entries, size
