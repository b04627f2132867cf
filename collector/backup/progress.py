"""How far it is, on stderr, in lines that a log can hold."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

SECONDS_A_LINE = 1.0


class Progress:
    """A line when something else is being worked on, and no more than one a second."""

    def __init__(self, file: TextIO = sys.stderr, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._bytes = 0
        self._next_at = clock()

    def __call__(self, label: str, more_bytes: int) -> None:
        self._bytes += more_bytes
        if self._clock() >= self._next_at:
            self._next_at = self._clock() + SECONDS_A_LINE
            print(f"{label}: {self._bytes / 1e6:,.1f} MB so far", file=self._file, flush=True)
