"""Visits at a steady rate into the whole system: how long answers take, what is lost, what grows, what reports cost.

    python -m bench.load [--visits 100000] [--minutes 10] [--beacons 2] [--workers 1]
    python -m bench.load --reports 8 [--visits 20000] [--minutes 2]

A visit is what the tracker sends of one: the pageview at once, and a click, an entity that was viewed and the
engagement when the page is left (``--beacons 1``: all four together). Store, sealer, ingest and query run as in
production, each a process of its own, over an embedded store that fsyncs before each answer. At the end everything is
sealed, and the rows of the segments are held against the events that were answered 202. With ``--reports`` the first
half of the time has no readers; in the second half that many clients ask the heaviest report, one question after the
other.
"""

import argparse
import json
import multiprocessing
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

from bench.ingest import AGENTS, with_children
from bench.steady_clients import Told, send_steadily
from collector.sealing.work import SealingRound
from collector.settings import load_settings
from collector.storage.connect import Client, connect
from collector.storage.embedded import EmbeddedStore, free_port
from collector.storage.keys import Shard
from collector.storage.segments import Segments
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Access, Tokens

SITE = Site("bench", "Bench")
SAMPLE_SECONDS = 2.0
SETTLE_SHARE = 0.25  # of the time, after which a process should have all the memory that it needs
MEGABYTE = 1 << 20
HEAVIEST = {
    "site_id": SITE.id,
    "metrics": ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration", "events"],
    "dimensions": ["event:page"],
    "date_range": "all",
    "pagination": {"limit": 1000},
}


