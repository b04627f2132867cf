"""manifest.json: what a copy holds, with a checksum of everything. A folder without one is no whole copy."""

import re
from hashlib import sha256
from pathlib import Path

import msgspec

from collector.errors import StartError
from collector.storage.keys import Shard
from collector.storage.sites import SITE_ID
from collector.storage.snapshot import Row, Stream

FORMAT = 1
NAME = "manifest.json"
STREAMS: tuple[Stream, ...] = ("log", "dead")

# The checksum of the manifest itself comes first, and covers every byte behind this.
_HEAD = re.compile(rb'\{"sha256": "([0-9a-f]{64})",\n')
SEGMENT_NAME = re.compile(r"[0-9]+-[0-9]+")  # its number in the order of epochs, and its number in that epoch


class FileCopy(msgspec.Struct, frozen=True):
    """A file, by what tells whether it is whole."""

    bytes: int
    sha256: str


class SegmentCopy(msgspec.Struct, frozen=True):
    """A segment: its facts as the store has them, and its file."""

    facts: Row
    file: FileCopy

    @property
    def name(self) -> str:
        return str(self.facts["name"])


class StreamCopy(msgspec.Struct, frozen=True):
    """A log's tail or dead letters: the number of entries, and the file."""

    entries: int
    file: FileCopy


class ShardCopy(msgspec.Struct, frozen=True):
    """A shard as of one moment. ``tombstones`` keep those erased who were (storage/tombstones.py)."""

    site: str
    number: int
    epoch: int
    cursor: str
    rows: int
    tombstones: dict[str, int]
    segments: tuple[SegmentCopy, ...]
    log: StreamCopy
    dead: StreamCopy

    @property
    def shard(self) -> Shard:
        return Shard(self.site, self.number)

    def stream(self, name: Stream) -> StreamCopy:
        return self.log if name == "log" else self.dead

    def segment_path(self, name: str) -> str:
        return segment_path(self.shard, name)

    def files(self) -> dict[str, FileCopy]:
        """Path in the folder → the file."""
        files = {self.segment_path(each.name): each.file for each in self.segments}
        return files | {stream_path(self.shard, name): self.stream(name).file for name in STREAMS}


class Manifest(msgspec.Struct, frozen=True):
    """The whole copy. ``made_at`` is UTC; ``rows`` are sealed events, ``entries`` beacons that are not sealed yet."""

    format: int
    made_at: str
    rows: int
    entries: int
    dead: int
    sites: dict[str, Row]
    tokens: dict[str, Row]
    shards: tuple[ShardCopy, ...]


def segment_path(shard: Shard, name: str) -> str:
    return f"{shard.site}.{shard.number}/segments/{name}.parquet"


def stream_path(shard: Shard, name: Stream) -> str:
    return f"{shard.site}.{shard.number}/{name}.ndjson"


def encode_manifest(manifest: Manifest) -> bytes:
    body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)[2:] + b"\n"
    return b'{"sha256": "%b",\n%b' % (sha256(body).hexdigest().encode(), body)


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """The manifest and the name of the copy, which is its checksum. Raises StartError when it is not whole."""
    try:
        data = (folder / NAME).read_bytes()
    except FileNotFoundError as error:
        raise StartError(f"{folder} holds no whole copy: {NAME}, which is written last, is missing.") from error
    head = _HEAD.match(data)
    if not head or sha256(data[head.end() :]).hexdigest().encode() != head[1]:
        raise StartError(f"{folder / NAME} is damaged: its checksum is another one.")
    version = msgspec.json.decode(data).get("format")
    if version != FORMAT:
        raise StartError(f"{folder} is a copy of format {version}; this Footfall reads format {FORMAT}.")
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.ValidationError as error:
        raise StartError(f"{folder / NAME} is not understood: {error}") from error
    for shard in manifest.shards:  # names become paths and keys
        names = [segment.name for segment in shard.segments]
        if not SITE_ID.fullmatch(shard.site) or not all(map(SEGMENT_NAME.fullmatch, names)):
            raise StartError(f"{folder / NAME} names a site or a segment that cannot be.")
    return manifest, head[1].decode()
