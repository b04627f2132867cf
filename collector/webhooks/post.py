"""One message to an address that somebody typed in, which must not lead into our own network.

The name is looked up once, every address that it has must be a public one, and the connection goes to what was looked
at: a name that means something else a moment later leads nowhere else. Redirects are not followed.
"""

import hmac
import socket
import ssl
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from collector.errors import Problem

MOST_SECONDS = 10.0
SIGNATURE = "X-Footfall-Signature"


class _Connection(HTTPConnection):
    """A connection to one of ``addresses``, whatever the host's name means by now."""

    def __init__(self, target: SplitResult, addresses: list[str]) -> None:
        self._is_safe = target.scheme == "https"
        super().__init__(target.hostname or "", _port_of(target), timeout=MOST_SECONDS)
        self._addresses = addresses
        self.is_cut = False

    def connect(self) -> None:
        self.sock = self._reach()
        if self._is_safe:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        if self.is_cut:
            raise TimeoutError("it took too long to be reached")

    def _reach(self) -> socket.socket:
        """A connection to the first address that takes one. Raises OSError."""
        *others, last = self._addresses
        for address in others:
            with suppress(OSError):
                return socket.create_connection((address, self.port), MOST_SECONDS)
        return socket.create_connection((last, self.port), MOST_SECONDS)

    def cut(self) -> None:
        """End it from another thread; what came of an answer means nothing then."""
        self.is_cut = True
        if self.sock is not None:
            with suppress(OSError):  # it has ended just before
                self.sock.shutdown(socket.SHUT_RDWR)


def parse_target(url: str, *, may_be_private: bool) -> SplitResult:
    """The address of a webhook. Raises Problem (400)."""
    schemes = ("https", "http") if may_be_private else ("https",)
    try:
        target = urlsplit(url)
        is_good = target.scheme in schemes and target.hostname and target.username is None and target.port != 0
    except ValueError:
        is_good = False
    if not is_good or not url.isascii() or not url.isprintable() or " " in url:
        raise Problem(
            "invalid_url", f"a webhook is an address that begins with {':// or '.join(schemes)}://", pointer="/url"
        )
    return target


def sign(secret: str, body: bytes, at_seconds: int) -> str:
    """The value of ``SIGNATURE``: the time, and the HMAC-SHA256 of time, dot and body."""
    digest = hmac.digest(secret.encode(), b"%d.%s" % (at_seconds, body), "sha256").hex()
    return f"t={at_seconds},v1={digest}"


def post(url: str, secret: str, body: bytes, *, may_be_private: bool) -> str | None:
    """Send the message; why it was not taken, or None. Only an answer of 2xx is a yes."""
    try:
        target = parse_target(url, may_be_private=may_be_private)
        found = socket.getaddrinfo(target.hostname, _port_of(target), type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        if not may_be_private and not all(map(_is_public, addresses)):
            return "it is not an address of the public internet"
        return _send(_Connection(target, addresses), target, body, sign(secret, body, int(time.time())))
    except (OSError, HTTPException, Problem, UnicodeError) as error:
        return str(error) or type(error).__name__


def _port_of(target: SplitResult) -> int:
    return target.port or (443 if target.scheme == "https" else 80)


def _is_public(address: str) -> bool:
    parsed = ip_address(address.partition("%")[0])
    return parsed.is_global and not parsed.is_multicast


def _send(connection: _Connection, target: SplitResult, body: bytes, signature: str) -> str | None:
    headers = {"Content-Type": "application/json", "User-Agent": "Footfall", SIGNATURE: signature}
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    deadline = Timer(MOST_SECONDS, connection.cut)  # one that answers a byte now and then never times out by itself
    deadline.start()
    try:
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    finally:
        deadline.cancel()
        connection.close()
    if connection.is_cut:
        return "it took too long to answer"
    return None if 200 <= status < 300 else f"it answered {status}"
