"""One client's connection, as the web server's worker uses it.

It knows how long its client may take. A timer for every request costs 5 % of a beacon, so nothing rings here: the
worker looks at all connections once a second and ends those that are late.

The head of an answer waits for the first of its body, so that a short answer is one packet. Each packet costs as much
as all steps of a beacon, and wakes the other side.
"""

import errno
import math
import socket
import time
from contextlib import suppress
from typing import Any

KEEP_SECONDS = 75.0  # from an answer to the next request
SEND_SECONDS = 30.0  # for a part of an answer to be taken
MOST_JOINED = 65_536  # bytes of a body that are copied behind their head

_NEVER = math.inf
_IDLE = 0.0
_HAS_LENGTH = b"\r\nContent-Length: "  # what is streamed has none, and its head goes out at once


class ClientConnection:
    """Stands for a client's socket; what is not written here is the socket's own.

    ``receive_seconds``: how long a client may take for all of a request, head and body.
    """

    def __init__(self, client: socket.socket, receive_seconds: float) -> None:
        self._client = client
        self._receive_seconds = receive_seconds
        self._head = b""
        self._request_until = time.monotonic() + receive_seconds
        self._receives_until = self._sends_until = _NEVER
        self._is_answering = self._is_head_next = self._is_ended = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def recv(self, size: int) -> bytes:
        """Some bytes; none when there will be no more. Raises TimeoutError if they stop in the midst of a request."""
        self._receives_until = self._request_until or time.monotonic() + KEEP_SECONDS
        try:
            data = self._client.recv(size)
        except OSError:
            if not self._is_ended:
                raise
            data = b""
        self._receives_until = _NEVER
        if self._is_ended and self._is_answering:
            raise TimeoutError("the request took too long to arrive")
        if self._request_until == _IDLE:
            self._request_until = time.monotonic() + self._receive_seconds
        return data

    def sendall(self, data: bytes) -> None:
        if self._head:
            if len(data) > MOST_JOINED:
                self._flush()
            else:
                data, self._head = self._head + data, b""
        elif self._is_head_next:
            self._is_head_next = False
            if _HAS_LENGTH in data:
                self._head = data
                return
        self._send(data)

    def sendfile(self, *arguments: Any, **options: Any) -> Any:
        self._flush()
        return self._client.sendfile(*arguments, **options)

    def begin_answer(self) -> None:
        """A request's head is here: the application runs, and may read the body."""
        self._is_answering = self._is_head_next = True

    def end_answer(self) -> None:
        """The answer is complete; the client may send another request."""
        self._flush()
        self._is_answering = self._is_head_next = False
        self._request_until = _IDLE

    def end_if_late(self, now: float) -> None:
        """Wake up whoever waits here for the client, longer than the client may take."""
        if min(self._receives_until, self._sends_until) <= now:
            self._end()

    def end_if_idle(self) -> None:
        """Hang up if the client has sent nothing since its last answer."""
        if self._request_until == _IDLE and self._receives_until < _NEVER:
            self._end()

    def _end(self) -> None:
        self._is_ended = True
        with suppress(OSError):  # the client was quicker
            self._client.shutdown(socket.SHUT_RD if self._sends_until == _NEVER else socket.SHUT_RDWR)

    def _flush(self) -> None:
        if self._head:
            data, self._head = self._head, b""
            self._send(data)

    def _send(self, data: bytes) -> None:
        self._sends_until = time.monotonic() + SEND_SECONDS
        try:
            self._client.sendall(data)
        except OSError as error:
            if self._is_ended:
                raise BrokenPipeError(errno.EPIPE, "the client takes nothing") from error
            raise
        self._sends_until = _NEVER