def build_requests(run: str, beacons: int) -> Callable[[int], tuple[bytes, int]]:
    """Number of a beacon → the whole request, and its events. ``run`` keeps the ids of runs apart."""
    view = [{"name": "pageview", "seq": 0}]
    rest = [
        {"name": "click", "seq": 1, "element": "main > button#buy", "text": "Buy", "x": 320, "y": 840},
        {"name": "view", "seq": 2, "entity": {"type": "product", "id": "42"}, "visible_ms": 2300},
        {"name": "engagement", "seq": 3, "visible_ms": 5300, "active_ms": 4100, "scroll_percent": 62},
    ]
    kinds = (view + rest,) if beacons == 1 else (view, rest)
    page = {"url": "https://shop.example/p/%(path)s?utm_source=newsletter", "title": "Waymark: maps for long walks",
            "referrer": "https://www.google.com/", "language": "en-GB", "width": 1440, "height": 900}  # fmt: skip
    whole = {"site": SITE.id, "visitor": "%(who)s", "page": {"id": "%(id)s", **page}}
    parts = [json.dumps({**whole, "events": events}, separators=(",", ":")) for events in kinds]

    def build(number: int) -> tuple[bytes, int]:
        visit, kind = divmod(number, len(kinds))
        body = parts[kind] % {"who": f"{run}-{visit}", "id": f"{run}-page-{visit}", "path": visit % 1000}
        agent = AGENTS[visit % len(AGENTS)]
        head = (
            f"POST /api/v1/events HTTP/1.1\r\nHost: bench\r\nUser-Agent: {agent}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return (head + body).encode(), len(kinds[kind])

    return build


class Process(NamedTuple):
    """A process of the system, by what it does."""

    name: str
    pid: int

    def read_memory(self) -> int:
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


class MemoryWatch(threading.Thread):
    """Samples the memory of processes until it is stopped."""

    def __init__(self, processes: list[Process]) -> None:
        super().__init__(daemon=True)
        self._processes = processes
        self._ended = threading.Event()
        self.samples: list[tuple[float, list[int]]] = []

    def run(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            self.samples.append((time.monotonic(), [each.read_memory() for each in self._processes]))

    def stop(self) -> None:
        self._ended.set()
        self.join()

    def rows(self) -> Iterator[str]:
        """Memory at the first and last sample, and the slope over those after the system has settled."""
        settled = self.samples[int(len(self.samples) * SETTLE_SHARE) :]
        times = [at for at, _ in settled]
        for place, process in enumerate(self._processes):
            sizes = [memory[place] / MEGABYTE for _, memory in settled]
            slope = statistics.linear_regression(times, sizes).slope * 60 if len(set(times)) > 1 else 0.0
            first, last = (self.samples[at][1][place] / MEGABYTE for at in (0, -1))
            yield f"| {process.name} | {first:.1f} | {last:.1f} | {slope:+.2f} |"


def read_reports(url: str, token: str, number: int, ended: Any, seconds: Any) -> None:
    """Clients that ask the heaviest report without pause; how long each took goes into the queue ``seconds``."""
    asked = urllib.request.Request(
        f"{url}/api/v1/query", json.dumps(HEAVIEST).encode(), {"Authorization": f"Bearer {token}"}
    )

    def read() -> None:
        while not ended.is_set():
            started = time.monotonic()
            with urllib.request.urlopen(asked, timeout=120) as answer:
                answer.read()
            seconds.put(time.monotonic() - started)

    threads = [threading.Thread(target=read) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds.put(None)


@contextmanager
def running_readers(system: "System", number: int) -> Iterator[list[float]]:
    """Readers in a process of their own, so that they do not hold up who sends; the list is filled at the end."""
    context = multiprocessing.get_context("spawn")
    ended, seconds = context.Event(), context.Queue()
    readers = context.Process(target=read_reports, args=(system.query_url, system.token, number, ended, seconds))
    readers.start()
    found: list[float] = []
    try:
        yield found
    finally:
        ended.set()
        found += iter(seconds.get, None)
        readers.join()


class System(NamedTuple):
    """A running system: where its parts are, and its processes."""

    client: Client
    port: int
    query_url: str
    token: str
    processes: list[Process]
    environment: dict[str, str]
    sealer: "subprocess.Popen[bytes]"


@contextmanager
def running_system(folder: Path, workers: int) -> Iterator[System]:
    """Store, sealer, ingest and query over a folder; ended at the end."""
    environment = {"FOOTFALL_DATA_DIR": str(folder), "FOOTFALL_WORKERS": str(workers)}
    with ExitStack() as stack:
        store = EmbeddedStore(folder)
        stack.callback(store.stop)
        store.start()
        assert store.process is not None
        client = connect(load_settings(environment))
        stack.callback(client.close)
        Sites(client).add(SITE)
        token = Tokens(client).create(Access("read"))
        ports = {role: free_port() for role in ("ingest", "query")}
        started = {}
        for role, words in (
            ("ingest", ("serve", "--role", "ingest")),
            ("query", ("serve", "--role", "query")),
            ("sealer", ("seal",)),
        ):
            more = {"FOOTFALL_PORT": str(ports[role])} if role in ports else {}
            process = subprocess.Popen(
                [sys.executable, "-m", "collector", *words], env={**os.environ, **environment, **more}
            )
            stack.callback(_end, process)
            started[role] = process
        for port in ports.values():
            _wait_for(f"http://127.0.0.1:{port}/readyz")
        processes = [Process("store", store.process.pid), Process("sealer", started["sealer"].pid)]
        for role in ports:
            _, *children = with_children(started[role].pid)
            processes += [Process(f"{role} {place}", pid) for place, pid in enumerate(children, 1)]
        yield System(
            client,
            ports["ingest"],
            f"http://127.0.0.1:{ports['query']}",
            token,
            processes,
            environment,
            started["sealer"],
        )


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer.")


def count_stored(system: System) -> int:
    """Events in the segments, after all that is in the log has been sealed: each event id once."""
    _end(system.sealer)
    settings = load_settings(system.environment)
    round_ = SealingRound(settings, Sites(system.client), Segments(system.client))
    try:
        round_.run()
    finally:
        round_.close()
    shard = Shard(SITE.id, 0)
    if system.client.xlen(shard.log):
        raise SystemExit("The log could not be sealed.")
    return int(cast(Any, system.client.hget(shard.state, "rows")))


def show(name: str, told: Told, visits_a_minute: int) -> str:
    answers = ", ".join(f"{count:,} × {status or 'none'}" for status, count in sorted(told.statuses.items()))
    return (
        f"{name}: {visits_a_minute:,} visits a minute for {told.seconds:.0f} s; answers: {answers}; "
        f"p50 {told.latency_ms(0.5):.1f} ms, p99 {told.latency_ms(0.99):.1f} ms, longest {told.latencies_ms[-1]:.0f} ms"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--visits", type=int, default=100_000, help="a minute; default: %(default)s")
    parser.add_argument("--minutes", type=float, default=10, help="how long; default: %(default)s")
    parser.add_argument("--beacons", type=int, choices=(1, 2), default=2, help="of a visit; default: %(default)s")
    parser.add_argument("--workers", type=int, default=1, help="of ingest; default: %(default)s")
    parser.add_argument("--reports", type=int, default=0, help="clients that ask for reports in the second half")
    given = parser.parse_args()
    rate, seconds = given.visits * given.beacons / 60, given.minutes * 60
    with tempfile.TemporaryDirectory() as folder, running_system(Path(folder), given.workers) as system:
        address = ("127.0.0.1", system.port)
        told = [send_steadily(address, min(rate, 500), 3, build_requests("warm-up", given.beacons))]
        memory = MemoryWatch(system.processes)
        memory.start()
        halves = 2 if given.reports else 1
        told.append(send_steadily(address, rate, seconds / halves, build_requests("first", given.beacons)))
        print(show("without readers" if given.reports else "load", told[1], given.visits), flush=True)
        if given.reports:
            with running_readers(system, given.reports) as report_seconds:
                told.append(send_steadily(address, rate, seconds / halves, build_requests("second", given.beacons)))
            print(show(f"with {given.reports} readers", told[2], given.visits))
            print(
                f"p99 is {told[2].latency_ms(0.99) / told[1].latency_ms(0.99):.2f} × that without readers; "
                f"{len(report_seconds)} reports, median {statistics.median(report_seconds):.2f} s"
            )
        memory.stop()
        accepted = sum(each.accepted for each in told)
        stored = count_stored(system)
    print(f"events answered 202: {accepted:,}; stored: {stored:,}; lost: {max(accepted - stored, 0):,}")
    print("\n| process | MB at first | at last | MB a minute, settled |\n|---|---|---|---|")
    print("\n".join(memory.rows()))
    is_well = all(set(each.statuses) == {202} for each in told) and stored == accepted
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
