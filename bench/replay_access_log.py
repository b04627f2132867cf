"""Replay an access log through the HTTP endpoint, each line a pageview at its own time.

    footfall site add mysite                       # prints the secret write key
    python -m bench.replay_access_log http://localhost:8000 mysite KEY access.log.gz

Each line's number is its event id, so a second replay of the same file counts nothing twice while the site
remembers ids.
"""

import argparse
import http.client
import json
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bench.access_log import Entry, read_log

ORIGIN = "http://semicomplete.com"  # the site whose log is in tests/data
BATCH = 100  # events a beacon
TIMEOUT_SECONDS = 30


class Replayed(NamedTuple):
    """What was sent, and what the collector said of it."""

    events: int
    accepted: int
    unreadable: tuple[int, ...]
    refusals: tuple[dict[str, Any], ...]
    seconds: float


def build_event(entry: Entry, origin: str = ORIGIN) -> dict[str, Any]:
    """The pageview of one line. A target without a host is one of ``origin``'s."""
    event = {
        "name": "pageview",
        "id": str(entry.number),
        "at": round(entry.at.timestamp() * 1000),
        "ip": entry.address,
        "user_agent": entry.user_agent,
        "url": origin + entry.target if entry.target.startswith("/") else entry.target,
    }
    return event if entry.referrer is None else event | {"referrer": entry.referrer}


def _batches(events: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(events, BATCH)):
        yield batch


def replay(url: str, site: str, key: str, lines: Iterable[tuple[int, Entry | None]], origin: str = ORIGIN) -> Replayed:
    """Send every line that is a request, one beacon after another. Raises RuntimeError on an answer other than 202."""
    started = time.monotonic()
    unreadable: list[int] = []
    refusals: list[dict[str, Any]] = []
    sent = accepted = 0

    def events() -> Iterator[dict[str, Any]]:
        for number, entry in lines:
            if entry is None:
                unreadable.append(number)
            else:
                yield build_event(entry, origin)

    address = urlsplit(url)
    connect = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = connect(address.netloc, timeout=TIMEOUT_SECONDS)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    try:
        for batch in _batches(events()):
            body = json.dumps({"site": site, "events": batch}).encode()
            connection.request("POST", f"{address.path.rstrip('/')}/api/v1/events", body, headers)
            answer = connection.getresponse()
            said = answer.read().decode()
            if answer.status != 202:
                raise RuntimeError(f"{answer.status} for the lines from {batch[0]['id']} on: {said}")
            outcome = json.loads(said)
            sent += len(batch)
            accepted += outcome["accepted"]
            refusals += [{"line": batch[each["index"]]["id"], **each} for each in outcome.get("results", ())]
    finally:
        connection.close()
    return Replayed(sent, accepted, tuple(unreadable), tuple(refusals), time.monotonic() - started)


def main() -> int:
    parser = argparse.ArgumentParser(prog="replay_access_log", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("url", help="where the collector is, such as http://localhost:8000")
    parser.add_argument("site", help="id of the site")
    parser.add_argument("key", help="a secret write key of the site")
    parser.add_argument("file", type=Path, help="an access log in the combined format, plain or .gz")
    parser.add_argument("--origin", default=ORIGIN, help="scheme and host of the pages; default: %(default)s")
    given = parser.parse_args()
    try:
        done = replay(given.url.rstrip("/"), given.site, given.key, read_log(given.file), given.origin)
    except (OSError, http.client.HTTPException, RuntimeError) as error:
        print(f"replay_access_log: {error}", file=sys.stderr)
        return 1
    print(f"events sent  {done.events}\naccepted     {done.accepted}\nseconds      {done.seconds:.1f}")
    if done.unreadable:
        print(f"no requests: {len(done.unreadable)} lines, the first is line {done.unreadable[0]}")
    for refusal in done.refusals[:10]:
        print(f"not taken: {refusal}")
    return 0 if done.accepted == done.events else 1


if __name__ == "__main__":
    sys.exit(main())
