"""Events on their way: a bounded queue that a thread of its own empties, so a page waits for nobody."""

from __future__ import annotations

import atexit
import logging
import os
import random
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from footfall_tracker.post import Outcome

log = logging.getLogger("footfall_tracker")

Event = dict[str, Any]
Post = Callable[["list[Event]", str], Outcome]

MOST_AT_ONCE = 100
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0


@dataclass
class Counts:
    """What became of events since the process began. ``dropped``: the queue was full, or time was up at the end."""

    queued: int = 0
    sent: int = 0
    refused: int = 0
    dropped: int = 0
    tries_failed: int = 0


def _call_while_it_lives(method: Callable[[], None]) -> Callable[[], None]:
    reference = weakref.WeakMethod(method)

    def call() -> None:
        found = reference()
        if found is not None:
            found()

    return call


class Sender:
    """Sends events in the order in which they came, each until it is taken or refused.

    ``post`` sends some events of one app. ``most_waiting``: what comes when so many wait is dropped, and counted.
    A process that was forked begins with an empty queue: what waited is its parent's to send.
    """

    def __init__(self, post: Post, most_waiting: int = 10_000, flush_seconds: float = 3.0) -> None:
        self._post = post
        self._most_waiting = most_waiting
        self._flush_seconds = flush_seconds
        self._begin()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_call_while_it_lives(self._begin))
        atexit.register(_call_while_it_lives(self.close))

    def _begin(self) -> None:
        self.counts = Counts()
        self._waiting: deque[tuple[str, Event]] = deque()
        self._changed = threading.Condition(threading.Lock())
        self._thread: threading.Thread | None = None
        self._is_busy = False
        self._ends_at: float | None = None

    def put(self, event: Event, app: str = "") -> bool:
        """Leave an event to be sent; False when it is dropped. It costs some microseconds, and waits for no server."""
        with self._changed:
            if len(self._waiting) >= self._most_waiting or self._ends_at is not None:
                self.counts.dropped += 1
                return False
            self.counts.queued += 1
            self._waiting.append((app, event))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="footfall-sender", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return True

    def flush(self, seconds: float) -> bool:
        """Wait until all that was left here is gone; False when it is not within ``seconds``."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._is_busy, seconds)

    def close(self) -> None:
        """Send what waits, for ``flush_seconds`` at most; what is left then is dropped, and told in the log."""
        with self._changed:
            if self._ends_at is not None:
                return
            self._ends_at = time.monotonic() + self._flush_seconds
            self._changed.notify_all()
        if not self.flush(self._flush_seconds):
            with self._changed:
                self.counts.dropped += len(self._waiting)
                log.warning("%d events were not sent when the process ended", len(self._waiting))
                self._waiting.clear()

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ends_at is not None)
                if not self._waiting:
                    return
                app, batch = next(groupby(islice(self._waiting, MOST_AT_ONCE), itemgetter(0)))
                events = [event for _, event in batch]
                self._is_busy = True
            outcome = self._try(events, app)
            with self._changed:
                self._is_busy = False
                if not outcome.is_over:
                    self.counts.tries_failed += 1
                else:
                    for _ in events:
                        if self._waiting:
                            self._waiting.popleft()
                    self.counts.sent += outcome.taken
                    self.counts.refused += len(events) - outcome.taken
                self._changed.notify_all()
                if outcome.is_over:
                    pause = FIRST_PAUSE_SECONDS
                    continue
                if self._ends_at is None:
                    longest = max(pause, outcome.retry_after_seconds) * random.uniform(0.75, 1.25)
                    self._changed.wait_for(lambda: self._ends_at is not None, longest)
                    pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                elif time.monotonic() < self._ends_at:
                    self._changed.wait(FIRST_PAUSE_SECONDS)
                else:
                    return

    def _try(self, events: list[Event], app: str) -> Outcome:
        try:
            return self._post(events, app)
        except Exception:  # whatever it is, the thread must live on
            log.exception("events could not be sent")
            return Outcome(is_over=True, taken=0)
