"""The web server among clients that are slow, silent or gone, and at its end: no beacon that was answered is lost."""

import json
import signal
import socket
import threading
import urllib.error
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from collector.settings import load_settings
from collector.storage.embedded import EmbeddedStore, free_port
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.beacons import build_pageview, read_metrics, wait_until_replayed
from tests.service import Service, running_service, start_command, wait_for_http
from tests.stores import wait_until

GRACE_SECONDS = 10  # of an end in order, by the docs


@pytest.fixture(scope="module")
def impatient(services: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A collector that gives a client one second for a request."""
    nodes = services.get("embedded").settings.redis_nodes
    folder = tmp_path_factory.mktemp("impatient")
    with running_service(nodes, folder, "ingest", FOOTFALL_RECEIVE_SECONDS="1") as service:
        yield service


def connect(service: Service) -> socket.socket:
    return socket.create_connection(("127.0.0.1", service.settings.port), timeout=20)


def head(length: int | None, *more: str) -> bytes:
    framing = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    return "\r\n".join(("POST /api/v1/events HTTP/1.1", "Host: x", framing, *more, "", "")).encode()


def read_answer(client: socket.socket) -> tuple[int, dict[str, Any]]:
    """One answer: its status and its JSON; (0, {}) when the server hangs up without one."""
    said = b""
    while b"\r\n\r\n" not in said:
        if not (more := client.recv(65_536)):
            assert said == b""
            return 0, {}
        said += more
    lines, _, body = said.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in lines.decode().split("\r\n")[1:])
    while len(body) < int(headers["Content-Length"]):
        body += client.recv(65_536)
    return int(lines.split()[1]), json.loads(body)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"", 0, None),
        (b"POST /api/v1/events HT", 0, None),
        (head(100)[:-2], 0, None),
        (head(100), 408, "request_timeout"),
        (head(100) + b'{"site":', 408, "request_timeout"),
        (head(None), 408, "request_timeout"),
        (head(None) + b"5\r\n{", 408, "request_timeout"),
    ],
    ids=["nothing", "half a line", "half a head", "no body", "half a body", "no chunk", "half a chunk"],
)
def test_who_stops_in_the_midst_of_a_request_is_let_go(
    impatient: Service, sent: bytes, status: int, code: str | None
) -> None:
    with closing(connect(impatient)) as client:
        client.sendall(sent)
        found, body = read_answer(client)
        assert (found, body.get("code")) == (status, code)
        assert client.recv(1) == b"", "the connection is over"


def test_a_drip_of_bytes_does_not_hold_a_connection(impatient: Service) -> None:
    with closing(connect(impatient)) as client:
        client.sendall(head(100))
        client.settimeout(0.2)
        drips = 0
        while drips < 100:
            try:
                assert b" 408 " in client.recv(65_536)
                break
            except TimeoutError:
                client.sendall(b" ")
                drips += 1
        assert drips < 100, "each byte came in time, and the whole did not"


@pytest.mark.parametrize(
    "sent",
    [head(None) + b"zz\r\n{}\r\n", head(None) + b"-5\r\n{}\r\n", head(None) + b"5\r\n{}}}}}}}}\r\n0\r\n\r\n"],
    ids=["no number", "below zero", "longer than it says"],
)
def test_chunks_that_are_none_are_the_senders_fault(impatient: Service, sent: bytes) -> None:
    with closing(connect(impatient)) as client:
        client.sendall(sent)
        status, body = read_answer(client)
        assert (status, body["code"]) == (400, "incomplete_body")


def test_a_body_that_is_broken_off_is_not_stored(impatient: Service) -> None:
    site = impatient.new_site()
    body = json.dumps(build_pageview(site, 1)).encode()
    for sent in (head(len(body) + 1) + body, head(None) + b"%x\r\n%b\r\n" % (len(body), body)):
        with closing(connect(impatient)) as client:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            status, answer = read_answer(client)
            assert (status, answer["code"]) == (400, "incomplete_body")
    assert impatient.store.xlen(Shard(site.id, 0).log) == 0


def test_a_slow_client_holds_up_nobody(impatient: Service) -> None:
    site = impatient.new_site()
    slow = [connect(impatient) for _ in range(50)]
    for client in slow:
        client.sendall(head(100))
    answers = [impatient.post(build_pageview(site, number)).status for number in range(20)]
    assert answers == [202] * 20
    for client in slow:
        client.close()


def test_requests_one_behind_the_other_are_answered_in_order(impatient: Service) -> None:
    site = impatient.new_site()
    bodies = [json.dumps(build_pageview(site, number)).encode() for number in range(5)]
    with closing(connect(impatient)) as client:
        for body in bodies:
            client.sendall(head(len(body)) + body)
            assert read_answer(client)[0] == 202
        client.sendall(b"".join(head(len(body)) + body for body in bodies))
        said = b""
        while said.count(b"HTTP/1.1 202") < 5:
            said += client.recv(65_536)
    assert impatient.store.xlen(Shard(site.id, 0).log) == 10


class Senders:
    """Clients that send beacons without pause until the server is gone, and remember what was answered."""

    def __init__(self, service: Service, site: Site, number: int) -> None:
        self.answers: list[int] = []
        self._service = service
        self._site = site
        self._threads = [threading.Thread(target=self._send, args=(place,)) for place in range(number)]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _send(self, place: int) -> None:
        try:
            for number in range(100_000):
                answer = self._service.post(build_pageview(self._site, place * 100_000 + number))
                self.answers.append(answer.status)
        except (urllib.error.URLError, OSError):
            pass  # nobody listens any more


@pytest.mark.parametrize("role", ["ingest", "all"])
def test_at_its_end_everybody_has_an_answer_and_nobody_is_waited_for(
    embedded_service: Service, tmp_path: Path, role: str
) -> None:
    """Given clients that send, one that keeps its connection, and one in the midst of a body; if SIGTERM comes."""
    site = embedded_service.new_site()
    environment = embedded_service.environment | {
        "FOOTFALL_PORT": str(free_port()),
        "FOOTFALL_DATA_DIR": str(tmp_path),
        "FOOTFALL_RECEIVE_SECONDS": "2",
    }
    service = Service(load_settings(environment), environment)
    process = start_command(environment, "serve", "--role", role)
    wait_for_http(f"{service.url}/readyz", process)
    body = json.dumps(build_pageview(site, 1)).encode()
    with closing(connect(service)) as idle, closing(connect(service)) as slow, closing(service.store):
        idle.sendall(head(len(body)) + body)
        assert read_answer(idle)[0] == 202
        slow.sendall(head(100))
        senders = Senders(service, site, 4)
        wait_until(lambda: len(senders.answers) > 50, "beacons are answered")
        process.send_signal(signal.SIGTERM)
        assert process.wait(GRACE_SECONDS) == 0
        senders.join()
        assert idle.recv(1) == b""
        assert read_answer(slow)[0] == 408
        assert set(senders.answers) == {202}
        assert service.store.xlen(Shard(site.id, 0).log) >= len(senders.answers) + 1


def test_what_waits_for_a_store_that_stands_still_has_a_limit(tmp_path: Path) -> None:
    """Given 1 MB that may wait and a store that stopped; if 20 beacons of 90 kB come, those beyond hear so at once."""
    store = EmbeddedStore(tmp_path / "store")
    port = store.start()
    assert store.process is not None
    settings = {"FOOTFALL_WAITING_MB": "1", "FOOTFALL_COMMIT_SECONDS": "3"}
    try:
        with running_service((("127.0.0.1", port),), tmp_path / "data", "ingest", **settings) as service:
            site = service.new_site()
            assert service.post(build_pageview(site, 0)).status == 202
            store.process.send_signal(signal.SIGSTOP)
            try:
                with ThreadPoolExecutor(20) as pool:
                    answers = list(pool.map(lambda number: service.post(build_large(site, number)), range(20)))
            finally:
                store.process.send_signal(signal.SIGCONT)
            wait_until_replayed(service)
            kept = [answer for answer in answers if answer.status == 202]
            turned_away = [answer for answer in answers if answer.status == 503]
            assert len(kept) + len(turned_away) == 20
            assert {answer.body["durability"] for answer in kept} == {"spool"}
            assert {answer.body["code"] for answer in turned_away} == {"overloaded"}
            assert all("Retry-After" in answer.headers for answer in turned_away)
            assert 9 <= len(kept) <= 11
            metrics = read_metrics(service)
            assert metrics['footfall_beacons_refused_total{code="overloaded"}'] == len(turned_away)
            assert service.store.xlen(Shard(site.id, 0).log) >= 1 + len(kept)
    finally:
        store.stop()


def build_large(site: Site, number: int) -> dict[str, object]:
    """A beacon of some 90 kB in the log."""
    props = {f"p{place}": "x" * 1_900 for place in range(24)}
    return build_pageview(site, number) | {"events": [{"name": f"e{place}", "props": props} for place in range(2)]}


@pytest.mark.parametrize("role", ["query", "all"])
def test_it_ends_in_silence_with_its_mirror_closed(embedded_service: Service, tmp_path: Path, role: str) -> None:
    site = embedded_service.new_site()
    assert embedded_service.post(build_pageview(site, 1)).status == 202
    environment = embedded_service.environment | {
        "FOOTFALL_PORT": str(free_port()),
        "FOOTFALL_DATA_DIR": str(tmp_path),
    }
    service = Service(load_settings(environment), environment)
    with (tmp_path / "said").open("wb") as said, closing(service.store):
        process = start_command(environment, "serve", "--role", role, stderr=said)
        wait_for_http(f"{service.url}/readyz", process)
        assert service.numbers(site, "pageviews") == [1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(GRACE_SECONDS) == 0
    assert (tmp_path / "said").read_bytes() == b""
    assert [file.suffix for file in (tmp_path / "mirror").glob("mirror-*")] == [".duckdb"]
