"""How much is computed at once: small questions go straight in, large ones share a budget and wait in a line.

What a question costs is the events that it reads, as far as that is known before it begins. The line is bounded, so
waiting questions leave threads to the small ones, and a client hears at once when to come again.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from collector.errors import Problem

SMALL = 5_000_000
"""Events read by a question that never waits: some tenths of a second."""

AT_ONCE = 30_000_000
"""Events read by the large questions that run together; a larger one runs alone."""

MOST_WAITING = 3
MOST_WAITING_COST = 300_000_000
EVENTS_A_SECOND = 10_000_000
"""Of one question on two cores, to say when to come again."""


class Gate:
    """Whoever is inside counts; whoever is outside waits in the order of coming."""

    def __init__(
        self,
        small: int = SMALL,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        most_waiting_cost: int = MOST_WAITING_COST,
    ) -> None:
        self._small = small
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._most_waiting_cost = most_waiting_cost
        self._changed = threading.Condition()
        self._inside = 0
        self._line: deque[tuple[object, int]] = deque()

    @property
    def waiting(self) -> int:
        """How many are in the line."""
        return len(self._line)

    @contextmanager
    def enter(self, cost: int, seconds: float, *, is_patient: bool = False) -> Iterator[None]:
        """Be inside with ``cost`` events to read. Raises Problem (503): the line is full, or took ``seconds``.

        ``is_patient``: nobody waits for the answer, so there is always room in the line.
        """
        if cost <= self._small:
            yield
            return
        self._wait(cost, seconds, is_patient)
        try:
            yield
        finally:
            with self._changed:
                self._inside -= cost
                self._changed.notify_all()

    def _wait(self, cost: int, seconds: float, is_patient: bool) -> None:
        place = (object(), cost)
        with self._changed:
            waiting = sum(each for _, each in self._line)
            is_free = not self._line and self._has_room(cost)
            is_full = len(self._line) >= self._most_waiting or waiting + cost > self._most_waiting_cost
            if is_full and not is_free and not is_patient:
                raise self._too_busy(waiting)
            self._line.append(place)
            try:
                if not self._changed.wait_for(lambda: self._line[0] is place and self._has_room(cost), seconds):
                    raise self._too_busy(waiting)
                self._inside += cost
            finally:
                self._line.remove(place)
                self._changed.notify_all()

    def _has_room(self, cost: int) -> bool:
        return self._inside == 0 or self._inside + cost <= self._at_once

    def _too_busy(self, waiting: int) -> Problem:
        seconds = 1 + (self._inside + waiting) // EVENTS_A_SECOND
        detail = "other large questions are being answered; ask again later, or with Prefer: respond-async"
        return Problem("too_busy", detail, status=503, retry_after_seconds=seconds)
