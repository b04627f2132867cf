"""A running collector, as its users see it: over HTTP, with real processes behind it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from collector.sealing.work import SealingRound
from collector.settings import Node, Settings, load_settings
from collector.storage.connect import connect
from collector.storage.embedded import free_port
from collector.storage.segments import Segments
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Access, Tokens

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"

_numbers = count(1)


class Answer(NamedTuple):
    """What came back: the status, the headers, and the body, decoded when it is JSON."""

    status: int
    headers: dict[str, str]
    body: Any


def request(url: str, body: Any = None, *, method: str | None = None, headers: dict[str, str] | None = None) -> Answer:
    """One HTTP request. ``body``: bytes as they are, anything else as JSON."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"User-Agent": CHROME, "Content-Type": "text/plain;charset=UTF-8", **(headers or {})}
    asked = urllib.request.Request(url, data=data, headers=sent, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=30) as response:
            return _answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return _answer(error.code, error.headers, error.read())


def _answer(status: int, headers: Any, body: bytes) -> Answer:
    form = headers.get("Content-Type", "")
    is_json = "json" in form and "ndjson" not in form
    return Answer(status, dict(headers), json.loads(body) if is_json else body)


class Service:
    """A collector over a store. Every test makes sites of its own, so tests do not see another's events."""

    def __init__(self, settings: Settings, environment: dict[str, str]) -> None:
        self.settings = settings
        self.environment = environment
        self.url = f"http://127.0.0.1:{settings.port}{settings.url_prefix}"
        self.store = connect(settings)
        self.sites = Sites(self.store)
        self.tokens = Tokens(self.store)
        self.segments = Segments(self.store)
        self.reader = self.tokens.create(Access("read"))

    def new_site(self, **facts: Any) -> Site:
        site = Site(f"site-{next(_numbers)}", "A site", **facts)
        assert self.sites.add(site)
        return site

    def write_key(self, site: Site) -> str:
        return self.tokens.create(Access("write", (site.id,)))

    def post(self, body: Any, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return request(f"{self.url}/api/v1/events", body, headers=named)

    def query(self, site: Site, *metrics: str, token: str | None = None, **rest: Any) -> Answer:
        body = {"site_id": site.id, "metrics": list(metrics), "date_range": "all", **rest}
        return request(f"{self.url}/api/v1/query", body, headers={"Authorization": f"Bearer {token or self.reader}"})

    def numbers(self, site: Site, *metrics: str, **rest: Any) -> list[Any]:
        """The metrics' values of a question without dimensions."""
        answer = self.query(site, *metrics, **rest)
        assert answer.status == 200, answer.body
        return answer.body["results"][0]["metrics"]

    def rows(self, site: Site, dimension: str, *metrics: str, **rest: Any) -> dict[str, list[Any]]:
        """Label → values of a question with one dimension."""
        answer = self.query(site, *metrics, dimensions=[dimension], **rest)
        assert answer.status == 200, answer.body
        return {row["dimensions"][0]: row["metrics"] for row in answer.body["results"]}

    def has_replicas(self) -> bool:
        """Whether the store has replicas now; ``self.store`` may have looked before they were known."""
        with closing(connect(self.settings)) as store:
            return bool(store.get_replicas())

    def seal(self) -> int:
        """Seal and merge everything now; the number of log entries sealed."""
        round_ = SealingRound(self.settings, self.sites, self.segments)
        try:
            return round_.run()
        finally:
            round_.close()


@contextmanager
def running_service(nodes: tuple[Node, ...], folder: Path, role: str = "all", **more: str) -> Iterator[Service]:
    """A web server of a role over a running store."""
    environment = {
        "FOOTFALL_REDIS_NODES": ",".join(f"{host}:{port}" for host, port in nodes),
        "FOOTFALL_DATA_DIR": str(folder),
        "FOOTFALL_PORT": str(free_port()),
        **more,
    }
    settings = load_settings(environment)
    process = start_command(environment, "serve", "--role", role)
    service = None
    try:
        service = Service(settings, environment)
        wait_for_http(f"{service.url}/readyz", process)
        yield service
    finally:
        if service is not None:
            service.store.close()
        end_process(process)


def start_command(environment: dict[str, str], *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """A `footfall` command as a process of its own, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "collector", *arguments],
        env={**os.environ, **environment},
        start_new_session=True,
        text=True,
        **options,
    )


def end_process(process: subprocess.Popen[str], seconds: float = 20) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    process.wait(seconds)


def wait_for_http(url: str, process: subprocess.Popen[str], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            if request(url).status == 200:
                return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.05)
    raise AssertionError(f"{url} did not answer within {seconds:g} s")
