"""A steady load of beacons, what was answered to each, and what is counted of them in the end."""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from collector.storage.sites import Site
from tests.service import CHROME, Service, request
from tests.stores import wait_until

CONNECTIONS = 8
PAUSE_SECONDS = 0.01  # of each connection between two beacons: the store's faults are tested, not its speed
ROWS = 10_000  # of one answer


class Answered(NamedTuple):
    """One beacon: its path, which no other has, the answer, and the moments of asking and of being answered."""

    path: str
    status: int
    body: dict[str, object]
    asked: float
    answered: float

    @property
    def safety(self) -> str:
        """``fsync``, ``replica``, ``spool`` …, or the code of what was refused."""
        return str(self.body["durability"] if self.status == 202 else self.body["code"])


def build_pageview(site: Site, number: int) -> dict[str, object]:
    return {
        "site": site.id,
        "visitor": f"install-{number % 50}",
        "page": {"id": f"pageview-{number}", "url": f"https://shop.example/p/{number}"},
        "events": [{"name": "pageview", "seq": 0}],
    }


class Load:
    """Beacons to one site from several connections, until it is stopped."""

    def __init__(self, service: Service, site: Site) -> None:
        self._service = service
        self._site = site
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(first,)) for first in range(CONNECTIONS)]
        self.answers: list[Answered] = []
        for thread in self._threads:
            thread.start()

    def _send(self, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._service.settings.port, timeout=60)
        while not self._stop.wait(PAUSE_SECONDS):
            body = json.dumps(build_pageview(self._site, number))
            asked = time.monotonic()
            connection.request("POST", "/api/v1/events", body, {"User-Agent": CHROME})
            answer = connection.getresponse()
            said = json.loads(answer.read())
            self.answers.append(Answered(f"/p/{number}", answer.status, said, asked, time.monotonic()))
            number += CONNECTIONS
        connection.close()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def count(self, safety: str, since: float = 0) -> int:
        """How many beacons that were sent after ``since`` got this answer."""
        return sum(each.safety == safety and each.asked >= since for each in self.answers)

    def resend_refused(self) -> None:
        """Send again what got no 202, as the tracker does."""
        for each in [each for each in self.answers if each.status != 202]:
            number = int(each.path.removeprefix("/p/"))
            assert self._service.post(build_pageview(self._site, number)).status == 202

    def check_counts(self) -> Counter[str]:
        """Every beacon that got its 202 is counted once, and no other twice. What each got, summed."""
        counted = {path: numbers[0] for path, numbers in read_paths(self._service, self._site).items()}
        acknowledged = {each.path for each in self.answers if each.status == 202}
        assert acknowledged - counted.keys() == set(), "a beacon that got its 202 is lost"
        assert set(counted.values()) == {1}, "a beacon counts twice"
        assert counted.keys() <= {each.path for each in self.answers}
        return Counter(each.safety for each in self.answers)


def read_paths(service: Service, site: Site) -> dict[str, list[int]]:
    """Path → its pageviews, of all there are, page by page."""
    paths: dict[str, list[int]] = {}
    while True:
        page = {"limit": ROWS, "offset": len(paths)}
        rows = service.rows(site, "event:page", "pageviews", pagination=page, order_by=[["event:page", "asc"]])
        paths |= rows
        if len(rows) < ROWS:
            return paths


@contextmanager
def running_load(service: Service, site: Site) -> Iterator[Load]:
    load = Load(service, site)
    try:
        yield load
    finally:
        load.stop()


def read_metrics(service: Service) -> dict[str, float]:
    """`GET /metrics`: name with labels → number."""
    answer = request(f"{service.url}/metrics")
    assert answer.status == 200
    lines = [line for line in answer.body.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def wait_until_replayed(service: Service, seconds: float = 30) -> None:
    wait_until(lambda: read_metrics(service)["footfall_spool_rows"] == 0, "the spool is empty", seconds)
