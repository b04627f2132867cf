"""Writes to the spool without holding up the other requests, and keeps count of what is in it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent.event import AsyncResult, Event
from gevent.threadpool import ThreadPool

from collector.errors import StoreUnavailable
from collector.ingest.counters import Counters
from collector.ingest.spool import Entry, Spool, SpoolSize, claim_own

MOST_ENTRIES = 1000  # in one transaction


class SpoolWriter:
    """Puts entries into this worker's spool: those that wait at the same moment share one fsync."""

    def __init__(self, folder: Path, max_bytes: int, counters: Counters) -> None:
        self.max_bytes = max_bytes
        self._counters = counters
        self._pool = ThreadPool(1)  # SQLite would stop the hub; and one thread does one thing at a time
        self.spool: Spool = claim_own(folder)
        self.rows, self.bytes = self.spool.read_size()
        self._queue: list[tuple[Entry, AsyncResult]] = []
        self._puts = 0
        self._waiting = 0  # puts that are not on disk yet
        self._wake = Event()
        self._show_size()
        gevent.spawn(self._run)

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call something that blocks on the disk, after all such calls before it."""
        return self._pool.apply(function, arguments)

    def put(self, entry: Entry) -> None:
        """Return when the entry is on disk. Raises StoreUnavailable when the spool is full or the disk fails."""
        size = len(entry.payload)
        if self.bytes + size > self.max_bytes:
            raise StoreUnavailable("the store does not confirm, and the spool is full")
        self._change_size(1, size)
        self._puts += 1
        self._waiting += 1
        result = AsyncResult()
        self._queue.append((entry, result))
        self._wake.set()
        try:
            result.get()
        except sqlite3.Error as error:
            self._change_size(-1, -size)
            raise StoreUnavailable(f"the store does not confirm, and the spool cannot be written: {error}") from error
        finally:
            self._waiting -= 1

    def delete(self, numbers: list[int], entries: list[Entry]) -> None:
        """Delete entries that are in the log."""
        self.call(self.spool.delete, numbers)
        self._change_size(-len(entries), -sum(len(entry.payload) for entry in entries))

    def recount(self) -> None:
        """Count what is in the spool, for an erasure may have taken something out of it."""
        puts = self._puts
        size: SpoolSize = self.call(self.spool.read_size)
        if not self._waiting and puts == self._puts:  # else what was counted is no longer, or not yet, what is there
            self.rows, self.bytes = size
            self._show_size()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            batch, self._queue = self._queue[:MOST_ENTRIES], self._queue[MOST_ENTRIES:]
            if not self._queue:
                self._wake.clear()
            try:
                self.call(self.spool.put, [entry for entry, _ in batch])
            except Exception as error:  # whatever it is, the requests that wait must hear of it
                for _, result in batch:
                    result.set_exception(error)
                continue
            for _, result in batch:
                result.set(None)

    def _change_size(self, rows: int, size: int) -> None:
        self.rows += rows
        self.bytes += size
        self._show_size()

    def _show_size(self) -> None:
        self._counters.spool_rows.set(self.rows)
        self._counters.spool_bytes.set(self.bytes)
