"""Tokens: who may do what. Only hashes are stored; a token is shown once, when made."""

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, cast, get_args

import msgspec

from collector.storage import keys
from collector.storage.connect import Client

Scope = Literal["write", "read", "edit", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

Right = Literal["write", "read", "add", "change", "delete", "administer"]

RIGHTS: dict[Scope, tuple[Right, ...]] = {
    "write": ("write",),
    "read": ("read",),
    "edit": ("read", "add", "change", "delete"),
    "admin": get_args(Right),
}
"""What each scope may do: ``write`` is of a sender, ``read`` of a viewer, ``edit`` of an editor."""

LOGIN_SECONDS = 3600
ID_LETTERS = 12


class Access(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a token may do. ``sites`` empty = every site; ``note`` is for people.

    ``denied``: rights of its scope that this token has not. ``expires_ms``: when it ends, ms since 1970 UTC.
    """

    scope: Scope
    sites: tuple[str, ...] = ()
    note: str = ""
    denied: tuple[Right, ...] = ()
    expires_ms: int | None = None

    def may(self, right: Right, site: str) -> bool:
        """Whether it has ``right`` at ``site``."""
        return self.knows(site) and self.has(right)

    def has(self, right: Right) -> bool:
        """Whether it has ``right`` at its sites."""
        return right in RIGHTS[self.scope] and right not in self.denied

    def knows(self, site: str) -> bool:
        """Whether it is a token of ``site``; for a token that is not, the site does not exist."""
        return not self.sites or site in self.sites

    def has_expired(self, now_ms: int) -> bool:
        return self.expires_ms is not None and now_ms >= self.expires_ms


DASHBOARD = Access("admin", note="dashboard")


class KnownToken(NamedTuple):
    """A token as lists show it. ``id`` names it in commands; it is the start of its hash, and opens nothing."""

    id: str
    access: Access


_decode = msgspec.json.Decoder(Access).decode
_encode = msgspec.json.Encoder().encode


def digest_of(token: str) -> str:
    """What is stored of a token. Tokens are random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def id_of(token: str) -> str:
    """The id of a token: it names it in lists and logs."""
    return digest_of(token)[:ID_LETTERS]


def read_clock_ms() -> int:
    return time.time_ns() // 1_000_000


class Tokens:
    """Tokens by their hash, the one-time login tokens, and the key that signs session cookies."""

    def __init__(self, client: Client, admin_token: str = "", clock_ms: Callable[[], int] = read_clock_ms) -> None:
        self._client = client
        self._admin_digest = digest_of(admin_token) if admin_token else None
        self._clock_ms = clock_ms

    def create(self, access: Access) -> str:
        """A new token. It cannot be shown again."""
        token = secrets.token_urlsafe(24)
        self._client.hset(keys.TOKENS, digest_of(token), _encode(access).decode())
        return token

    def find(self, token: str) -> Access | None:
        """What the token may do, None when it is none of ours or its time is over."""
        digest = digest_of(token)
        if self._admin_digest is not None and secrets.compare_digest(digest, self._admin_digest):
            return Access("admin", note="FOOTFALL_ADMIN_TOKEN")
        row = cast(Any, self._client.hget(keys.TOKENS, digest))
        access = None if row is None else _decode(row)
        return None if access is None or access.has_expired(self._clock_ms()) else access

    def read_all(self) -> list[KnownToken]:
        """Every token that is stored, expired ones too, in the order of their ids."""
        rows = cast(dict[bytes, bytes], self._client.hgetall(keys.TOKENS))
        return [KnownToken(digest.decode()[:ID_LETTERS], _decode(row)) for digest, row in sorted(rows.items())]

    def revoke(self, token_id: str) -> KnownToken | None:
        """Take a token back, from now on and in every process; None when there is none of this id."""
        rows = cast(dict[bytes, bytes], self._client.hgetall(keys.TOKENS))
        for digest, row in rows.items():
            if digest.decode()[:ID_LETTERS] == token_id:
                self._client.hdel(keys.TOKENS, digest.decode())
                return KnownToken(token_id, _decode(row))
        return None

    def create_login(self, access: Access = DASHBOARD) -> str:
        """A token that logs in once, within the hour, with what ``access`` may do."""
        token = secrets.token_urlsafe(24)
        self._client.set(keys.login(digest_of(token)), _encode(access), ex=LOGIN_SECONDS)
        return token

    def use_login(self, token: str) -> Access | None:
        """What this login token was good for. It is not any more; None when it was not."""
        row = cast(Any, self._client.getdel(keys.login(digest_of(token))))
        return None if row is None else _decode(row)

    def cookie_key(self) -> bytes:
        """The key that signs session cookies, the same in every process."""
        self._client.set(keys.COOKIE_KEY, secrets.token_bytes(32), nx=True)
        return bytes(cast(Any, self._client.get(keys.COOKIE_KEY)))
