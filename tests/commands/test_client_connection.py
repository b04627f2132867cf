"""What of an answer goes out together, and when a connection is over."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from collector.commands.client_connection import MOST_JOINED, ClientConnection

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
STREAMED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LARGE = b"x" * (MOST_JOINED + 1)


class Sends:
    """The sending half of a socket, that keeps each send apart."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self.sent.append(data)

    def sendfile(self, name: str, offset: int) -> None:
        self.sent.append(f"{name} from {offset}".encode())


@pytest.mark.parametrize(
    ("parts", "sent"),
    [
        ([HEAD, b"hello"], [HEAD + b"hello"]),
        ([HEAD], [HEAD]),
        ([HEAD, b"he", b"llo"], [HEAD + b"he", b"llo"]),
        ([HEAD, LARGE], [HEAD, LARGE]),
        ([STREAMED, b"5\r\nhello\r\n", b"0\r\n\r\n"], [STREAMED, b"5\r\nhello\r\n", b"0\r\n\r\n"]),
        ([STREAMED, HEAD], [STREAMED, HEAD]),
        ([b"HTTP/1.1 204 No Content\r\n\r\n"], [b"HTTP/1.1 204 No Content\r\n\r\n"]),
        ([], []),
    ],
)
def test_the_head_of_an_answer_goes_out_with_the_first_of_its_body(parts: list[bytes], sent: list[bytes]) -> None:
    client = Sends()
    connection = ClientConnection(client, 15)  # type: ignore[arg-type]
    for _ in range(2):  # the second answer on a connection as the first
        client.sent.clear()
        connection.begin_answer()
        for part in parts:
            connection.sendall(part)
        connection.end_answer()
        assert client.sent == sent


def test_what_is_sent_outside_of_an_answer_waits_for_nothing() -> None:
    client = Sends()
    ClientConnection(client, 15).sendall(HEAD)  # type: ignore[arg-type]
    assert client.sent == [HEAD]


def test_the_head_of_a_file_goes_out_before_the_file() -> None:
    client = Sends()
    connection = ClientConnection(client, 15)  # type: ignore[arg-type]
    connection.begin_answer()
    connection.sendall(HEAD)
    connection.sendfile("footfall.js", offset=0)
    connection.end_answer()
    assert client.sent == [HEAD, b"footfall.js from 0"]


@pytest.fixture
def pair() -> Iterator[tuple[ClientConnection, socket.socket]]:
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        yield ClientConnection(ours, 15), theirs


def test_a_connection_that_waits_for_nobody_is_not_late(pair: tuple[ClientConnection, socket.socket]) -> None:
    connection, client = pair
    client.sendall(b"POST")
    assert connection.recv(100) == b"POST"
    connection.end_if_late(time.monotonic() + 3600)  # the application may take its time
    connection.end_if_idle()
    client.sendall(b" /")
    assert connection.recv(100) == b" /"
