"""`footfall run`: the whole system on one machine — store, web server and sealer — until Ctrl-C."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import IO

from collector.commands.serve import check_port
from collector.enrich.bots import WEBDRIVER
from collector.errors import StartError
from collector.script_tag import write_script_tag
from collector.settings import Settings
from collector.storage.connect import connect, refuse_eviction
from collector.storage.embedded import EmbeddedStore
from collector.storage.sites import NamedFilters, Site, Sites
from collector.storage.tokens import Tokens

READY_SECONDS = 30.0
END_SECONDS = 15.0
RESTART_PAUSE_SECONDS = 1.0
# Who tries the shop out with a browser that a program drives wants to see that, too.
DEMO = Site(
    "demo",
    "Demo shop",
    people=(WEBDRIVER, "HeadlessChrome"),
    goals=(
        NamedFilters("Purchase", [["is", "event:name", ["purchase"]]]),
        NamedFilters("Letters ordered", [["is", "event:name", ["signup"]]]),
    ),
)


def lock_data_folder(data_dir: Path) -> IO[str]:
    """Hold the data folder for as long as the file stays open. Raises StartError."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = (data_dir / "lock").open("a+")
    except OSError as error:
        raise StartError(f"The data folder {data_dir} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StartError(
            f"Another Footfall is running on {data_dir}: end it, or choose another folder with FOOTFALL_DATA_DIR=…"
        ) from error
    return lock


class _Child:
    """A process of ours that is started again when it ends by itself."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "collector", *self._arguments],
            start_new_session=True,  # Ctrl-C reaches us alone, and we end the children in order
        )

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def stop(self) -> None:
        if self.has_ended():
            return
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _wait_until_ready(url: str, has_ended: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not has_ended():
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.03)
    raise StartError("The web server did not start; what it printed above says why.")


def _greet(url: str, tag: str, login: str, seconds: float) -> None:
    print(
        f"""
  Footfall is up ({seconds:.1f} s).

  Dashboard    {url}/login?token={login}
               (logs in once; `footfall login` prints another)
  Demo shop    {url}/demo/
  Script tag   {tag}

  Ctrl-C ends it. The data stays.
""",
        flush=True,
    )


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none; settings are in the environment."""


def main(settings: Settings, arguments: Namespace) -> None:
    """Start everything, print where it is, and stay until SIGINT or SIGTERM. Raises StartError."""
    started = time.monotonic()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    lock = lock_data_folder(settings.data_dir)
    check_port(settings)
    store = EmbeddedStore(settings.data_dir) if settings.is_embedded else None
    children: list[_Child] = []
    try:
        if store:
            store.launch()
        children = [_Child("serve", "--role", "all"), _Child("seal")]  # they load while the store gets ready
        if store:
            store.wait_until_ready()
        client = connect(settings)
        refuse_eviction(client)
        Sites(client).add(DEMO)
        url = settings.local_url
        _wait_until_ready(url, children[0].has_ended)
        tag = write_script_tag(url, settings.url_prefix, DEMO.id)
        _greet(url, tag, Tokens(client).create_login(), time.monotonic() - started)
        while not stop.wait(RESTART_PAUSE_SECONDS):
            if store and not store.is_running():
                print("footfall: the store ended; starting it again", file=sys.stderr, flush=True)
                store.start()
            for child in children:
                if child.has_ended():
                    print("footfall: a process ended; starting it again", file=sys.stderr, flush=True)
                    child.start()
            if store:
                store.shrink_file()
    finally:
        for child in children:
            child.stop()
        if store:
            store.stop()
        lock.close()
        os.write(1, b"  Footfall has ended.\n")
