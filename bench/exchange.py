"""What it costs to get events in and out: rows a second, CPU, memory; and a load that is killed in the middle.

Usage: python -m bench.exchange [load|export] [--rows 1000000] [--format combined|ndjson]
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench.traffic import AGENTS, DAY_MS, log_entries
from collector.events.columns import LOG_FIELD
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.settings import load_settings
from collector.storage.connect import Client, connect
from collector.storage.embedded import EmbeddedStore
from collector.storage.keys import Shard
from collector.storage.segments import Segments
from collector.storage.sites import Site, Sites

SITE = Site("bench", "Bench", bot_days=None)
START_S = 1_700_000_000
DAYS = 30
LOOK_SECONDS = 0.2


class Cost(NamedTuple):
    """Of one process: wall and CPU seconds, and the most memory that it had."""

    seconds: float
    cpu_seconds: float
    most_mb: float
    code: int

    def __str__(self) -> str:
        return f"{self.seconds:7.1f} s  {self.cpu_seconds:7.1f} CPU s  {self.most_mb:6.0f} MB"


def write_combined(rows: int) -> Iterator[str]:
    random_ = random.Random(1)
    for number in range(rows):
        visitor = random_.randrange(max(1, rows // 12))
        at = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(START_S + number * DAYS * 86_400 // rows))
        agent = AGENTS[visitor % len(AGENTS)].format(120 + visitor % 12)
        target = f"/c/{number % 12}/product-{int(400 * random_.random() ** 3)}?ref={number}"
        referrer = random_.choice(("-", "-", "https://www.google.de/", "https://shop.example/"))
        address = f"10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}"
        yield f'{address} - - [{at}] "GET {target} HTTP/1.1" 200 5123 "{referrer}" "{agent}"\n'


def write_ndjson(rows: int) -> Iterator[str]:
    random_ = random.Random(1)
    for number in range(rows):
        visitor = random_.randrange(max(1, rows // 12))
        row = {
            "at_ms": (START_S + number * DAYS * 86_400 // rows) * 1000, "name": "pageview",
            "visitor": str(2**60 + visitor), "event_id": str(2**40 + number), "pageview_id": str(2**41 + number),
            "hostname": "shop.example", "path": f"/c/{number % 12}/product-{int(400 * random_.random() ** 3)}",
            "title": "A product of the shop",
            "country": ("DE", "AT", "US")[visitor % 3], "browser": "Firefox", "browser_version": "132", "os": "Linux",
            "device": "desktop", "platform": "web", "is_bot": False, "language": "de", "viewport_width": 1440,
        }  # fmt: skip
        yield json.dumps(row) + "\n"


WRITERS = {"combined": write_combined, "ndjson": write_ndjson}


def start(settings_of: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "collector", *words], env={**os.environ, **settings_of})


def wait_for(process: subprocess.Popen[bytes], started: float) -> Cost:
    most_kb = 0
    while True:
        most_kb = max(most_kb, most_memory_kb(process.pid))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - started
    return Cost(seconds, usage.ru_utime + usage.ru_stime, most_kb / 1024, process.returncode)


def most_memory_kb(pid: int) -> int:
    """The most that the process had so far; its ``ru_maxrss`` begins with what we had when we started it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def run(settings_of: dict[str, str], *words: str) -> Cost:
    started = time.monotonic()
    return wait_for(start(settings_of, *words), started)


def rows_of(client: Client) -> int:
    """Sealed rows; the log must be empty."""
    shard = Shard(SITE.id, 0)
    while client.xlen(shard.log):
        time.sleep(LOOK_SECONDS)
    return sum(segment.rows for segment in Segments(client).read(shard, "", "0-0").segments or ())


def rows_loaded(client: Client) -> int:
    held = client.hgetall(Shard(SITE.id, 0).loads)
    return max((int(value) for name, value in held.items() if not name.endswith(b":load")), default=0)


