"""Other people's collectors from PyPI, to be measured beside ours: each in a venv of its own, under the same gunicorn.

What stores an event of theirs is in bench/peers/, one application a file.
"""

import base64
import gzip
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

APPLICATIONS = Path(__file__).parent / "peers"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "footfall-bench"
START_SECONDS = 60.0


class Request(NamedTuple):
    """One event, as the peer's own tracker or documentation sends it."""

    method: str
    path: str
    body: str = ""
    content_type: str = "text/plain;charset=UTF-8"


class Peer(NamedTuple):
    """A peer. ``durability``: where an event is when the answer comes; ``count`` tells how many are stored."""

    name: str
    requires: tuple[str, ...]
    application: str
    durability: str
    request: Callable[[int], Request]
    count: Callable[[Path], int]


def _runlight_request(number: int) -> Request:
    body = {
        "k": "pageview", "u": f"https://shop.example/p/{number % 1000}?utm_source=newsletter", "i": f"p{number:x}",
        "r": "https://www.google.com/", "t": "Waymark: maps for long walks", "w": 1440, "h": 900, "l": "en-GB",
    }  # fmt: skip
    return Request("POST", "/runlight/e", json.dumps(body))


def _xem_request(number: int) -> Request:
    event = {
        "name": "PageView", "siteId": "bench", "pageUrl": f"https://shop.example/p/{number % 1000}",
        "referrer": "https://www.google.com/", "prevUrl": "",
    }  # fmt: skip
    return Request("GET", f"/tk?data={base64.urlsafe_b64encode(json.dumps(event).encode()).decode()}")


def _behavior_request(number: int) -> Request:
    body = {"url": f"https://shop.example/p/{number % 1000}", "session_id": "bench"}
    return Request("POST", "/user_behavior/pageviews/", json.dumps(body), "application/json")


def _count_rows(file: str, table: str) -> Callable[[Path], int]:
    def count(folder: Path) -> int:
        with closing(sqlite3.connect(folder / file, timeout=30)) as database:
            (found,) = database.execute(f"select count(*) from {table}").fetchone()
        return int(found)

    return count


def _count_lines(folder: Path) -> int:
    path = folder / "EventLog.jsonl.gz"
    if not path.exists():
        return 0
    with gzip.open(path) as lines:
        return sum(1 for _ in lines)


PEERS = (
    Peer("runlight 0.3.2", ("runlight==0.3.2", "flask"), "runlight_app:app",
         "SQLite in WAL mode, not synced", _runlight_request, _count_rows("runlight.db", "rl_events")),
    Peer("xem 0.0.16", ("xem==0.0.16",), "xem_app:app",
         "a file, not synced", _xem_request, _count_lines),
    Peer("dj-user-behavior 1.0.0", ("dj-user-behavior==1.0.0",), "behavior_app:app",
         "SQLite, synced", _behavior_request, _count_rows("behavior.db", "user_behavior_pageview")),
)  # fmt: skip


def install(peer: Peer) -> Path:
    """The folder of the peer's programs; made at the first time."""
    folder = CACHE / f"{peer.name.replace(' ', '-')}-python{sys.version_info.major}.{sys.version_info.minor}"
    ready = folder / ".ready"
    if not ready.exists():
        print(f"installing {peer.name} into {folder} (once) …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        same = [f"{name}=={version(name)}" for name in ("gunicorn", "gevent", "gunicorn_h1c", "packaging")]
        subprocess.run(
            [folder / "bin" / "pip", "install", "--quiet", *peer.requires, *same, "setuptools<81"], check=True
        )
        ready.touch()
    return folder / "bin"


@contextmanager
def running_peer(peer: Peer, folder: Path, port: int) -> Iterator[int]:
    """The peer on a port of this machine, under one gevent worker; gives its process id. Ended at the end."""
    folder.mkdir()
    options = ("--worker-class", "gevent", "--workers", "1", "--keep-alive", "75", "--log-level", "error")
    process = subprocess.Popen(
        [install(peer) / "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "--no-control-socket", peer.application],
        cwd=APPLICATIONS,
        env={**os.environ, "BENCH_FOLDER": str(folder)},
    )
    try:
        _wait_until_stored(peer, folder, port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_stored(peer: Peer, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    """Send a first event until it is answered; it must be stored, or there is nothing to measure."""
    from http.client import HTTPConnection, HTTPException

    asked = peer.request(0)
    deadline = time.monotonic() + START_SECONDS
    while True:
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{peer.name} did not start; what it printed above says why.")
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request(
                    asked.method,
                    asked.path,
                    asked.body.encode(),
                    {"Content-Type": asked.content_type, "User-Agent": AGENT},
                )
                status = connection.getresponse().status
            break
        except (OSError, HTTPException):
            time.sleep(0.1)
    if status >= 300 or peer.count(folder) != 1:
        raise SystemExit(f"{peer.name} answered its first event {status}, and {peer.count(folder)} are stored.")


AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
