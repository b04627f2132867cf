"""Who was erased: what stays of a person is a salted hash, and the moment until which they are forgotten.

A tombstone outlives what it took out, because a sender, a spool or a backup may bring it back. Each change raises the
shard's epoch in the same step, so whoever writes segments or answers questions knows of it from then on.
"""

from importlib import resources
from typing import Any, NamedTuple, cast

from collector.storage.connect import Client
from collector.storage.epochs import epoch_step
from collector.storage.keys import Shard


class Tombstone(NamedTuple):
    """One erasure. What ``digest`` and ``salt`` are of each ``kind`` is in events/erased.py.

    Rows that happened or arrived up to ``before_ms`` are gone; what the same person does later counts.
    """

    kind: str
    salt: str
    digest: str
    before_ms: int

    @property
    def field(self) -> str:
        return f"{self.kind}:{self.salt}:{self.digest}"


def parse_tombstones(flat: list[bytes]) -> frozenset[Tombstone]:
    """Tombstones of a shard's hash, as HGETALL gives it to a script."""
    tombstones = set()
    for field, before_ms in zip(flat[::2], flat[1::2], strict=True):
        kind, salt, digest = field.decode().split(":")
        tombstones.add(Tombstone(kind, salt, digest, int(before_ms)))
    return frozenset(tombstones)


class Tombstones:
    """Tombstones of all shards, behind one client."""

    def __init__(self, client: Client) -> None:
        self._client = client
        scripts = resources.files("collector.storage") / "scripts"
        self._put = client.register_script((scripts / "put_tombstone.lua").read_text())

    def read(self, shard: Shard) -> frozenset[Tombstone]:
        held = cast(dict[bytes, bytes], self._client.hgetall(shard.tombstones))
        return parse_tombstones([part for pair in held.items() for part in pair])

    def put(self, shard: Shard, tombstone: Tombstone) -> None:
        """Add one, or move it to a later moment. Every question that is asked after this leaves its rows out."""
        args: list[Any] = [tombstone.field, tombstone.before_ms, epoch_step()]
        self._put(keys=[shard.state, shard.tombstones], args=args)
