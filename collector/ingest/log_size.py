"""How long the logs are, sampled beside the requests: a log that nobody seals must not fill the store."""

import time

import gevent
from gevent.event import Event
from gevent.pool import Pool

from collector.ingest.counters import Counters
from collector.storage.connect import Client
from collector.storage.keys import Shard
from collector.storage.log import LogSize, read_log_size

SAMPLE_SECONDS = 1.0
IDLE_FACTOR = 20  # at thousands of shards a round takes longer, and the next one comes later: 5 % of the time at most
AT_ONCE = 16  # so that a node that does not answer holds up only its own logs


class LogSizes:
    """Which logs are over ``max_bytes``. Only logs that were written to are looked at, until they are empty."""

    def __init__(self, client: Client, max_bytes: int, counters: Counters) -> None:
        self._client = client
        self._max_bytes = max_bytes
        self._counters = counters
        self._filled: set[Shard] = set()
        self._wake = Event()
        self.full: set[Shard] = set()
        gevent.spawn(self._run)

    def note(self, shard: Shard) -> None:
        """The shard's log is being written to."""
        if shard not in self._filled:
            self._filled.add(shard)
            self._wake.set()

    def _run(self) -> None:
        pool = Pool(AT_ONCE)
        while True:
            self._wake.wait()
            started = time.monotonic()
            for shard, size in pool.imap_unordered(self._read, list(self._filled)):
                if size is not None:
                    self._take(shard, size)
            if not self._filled:
                self._wake.clear()
            gevent.sleep(max(SAMPLE_SECONDS, IDLE_FACTOR * (time.monotonic() - started)))

    def _read(self, shard: Shard) -> tuple[Shard, LogSize | None]:
        return shard, read_log_size(self._client, shard)

    def _take(self, shard: Shard, size: LogSize) -> None:
        self._counters.log_entries.labels(shard.site, shard.number).set(size.entries)
        self._counters.log_bytes.labels(shard.site, shard.number).set(size.bytes)
        lag_seconds = 0.0 if size.oldest_ms is None else max(time.time() - size.oldest_ms / 1000, 0.0)
        self._counters.log_lag.labels(shard.site, shard.number).set(lag_seconds)
        if size.bytes > self._max_bytes:
            self.full.add(shard)
        else:
            self.full.discard(shard)
        if not size.entries:
            self._filled.discard(shard)
