"""The sealed part of a shard: read it with its unsealed tail as of one moment, and change it all or nothing."""

from collections.abc import Sequence
from importlib import resources
from typing import Any, NamedTuple

import msgspec

from collector.storage.connect import Client
from collector.storage.keys import Shard

PAGE_ENTRIES = 1_000  # log entries that one call reads; bounds how long the store is busy with it


class Segment(msgspec.Struct, frozen=True):
    """Facts of one segment. It covers the seals ``first`` to ``last``; level 0 covers just one."""

    first: int
    last: int
    level: int
    rows: int
    bytes: int
    min_at_ms: int
    max_at_ms: int
    max_received_ms: int

    @property
    def name(self) -> str:
        return f"{self.first}-{self.last}"


class LogEntry(NamedTuple):
    """One accepted beacon: its id in the log and its lines (events/log_line.py)."""

    id: str
    payload: bytes


class ShardView(NamedTuple):
    """A shard as of one moment. ``segments`` is None when the epoch is the one that the reader knew."""

    epoch: str
    cursor: str
    segments: tuple[Segment, ...] | None
    entries: list[LogEntry]


_encode = msgspec.json.Encoder().encode
_decode_segment = msgspec.json.Decoder(Segment).decode


def next_entry_id(entry_id: str) -> str:
    """The smallest stream id behind this one."""
    milliseconds, sequence = entry_id.split("-")
    return f"{milliseconds}-{int(sequence) + 1}"


class Segments:
    """Segments of all shards, behind one client."""

    def __init__(self, client: Client) -> None:
        self._client = client
        scripts = resources.files("collector.storage") / "scripts"
        self._read = client.register_script((scripts / "read_shard.lua").read_text())
        self._seal = client.register_script((scripts / "commit_seal.lua").read_text())
        self._merge = client.register_script((scripts / "commit_merge.lua").read_text())

    def read(self, shard: Shard, known_epoch: str, after: str, count: int = PAGE_ENTRIES) -> ShardView:
        """The shard now: its segments if they changed, and up to ``count`` log entries behind ``after``."""
        epoch, cursor, segments, entries = self._read(
            keys=[shard.state, shard.segments, shard.log], args=[known_epoch, after, count]
        )
        return ShardView(
            epoch.decode(),
            cursor.decode(),
            None if segments is None else tuple(sorted(map(_decode_segment, segments), key=lambda s: s.first)),
            [LogEntry(entry_id.decode(), fields[1]) for entry_id, fields in entries],
        )

    def read_bytes(self, shard: Shard, segment: Segment) -> bytes | None:
        """The segment's Parquet file; None when it was replaced since its facts were read."""
        data: Any = self._client.get(shard.segment(segment.name))
        return data if data is None else bytes(data)

    def commit_seal(
        self,
        shard: Shard,
        epoch: str,
        cursor: str,
        segment: Segment | None,
        data: bytes,
        dead: Sequence[tuple[bytes, str]] = (),
    ) -> bool:
        """Write a segment and move the cursor. False, and nothing changed, when the epoch is another one."""
        name = segment.name if segment else ""
        keys = [shard.state, shard.segments, shard.log, shard.dead, shard.segment(name or "none")]
        facts = _encode(segment) if segment else b""
        args: list[Any] = [epoch, cursor, next_entry_id(cursor), name, facts, data]
        for payload, reason in dead:
            args += [payload, reason]
        return bool(self._seal(keys=keys, args=args))

    def commit_merge(
        self, shard: Shard, epoch: str, replaced: Sequence[Segment], segment: Segment, data: bytes
    ) -> bool:
        """Put one segment in place of several. False, and nothing changed, when the epoch is another one."""
        keys = [shard.state, shard.segments, shard.segment(segment.name)]
        keys += [shard.segment(old.name) for old in replaced]
        args: list[Any] = [epoch, segment.name, _encode(segment), data, *(old.name for old in replaced)]
        return bool(self._merge(keys=keys, args=args))
