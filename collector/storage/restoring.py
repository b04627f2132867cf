"""A shard from a copy: written out of sight, and put in its place by one script when all of it is there.

Whoever dies before that leaves an empty shard, and may begin again. ``restored`` in the shard's state names the copy
that it came from, so that an import that is run again leaves it alone.
"""

from collections.abc import Iterable
from importlib import resources
from typing import Any, Literal, NamedTuple, cast

import msgspec

from collector.errors import StartError
from collector.storage import keys
from collector.storage.connect import Client
from collector.storage.keys import Shard
from collector.storage.snapshot import Entry, Row, Stream

ShardState = Literal["free", "restored", "taken"]


class Whole(NamedTuple):
    """What a shard must have before it takes its place."""

    epoch: int
    cursor: str
    segments: int
    log: int
    dead: int


class Restoring:
    """Writes one copy into a store. ``run`` is another one each time an import is started."""

    def __init__(self, client: Client, copy: str, run: str) -> None:
        self._client = client
        self._copy = copy
        self._run = run
        scripts = resources.files("collector.storage") / "scripts"
        self._begin = client.register_script((scripts / "restore_begin.lua").read_text())
        self._segment = client.register_script((scripts / "restore_segment.lua").read_text())
        self._entries = client.register_script((scripts / "restore_entries.lua").read_text())
        self._commit = client.register_script((scripts / "restore_commit.lua").read_text())

    def read_state(self, shard: Shard) -> ShardState:
        """Whether there is room for the shard: ``taken`` = data of its own, ``restored`` = this very copy."""
        return cast(ShardState, self._begin(keys=_keys(shard), args=[self._copy, "", ""]).decode())

    def begin(self, shard: Shard, cursor: str) -> ShardState:
        """Start with an empty place, whatever an earlier run left there."""
        names = cast(list[bytes], self._client.hkeys(shard.restore("segments")))
        left_over = [shard.segment(name.decode()) for name in names]
        where = [*_keys(shard), *left_over]
        return cast(ShardState, self._begin(keys=where, args=[self._copy, self._run, cursor]).decode())

    def put_segment(self, shard: Shard, facts: Row, data: bytes) -> None:
        name = facts["name"]
        where = [shard.restore(), shard.restore("segments"), shard.segment(name)]
        _expect_ours(self._segment(keys=where, args=[self._run, name, msgspec.json.encode(facts), data]))

    def put_entries(self, shard: Shard, stream: Stream, entries: Iterable[Entry]) -> None:
        """Entries in the order of their ids. Safe to send again."""
        args: list[Any] = [self._run]
        for entry in entries:
            args += [entry.id, len(entry.values), *entry.values]
        _expect_ours(self._entries(keys=[shard.restore(), shard.restore(stream)], args=args))

    def commit(self, shard: Shard, whole: Whole, tombstones: dict[str, int]) -> None:
        """Put the shard in its place. Raises StartError, with nothing changed, when it cannot be."""
        where = [*_keys(shard), shard.tombstones]
        flat = [part for pair in tombstones.items() for part in pair]
        answer = self._commit(keys=where, args=[self._copy, self._run, *whole, *flat]).decode()
        if answer == "taken":
            raise StartError(f"Events of site {shard.site} arrived during the import: let none in until it is done.")
        if answer == "short":
            raise StartError(f"The store lost a part of site {shard.site} during the import: run it again.")
        _expect_ours(answer == "restored")

    def put_site(self, site_id: str, row: Row) -> None:
        self._client.hset(keys.SITES, site_id, msgspec.json.encode(row).decode())

    def put_token(self, digest: str, row: Row) -> None:
        """A token, unless there is one of that hash."""
        self._client.hsetnx(keys.TOKENS, digest, msgspec.json.encode(row).decode())


def _keys(shard: Shard) -> list[str]:
    staged = [shard.restore(part) for part in ("segments", "log", "dead")]
    return [shard.state, shard.segments, shard.log, shard.dead, shard.restore(), *staged]


def _expect_ours(is_ours: Any) -> None:
    if not is_ours:
        raise StartError("Another import has begun to write the same site; this one ends.")
