"""Real input: 10,000 requests of May 2015, replayed over HTTP, against a plain count of the file."""

import gzip
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bench.access_log import parse_line, read_log
from bench.replay_access_log import build_event, replay
from collector.enrich.agent import read_agent
from collector.storage.keys import Shard
from tests.service import Service

LOG = Path(__file__).parent / "data" / "apache_logs.gz"
LINES = 10_000
DAYS = {"2015-05-17": 1632, "2015-05-18": 2893, "2015-05-19": 2896, "2015-05-20": 2579}  # zcat | cut | sort | uniq -c


class PlainCount(NamedTuple):
    """The file counted by nothing but split and Counter."""

    days: Counter[str]
    pages: Counter[str]
    robots: Counter[bool]


def count_plainly() -> PlainCount:
    """A page is what stands between the method and the first ``?`` or ``#``; a day is that of the line's own time."""
    days: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    robots: Counter[bool] = Counter()
    with gzip.open(LOG, "rt", encoding="utf-8") as lines:
        for line in lines:
            written, request, agent = line.partition("[")[2].partition("]")[0], line.split('"')[1], line.split('"')[5]
            at = datetime.strptime(written, "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)
            days[at.date().isoformat()] += 1
            pages[re.split(r"[?#]", request.split()[1])[0]] += 1
            robots[read_agent(agent.strip().removeprefix("-")).bot is not None] += 1
    return PlainCount(days, pages, robots)


@pytest.fixture(scope="module")
def plain() -> PlainCount:
    return count_plainly()


def pageviews_by(service: Service, site: Any, dimension: str, **rest: Any) -> dict[str, int]:
    """Label → pageviews, robots included, of all labels that have any."""
    rows = service.rows(
        site,
        dimension,
        "pageviews",
        date_range=["2015-05-17", "2015-05-20"],
        include={"bots": True},
        pagination={"limit": LINES},
        **rest,
    )
    return {label: count for label, (count,) in rows.items()}


def test_totals_of_a_replayed_access_log_equal_a_plain_count_of_the_file(
    embedded_service: Service, plain: PlainCount
) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    done = replay(service.url, site.id, service.write_key(site), read_log(LOG))
    assert done[:4] == (LINES, LINES, (), ()), "every line is a request, and every event was accepted"
    print(f"\n{done.events} events sent, {done.accepted} accepted, {done.seconds:.1f} s")
    assert dict(plain.days) == DAYS
    assert plain.pages.total() == LINES
    assert 0 < plain.robots[True] < LINES

    def check() -> None:
        assert pageviews_by(service, site, "time:day") == DAYS
        assert pageviews_by(service, site, "event:page") == dict(plain.pages)
        assert service.numbers(site, "pageviews") == [plain.robots[False]]
        assert service.numbers(site, "pageviews", include={"bots": True}) == [LINES]

    check()
    log = Shard(site.id, 0).log
    assert service.store.xlen(log) == LINES // 100
    service.seal()
    assert service.store.xlen(log) == 0
    check()


def test_the_top_pages_come_in_the_order_of_a_plain_count(embedded_service: Service, plain: PlainCount) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    replay(service.url, site.id, service.write_key(site), read_log(LOG))
    service.seal()
    top = pageviews_by(service, site, "event:page", order_by=[["pageviews", "desc"]])
    assert list(top.items()) == sorted(plain.pages.items(), key=lambda row: (-row[1], row[0]))


def test_an_access_log_that_is_replayed_twice_counts_once(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    key = service.write_key(site)
    lines = list(read_log(LOG))[:500]
    for _ in range(3):
        assert replay(service.url, site.id, key, lines).accepted == 500
        assert service.numbers(site, "pageviews", include={"bots": True}) == [500]
        service.seal()
        assert service.numbers(site, "pageviews", include={"bots": True}) == [500]


def test_a_replay_says_which_lines_were_not_taken(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    good, absolute, no_page = (
        parse_line(number, f'1.2.3.4 - - [17/May/2015:10:05:03 +0200] "GET {target} HTTP/1.1" 200 5 "-" "-"')
        for number, target in enumerate(("/a?b=c", "http://other.example/d", "*"), 1)
    )
    done = replay(service.url, site.id, service.write_key(site), [(1, good), (2, absolute), (3, no_page), (4, None)])
    assert (done.events, done.accepted, done.unreadable) == (3, 2, (4,))
    assert [(each["line"], each["index"], each["code"]) for each in done.refusals] == [("3", 2, "invalid_field")]
    assert pageviews_by(service, site, "event:page") == {"/a": 1, "/d": 1}


@pytest.mark.parametrize(
    ("line", "event"),
    [
        (
            '83.149.9.216 - - [17/May/2015:10:05:03 +0000] "GET /a%20b?c HTTP/1.1" 200 9 "http://x.example/" "Firefox"',
            {
                "name": "pageview", "id": "7", "at": 1431857103000, "ip": "83.149.9.216", "user_agent": "Firefox",
                "url": "http://semicomplete.com/a%20b?c", "referrer": "http://x.example/",
            },
        ),
        (
            '::1 - frank [17/May/2015:12:05:03 +0200] "HEAD // HTTP/1.0" 304 - "-" "-"',
            {
                "name": "pageview", "id": "7", "at": 1431857103000, "ip": "::1", "user_agent": "",
                "url": "http://semicomplete.com//",
            },
        ),
        (  # a quote inside of a field, and a line that was cut before its last quote
            r'1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "a \"b\" c',
            {
                "name": "pageview", "id": "7", "at": 1431857103000, "ip": "1.2.3.4", "user_agent": r"a \"b\" c",
                "url": "http://semicomplete.com/",
            },
        ),
        ('1.2.3.4 - - [17/May/2015:10:05:03 +0000] "-" 408 0 "-" "-"', None),
        ('1.2.3.4 - - [99/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "-"', None),
        ("", None),
    ],
)  # fmt: skip
def test_a_line_of_an_access_log_becomes_a_pageview(line: str, event: dict[str, Any] | None) -> None:
    entry = parse_line(7, line)
    assert (entry and build_event(entry)) == event
