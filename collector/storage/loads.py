"""Files whose events were loaded: how far, so that a load that was killed goes on without doubles.

``{<site>.<n>}:loads`` has for a file (by its digest) how many of its rows are in that shard; that number and the rows
are written by one script. The facts of a load stand in the site's first shard.
"""

import secrets
from collections.abc import Sequence
from datetime import date
from importlib import resources
from typing import Any, cast

import msgspec

from collector.storage import keys
from collector.storage.connect import Client
from collector.storage.keys import Shard
from collector.storage.salts import SALT_BYTES, Salts
from collector.storage.sites import Site

SALT_MS = 48 * 3_600_000


class Load(msgspec.Struct, frozen=True):
    """``shards`` take the events, however many the site has meanwhile. ``finished_ms`` None = not to its end."""

    name: str
    shards: int
    begun_ms: int
    finished_ms: int | None = None


class Loads:
    """Loads into one site."""

    def __init__(self, client: Client, site: Site) -> None:
        self._client = client
        self._site = site
        self._first = Shard(site.id, 0)
        script = resources.files("collector.storage") / "scripts" / "append_load.lua"
        self._append = client.register_script(script.read_text())

    def begin(self, digest: str, name: str, now_ms: int) -> Load:
        """The load of this file, which may have begun before."""
        fresh = msgspec.json.encode(Load(name, self._site.shards, now_ms)).decode()
        self._client.hsetnx(self._first.loads, f"{digest}:load", fresh)
        row = cast(Any, self._client.hget(self._first.loads, f"{digest}:load"))
        return msgspec.json.decode(row, type=Load)

    def finish(self, digest: str, load: Load) -> None:
        self._client.hset(self._first.loads, f"{digest}:load", msgspec.json.encode(load).decode())

    def forget(self, digest: str) -> None:
        """Let the file be loaded as if it never was."""
        for shard in self._site.all_shards():
            self._client.hdel(shard.loads, digest, f"{digest}:load")

    def read_done(self, digest: str, load: Load) -> int:
        """How many of the file's rows are in every shard."""
        shards = [Shard(self._site.id, number) for number in range(load.shards)]
        return min(int(cast(Any, self._client.hget(shard.loads, digest)) or 0) for shard in shards)

    def append(self, digest: str, shard: Shard, upto: int, field: str, payloads: Sequence[bytes]) -> bool:
        """Append what a shard gets of all rows up to ``upto``; False when it has them. Safe to send again."""
        return bool(self._append(keys=[shard.log, shard.loads], args=[digest, upto, field, *payloads]))


class LoadSalts(Salts):
    """One salt of a site for all days, so that two files of one day find the same visitors.

    It is gone 48 hours after the last load that used it, and then nobody can go back from a visitor to an address.
    """

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self._salts: dict[str, bytes] = {}

    def get(self, site: str, timezone: str, day: date, now_ms: int) -> bytes:  # noqa: ARG002  # all days have one
        salt = self._salts.get(site)
        if salt is None:
            salt = self._salts[site] = self._read_salt(site)
        return salt

    def _read_salt(self, site: str) -> bytes:
        key = keys.salt(site, "load")
        self._client.set(key, secrets.token_bytes(SALT_BYTES), nx=True, px=SALT_MS)
        salt = bytes(cast(Any, self._client.get(key)))
        self._client.pexpire(key, SALT_MS)
        return salt
