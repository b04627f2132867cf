"""Beacons at a steady rate over kept connections, whatever the answers take: late answers make no fewer requests.

A latency counts from the moment that a beacon was due, so one that had to wait for a free connection, or for this
program, is as slow as its visitor saw it.
"""

import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import NamedTuple

MOST_CONNECTIONS = 256
ANSWER_SECONDS = 30.0  # after the last beacon was due


class Told(NamedTuple):
    """What became of the beacons. ``latencies_ms`` are sorted; ``accepted``: events that answers called accepted."""

    due: int
    statuses: Counter[int]
    accepted: int
    latencies_ms: list[float]
    seconds: float

    def latency_ms(self, share: float) -> float:
        return self.latencies_ms[min(int(len(self.latencies_ms) * share), len(self.latencies_ms) - 1)]


class _Connection:
    def __init__(self, address: tuple[str, int], selector: selectors.BaseSelector) -> None:
        self.socket = socket.create_connection(address, timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.due_at = 0.0
        self.events = 0
        self.said = b""
        selector.register(self.socket, selectors.EVENT_READ, self)

    def send(self, request: bytes, due_at: float, events: int) -> None:
        self.due_at, self.events, self.said = due_at, events, b""
        self.socket.sendall(request)

    def read_status(self) -> int | None:
        """The status of a complete answer; None while some of it is missing."""
        more = self.socket.recv(65_536)
        if not more:
            raise ConnectionError("the server hung up")
        self.said += more
        head, found, body = self.said.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
        return int(head[9:12]) if len(body) >= length else None


def send_steadily(
    address: tuple[str, int], rate: float, seconds: float, build: Callable[[int], tuple[bytes, int]]
) -> Told:
    """Send beacons for a while. ``build``: number of a beacon → the whole request, and how many events are in it."""
    selector = selectors.DefaultSelector()
    idle: deque[_Connection] = deque()
    every: list[_Connection] = []
    statuses: Counter[int] = Counter()
    latencies: list[float] = []
    accepted = sent = busy = 0
    started = time.monotonic()
    wanted = int(rate * seconds)
    while sent < wanted or busy:
        now = time.monotonic()
        if now - started > seconds + ANSWER_SECONDS:
            statuses[0] += busy  # never answered
            break
        while sent < wanted and (due_at := started + sent / rate) <= now:
            if not idle:
                if len(every) == MOST_CONNECTIONS:
                    break
                every.append(_Connection(address, selector))
                idle.append(every[-1])
            request, events = build(sent)
            idle.pop().send(request, due_at, events)
            sent += 1
            busy += 1
        pause = max(started + sent / rate - time.monotonic(), 0) if sent < wanted and idle else 0.05
        for key, _ in selector.select(pause):
            connection: _Connection = key.data
            status = connection.read_status()
            if status is not None:
                latencies.append((time.monotonic() - connection.due_at) * 1000)
                statuses[status] += 1
                accepted += connection.events if status == 202 else 0
                idle.append(connection)
                busy -= 1
    took = time.monotonic() - started
    for connection in every:
        connection.socket.close()
    selector.close()
    return Told(sent, statuses, accepted, sorted(latencies), took)
