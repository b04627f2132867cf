"""A site with everything that a copy has to bring along, and questions that must be answered alike."""

import random
import time
from typing import Any

from collector.events.ids import LEAST_ID
from collector.query.metrics import METRICS
from collector.sealing.segment_file import DAY_MS
from collector.sealing.work import SealingRound
from collector.storage.sites import Site, Sites
from tests.lines import log_fields
from tests.service import CHROME, Service

HOUR_MS = 3_600_000
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1"
QUESTIONS: tuple[dict[str, Any], ...] = (
    {},
    *({"dimensions": [name], "include": {"total_rows": True}} for name in (
        "event:page", "event:name", "event:element", "visit:source", "visit:device", "visit:country", "visit:browser",
        "visit:entry_page", "visit:exit_page", "time:hour", "time:day", "time:month",
    )),
    {"dimensions": ["time:day", "event:page"]},
    {"dimensions": ["visit:source", "visit:device"], "include": {"bots": True}},
    {"filters": [["is", "event:page", ["/1", "/3"]]], "dimensions": ["visit:country"]},
)  # fmt: skip


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def build_events(random_: random.Random, first: int, count: int, since_ms: int, until_ms: int) -> list[dict[str, Any]]:
    """Pageviews with their engagement and clicks, of eight visitors, some of it a day later."""
    events = []
    for number in range(first, first + count):
        visitor = random_.randint(1, 8)
        at_ms = random_.randint(since_ms, until_ms)
        page = {
            "pageview_id": LEAST_ID + number,
            "path": f"/{number % 5}",
            "visitor": 8_234_611_390_115_733_111 - visitor,
            "source": random_.choice((None, "Google", "news")),
            "country": random_.choice((None, "DE", "NP")),
            "device": random_.choice(("desktop", "mobile")),
            "is_bot": number % 17 == 0,
        }
        for seq in range(random_.randint(1, 4)):
            name = "pageview" if seq == 0 else random_.choice(("engagement", "engagement", "click"))
            more = {"visible_ms": seq * 1000, "scroll_percent": seq * 10} if name == "engagement" else {}
            event = {"name": name, "at_ms": at_ms + seq * random_.choice((5_000, 60_000, 30_000_000)), "seq": seq}
            events.append(event | {"event_id": LEAST_ID + number * 10 + seq} | page | more)
    random_.shuffle(events)
    return events


def append(service: Service, site: Site, events: list[dict[str, Any]], received_ms: int) -> None:
    """Put events into the logs as ingest does, each in the shard of its visitor."""
    for start in range(0, len(events), 7):
        for shard in site.all_shards():
            own = [each for each in events[start : start + 7] if site.shard_of(each["visitor"]) == shard]
            if own:
                service.store.xadd(shard.log, log_fields(received_ms, own))


class OnlyThis(Sites):
    """The one site that a sealer is to know, so that it does not seal what other tests made."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def read_all(self) -> list[Site]:
        return [self._site]


def seal_of(service: Service, site: Site) -> SealingRound:
    """The sealer of one site."""
    return SealingRound(service.settings, OnlyThis(site), service.segments)


def fill(service: Service, site: Site, seed: int = 1) -> None:
    """Closed, merged and open segments, an unsealed tail with a damaged entry, and dead letters."""
    random_, now = random.Random(seed), now_ms()
    round_ = seal_of(service, site)
    append(service, site, build_events(random_, 0, 40, now - 12 * DAY_MS, now - 6 * DAY_MS), now - 5 * DAY_MS)
    service.store.xadd(site.all_shards()[0].log, {"b": b"\xff\xfe no text"})
    round_.run()
    for part in range(9):
        append(service, site, build_events(random_, 100 + part * 10, 6, now - DAY_MS, now - HOUR_MS), now)
        round_.run()
    round_.close()
    append(service, site, build_events(random_, 500, 20, now - 3 * DAY_MS, now - HOUR_MS), now)
    service.store.xadd(site.all_shards()[0].log, {"b": b"\xff\x00 no text either"})
    post(service, site, "posted-1")


def post(service: Service, site: Site, page_id: str) -> int:
    """A beacon of a visitor with a name, which has the same number on every system."""
    body = {
        "site": site.id,
        "visitor": "install-1",
        "page": {"id": page_id, "url": "https://shop.example/posted", "referrer": "https://www.google.de/"},
        "events": [{"name": "pageview", "seq": 0}, {"name": "signup", "seq": 1}],
    }
    answer = service.post(body, User_Agent=CHROME if page_id.endswith("1") else PHONE)
    assert answer.status == 202, answer.body
    return int(answer.body["accepted"])


def answers(service: Service, site: Site, until_ms: int) -> list[Any]:
    """Every metric in every question, with the range fixed so that nothing depends on when it is asked."""
    day = time.strftime("%Y-%m-%d", time.gmtime(until_ms / 1000 + 86_400))
    first = time.strftime("%Y-%m-%d", time.gmtime(until_ms / 1000 - 20 * 86_400))
    given = []
    for question in QUESTIONS:
        answer = service.query(site, *METRICS, **{"date_range": [first, day], **question})
        assert answer.status == 200, answer.body
        assert answer.body["meta"].pop("freshness")["as_of"]  # when: no fact of the events
        given.append(answer.body)
    return given


def kinds(service: Service, site: Site) -> tuple[bool, bool, bool, bool, bool]:
    """Whether there are closed, merged and fresh segments, a tail and dead letters: all that a copy may meet."""
    closed = merged = fresh = tail = dead = False
    for shard in site.all_shards():
        segments = service.segments.read(shard, "", "0-0").segments or ()
        closed |= any(each.is_closed for each in segments)
        merged |= any(each.level == 1 for each in segments)
        fresh |= any(each.level == 0 for each in segments)
        tail |= service.store.xlen(shard.log) > 0
        dead |= service.store.xlen(shard.dead) > 0
    return closed, merged, fresh, tail, dead
