"""What taking beacons in costs, next to an empty Flask route and to other collectors: one gunicorn worker each.

    python -m bench.ingest [--rounds 5] [--seconds 4] [--no-peers]

The loads take turns (A B C … A B C …), so that whatever else the machine does hits all of them: A, beacons of one event
to an empty Flask route that reads the body and answers 204; B, the same beacons to the collector over its own
store, which appends and fsyncs before it answers; C, beacons of 20 events to the collector; then single events to the
peers of bench/peer_servers.py. After every turn what is stored is held against what was answered; a turn with an
answer other than 2xx counts for nothing and ends the run. Needs wrk on PATH.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec
from flask import Flask, Response, request

from bench.peer_servers import PEERS, Peer, running_peer
from collector.commands.serve import Server
from collector.settings import Settings, load_settings
from collector.storage.keys import Shard

if TYPE_CHECKING:  # this file is also the empty server, and gunicorn must patch sockets before redis is imported
    from collector.storage.connect import Client
    from collector.storage.embedded import EmbeddedStore

SITE = "bench"
CLIENTS = 32
PAGES = 1000
EVENTS_OF_LARGE = 20
WARM_UP_SECONDS = 1
START_SECONDS = 60.0
EMPTY_SERVER = "--empty-server"  # how this file starts its second server
AGENTS = tuple(
    f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"
    for system in ("X11; Linux x86_64", "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7")
    for version in range(120, 130)
)

# A page.id of its own for every request, pages and browsers in turn.
BEACONS = """
local agents = {{ {agents} }}
local headers = {{}}
for place, agent in ipairs(agents) do
  headers[place] = {{["User-Agent"] = agent, ["Content-Type"] = "text/plain;charset=UTF-8"}}
