"""A steady load of numbered beacons, and what was answered to each.

A beacon that got no 202 is sent again by ``resend``, as the tracker does, until there is one; and so are some that got
it, as the tracker does when the answer was lost on its way.
"""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import NamedTuple

from collector.storage.sites import Site
from tests.beacons import build_pageview
from tests.service import CHROME
from tests.stores import wait_until

CONNECTIONS = 8
PAUSE_SECONDS = 0.01  # of each connection between two beacons: the store's faults are tested, not its speed
GONE_SECONDS = 0.1  # before the next beacon to somebody who did not answer at all
RESEND_SECONDS = 30.0
NO_ANSWER = "no answer"

Label = tuple[str, str]
"""Path and name of one event: no two events of a load have the same."""


class Answered(NamedTuple):
    """One beacon, and what came back: ``fsync``, ``replica``, ``spool`` …, the code of a refusal, or ``no answer``."""

    number: int
    safety: str
    is_acknowledged: bool
    asked: float
    answered: float


def build_beacon(site: Site, number: int) -> dict[str, object]:
    events = [{"name": "pageview", "seq": 0}, {"name": "signup", "seq": 1}]
    return build_pageview(site, number) | {"events": events}


def labels_of(number: int) -> tuple[Label, ...]:
    return (f"/p/{number}", "pageview"), (f"/p/{number}", "signup")


class Load:
    """Beacons to one site from several connections, until it is stopped. ``port``: of whoever takes them."""

    def __init__(self, port: int, site: Site) -> None:
        self._port = port
        self._site = site
        self._stop = threading.Event()
        self.answers: list[Answered] = []
        self.sent_again = 0
        self._threads = self._start([self._send_until_stopped] * CONNECTIONS)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def count(self, safety: str = "", since: float = 0) -> int:
        """How many beacons that were sent after ``since`` got this answer; '' = any 202."""
        return sum(
            each.asked >= since and (each.safety == safety if safety else each.is_acknowledged) for each in self.answers
        )

    def wait_for(self, beacons: int, safety: str = "") -> None:
        """Return when so many more beacons got this answer."""
        since = time.monotonic()
        wait_until(
            lambda: self.count(safety, since) >= beacons, f"{beacons} more beacons are answered by {safety or 202}"
        )

    @property
    def acknowledged(self) -> set[int]:
        return {each.number for each in self.answers if each.is_acknowledged}

    @property
    def sent(self) -> set[int]:
        return {each.number for each in self.answers}

    @property
    def unacknowledged(self) -> set[int]:
        return self.sent - self.acknowledged

    def safeties(self) -> Counter[str]:
        return Counter(each.safety for each in self.answers)

    def longest_seconds(self) -> float:
        """The longest that a beacon waited for its answer."""
        return max(each.answered - each.asked for each in self.answers if each.safety != NO_ANSWER)

    def resend(self, share: float, chance: Random) -> None:
        """Send again what got no 202 until it gets one, and once more a share of what has one."""
        doubled = [number for number in sorted(self.acknowledged) if chance.random() < share]
        waiting = sorted(self.unacknowledged) + doubled
        self.sent_again += len(waiting)
        parts = [waiting[first::CONNECTIONS] for first in range(CONNECTIONS)]
        for thread in self._start([self._send_all] * CONNECTIONS, parts):
            thread.join()

    def _start(self, targets, arguments: Sequence[object] = range(CONNECTIONS)) -> list[threading.Thread]:
        threads = [threading.Thread(target=run, args=(each,)) for run, each in zip(targets, arguments, strict=True)]
        for thread in threads:
            thread.start()
        return threads

    def _send_until_stopped(self, number: int) -> None:
        with _connection(self._port) as connection:
            while not self._stop.wait(PAUSE_SECONDS):
                self.answers.append(self._send(connection, number))
                number += CONNECTIONS

    def _send_all(self, numbers: Iterable[int]) -> None:
        deadline = time.monotonic() + RESEND_SECONDS
        with _connection(self._port) as connection:
            for number in numbers:
                while not (answered := self._send(connection, number)).is_acknowledged:
                    if time.monotonic() > deadline:
                        break  # it stays unacknowledged, and whoever counts will say so
                    time.sleep(PAUSE_SECONDS)
                self.answers.append(answered)

    def _send(self, connection: http.client.HTTPConnection, number: int) -> Answered:
        asked = time.monotonic()
        try:
            body = json.dumps(build_beacon(self._site, number))
            connection.request("POST", "/api/v1/events", body, {"User-Agent": CHROME})
            answer = connection.getresponse()
            said = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()  # the next beacon opens another one
            time.sleep(GONE_SECONDS)
            return Answered(number, NO_ANSWER, False, asked, time.monotonic())
        is_acknowledged = answer.status == 202
        safety = str(said["durability" if is_acknowledged else "code"])
        return Answered(number, safety, is_acknowledged, asked, time.monotonic())


@contextmanager
def _connection(port: int) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def running_load(port: int, site: Site) -> Iterator[Load]:
    load = Load(port, site)
    try:
        yield load
    finally:
        load.stop()
