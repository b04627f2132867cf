"""What verification counted and found, one report a site: the last one."""

from typing import cast

import msgspec

from collector.storage import keys
from collector.storage.connect import Client

MOST_KEPT = 50  # differences of one report


class Difference(msgspec.Struct, frozen=True):
    """One thing that is not as it should be. ``kind`` is one of sealing/verify.py; ``where`` a shard or a segment."""

    kind: str
    where: str
    says: str


class Verification(msgspec.Struct, frozen=True):
    """One report. ``at_ms`` is when it ended, ``entries`` what waited in the log; of many differences the first few."""

    at_ms: int
    seconds: float
    segments: int
    bytes: int
    events: int
    entries: int
    found: int
    differences: tuple[Difference, ...]


_decode = msgspec.json.Decoder(Verification).decode
_encode = msgspec.json.Encoder().encode


class Verifications:
    """The last report of every site."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def read_all(self) -> dict[str, Verification]:
        rows = cast(dict[bytes, bytes], self._client.hgetall(keys.VERIFIED))
        return {site_id.decode(): _decode(row) for site_id, row in rows.items()}

    def put(self, site_id: str, report: Verification) -> None:
        self._client.hset(keys.VERIFIED, site_id, _encode(report).decode())
