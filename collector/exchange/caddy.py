"""Caddy's access log: a JSON object a line (caddyserver.com/docs/caddyfile/directives/log, encoder ``json``)."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

import msgspec

from collector.exchange.found import Fault, Options, Read
from collector.exchange.requests import Request, find_pageview


class _Asked(msgspec.Struct, frozen=True):
    host: str
    uri: str
    method: str
    headers: dict[str, list[str]] = {}
    client_ip: str | None = None  # since 2.7; the one that trusted proxies tell
    remote_ip: str | None = None
    remote_addr: str | None = None  # before 2.5, with the port


class _Line(msgspec.Struct, frozen=True):
    ts: float | str
    request: _Asked
    status: int


_decode = msgspec.json.Decoder(_Line).decode


def _read_time(ts: float | str) -> int:
    """ms of seconds since 1970, or of an ISO 8601 text: both are common settings of ``time_format``."""
    return round((datetime.fromisoformat(ts).timestamp() if isinstance(ts, str) else ts) * 1000)


def parse_line(line: bytes) -> Request:
    """Raises msgspec.MsgspecError or ValueError."""
    entry = _decode(line)
    asked = entry.request
    headers = {name.lower(): values[0] for name, values in asked.headers.items() if values}
    address = asked.client_ip or asked.remote_ip or (asked.remote_addr or "").rpartition(":")[0].strip("[]")
    host = asked.host.rpartition(":")[0] if asked.host.rpartition(":")[2].isdigit() else asked.host
    return Request(
        address, _read_time(entry.ts), asked.method, asked.uri, entry.status,
        headers.get("referer"), headers.get("user-agent", ""), host or None,
    )  # fmt: skip


def read_caddy(file: BinaryIO, options: Options) -> Iterator[Read]:
    for place, line in enumerate(file, 1):
        try:
            yield Read(place, line, find_pageview(parse_line(line), options))
        except (msgspec.MsgspecError, ValueError) as error:
            yield Read(place, line, Fault(str(error)))
