"""Where sites' news goes: an address a site, what its messages are signed with, and how far they have come."""

from typing import cast

import msgspec

from collector.storage import keys
from collector.storage.connect import Client
from collector.storage.leases import register_hold

LEASE_MS = 30_000  # after the process that delivers died, this long nobody does


class Webhook(msgspec.Struct, frozen=True):
    """``behind_seconds``: how long an event may wait for the sealer before that is news."""

    site: str
    url: str
    secret: str
    behind_seconds: int


class Delivered(msgspec.Struct, frozen=True):
    """``cursor``: of the session changes; ``is_behind``: whether it was told that the sealer is behind."""

    cursor: str
    is_behind: bool = False


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Webhook).decode
_decode_delivered = msgspec.json.Decoder(Delivered).decode


class Webhooks:
    """The webhooks of all sites. Raises StoreError."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._hold = register_hold(client)

    def read_all(self) -> list[Webhook]:
        held = cast(dict[bytes, bytes], self._client.hgetall(keys.WEBHOOKS))
        return sorted(map(_decode, held.values()), key=lambda webhook: webhook.site)

    def put(self, webhook: Webhook, delivered: Delivered) -> None:
        """Add one, or put it in place of the site's other one."""
        self.note(webhook.site, delivered)
        self._client.hset(keys.WEBHOOKS, webhook.site, _encode(webhook).decode())

    def remove(self, site_id: str) -> bool:
        """Whether there was one."""
        was_there = bool(self._client.hdel(keys.WEBHOOKS, site_id))
        self._client.hdel(keys.DELIVERED, site_id)
        return was_there

    def read_delivered(self, site_id: str) -> Delivered:
        """How far its messages have come. Without a record of it: from the beginning."""
        held = cast(bytes | None, self._client.hget(keys.DELIVERED, site_id))
        return Delivered("") if held is None else _decode_delivered(held)

    def note(self, site_id: str, delivered: Delivered) -> None:
        self._client.hset(keys.DELIVERED, site_id, _encode(delivered).decode())

    def hold(self, holder: str) -> bool:
        """Take the lease of who delivers, or keep it; False when another one has it."""
        return self._hold(keys.DELIVERING, holder, LEASE_MS)
