"""kill -9 of everything at once, in the middle of a replay: nothing that got its 202 is lost, nothing counts twice.

The short form is a test. `python -m tests.faults.test_kill_everything --beacons 200000 --kills 30` is the long one.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from subprocess import DEVNULL
from typing import Any, NamedTuple

from collector.settings import load_settings
from collector.storage.connect import connect, embedded_port_file
from collector.storage.embedded import free_port
from collector.storage.keys import Shard
from tests.service import CHROME, end_process, request, start_command, wait_for_http
from tests.stores import wait_until

SITE = "demo"  # `footfall run` makes it
ADMIN = "the-admin-token"
CONNECTIONS = 12
RESULT_ROWS = 10_000  # of one answer
ON_LEAVING = ("click", "engagement", "signup")

Label = tuple[str, str]
"""Path and name of one event: no two events of a replay have the same."""


class Beacon(NamedTuple):
    """One request of the tracker, and the events it carries."""

    body: bytes
    events: tuple[Label, ...]


class Figures(NamedTuple):
    """What happened, summed over all kills."""

    beacons: int
    events: int
    kills: int
    acknowledged_before_kills: int
    resent: int
    resent_but_stored: int
    seconds: float

    def __str__(self) -> str:
        return "\n".join(f"{value:>12,.0f}  {name.replace('_', ' ')}" for name, value in self._asdict().items())


def build_beacons(count: int) -> list[Beacon]:
    """As the tracker sends them: a pageview when a page opens, the rest in one beacon when it is left."""
    beacons: list[Beacon] = []
    for number in range(count // 2):
        path = f"/p/{number}"
        page = {"id": f"pageview-{number}", "url": f"https://shop.example{path}", "width": 1440, "height": 900}
        left = [
            {"name": "click", "seq": 1, "element": "main > button#buy", "text": "Buy", "x": 120, "y": 640},
            {"name": "engagement", "seq": 2, "visible_ms": number + 1, "active_ms": 1, "scroll_percent": 50},
            {"name": "signup", "seq": 3, "props": {"plan": "pro"}},
        ]
        for events in ([{"name": "pageview", "seq": 0}], left):
            body = json.dumps({"site": SITE, "page": page, "events": events}).encode()
            beacons.append(Beacon(body, tuple((path, str(event["name"])) for event in events)))
    return beacons


class Sender:
    """Sends beacons over kept-alive connections until all are answered or the collector is gone."""

    def __init__(self, port: int, beacons: Sequence[Beacon]) -> None:
        self._port = port
        self._left = iter(beacons)
        self._lock = threading.Lock()
        self.acknowledged: list[Beacon] = []
        self.unanswered: list[Beacon] = []  # sent, and no 202 came
        self.refused: list[str] = []
        self._threads = [threading.Thread(target=self._send_all) for _ in range(CONNECTIONS)]
        for thread in self._threads:
            thread.start()

    def wait(self) -> list[Beacon]:
        """The beacons that were never sent."""
        for thread in self._threads:
            thread.join()
        return list(self._left)

    def _next(self) -> Beacon | None:
        with self._lock:
            return next(self._left, None)

    def _send_all(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Content-Type": "text/plain;charset=UTF-8", "User-Agent": CHROME}
        try:
            while beacon := self._next():
                try:
                    connection.request("POST", "/api/v1/events", beacon.body, headers)
                    answer = connection.getresponse()
                    said = json.loads(answer.read())
                except (OSError, http.client.HTTPException, ValueError):
                    self.unanswered.append(beacon)
                    return  # the collector is gone
                if answer.status == 202 and said == {"accepted": len(beacon.events), "durability": "fsync"}:
                    self.acknowledged.append(beacon)
                else:
                    self.unanswered.append(beacon)
                    self.refused.append(f"{answer.status} {said}")
        finally:
            connection.close()


def find_process_tree(root: int) -> list[int]:
    """The process, its children, their children: parents first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has just ended
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    tree = [root]
    for pid in tree:  # grows while it is walked
        tree += children.get(pid, [])
    return tree


def is_alive(pid: int) -> bool:
    """Whether any thread of it still runs. The first one may be gone while another still holds the sockets."""
    try:
        states = [
            (thread / "stat").read_text().rpartition(")")[2].split()[0]
            for thread in (Path("/proc") / str(pid) / "task").iterdir()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}").exists()  # a thread ended while we looked: look again
    return not {"Z", "X"}.issuperset(states)


