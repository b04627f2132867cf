"""Lines of a web server's access log in the combined format (Apache, nginx): who asked for what, and when."""

import gzip
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

# Quotes inside of a quoted field are written \" by both servers. A line that was cut short by a full buffer lacks
# the last quote (line 8899 of tests/data/apache_logs.gz does), and is otherwise as good as any.
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(rf'(\S+) \S+ \S+ \[([^\]]+)\] {_QUOTED} (\d{{3}}) \S+ {_QUOTED} "((?:[^"\\]|\\.)*)"?')
_TIME = "%d/%b/%Y:%H:%M:%S %z"


class Entry(NamedTuple):
    """One request. ``target`` is what was asked for, with its query; ``referrer`` is None when none was sent."""

    number: int
    address: str
    at: datetime
    method: str
    target: str
    status: int
    referrer: str | None
    user_agent: str


def parse_line(number: int, text: str) -> Entry | None:
    """The request of a line, None when it is none. ``number`` is the line's place in its file, from 1."""
    match = _LINE.fullmatch(text.rstrip("\r\n"))
    words = match[3].split(" ") if match else []
    if match is None or len(words) < 2:
        return None
    try:
        at = datetime.strptime(match[2], _TIME)
    except ValueError:
        return None
    referrer, user_agent = (None if field == "-" else field for field in (match[5], match[6]))
    return Entry(number, match[1], at, words[0], words[1], int(match[4]), referrer, user_agent or "")


def read_log(path: Path) -> Iterator[tuple[int, Entry | None]]:
    """Every line's number and request, of a file that may be packed with gzip."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, text in enumerate(lines, 1):
            yield number, parse_line(number, text)
