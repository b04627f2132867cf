"""Erasures that somebody asked for through the API, until the sealer has done them.

The tombstone is put at once, so no question sees the rows any more; the sealer then rewrites what is stored. Only until
then the store holds the id itself.
"""

from hashlib import sha256
from typing import cast

import msgspec

from collector.storage import keys
from collector.storage.connect import Client


class Erasure(msgspec.Struct, frozen=True):
    """One request: where, whom (as in events/erased.py), and when it was asked for, ms since 1970 UTC."""

    site: str
    kind: str
    id: str
    asked_ms: int

    @property
    def field(self) -> str:
        return sha256(msgspec.json.encode((self.site, self.kind, self.id))).hexdigest()


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Erasure).decode


class Erasures:
    """All that wait."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask(self, erasure: Erasure) -> None:
        """Ask for it; again is later."""
        self._client.hset(keys.ERASURES, erasure.field, _encode(erasure).decode())

    def read(self) -> list[Erasure]:
        """Those that wait, the oldest first."""
        held = cast(dict[bytes, bytes], self._client.hgetall(keys.ERASURES))
        return sorted(map(_decode, held.values()), key=lambda erasure: erasure.asked_ms)

    def drop(self, erasure: Erasure) -> None:
        self._client.hdel(keys.ERASURES, erasure.field)
