"""All of a site for a copy, each shard as of one moment, page by page. Salts, keys and logins are not read at all."""

from importlib import resources
from typing import Any, Literal, NamedTuple, cast

import msgspec

from collector.storage import keys
from collector.storage.connect import Client
from collector.storage.keys import Shard
from collector.storage.segments import PAGE_ENTRIES

Row = dict[str, Any]
"""A row as the store has it, with what a newer version may have added."""

Stream = Literal["log", "dead"]


class Entry(NamedTuple):
    """An entry of a stream: its id, and its fields and values in turn."""

    id: str
    values: tuple[bytes, ...]


class Moment(NamedTuple):
    """A shard as of one moment: facts of its segments, where its streams ended, who was erased."""

    epoch: str
    cursor: str
    segments: tuple[Row, ...]
    log_end: str
    dead_end: str
    dead_entries: int
    tombstones: dict[str, int]


class Snapshots:
    """Reads shards for a copy while others seal, merge and write."""

    def __init__(self, client: Client) -> None:
        self._client = client
        scripts = resources.files("collector.storage") / "scripts"
        self._read_moment = client.register_script((scripts / "read_moment.lua").read_text())
        self._read_page = client.register_script((scripts / "read_moment_page.lua").read_text())

    def read_sites(self) -> dict[str, Row]:
        """Site id → row."""
        return self._read_rows(keys.SITES)

    def read_tokens(self) -> dict[str, Row]:
        """Hash of a token → row."""
        return self._read_rows(keys.TOKENS)

    def read_moment(self, shard: Shard) -> Moment:
        epoch, cursor, segments, log_end, dead_end, dead_entries, flat = self._read_moment(
            keys=[shard.state, shard.segments, shard.log, shard.dead, shard.tombstones]
        )
        facts = tuple(msgspec.json.decode(each, type=Row) for each in segments)
        tombstones = {field.decode(): int(time) for field, time in zip(flat[::2], flat[1::2], strict=True)}
        streams = (log_end.decode(), dead_end.decode(), dead_entries)
        return Moment(epoch.decode(), cursor.decode(), facts, *streams, tombstones)

    def read_entries(self, shard: Shard, moment: Moment, stream: Stream, after: str) -> list[Entry] | None:
        """The next entries of the moment behind ``after``; None when the shard has changed since it."""
        key, end = (shard.log, moment.log_end) if stream == "log" else (shard.dead, moment.dead_end)
        entries = self._read_page(
            keys=[shard.state, shard.dead, key],
            args=[moment.epoch, moment.dead_entries, after, end, PAGE_ENTRIES],
        )
        return None if entries is None else [Entry(entry_id.decode(), tuple(values)) for entry_id, values in entries]

    def read_segment(self, shard: Shard, name: str) -> bytes | None:
        """A segment's Parquet file; None when it is gone."""
        data: Any = self._client.get(shard.segment(name))
        return data if data is None else bytes(data)

    def _read_rows(self, key: str) -> dict[str, Row]:
        rows = cast(dict[bytes, bytes], self._client.hgetall(key))
        return {name.decode(): msgspec.json.decode(row, type=Row) for name, row in sorted(rows.items())}