@contextmanager
def running_store(folder: Path) -> Iterator[tuple[dict[str, str], Client]]:
    """A store, as the environment that names it, and a client of it."""
    store = EmbeddedStore(folder / "data")
    port = store.start()
    settings_of = {"FOOTFALL_DATA_DIR": str(folder / "data"), "FOOTFALL_REDIS_NODES": f"127.0.0.1:{port}"}
    client = connect(load_settings(settings_of))
    Sites(client).add(SITE)
    try:
        yield settings_of, client
    finally:
        client.close()
        store.stop()


def measure_export(rows: int, folder: Path) -> None:
    """Of days that are closed: the largest segments there are."""
    now_ms = wall_clock_ms() // DAY_MS * DAY_MS
    with running_store(folder) as (settings_of, client):
        client.config_set("appendfsync", "no", target_nodes=Client.PRIMARIES)
        entries = log_entries(rows, DAYS, now_ms)
        while batch := list(islice(entries, 1000)):
            with client.pipeline() as pipeline:
                for entry in batch:
                    pipeline.xadd(Shard(SITE.id, 0).log, {LOG_FIELD: entry})
                pipeline.execute()
        settings = load_settings(settings_of)
        round_ = SealingRound(settings, Sites(client), Segments(client), lambda: now_ms + DAYS * DAY_MS)
        round_.run()
        round_.close()
        segments = Segments(client).read(Shard(SITE.id, 0), "", "0-0").segments or ()
        sealed = sum(segment.rows for segment in segments)
        print(f"{sealed:,} events in {len(segments)} segments, the largest of {max(s.rows for s in segments):,}")
        for name in ("ndjson", "csv", "parquet"):
            target = folder / f"out.{name}"
            cost = run(settings_of, "export", "--site", SITE.id, "--events", name, str(target))
            print(f"export {name:<8}{cost}   {sealed / cost.cpu_seconds:,.0f} events/CPU s, "
                  f"{target.stat().st_size / sealed:.0f} bytes an event", flush=True)  # fmt: skip
        nothing = run(
            settings_of, "export", "--site", SITE.id, "--events", "csv", "--to", "1970-01-01", str(folder / "nothing")
        )
        print(f"export nothing {nothing}")


def measure_load(rows: int, form: str, folder: Path) -> None:
    source = folder / f"rows.{form}"
    with source.open("w") as file:
        file.writelines(WRITERS[form](rows))
    print(f"{rows:,} rows of {form}, {source.stat().st_size / 1e6:,.0f} MB")
    words = ("load", "--site", SITE.id, "--format", form, "--origin", "https://shop.example", str(source))
    with running_store(folder) as (settings_of, client):
        sealer = start(settings_of, "seal")
        try:
            started = time.monotonic()
            process = start(settings_of, *words)
            while rows_loaded(client) < rows * 2 // 5 and process.poll() is None:
                time.sleep(LOOK_SECONDS)
            process.send_signal(signal.SIGKILL)
            first = wait_for(process, started)
            print(f"load, killed   {first}   at {rows_loaded(client):,} rows", flush=True)
            second = run(settings_of, *words)
            print(f"load, resumed  {second}")
            cpu = first.cpu_seconds + second.cpu_seconds
            print(f"both           {rows / (first.seconds + second.seconds):,.0f} rows/s, {rows / cpu:,.0f} rows/CPU s")
            print(f"sealed         {rows_of(client):,} rows of {rows:,}", flush=True)
        finally:
            sealer.send_signal(signal.SIGTERM)
            sealer.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="exchange", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", nargs="?", choices=("load", "export"), default="load")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--format", choices=tuple(WRITERS), default="combined")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="footfall-exchange-") as folder:
        if given.what == "load":
            measure_load(given.rows, given.format, Path(folder))
        else:
            measure_export(given.rows, Path(folder))


if __name__ == "__main__":
    main()
