"""webhooks/post.py: a message reaches who is meant, and nobody in our own network."""

import hashlib
import hmac
import json
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from collector.errors import Problem
from collector.webhooks import post as posting
from collector.webhooks.post import SIGNATURE, parse_target, post, sign
from tests.listening import listening

SECRET = "a secret of a test"


class Receiver(BaseHTTPRequestHandler):
    """Answers with the status that the path names; ``/slow`` sends a header every now and then, without an end."""

    received: list[tuple[str, str, bytes]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.received.append((self.path, self.headers[SIGNATURE], body))
        if self.path == "/slow":
            self._drip()
            return
        self.send_response(int(self.path[1:4]))
        self.send_header("Location", "/200-elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def _drip(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(1000):
                self.wfile.write(b"X-%d: 1\r\n" % number)
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[str]:
    Receiver.received.clear()
    with listening(Receiver) as url:
        yield url


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/200", None),
        ("/204?a=b", None),
        ("/302", "it answered 302"),
        ("/404", "it answered 404"),
        ("/500", "it answered 500"),
    ],
)
def test_only_an_answer_of_2xx_is_a_yes_and_no_redirect_is_followed(
    receiver: str, path: str, fault: str | None
) -> None:
    assert post(f"{receiver}{path}", SECRET, b"{}", may_be_private=True) == fault
    assert [got for got, _, _ in Receiver.received] == [path]


def test_a_message_can_be_checked_by_who_has_the_secret(receiver: str) -> None:
    assert post(f"{receiver}/200", SECRET, json.dumps({"a": "ü"}).encode(), may_be_private=True) is None
    ((_, signature, body),) = Receiver.received
    at, digest = (part.partition("=")[2] for part in signature.split(","))
    assert digest == hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert abs(int(at) - time.time()) < 60
    assert sign(SECRET, body, int(at)) == signature != sign("another", body, int(at))


def test_one_that_never_ends_is_cut_off(receiver: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "MOST_SECONDS", 0.5)
    assert post(f"{receiver}/slow", SECRET, b"{}", may_be_private=True) is not None


def test_nobody_who_listens_is_a_reason() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "refused" in str(post(f"http://127.0.0.1:{port}/", SECRET, b"{}", may_be_private=True)).lower()


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "[::1]",
     "[::ffff:127.0.0.1]", "[fe80::1]", "[fd00::1]", "100.64.0.1", "224.0.0.1", "2130706433", "0x7f.1", "127.1"],
)  # fmt: skip
def test_no_address_of_a_private_network_is_connected_to(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "create_connection", refuse)
    fault = post(f"https://{host}/", SECRET, b"{}", may_be_private=False)
    assert fault == "it is not an address of the public internet"


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "ftp://example.com/", "https://", "//example.com", "https:///path", "example.com",
     "https://user@example.com/", "https://user:pw@example.com/", "https://example.com:0/", "https://example.com:99999/",
     "https://exa mple.com/", "https://example.com/\r\nX: y", "https://exämple.com/", "https://[::1", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_address_of_a_webhook_is_refused(url: str) -> None:
    with pytest.raises(Problem, match="https://"):
        parse_target(url, may_be_private=False)
    assert post(url, SECRET, b"{}", may_be_private=False) is not None


def test_of_several_addresses_one_that_takes_the_message_is_enough(
    receiver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(receiver.rpartition(":")[2])
    look_up, connect = socket.getaddrinfo, socket.create_connection

    def find(host: str, *rest: int, **more: int) -> list:
        names = ("127.0.0.2", "127.0.0.1") if host == "hooks.example" else (host,)
        return [found for name in names for found in look_up(name, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", find)

    def refuse_first(address: tuple[str, int], *rest: float) -> socket.socket:
        if address[0] == "127.0.0.2":
            raise ConnectionRefusedError
        return connect((address[0], address[1]), *rest)

    monkeypatch.setattr(socket, "create_connection", refuse_first)
    assert post(f"http://hooks.example:{port}/200", SECRET, b"{}", may_be_private=True) is None


def test_http_is_for_who_allows_it() -> None:
    assert parse_target("http://hooks.internal:8080/a", may_be_private=True).port == 8080
    assert parse_target("https://example.com/a?b=c", may_be_private=False).hostname == "example.com"
