"""How many requests one token may make that ask or change something, by its role. Counted in the store.

A worker asks the store about every request, so all workers together keep the limit exactly.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from collector.errors import Problem
from collector.settings import Rate
from collector.storage.rates import Rates
from collector.storage.tokens import Access


class ReadLimits(NamedTuple):
    """``reader`` is the rate of tokens that read or edit, ``admin`` that of admins'; None = as often as one likes."""

    rates: Rates
    reader: Rate | None
    admin: Rate | None
    clock: Callable[[], float] = time.time

    def take(self, access: Access, token_id: str) -> None:
        """Count one request of a token. Raises Problem (429) when nothing is left of its window."""
        rate = self.admin if access.scope == "admin" else self.reader
        if rate is None:
            return
        now = self.clock()
        window = int(now // rate.seconds)
        used = self.rates.count(f"read-{rate.seconds}-{token_id}", window, life_ms=rate.seconds * 2000)
        if used > rate.most:
            left = rate.seconds - now % rate.seconds
            detail = f"more than {rate} of one token"
            raise Problem("rate_limited", detail, status=429, retry_after_seconds=int(left) + 1)
