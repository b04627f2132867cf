"""What a worker takes of the machine and has to do, for `GET /metrics`: looked at beside the requests."""

import os
from collections.abc import Callable
from pathlib import Path

import gevent

from collector.ingest.counters import Counters

LOOK_SECONDS = 1.0
_STATM = Path("/proc/self/statm")  # Linux; elsewhere the number stays 0


def read_memory() -> int:
    """Resident memory of this process in bytes; 0 where the system does not tell."""
    try:
        pages = int(_STATM.read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class WorkerSize:
    """Keeps two numbers up to date. One a process. ``count_waiting``: beacons that wait for the store now."""

    def __init__(self, count_waiting: Callable[[], int], counters: Counters) -> None:
        self._count_waiting = count_waiting
        self._counters = counters
        gevent.spawn(self._keep_looking)

    def _keep_looking(self) -> None:
        while True:
            self._counters.memory.set(read_memory())
            self._counters.waiting.set(self._count_waiting())
            gevent.sleep(LOOK_SECONDS)
