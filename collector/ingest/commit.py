"""Group commit: beacons that wait at the same moment share one write a node.

One flusher greenlet a node takes whatever has gathered while it wrote the last batch. There is no timer, so
an idle system adds no latency, and no request serves the others.
"""

import time
from collections.abc import Callable

import gevent
from gevent.event import AsyncResult, Event

from collector.errors import StoreUnavailable
from collector.storage.keys import Shard
from collector.storage.log import Append, Durability, LogWriter, is_retryable

MOST_APPENDS = 1000  # in one write
PAUSE_SECONDS = 0.05  # between two tries of the same append


class _Waiting:
    """One append that a request waits for."""

    __slots__ = ("append", "deadline", "result")

    def __init__(self, append: Append, deadline: float) -> None:
        self.append = append
        self.deadline = deadline
        self.result: AsyncResult = AsyncResult()


class _Flusher:
    """Writes to one node, batch after batch, in the order of arrival."""

    def __init__(self, node_name: str, writer: LogWriter, retry: Callable[[_Waiting], None]) -> None:
        self._node_name = node_name
        self._writer = writer
        self._retry = retry
        self._queue: list[_Waiting] = []
        self._wake = Event()
        gevent.spawn(self._run)

    def put(self, waiting: _Waiting) -> None:
        self._queue.append(waiting)
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            batch, self._queue = self._queue[:MOST_APPENDS], self._queue[MOST_APPENDS:]
            if not self._queue:
                self._wake.clear()
            self._flush(batch)

    def _flush(self, batch: list[_Waiting]) -> None:
        try:
            outcomes = self._writer.write(self._node_name, [waiting.append for waiting in batch])
        except Exception as error:  # whatever it is, the requests that wait must hear of it
            for waiting in batch:
                waiting.result.set_exception(error)
            return
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if outcome.durability is not None:
                waiting.result.set(outcome.durability)
            elif outcome.error is not None and not is_retryable(outcome.error):
                waiting.result.set_exception(outcome.error)
            else:
                gevent.spawn_later(PAUSE_SECONDS, self._retry, waiting)


class GroupCommit:
    """Appends beacons to the log. One a process."""

    def __init__(self, writer: LogWriter, deadline_seconds: float) -> None:
        self._writer = writer
        self._deadline_seconds = deadline_seconds
        self._flushers: dict[str, _Flusher] = {}

    def append(self, shard: Shard, payload: bytes) -> Durability:
        """Append one beacon and wait until it is safe. Raises StoreUnavailable when that takes too long."""
        waiting = _Waiting(self._writer.pack(shard, payload), time.monotonic() + self._deadline_seconds)
        self._put(waiting)
        try:
            durability: Durability = waiting.result.get(timeout=self._deadline_seconds)
        except gevent.Timeout as error:
            raise StoreUnavailable("the store did not confirm in time") from error
        return durability

    def _put(self, waiting: _Waiting) -> None:
        if time.monotonic() > waiting.deadline:
            return  # the request has its 503 by now
        node_name = self._writer.node_of(waiting.append)
        if node_name is None:
            gevent.spawn_later(PAUSE_SECONDS, self._put, waiting)
            return
        flusher = self._flushers.get(node_name)
        if flusher is None:
            flusher = self._flushers[node_name] = _Flusher(node_name, self._writer, self._put)
        flusher.put(waiting)
