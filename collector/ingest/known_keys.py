"""The keys as a worker knows them, so that not every beacon of a server asks the store for its key.

A key that was taken back holds for a second more, and while the store is away for as long as that lasts: servers go on
counting then, as pages do.
"""

import time
from collections.abc import Callable

from collector.storage.connect import StoreError
from collector.storage.tokens import Access, Tokens, digest_of, read_clock_ms

HOLD_SECONDS = 1.0
MOST_HELD = 10_000  # good keys
UNKNOWN_HELD = 1_000  # bad ones, so that invented ones neither fill memory nor cost a question each


class KnownKeys:
    """Keys by their hash. One a process."""

    def __init__(self, tokens: Tokens, clock: Callable[[], float] = time.monotonic) -> None:
        self._tokens = tokens
        self._clock = clock
        self._known: dict[str, tuple[float, Access]] = {}
        self._unknown: dict[str, float] = {}

    def find(self, key: str) -> Access | None:
        """What the key may do, None when it is none of ours. Raises StoreError when that is not known."""
        digest, now = digest_of(key), self._clock()
        read_at, access = self._known.get(digest, (0.0, None))
        if access is not None and access.has_expired(read_clock_ms()):
            return None
        if access is not None and now - read_at < HOLD_SECONDS:
            return access
        if now - self._unknown.get(digest, float("-inf")) < HOLD_SECONDS:
            return None
        try:
            found = self._tokens.find(key)
        except StoreError:
            if access is None:
                raise
            found = access
        self._remember(digest, now, found)
        return found

    def _remember(self, digest: str, now: float, found: Access | None) -> None:
        self._known.pop(digest, None)
        if found is not None:
            if len(self._known) >= MOST_HELD:
                del self._known[next(iter(self._known))]
            self._known[digest] = (now, found)
            return
        if len(self._unknown) >= UNKNOWN_HELD:
            self._unknown.clear()
        self._unknown[digest] = now
