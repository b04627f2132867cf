"""How much one sender may send a minute: requests of an address prefix, events of a key.

No request waits for the store. Each worker counts what it sees at once, and tells the store beside the requests
whenever a bucket has used another twentieth of its limit; what comes back is the count of all workers. So one worker
keeps a limit exactly, and several together pass it by at most a twentieth each, and what comes while they ask.
"""

import logging
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

import gevent
from gevent.event import Event

from collector.enrich.network import find_network
from collector.errors import Problem
from collector.ingest.counters import Counters
from collector.storage.rates import Rates

Kind = Literal["address", "key"]
WINDOW_SECONDS = 60
SHARES = 20
SENDER_IPV6_BITS = 64
PAUSE_SECONDS = 0.1  # between two questions to the store
MOST_HELD = 100_000  # buckets that a worker counts in one window; 20 MB

UNITS: dict[Kind, str] = {"address": "requests", "key": "events"}

log = logging.getLogger("footfall.ingest")


@lru_cache(maxsize=8192)
def prefix_of(address: str) -> str:
    """The network that stands for a sender: one may have every address of a /64, and few of a /24."""
    return str(find_network(address, SENDER_IPV6_BITS) or "unknown")


class _Bucket:
    """What was used in this window, by all workers as far as known, and the part that the store has not heard of."""

    __slots__ = ("untold", "used")

    def __init__(self) -> None:
        self.used = self.untold = 0


class RateLimits:
    """Whether senders have something left of their limits. One a process. A limit of 0 is none."""

    def __init__(
        self, rates: Rates, limits: Mapping[Kind, int], counters: Counters, clock: Callable[[], float] = time.time
    ) -> None:
        self._rates = rates
        self._limits = limits
        self._counters = counters
        self._clock = clock
        self._window = 0
        self._buckets: dict[tuple[Kind, str], _Bucket] = {}
        self._due: set[tuple[Kind, str]] = set()
        self._wake = Event()
        if any(limits.values()):
            gevent.spawn(self._keep_telling)

    def take_address(self, address: str) -> None:
        """Count a request of an address. Raises Problem (429) when nothing is left in this minute."""
        if self._limits["address"]:
            self._take("address", prefix_of(address), 1)

    def take_key(self, name: str, events: int) -> None:
        """Count events of a key: ``name`` is a secret key's id, or a site's. Raises Problem (429)."""
        if self._limits["key"]:
            self._take("key", name, events)

    def _take(self, kind: Kind, name: str, amount: int) -> None:
        limit = self._limits[kind]
        bucket = self._find(kind, name)
        if bucket.used >= limit:
            self._counters.limited.labels(kind).inc()
            left = WINDOW_SECONDS - self._clock() % WINDOW_SECONDS
            raise Problem(
                "rate_limited",
                f"more than {limit} {UNITS[kind]} a minute of one {kind}",
                status=429,
                retry_after_seconds=int(left) + 1,
            )
        bucket.used += amount
        bucket.untold += amount
        if bucket.untold * SHARES >= limit:
            self._due.add((kind, name))
            self._wake.set()

    def _find(self, kind: Kind, name: str) -> _Bucket:
        window = int(self._clock() // WINDOW_SECONDS)
        if window != self._window:
            self._window = window
            self._buckets.clear()
            self._due.clear()
        bucket = self._buckets.get((kind, name))
        if bucket is None:
            if len(self._buckets) >= MOST_HELD:
                self._forget_small()
            bucket = self._buckets[kind, name] = _Bucket()
        return bucket

    def _forget_small(self) -> None:
        """Keep those that are used up; if they are too many, too, begin anew."""
        kept = {key: bucket for key, bucket in self._buckets.items() if bucket.used >= self._limits[key[0]]}
        self._buckets = kept if len(kept) < MOST_HELD // 2 else {}

    def _keep_telling(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self.tell()
            except Exception as error:  # whatever it is: the worker's own counts hold until the store answers again
                log.warning("rates cannot be counted in the store: %s", error)
            gevent.sleep(PAUSE_SECONDS)

    def tell(self) -> None:
        """Tell the store what was used of the buckets that are due, and hear what all workers used."""
        window, due = self._window, self._due
        self._due = set()
        told = {key: bucket for key in due if (bucket := self._buckets.get(key)) is not None}
        if not told:
            return
        amounts = {f"{kind}:{name}": bucket.untold for (kind, name), bucket in told.items()}
        for bucket in told.values():
            bucket.untold = 0
        totals = self._rates.add(amounts, window)
        if window == self._window:
            for (kind, name), bucket in told.items():
                bucket.used = max(bucket.used, totals[f"{kind}:{name}"] + bucket.untold)