end
function request()
  sent = sent + 1
  local body = [==[{before_id}]==] .. number .. "-" .. sent .. [==[{before_path}]==] .. (sent % {pages}) .. [==[{after}]==]
  return wrk.format("POST", nil, headers[sent % #headers + 1], body)
end
"""  # noqa: E501
# What a peer is sent is made before, and sent in turn.
REQUESTS = """
local requests = {{ {requests} }}
function request()
  sent = sent + 1
  local one = requests[sent % #requests + 1]
  return wrk.format(one[1], one[2], {{["Content-Type"] = one[4], ["User-Agent"] = one[5]}}, one[3])
end
"""
# ``sent`` counts also what wrk throws away at the end of its time: such requests are stored or not, and never answered.
COUNTS = """
sent = 0
local threads = {}
function setup(thread) thread:set("number", #threads); table.insert(threads, thread) end
function done(summary, latency)
  local all = 0
  for _, thread in ipairs(threads) do all = all + thread:get("sent") end
  local errors = summary.errors
  io.write(string.format('{"answered":%d,"sent":%d,"us":%d,"p50_us":%d,"p99_us":%d,"bad":%d,"broken":%d}\\n',
    summary.requests, all, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
"""


class Load(NamedTuple):
    """What is sent where. ``durability``: where an event is when its answer comes; empty = nowhere."""

    name: str
    url: str
    pid: int
    events: int
    durability: str
    peer: Peer | None = None
    folder: Path = Path()


class Turn(NamedTuple):
    """One load for a few seconds. CPU times are of all the server's processes, and of the store."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    app_cpu_seconds: float
    store_cpu_seconds: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class Benched(NamedTuple):
    """A server under load: its address, and the process that started its workers."""

    url: str
    pid: int


def build_body(events: int, prefix: str) -> str:
    """A beacon as the tracker sends it, with ``@id@`` and ``@path@`` where each request differs."""
    more = (
        {"name": "click", "element": "ul.products > li:nth-child(3) > a", "text": "Add to cart", "x": 320, "y": 840},
        {"name": "view", "entity": {"type": "product", "id": "42"}, "visible_ms": 2300},
        {"name": "engagement", "visible_ms": 5300, "active_ms": 4100, "scroll_percent": 62},
        {"name": "signup", "props": {"plan": "pro", "seats": 5}},
    )  # fmt: skip
    facts: list[dict[str, Any]] = [{"name": "pageview"}, *(more[place % len(more)] for place in range(events - 1))]
    page = {
        "id": f"{prefix}@id@",
        "url": "https://shop.example/p/@path@?utm_source=newsletter",
        "title": "Waymark: maps for long walks",
        "referrer": "https://www.google.com/",
        "language": "en-GB",
        "width": 1440,
        "height": 900,
    }
    return json.dumps(
        {"site": SITE, "page": page, "events": [fact | {"seq": seq} for seq, fact in enumerate(facts)]},
        separators=(",", ":"),
    )


def write_script(folder: Path, load: Load, turn: int) -> Path:
    """wrk's script of one turn."""
    if load.peer is None:
        before_id, _, rest = build_body(load.events, f"turn{turn}-").partition("@id@")
        before_path, _, after = rest.partition("@path@")
        agents = ", ".join(json.dumps(agent) for agent in AGENTS)
        requests = BEACONS.format(agents=agents, before_id=before_id, before_path=before_path, after=after, pages=PAGES)
    else:
        made = (load.peer.request(turn * PAGES + number) for number in range(PAGES))
        rows = (
            f"{{{', '.join(json.dumps(part) for part in (*one, AGENTS[place % len(AGENTS)]))}}}"
            for place, one in enumerate(made)
        )
        requests = REQUESTS.format(requests=",\n".join(rows))
    path = folder / "beacons.lua"
    path.write_text(COUNTS + requests)
    return path


class EmptyServer(Server):
    """The collector's gunicorn, options and all, with a Flask application of a single route in it."""

    def load(self) -> Flask:
        app = Flask("empty")

        @app.post("/")
        def take_nothing() -> Response:
            request.get_data(cache=False)
            return Response(status=204)

        return app


def read_cpu_seconds(pids: list[int]) -> float:
    """User and system time that the processes have used so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def with_children(pid: int) -> list[int]:
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


@contextmanager
def running_server(environment: dict[str, str], *arguments: str) -> Iterator[Benched]:
    """A server process; ended at the end."""
    from collector.storage.embedded import free_port

    environment = environment | {"FOOTFALL_PORT": str(free_port()), "FOOTFALL_WORKERS": "1"}
    process = subprocess.Popen([sys.executable, "-m", *arguments], env={**os.environ, **environment})
    url = f"http://127.0.0.1:{environment['FOOTFALL_PORT']}"
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _is_up(url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{' '.join(arguments)} did not start; what it printed above says why.")
            time.sleep(0.05)
        yield Benched(url, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/livez", timeout=2):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True  # the empty application has one route, and this is none
    except OSError:
        return False


def check_first_answer(url: str) -> None:
    """One beacon must be answered as a stored one, or there is nothing to measure."""
    body = build_body(1, "first-one-").replace("@id@", "1").replace("@path@", "1").encode()
    with urllib.request.urlopen(urllib.request.Request(url, body), timeout=10) as answer:
        said = json.load(answer)
    if (answer.status, said) != (202, {"accepted": 1, "durability": "fsync"}):
        raise SystemExit(f"A beacon was answered {answer.status} {said}.")


def count_stored(client: "Client", log: str) -> tuple[int, int]:
    """Entries and events of a log."""
    entries = events = 0
    last = "-"
    while batch := cast(list[tuple[bytes, dict[bytes, bytes]]], client.xrange(log, last, "+", count=1000)):
        for _, fields in batch:
            events += sum(
                len(msgspec.json.decode(line)["events"]) for lines in fields.values() for line in lines.split(b"\n")
            )
        entries += len(batch)
        last = f"({batch[-1][0].decode()}"
    return entries, events


class Bench:
    """The store, and turns of load."""

    def __init__(self, folder: Path, store: "EmbeddedStore", client: "Client") -> None:
        assert store.process is not None
        self._folder = folder
        self._store_pid = store.process.pid
        self._client = client
        self._log = Shard(SITE, 0).log
        self._turns = 0

    def run_turn(self, load: Load, seconds: int) -> Turn:
        """One turn. Ends the program when an answer was not 2xx, or anything else is stored than was answered."""
        self._turns += 1
        self._client.delete(self._log)
        before = load.peer.count(load.folder) if load.peer else 0
        script = write_script(self._folder, load, self._turns)
        pids = with_children(load.pid)
        app_before, store_before = read_cpu_seconds(pids), read_cpu_seconds([self._store_pid])
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), load.url]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=True)
        said = json.loads(ended.stdout.strip().splitlines()[-1])
        time.sleep(0.3)  # what wrk left unanswered when its time was over is still being stored
        app, store = read_cpu_seconds(pids) - app_before, read_cpu_seconds([self._store_pid]) - store_before
        if said["bad"] or said["broken"]:
            raise SystemExit(f"{load.name}: {said['bad']} answers were not 2xx, {said['broken']} did not come.")
        if load.peer:
            _check_stored(load, said, load.peer.count(load.folder) - before)
        elif load.durability:
            self._check_log(load, said)
        return Turn(said["answered"], said["us"] / 1e6, said["p50_us"] / 1e3, said["p99_us"] / 1e3, app, store)

    def _check_log(self, load: Load, said: dict[str, int]) -> None:
        entries, events = count_stored(self._client, self._log)
        _check_stored(load, said, entries)
        if events != entries * load.events:
            raise SystemExit(f"{load.name}: {entries} beacons of {load.events} are stored as {events} events.")


def _check_stored(load: Load, said: dict[str, int], stored: int) -> None:
    if not said["answered"] <= stored <= min(said["sent"], said["answered"] + CLIENTS):
        raise SystemExit(f"{load.name}: {said['answered']} requests were answered, and {stored} are stored.")


def show(loads: tuple[Load, ...], rounds: list[list[Turn]]) -> str:
    """The table: medians over the rounds; the ratio is taken within each round."""
    lines = [
        "| load | requests/s: median (all rounds) | events/s | of the empty route | p50 ms | p99 ms "
        "| CPU-ms an event: app + store | when answered |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for place, load in enumerate(loads):
        turns = [turns[place] for turns in rounds]
        rates = [turn.rate for turn in turns]
        ratios = [turn.rate / turns[0].rate for turn, turns in zip(turns, rounds, strict=True)]
        events = [turn.requests * load.events for turn in turns]
        app, store = (
            statistics.median(1000 * getattr(turn, name) / count for turn, count in zip(turns, events, strict=True))
            for name in ("app_cpu_seconds", "store_cpu_seconds")
        )
        cells = (
            load.name,
            f"{statistics.median(rates):,.0f} ({', '.join(f'{rate:,.0f}' for rate in rates)})",
            f"{statistics.median(rates) * load.events:,.0f}" if load.durability else "none",
            f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
            f"{statistics.median(turn.p50_ms for turn in turns):.1f}",
            f"{statistics.median(turn.p99_ms for turn in turns):.1f}",
            f"{app:.3f}" if load.peer or not load.durability else f"{app:.3f} + {store:.3f}",
            load.durability or "nothing stored",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", *_compare(loads, rounds)])


def _compare(loads: tuple[Load, ...], rounds: list[list[Turn]]) -> Iterator[str]:
    """Single events here and at each peer, by the round."""
    for place, load in enumerate(loads):
        if load.peer:
            times = [turns[1].rate / turns[place].rate for turns in rounds]
            yield f"B is {statistics.median(times):.1f} × {load.name} ({min(times):.1f} to {max(times):.1f})"


@contextmanager
def running_bench(folder: Path, peers: tuple[Peer, ...] = ()) -> Iterator[tuple[Bench, tuple[Load, ...]]]:
    """Store, collector, empty route and peers, started, and the loads for them."""
    from collector.storage.connect import connect
    from collector.storage.embedded import EmbeddedStore, free_port
    from collector.storage.sites import Site, Sites

    environment = {"FOOTFALL_DATA_DIR": str(folder)}
    settings: Settings = load_settings(environment)
    with ExitStack() as stack:
        store = EmbeddedStore(settings.data_dir)
        stack.callback(store.stop)
        store.start()
        client = connect(settings)
        stack.callback(client.close)
        Sites(client).add(Site(SITE, "Bench"))
        collector = stack.enter_context(running_server(environment, "collector", "serve", "--role", "ingest"))
        empty = stack.enter_context(running_server(environment, "bench.ingest", EMPTY_SERVER))
        url = f"{collector.url}/api/v1/events"
        check_first_answer(url)
        loads = [
            Load("A: empty Flask route", f"{empty.url}/", empty.pid, 1, ""),
            Load("B: collector, 1 event a beacon", url, collector.pid, 1, "log, synced"),
            Load(
                f"C: collector, {EVENTS_OF_LARGE} events a beacon", url, collector.pid, EVENTS_OF_LARGE, "log, synced"
            ),
        ]
        for peer in peers:
            port, place = free_port(), folder / peer.name
            pid = stack.enter_context(running_peer(peer, place, port))
            loads.append(Load(peer.name, f"http://127.0.0.1:{port}", pid, 1, peer.durability, peer, place))
        yield Bench(folder, store, client), tuple(loads)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="turns of each load; default: %(default)s")
    parser.add_argument("--seconds", type=int, default=4, help="length of a turn; default: %(default)s")
    parser.add_argument("--no-peers", action="store_true", help="only the empty route and the collector")
    parser.add_argument(EMPTY_SERVER, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.empty_server:
        EmptyServer(load_settings(), "ingest").run()
        return 0
    if not shutil.which("wrk"):
        print("This needs wrk, the load generator: apt-get install wrk.", file=sys.stderr)
        return 1
    load_average = os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_bench(Path(folder), () if given.no_peers else PEERS) as (bench, loads),
    ):
        for load in loads:
            bench.run_turn(load, WARM_UP_SECONDS)
        rounds = [[bench.run_turn(load, given.seconds) for load in loads] for _ in range(given.rounds)]
    print(show(loads, rounds))
    print(
        f"\n{given.rounds} rounds of {given.seconds} s a load, {CLIENTS} keep-alive clients, {os.cpu_count()} cores "
        f"shared with wrk, load average before the start {load_average:.1f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
