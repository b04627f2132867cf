"""What history costs: bytes an event in the store, how fast it is sealed, how soon a store that restarts answers, and
how soon one visitor is forgotten.

Usage: python -m bench.store [--events 1000000] [--days 30]
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from bench.forgetting import report_erasure
from bench.traffic import DAY_MS, log_entries
from collector.events.columns import LOG_FIELD
from collector.query.mirror import Mirror
from collector.query.question import ask
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import Workbench
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.settings import Settings, load_settings
from collector.storage.connect import Client, connect
from collector.storage.embedded import EmbeddedStore
from collector.storage.keys import Shard
from collector.storage.segments import Segments
from collector.storage.sites import Site, Sites

SITE = Site("bench", "Bench")
TODAY = Site("today", "A site whose log is of one day, as it is when the sealer follows the collector")
TODAY_EVENTS = 500_000
REGULARS = 100  # visitors who come every day, with an id of their own
OVERVIEW = ["visitors", "visits", "pageviews", "events", "bounce_rate", "visit_duration"]


def fill_log(client: Client, site: Site, events: int, days: int, until_ms: int) -> None:
    """Append the traffic to the log, without waiting for the disk: it is not what is measured here."""
    client.config_set("appendfsync", "no", target_nodes=Client.PRIMARIES)
    entries = log_entries(events, days, until_ms, regulars=REGULARS)
    while batch := list(islice(entries, 1000)):
        with client.pipeline() as pipeline:
            for entry in batch:
                pipeline.xadd(Shard(site.id, 0).log, {LOG_FIELD: entry})
            pipeline.execute()
    client.config_set("appendfsync", "always", target_nodes=Client.PRIMARIES)


def bytes_by_kind(client: Client) -> Counter[str]:
    """MEMORY USAGE of every key of the site, by what it holds."""
    sizes: Counter[str] = Counter()
    for key in client.scan_iter(match=f"{{{SITE.id}.*", count=1000):
        sizes[key.decode().split(":")[1]] += client.memory_usage(key, samples=0) or 0
    return sizes


def cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def ask_totals(mirror: Mirror, now_ms: int, metrics: list[str]) -> list[Any]:
    mirror.refresh(SITE)
    answer = ask(
        {"site_id": SITE.id, "metrics": metrics, "date_range": "all"},
        run=lambda sql, values: mirror.ask(sql, values, 60),
        default_timezone="UTC",
        now_ms=now_ms,
        earliest_ms=mirror.earliest_ms(SITE),
    )
    totals: list[Any] = answer["results"][0]["metrics"]  # type: ignore[index]
    return totals


def report_size(client: Client, segments: Segments, label: str) -> None:
    sizes = bytes_by_kind(client)
    view = segments.read(Shard(SITE.id, 0), "", "0-0", 1)
    rows = sum(segment.rows for segment in view.segments or ())
    kinds = ", ".join(f"{kind} {size / 1e6:.2f} MB" for kind, size in sizes.most_common())
    print(f"{label:32} {sum(sizes.values()) / max(rows, 1):6.2f} bytes an event · {rows:,} events in "
          f"{len(view.segments or ())} segments · {kinds}", flush=True)  # fmt: skip


def report_sealing(label: str, site: Site, segments: Segments, sealer: Sealer) -> None:
    began, cpu = time.monotonic(), cpu_seconds()
    while sealer.seal(Shard(site.id, 0)):
        pass
    report_speed(label, site, segments, began, cpu)


def report_round(label: str, round_: SealingRound, segments: Segments) -> None:
    began, cpu = time.monotonic(), cpu_seconds()
    round_.run()
    report_speed(label, SITE, segments, began, cpu)


def report_speed(label: str, site: Site, segments: Segments, began: float, cpu: float) -> None:
    seconds, cpu = time.monotonic() - began, cpu_seconds() - cpu
    rows = sum(segment.rows for segment in segments.read(Shard(site.id, 0), "", "0-0", 1).segments or ())
    print(
        f"{label:32} {cpu:.1f} CPU s, {rows / cpu:,.0f} events a CPU second ({rows / seconds:,.0f} a second)",
        flush=True,
    )


def report_recovery(store: EmbeddedStore, settings: Settings, folder: Path, now_ms: int) -> Client:
    while store.shrink_file():  # as `footfall run` does
        time.sleep(0.1)
    store.stop()
    began = time.monotonic()
    store.start()
    client = connect(settings)
    print(f"{'store restarts':32} {time.monotonic() - began:.1f} s")
    for label in ("cold mirror", "warm mirror"):
        began = time.monotonic()
        mirror = Mirror(folder / "mirror", Segments(client), 2048)
        metrics = ask_totals(mirror, now_ms, OVERVIEW)
        seconds = time.monotonic() - began
        print(f"{'first answer, ' + label:32} {seconds:.2f} s · {dict(zip(OVERVIEW, metrics, strict=True))}")
        mirror.close()
    return client


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=30)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="footfall-bench-"))
    settings = load_settings({"FOOTFALL_DATA_DIR": str(folder)})
    store = EmbeddedStore(folder)
    try:
        store.start()
        client = connect(settings)
        sites, segments = Sites(client), Segments(client)
        sites.add(SITE)
        # The present is a clock of ours: first all is fresh, later the 72 hours of most days are over.
        now_ms = wall_clock_ms() // DAY_MS * DAY_MS
        fill_log(client, TODAY, TODAY_EVENTS, 1, now_ms)
        fill_log(client, SITE, arguments.events, arguments.days, now_ms)
        log_bytes = sum(bytes_by_kind(client).values())
        print(f"{'raw log':32} {log_bytes / arguments.events:6.2f} bytes an event", flush=True)

        clock = [now_ms - 400 * DAY_MS]  # long ago: nothing may be closed yet
        bench = Workbench(folder / "sealing")
        sealer = Sealer(segments, bench, settings.seal_entries, lambda: clock[0])
        report_sealing("sealed, a log of one day", TODAY, segments, sealer)
        report_sealing(f"sealed, a log of {arguments.days} days", SITE, segments, sealer)
        bench.close()
        round_ = SealingRound(settings, sites, segments, lambda: clock[0])
        report_round("merged", round_, segments)
        report_size(client, segments, "all ids kept")
        clock[0] = now_ms
        report_round("days closed", round_, segments)
        report_size(client, segments, "ids of the last 72 hours kept")
        round_.close()

        client = report_recovery(store, settings, folder, now_ms)
        mirror = Mirror(folder / "mirror", Segments(client), 2048)
        report_erasure(folder, client, SITE, mirror, lambda metrics: ask_totals(mirror, now_ms, metrics), now_ms)
        mirror.close()

        clock[0] = now_ms + 30 * DAY_MS
        segments = Segments(client)
        round_ = SealingRound(settings, Sites(client), segments, lambda: clock[0])
        round_.run()
        report_size(client, segments, "all days closed")
        round_.close()
    finally:
        store.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
