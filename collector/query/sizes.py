"""How many events a range holds, about: enough to tell a large question from a small one."""

import time
from collections.abc import Callable
from typing import NamedTuple

from collector.query.mirror_schema import schema_of
from collector.query.periods import Range
from collector.query.prepared import Run

KEPT_SECONDS = 60.0


class Size(NamedTuple):
    """A site's events, and the time between the first and the last of them."""

    events: int
    start_ms: int
    end_ms: int


class Sizes:
    """Sizes of sites, each as of some seconds ago."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[str, tuple[float, Size]] = {}

    def estimate(self, site_id: str, span: Range, run: Run) -> int:
        """Events of the range, as if they came evenly."""
        looked, size = self._known.get(site_id, (-KEPT_SECONDS, Size(0, 0, 0)))
        now = self._clock()
        if now - looked >= KEPT_SECONDS:
            size = _read_size(site_id, run)
            self._known[site_id] = (now, size)
        shared = min(size.end_ms, span.end_ms) - max(size.start_ms, span.start_ms)
        return size.events * max(shared, 0) // max(size.end_ms - size.start_ms, 1)


def _read_size(site_id: str, run: Run) -> Size:
    schema = schema_of(site_id)
    sql = f"select (select count(*) from {schema}.rows), min(start_ms), max(end_ms) + 1 from {schema}.visits"
    ((events, start_ms, end_ms),) = run(sql, {})
    return Size(events, start_ms or 0, end_ms or 0)
