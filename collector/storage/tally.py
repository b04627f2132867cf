"""What a shard should hold, next to what it lists and what is really there."""

from importlib import resources
from typing import Any, NamedTuple, cast

import msgspec
from redis.crc import key_slot

from collector.storage.connect import Client
from collector.storage.keys import Shard
from collector.storage.segments import Segment, in_order

_decode = msgspec.json.Decoder(Segment).decode


class Tally(NamedTuple):
    """A shard as of one moment. ``rows`` and ``sealed`` are None before the first seal, and right after an import.

    ``rows``: what all segments should have together, counted when they were written. ``sealed``: log entries that
    sealers read, ever; ``added``: that were appended, ever; ``entries``: that are in the log.
    """

    epoch: str
    segments: tuple[Segment, ...]
    rows: int | None
    sealed: int | None
    added: int
    entries: int
    has_sealed_entries: bool


class Tallies:
    """Tallies of all shards, behind one client."""

    def __init__(self, client: Client) -> None:
        self._client = client
        script = resources.files("collector.storage") / "scripts" / "read_tally.lua"
        self._read = client.register_script(script.read_text())

    def read(self, shard: Shard) -> Tally:
        epoch, segments, rows, sealed, added, entries, behind = self._read(
            keys=[shard.state, shard.segments, shard.log]
        )
        return Tally(
            epoch.decode(),
            tuple(sorted(map(_decode, segments), key=in_order)),
            None if rows < 0 else rows,
            None if sealed < 0 else sealed,
            added,
            entries,
            bool(behind),
        )

    def find_unlisted(self, shard: Shard) -> list[str]:
        """Names of segments that are there and in no list. Reads the keys of the shard's slot, not of a whole node."""
        slot = key_slot(shard.state.encode())
        count = int(cast(Any, self._client.cluster_countkeysinslot(slot)))
        keys = cast(list[str], self._client.cluster_get_keys_in_slot(slot, count))
        prefix = shard.segment("")
        there = {key.removeprefix(prefix) for key in keys if key.startswith(prefix)}
        # Listed after they were seen: what came meanwhile is in the list, and what went is no longer there.
        listed = {name for key in (shard.segments, shard.restore("segments")) for name in self._names(key)}
        return [name for name in sorted(there - listed) if self._client.exists(shard.segment(name))]

    def _names(self, key: str) -> set[str]:
        return {name.decode() for name in cast(list[bytes], self._client.hkeys(key))}
