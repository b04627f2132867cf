"""A site with history of every kind, and the commands that forget parts of it."""

import json
import random
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import Any

from collector.sealing.work import SealingRound, wall_clock_ms
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.lines import encode_rows
from tests.service import Service

ROOT = Path(__file__).parent.parent.parent
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
METRICS = ("visitors", "visits", "pageviews", "events", "bounce_rate", "visit_duration", "time_on_page")


def footfall(service: Service, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of `footfall` over the service's store, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "collector", *arguments],
        cwd=ROOT, env=service.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def erase(service: Service, site: Site, *who: str) -> dict[str, Any]:
    """The certificate of an erasure that ended well."""
    ended = footfall(service, "erase", "--site", site.id, *who)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def made_up_events(random_: random.Random, count: int, oldest_ms: int, newest_ms: int) -> list[dict[str, Any]]:
    """Events of five visitors, some with a user; every second one tells how long the page was seen."""
    events = []
    for number in range(count):
        visitor = random_.randint(1, 5)
        engaged = {"name": "engagement", "visible_ms": random_.randint(1, 60) * 1000}
        event = {
            "id": f"event-{oldest_ms}-{number}",
            "at": random_.randint(oldest_ms, newest_ms),
            "visitor": f"visitor-{visitor}",
            "url": f"https://shop.example/p/{random_.randint(1, 4)}",
            **(engaged if number % 2 else {"name": random_.choice(("pageview", "signup"))}),
        }
        events.append(event | ({"user": f"user-{visitor}"} if number % 3 == 0 else {}))
    return events


def send(service: Service, site: Site, events: list[dict[str, Any]]) -> None:
    """Events as a server sends them, that may say who did what and when: pages of a few events, one beacon each."""
    key = service.write_key(site)
    in_turn = sorted(events, key=lambda event: (event["visitor"], event.get("at", 0)))
    for _, group in groupby(in_turn, key=lambda event: event["visitor"]):
        theirs = list(group)
        for start in range(0, len(theirs), 4):
            page = {"id": f"page of {theirs[start].get('id')}"}
            body = {"site": site.id, "page": page, "events": theirs[start : start + 4]}
            answer = service.post(body, Authorization=f"Bearer {key}")
            assert answer.status == 202, answer.body
            assert "results" not in answer.body


def seal_later(service: Service, hours: float) -> None:
    """A round of the sealer at a time to come."""
    round_ = SealingRound(
        service.settings, service.sites, service.segments, lambda: wall_clock_ms() + int(hours * HOUR_MS)
    )
    round_.run()
    round_.close()


def tell_history(service: Service, sites: dict[str, Site], events: list[list[dict[str, Any]]]) -> None:
    """The same history for every site: closed days, open segments of two levels, and a log that is not sealed.

    ``events`` are of three ages. ``sites`` names for every site the visitor who was never there.
    """
    closed, open_, unsealed = events
    for absent, site in sites.items():
        send(service, site, [event for event in closed if event["visitor"] != absent])
    service.seal()
    seal_later(service, 73)
    for start in range(0, len(open_), 20):
        for absent, site in sites.items():
            send(service, site, [event for event in open_[start : start + 20] if event["visitor"] != absent])
        service.seal()
    for absent, site in sites.items():
        send(service, site, [event for event in unsealed if event["visitor"] != absent])


def answers(service: Service, site: Site) -> list[Any]:
    """What a dashboard asks."""
    return [
        service.numbers(site, *METRICS),
        service.rows(site, "event:page", "visitors", "pageviews", "events", "time_on_page"),
        service.rows(site, "visit:entry_page", "visitors", "visits", "bounce_rate"),
        service.rows(site, "time:day", "visitors", "visits", "pageviews", "events"),
    ]


def put_dead_letter(service: Service, site: Site, payload: bytes, reason: str = "a fault of the past") -> str:
    letter_id = service.store.xadd(Shard(site.id, 0).dead, {"payload": payload, "reason": reason})
    return letter_id.decode()


def log_line(visitor: str, event_id: int = 5, **columns: Any) -> bytes:
    """A payload as ingest makes it."""
    now_ms = time.time_ns() // 1_000_000
    event = {"name": "pageview", "at_ms": now_ms, "event_id": event_id, "visitor": 7, "visitor_id": visitor}
    return encode_rows(now_ms, [event | columns])
