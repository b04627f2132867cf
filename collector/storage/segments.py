"""The sealed part of a shard: read it with its unsealed tail as of one moment, and change it all or nothing."""

from collections.abc import Sequence
from importlib import resources
from typing import Any, NamedTuple, cast

import msgspec

from collector.storage.connect import Client
from collector.storage.epochs import epoch_step, number_of
from collector.storage.keys import Shard
from collector.storage.log_page import LogPage, parse_page
from collector.storage.tombstones import Tombstone, parse_tombstones

PAGE_ENTRIES = 1_000  # log entries that one call reads; bounds how long the store is busy with it


class Segment(msgspec.Struct, frozen=True):
    """Facts of one segment. Its rows are of the UTC days ``first_day`` to ``last_day`` (days since 1970).

    A name is used once and its rows never change: other rows are another segment. ``replaces`` names the segments
    whose rows these are, so who holds those need not load this one. ``is_closed``: see events/segment_rows.py.
    """

    name: str
    first_day: int
    last_day: int
    level: int
    rows: int
    bytes: int
    min_at_ms: int
    max_at_ms: int
    max_received_ms: int
    is_closed: bool = False
    replaces: tuple[str, ...] = ()


class ShardView(NamedTuple):
    """A shard as of one moment. ``segments`` and ``tombstones`` are None when the epoch is the one the reader knew.

    ``page`` is None when there is nothing (more) in the log.
    """

    epoch: str
    cursor: str
    segments: tuple[Segment, ...] | None
    tombstones: frozenset[Tombstone] | None
    page: LogPage | None


_encode = msgspec.json.Encoder().encode
_decode_segment = msgspec.json.Decoder(Segment).decode


def next_entry_id(entry_id: str) -> str:
    """The smallest stream id behind this one."""
    milliseconds, sequence = entry_id.split("-")
    return f"{milliseconds}-{int(sequence) + 1}"


def place_of(entry_id: str) -> tuple[int, ...]:
    """Where an entry stands in its log: comparable, which ids are not."""
    return tuple(map(int, entry_id.split("-")))


NOWHERE = place_of("0-0")


def in_order(segment: Segment) -> tuple[int, int, int, str]:
    """The order of segments: by day, within a day by age."""
    return segment.first_day, segment.last_day, int(segment.name.partition("-")[0]), segment.name


class Segments:
    """Segments of all shards, behind one client."""

    def __init__(self, client: Client) -> None:
        self.client = client
        scripts = resources.files("collector.storage") / "scripts"
        fork = (scripts / "fork.lua").read_text()
        self._read = client.register_script(fork + (scripts / "read_shard.lua").read_text())
        self._seal = client.register_script(fork + (scripts / "commit_seal.lua").read_text())
        self._replace = client.register_script(fork + (scripts / "replace_segments.lua").read_text())

    def read(self, shard: Shard, known_epoch: str, after: str, count: int = PAGE_ENTRIES) -> ShardView:
        """The shard now: its segments if they changed, and up to ``count`` log entries behind ``after``."""
        epoch, cursor, segments, tombstones, page = self._read(
            keys=[shard.state, shard.segments, shard.log, shard.tombstones], args=[known_epoch, after, count]
        )
        return ShardView(
            epoch.decode(),
            cursor.decode(),
            None if segments is None else tuple(sorted(map(_decode_segment, segments), key=in_order)),
            None if tombstones is None else parse_tombstones(tombstones),
            parse_page(*page),
        )

    def read_bytes(self, shard: Shard, segment: Segment) -> bytes | None:
        """The segment's Parquet file; None when it was replaced since its facts were read."""
        data: Any = self.client.get(shard.segment(segment.name))
        return data if data is None else bytes(data)

    def commit_seal(
        self,
        shard: Shard,
        epoch: str,
        new_epoch: str,
        cursor: str,
        written: Sequence[tuple[Segment, bytes]],
        dead: Sequence[tuple[bytes, str]],
        entries: int,
    ) -> bool:
        """Write segments and move the cursor over ``entries``. False, and nothing changed, on another epoch."""
        keys = [shard.state, shard.segments, shard.log, shard.dead]
        rows = sum(segment.rows for segment, _ in written)
        args: list[Any] = [epoch, number_of(new_epoch), cursor, next_entry_id(cursor), entries, rows]
        for segment, data in written:
            keys.append(shard.segment(segment.name))
            args += [segment.name, _encode(segment), data]
        for payload, reason in dead:
            args += [payload, reason]
        return bool(self._seal(keys=keys, args=args))

    def raise_epoch(self, shard: Shard) -> int:
        """The number of another epoch: what somebody was about to commit by an earlier one is refused from now on."""
        return int(self.client.hincrby(shard.state, "epoch", epoch_step()))

    def last_entry(self, shard: Shard) -> str:
        """Id of the newest entry of the log; ``0-0`` when it is empty."""
        newest: Any = self.client.xrevrange(shard.log, count=1)
        return str(newest[0][0].decode()) if newest else "0-0"

    def read_retention(self, shard: Shard) -> tuple[int, int] | None:
        """When retention was last applied, in ms, and for how many days; None when it never was."""
        noted = cast(bytes | None, self.client.hget(shard.state, "retention"))
        if noted is None:
            return None
        at_ms, days = noted.split()
        return int(at_ms), int(days)

    def note_retention(self, shard: Shard, at_ms: int, days: int) -> None:
        self.client.hset(shard.state, "retention", f"{at_ms} {days}")

    def replace(
        self, shard: Shard, epoch: str, new_epoch: str, gone: Sequence[Segment], new: tuple[Segment, bytes] | None
    ) -> bool:
        """Put one segment, or none, in place of several. False, and nothing changed, when the epoch is another one."""
        name, facts, data = (new[0].name, _encode(new[0]), new[1]) if new else ("", b"", b"")
        keys = [shard.state, shard.segments, shard.segment(name or "none"), *(shard.segment(old.name) for old in gone)]
        rows = (new[0].rows if new else 0) - sum(old.rows for old in gone)
        args: list[Any] = [epoch, number_of(new_epoch), name, facts, data, rows, *(old.name for old in gone)]
        return bool(self._replace(keys=keys, args=args))