class Installation:
    """`footfall run` on a folder of its own, killed and started again at will."""

    def __init__(self, folder: Path) -> None:
        self.environment = {
            "FOOTFALL_DATA_DIR": str(folder / "var"),
            "FOOTFALL_PORT": str(free_port()),
            "FOOTFALL_ADMIN_TOKEN": ADMIN,
            "FOOTFALL_SEAL_SECONDS": "1",  # so that kills also hit a sealer at work
        }
        self.settings = load_settings(self.environment)
        self.port = self.settings.port
        self.start()

    def start(self) -> None:
        self.process = start_command(self.environment, "run", stdout=DEVNULL)
        wait_for_http(f"http://127.0.0.1:{self.port}/readyz", self.process, 60)

    def kill(self) -> None:
        """SIGKILL for supervisor, web server and worker, sealer and store; nothing of them is left."""
        store_port = int(embedded_port_file(self.settings.data_dir).read_text())
        tree = find_process_tree(self.process.pid)
        assert len(tree) >= 5, "supervisor, gunicorn and its worker, sealer, store"
        for pid in tree:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        wait_until(lambda: not any(map(is_alive, tree)), "all processes are gone", 10)
        for port in (self.port, store_port):
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", port)) != 0, f"somebody still listens on {port}"

    def query(self, **question: Any) -> list[dict[str, Any]]:
        """All rows of an answer, page by page."""
        rows: list[dict[str, Any]] = []
        for offset in itertools.count(0, RESULT_ROWS):
            body = {"site_id": SITE, "date_range": "all", "pagination": {"limit": RESULT_ROWS, "offset": offset}}
            answer = request(
                f"http://127.0.0.1:{self.port}/api/v1/query",
                body | question,
                headers={"Authorization": f"Bearer {ADMIN}"},
            )
            assert answer.status == 200, answer.body
            rows += answer.body["results"]
            if len(answer.body["results"]) < RESULT_ROWS:
                return rows
        raise AssertionError("unreachable")

    def count_events(self) -> Counter[Label]:
        """How often each event is counted. Engagements, which add up to nothing, by the time they report."""
        counted: Counter[Label] = Counter()
        for row in self.query(metrics=["events"], dimensions=["event:page", "event:name"]):
            if row["dimensions"][1] != "engagement":
                counted[tuple(row["dimensions"])] = row["metrics"][0]
        for row in self.query(metrics=["time_on_page"], dimensions=["event:page"]):
            (path,), (seconds,) = row["dimensions"], row["metrics"]
            if seconds is not None:
                assert round(seconds * 1000) == int(path.removeprefix("/p/")) + 1
                counted[path, "engagement"] = 1
        return counted

    def wait_until_sealed(self) -> None:
        store = connect(self.settings)
        try:
            wait_until(lambda: store.xlen(Shard(SITE, 0).log) == 0, "the log is sealed", 30)
        finally:
            store.close()


def labels_of(beacons: Sequence[Beacon]) -> set[Label]:
    return {label for beacon in beacons for label in beacon.events}


def replay_with_kills(folder: Path, count: int, kills: int, chance: random.Random) -> Figures:
    """Replay ``count`` beacons, kill everything ``kills`` times on the way, and resend only what got no 202."""
    started = time.monotonic()
    beacons = build_beacons(count)
    installation = Installation(folder)
    try:
        acknowledged: list[Beacon] = []
        to_send = beacons
        before_kills = resent = doubled = 0
        for kill in range(kills):
            # At a random moment of this kill's share of what is left, never in the idle time after all is sent.
            moment = int(len(to_send) / (kills - kill + 1) * chance.uniform(0.2, 1.0))
            sender = Sender(installation.port, to_send)
            wait_until(lambda s=sender, m=moment: len(s.acknowledged) >= m, "the replay is on its way", 120)
            time.sleep(chance.uniform(0, 0.02))
            installation.kill()
            never_sent = sender.wait()
            assert sender.refused == []
            assert sender.unanswered, "the kill hit beacons on their way"
            assert never_sent, "the kill hit the replay, not what comes after it"
            before_kills += len(sender.acknowledged)
            acknowledged += sender.acknowledged
            installation.start()
            stored = installation.count_events()
            assert set(stored.values()) == {1}, "an event counts twice"
            assert labels_of(acknowledged) - stored.keys() == set(), "an event that got its 202 is lost"
            unknown = stored.keys() - labels_of(acknowledged)
            assert unknown <= labels_of(sender.unanswered), "an event is stored that was not sent"
            # The resend comes first, and the events that were stored without an answer come twice.
            resent += len(sender.unanswered)
            doubled += sum(beacon.events[0] in unknown for beacon in sender.unanswered)
            to_send = sender.unanswered + never_sent
        sender = Sender(installation.port, to_send)
        assert sender.wait() == []
        assert (sender.unanswered, sender.refused) == ([], [])
        assert len(acknowledged) + len(sender.acknowledged) == len(beacons)
        exactly_once = Counter(labels_of(beacons))
        assert installation.count_events() == exactly_once
        installation.wait_until_sealed()
        assert installation.count_events() == exactly_once
    finally:
        end_process(installation.process)
    seconds = time.monotonic() - started
    return Figures(len(beacons), exactly_once.total(), kills, before_kills, resent, doubled, seconds)


def test_every_event_counts_once_when_everything_is_killed_during_a_replay(tmp_path: Path) -> None:
    figures = replay_with_kills(tmp_path, count=20_000, kills=3, chance=random.Random())
    print(f"\n{figures}")
    assert figures.events == 40_000
    assert figures.resent >= 3


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--beacons", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=None, help="of the moments; default: random")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(replay_with_kills(Path(folder), given.beacons, given.kills, random.Random(given.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
