"""Tokens: who may write, read or administer. Only hashes are stored; a token is shown once, when made."""

import hashlib
import secrets
from typing import Any, Literal, cast

import msgspec

from collector.storage import keys
from collector.storage.connect import Client

Scope = Literal["write", "read", "admin"]
LOGIN_SECONDS = 3600


class Access(msgspec.Struct, frozen=True):
    """What a token may do. ``sites`` empty = every site; ``note`` is for people."""

    scope: Scope
    sites: tuple[str, ...] = ()
    note: str = ""

    def may(self, scope: Scope, site: str) -> bool:
        """Whether it may do ``scope`` at ``site``. Admin may do everything; a writer may not read."""
        return self.scope in (scope, "admin") and (not self.sites or site in self.sites)


_decode = msgspec.json.Decoder(Access).decode
_encode = msgspec.json.Encoder().encode


def digest_of(token: str) -> str:
    """What is stored of a token. Tokens are random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Tokens:
    """Tokens by their hash, the one-time login tokens, and the key that signs session cookies."""

    def __init__(self, client: Client, admin_token: str = "") -> None:
        self._client = client
        self._admin_digest = digest_of(admin_token) if admin_token else None

    def create(self, access: Access) -> str:
        """A new token. It cannot be shown again."""
        token = secrets.token_urlsafe(24)
        self._client.hset(keys.TOKENS, digest_of(token), _encode(access).decode())
        return token

    def find(self, token: str) -> Access | None:
        """What the token may do, None when it is none of ours."""
        digest = digest_of(token)
        if self._admin_digest is not None and secrets.compare_digest(digest, self._admin_digest):
            return Access("admin", note="FOOTFALL_ADMIN_TOKEN")
        row = cast(Any, self._client.hget(keys.TOKENS, digest))
        return None if row is None else _decode(row)

    def create_login(self) -> str:
        """A token that logs in once, within the hour."""
        token = secrets.token_urlsafe(24)
        self._client.set(keys.login(digest_of(token)), "1", ex=LOGIN_SECONDS)
        return token

    def use_login(self, token: str) -> bool:
        """Whether this login token was good. It is not any more."""
        return bool(self._client.getdel(keys.login(digest_of(token))))

    def cookie_key(self) -> bytes:
        """The key that signs session cookies, the same in every process."""
        self._client.set(keys.COOKIE_KEY, secrets.token_bytes(32), nx=True)
        return bytes(cast(Any, self._client.get(keys.COOKIE_KEY)))
