"""Group commit: beacons that wait at the same moment share one write a node.

One flusher greenlet a node takes whatever has gathered while it wrote the last batch. There is no timer, so
an idle system adds no latency, and no request serves the others.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import gevent
from gevent.event import AsyncResult, Event

from collector.errors import Problem, StoreUnavailable
from collector.events.columns import LOG_FIELD
from collector.ingest.counters import Counters
from collector.storage.connect import StoreError
from collector.storage.keys import Shard
from collector.storage.log import Append, Durability, LogWriter, NotReplicated, is_retryable

MOST_APPENDS = 1000  # in one write
PAUSE_SECONDS = 0.05  # between two tries of the same append
LEARN_SECONDS = 5.0  # how long a replica that joined may go without being waited for
LOOK_SECONDS = 0.05  # how late a request may hear that its time is over


class Committed(NamedTuple):
    """What became of an append. ``is_degraded``: one node has it and could be replaced by a replica that has not."""

    durability: Durability
    is_degraded: bool


class _Waiting:
    """One append that a request waits for, until ``deadline``; 0 when it has given up."""

    __slots__ = ("append", "deadline", "result")

    def __init__(self, append: Append, deadline: float) -> None:
        self.append = append
        self.deadline = deadline
        self.result: AsyncResult = AsyncResult()


class _Deadlines:
    """Ends the waiting of those whose time is over. One look at all of them is cheaper than a timer for each."""

    def __init__(self) -> None:
        self._queue: deque[_Waiting] = deque()  # all may wait equally long, so the first is over first
        self._wake = Event()
        gevent.spawn(self._run)

    def watch(self, waiting: _Waiting) -> None:
        if not self._queue:
            self._wake.set()
        self._queue.append(waiting)

    def _run(self) -> None:
        while True:
            self._wake.wait()
            while self._queue:
                gevent.sleep(LOOK_SECONDS)
                self._look(time.monotonic())
            self._wake.clear()

    def _look(self, now: float) -> None:
        queue = self._queue
        while queue and (queue[0].result.ready() or queue[0].deadline <= now):
            waiting = queue.popleft()
            if not waiting.result.ready():
                waiting.result.set_exception(StoreUnavailable("the store did not confirm in time"))


class _Flusher:
    """Writes to one node, batch after batch, in the order of arrival."""

    def __init__(
        self, node_name: str, writer: LogWriter, retry: Callable[[list[_Waiting], float], None], counters: Counters
    ) -> None:
        self._node_name = node_name
        self._writer = writer
        self._retry = retry
        self._counters = counters
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
            now = time.monotonic()
            batch = [waiting for waiting in batch if waiting.deadline > now]  # the others have their answer by now
            if batch:
                self._flush(batch)

    def _flush(self, batch: list[_Waiting]) -> None:
        self._counters.commit_beacons.observe(len(batch))
        started = time.monotonic()
        try:
            outcomes = self._writer.write(self._node_name, [waiting.append for waiting in batch])
            self._counters.commit_seconds.observe(time.monotonic() - started)
        except Exception as error:  # whatever it is, the requests that wait must hear of it
            for waiting in batch:
                waiting.result.set_exception(error)
            return
        again: list[_Waiting] = []
        elsewhere: list[_Waiting] = []
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if outcome.durability is not None:
                waiting.result.set(Committed(outcome.durability, outcome.is_degraded))
                if outcome.is_degraded:
                    self._counters.degraded.inc()
            elif outcome.error is not None and not is_retryable(outcome.error):
                waiting.result.set_exception(outcome.error)
            else:
                waiting.append = self._writer.redirect(waiting.append, outcome.error)
                (elsewhere if waiting.append.asked_node else again).append(waiting)
        if again:
            self._retry(again, PAUSE_SECONDS)
        if elsewhere:
            self._retry(elsewhere, 0)


class GroupCommit:
    """Appends beacons to the log. One a process."""

    def __init__(self, writer: LogWriter, deadline_seconds: float, most_bytes: int, counters: Counters) -> None:
        self._writer = writer
        self._deadline_seconds = deadline_seconds
        self._most_bytes = most_bytes  # that may wait at a time, so that a slow store does not fill our memory
        self._counters = counters
        self.waiting = self._waiting_bytes = 0
        self._flushers: dict[str, _Flusher] = {}
        self._deadlines = _Deadlines()
        gevent.spawn(self._keep_learning)

    def append(self, shard: Shard, payload: bytes) -> Committed:
        """Append one beacon and wait until it is safe.

        Raises StoreUnavailable when the store takes too long or refuses, and Problem when too few of its replicas
        confirm and the policy is strict, or too much waits already.
        """
        if self._waiting_bytes + len(payload) > self._most_bytes:
            raise Problem("overloaded", "too much waits for the store; send it again later", status=503)
        waiting = _Waiting(self._writer.pack(shard, LOG_FIELD, payload), time.monotonic() + self._deadline_seconds)
        self._deadlines.watch(waiting)
        self.waiting += 1
        self._waiting_bytes += len(payload)
        try:
            self._route([waiting])
            committed: Committed = waiting.result.get()
        except NotReplicated as error:
            raise Problem("not_replicated", str(error), status=503) from error
        except StoreError as error:
            raise StoreUnavailable(f"the store does not take events: {error}") from error
        finally:
            waiting.deadline = 0
            self.waiting -= 1
            self._waiting_bytes -= len(payload)
        return committed

    def _route(self, batch: list[_Waiting]) -> None:
        """Give each append to the flusher of the node that holds its log, or try again a little later."""
        unowned: list[_Waiting] = []
        for waiting in batch:
            node_name = self._writer.node_of(waiting.append)
            if node_name is not None:
                self._flusher(node_name).put(waiting)
            elif waiting.deadline > time.monotonic():
                unowned.append(waiting)
        if unowned:
            self._retry(unowned, PAUSE_SECONDS)

    def _retry(self, batch: list[_Waiting], pause_seconds: float) -> None:
        gevent.spawn_later(pause_seconds, self._route, batch)

    def _flusher(self, node_name: str) -> _Flusher:
        flusher = self._flushers.get(node_name)
        if flusher is None:
            flusher = self._flushers[node_name] = _Flusher(node_name, self._writer, self._retry, self._counters)
        return flusher

    def _keep_learning(self) -> None:
        """Learn of nodes and replicas that came or went while nothing failed."""
        while True:
            gevent.sleep(LEARN_SECONDS)
            self._writer.refresh()
