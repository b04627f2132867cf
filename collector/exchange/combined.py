"""The combined log format of Apache and nginx: a request a line."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import BinaryIO

from collector.exchange.found import Fault, Options, Read
from collector.exchange.requests import Request, find_pageview

# Quotes inside of a quoted field are written \" by both servers. A line that was cut short by a full buffer lacks
# the last quote (line 8899 of tests/data/apache_logs.gz does), and is otherwise as good as any. Apache's
# vhost_combined has host and port in front; what else nginx was told to log comes behind.
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(
    rf"(?:([^\s:]+):\d+ )?(\S+) \S+ \S.*? \[([^\]]+)\] {_QUOTED} (\d{{3}}) \S+ {_QUOTED} "
    r'"((?:[^"\\]|\\.)*)(?:"(?: .*)?)?'
)
_TIME = re.compile(r"(\d\d/\w{3}/\d{4}):([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60) ([+-]\d{4})", re.ASCII)


@lru_cache(maxsize=64)
def _parse_day(day: str, zone: str) -> int:
    return round(datetime.strptime(f"{day} {zone}", "%d/%b/%Y %z").timestamp() * 1000)


def _parse_time(text: str) -> int:
    """Raises ValueError. A day's midnight is parsed once: that takes as long as half of all else of a line."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"{text} is no time")
    day, hour, minute, second, zone = match.groups()
    return _parse_day(day, zone) + ((int(hour) * 60 + int(minute)) * 60 + int(second)) * 1000


def parse_line(text: str) -> Request | None:
    """The request of a line, None when it is none."""
    match = _LINE.fullmatch(text.rstrip("\r\n"))
    words = match[4].split(" ") if match else []
    if match is None or len(words) < 2:
        return None
    try:
        at_ms = _parse_time(match[3])
    except ValueError:
        return None
    referrer, user_agent = (None if field == "-" else field for field in (match[6], match[7]))
    return Request(match[2], at_ms, words[0], words[1], int(match[5]), referrer, user_agent or "", match[1])


def read_combined(file: BinaryIO, options: Options) -> Iterator[Read]:
    for place, line in enumerate(file, 1):
        request = parse_line(line.decode("utf-8", "replace"))
        yield Read(place, line, Fault("no request") if request is None else find_pageview(request, options))
