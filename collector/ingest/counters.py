"""What ingest counts about itself, for `GET /metrics`. Each row is described in docs/operations.md.

With several workers the numbers are kept in files of PROMETHEUS_MULTIPROC_DIR (commands/serve.py), so that whichever
worker is asked answers for all of them. With one they are plain memory.
"""

import os
from typing import Literal, NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each counter began is no number of ours

Mode = Literal["livesum", "livemostrecent"]


class Row(NamedTuple):
    """One number: its name, what it is told apart by, and what it counts.

    ``mode`` of a gauge: how workers add up. ``bounds`` of a histogram: the upper ends of its buckets.
    """

    name: str
    labels: tuple[str, ...]
    what: str
    mode: Mode | None = None
    bounds: tuple[float, ...] = ()


ROWS = {
    "accepted": Row("footfall_events_accepted_total", ("durability",), "events answered 202, by how safe they are"),
    "rejected": Row("footfall_events_rejected_total", ("code",), "events refused among others that were not"),
    "dropped": Row("footfall_events_dropped_total", ("reason",), "events understood and not wanted"),
    "refused": Row("footfall_beacons_refused_total", ("code",), "beacons answered 4xx or 503"),
    "commit_seconds": Row(
        "footfall_commit_seconds",
        (),
        "s that a write of waiting beacons to one node took until they were safe",
        bounds=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    ),
    "commit_beacons": Row(
        "footfall_commit_beacons",
        (),
        "beacons that shared such a write",
        bounds=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000),
    ),
    "waiting": Row("footfall_beacons_waiting", (), "beacons that wait for the store now", "livesum"),
    "memory": Row("footfall_memory_bytes", (), "resident memory of the workers", "livesum"),
    "others": Row("footfall_values_other_total", ("dimension",), "values stored as (other), beyond the cap of a day"),
    "limited": Row("footfall_limited_total", ("limit",), "requests refused because a limit was used up"),
    "degraded": Row("footfall_beacons_degraded_total", (), "beacons that too few replicas confirmed"),
    "spooled": Row("footfall_beacons_spooled_total", (), "beacons taken into the spool"),
    "replayed": Row("footfall_beacons_replayed_total", (), "beacons moved from the spool to the log"),
    "spool_rows": Row("footfall_spool_rows", (), "beacons in the spool now", "livesum"),
    "spool_bytes": Row("footfall_spool_bytes", (), "bytes of beacons in the spool now", "livesum"),
    "verified_at": Row(
        "footfall_verified_timestamp_seconds",
        ("site",),
        "when the site was last verified, s since 1970",
        "livemostrecent",
    ),
    "differences": Row(
        "footfall_verify_differences", ("site",), "differences that its last verification found", "livemostrecent"
    ),
    "log_entries": Row("footfall_log_entries", ("site", "shard"), "unsealed entries of a log", "livemostrecent"),
    "log_bytes": Row("footfall_log_bytes", ("site", "shard"), "memory of a log in the store", "livemostrecent"),
    "log_lag": Row(
        "footfall_log_lag_seconds", ("site", "shard"), "age of a log's oldest unsealed entry, s", "livemostrecent"
    ),
}


class Counters:
    """The rows, ready to count. One a process."""

    accepted: Counter
    rejected: Counter
    dropped: Counter
    refused: Counter
    commit_seconds: Histogram
    commit_beacons: Histogram
    waiting: Gauge
    memory: Gauge
    limited: Counter
    others: Counter
    degraded: Counter
    spooled: Counter
    replayed: Counter
    spool_rows: Gauge
    spool_bytes: Gauge
    verified_at: Gauge
    differences: Gauge
    log_entries: Gauge
    log_bytes: Gauge
    log_lag: Gauge

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        for field, row in ROWS.items():
            made: Counter | Gauge | Histogram
            if row.bounds:
                made = Histogram(row.name, row.what, row.labels, registry=self._registry, buckets=row.bounds)
            elif row.mode is None:
                made = Counter(row.name, row.what, row.labels, registry=self._registry)
            else:
                made = Gauge(row.name, row.what, row.labels, registry=self._registry, multiprocess_mode=row.mode)
            setattr(self, field, made)

    def as_text(self) -> bytes:
        """All numbers in Prometheus' text format."""
        registry = self._registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
