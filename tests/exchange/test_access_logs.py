"""Access logs: real input against a plain count of the file, and what of a log is a pageview."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from collector.enrich.agent import read_agent
from collector.exchange.caddy import read_caddy
from collector.exchange.combined import parse_line, read_combined
from collector.exchange.found import Fault, Found, Options, Skipped
from collector.exchange.requests import ASSETS
from collector.storage.sites import Site
from tests.exchange.loading import load_file
from tests.service import Service

DATA = Path(__file__).parents[1] / "data"
LOG = DATA / "apache_logs.gz"
LINES = 10_000
DAYS = {"2015-05-17": 1632, "2015-05-18": 2893, "2015-05-19": 2896, "2015-05-20": 2579}  # zcat | cut | sort | uniq -c


def split_plainly() -> Iterator[tuple[str, str, str, str, str]]:
    """Day, method, path, status and agent of every line, by nothing but split."""
    with gzip.open(LOG, "rt", encoding="utf-8") as lines:
        for line in lines:
            written, parts = line.partition("[")[2].partition("]")[0], line.split('"')
            at = datetime.strptime(written, "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)
            method, target = parts[1].split()[:2]
            yield at.date().isoformat(), method, re.split(r"[?#]", target)[0], parts[2].split()[0], parts[5]


def pageviews_by(service: Service, site: Site, dimension: str) -> dict[str, int]:
    """Label → pageviews, robots included, of all labels that have any."""
    rows = service.rows(
        site, dimension, "pageviews", date_range=["2015-05-17", "2015-05-20"],
        include={"bots": True}, pagination={"limit": LINES},
    )  # fmt: skip
    return {label: count for label, (count,) in rows.items() if count}


def test_totals_of_a_loaded_access_log_equal_a_plain_count_of_the_file(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    tally = load_file(service, site, "combined", LOG, "http://semicomplete.com", is_everything=True).tally
    assert (tally.rows, tally.events, tally.faulty) == (LINES, LINES, 0)
    plain = list(split_plainly())
    pages = Counter(path for _, _, path, _, _ in plain)
    robots = sum(read_agent(agent.strip().removeprefix("-")).bot is not None for *_, agent in plain)
    assert Counter(day for day, *_ in plain) == DAYS
    assert 0 < robots < LINES
    for _ in range(2):
        assert pageviews_by(service, site, "time:day") == DAYS
        assert pageviews_by(service, site, "event:page") == dict(pages)
        days = {"date_range": ["2015-05-17", "2015-05-20"]}
        assert service.numbers(site, "pageviews", **days) == [LINES - robots]
        assert service.numbers(site, "pageviews", include={"bots": True}, **days) == [LINES]
        service.seal()
    top = service.rows(
        site, "event:page", "pageviews", date_range=["2015-05-17", "2015-05-20"], include={"bots": True},
        order_by=[["pageviews", "desc"]], pagination={"limit": LINES},
    )  # fmt: skip
    assert [(path, count) for path, (count,) in top.items()] == sorted(pages.items(), key=lambda row: (-row[1], row[0]))


def test_pages_that_were_seen_count_and_all_else_is_left_out_with_its_reason(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    tally = load_file(service, site, "combined", LOG, "http://semicomplete.com").tally
    seen = [
        (day, path)
        for day, method, path, status, _ in split_plainly()
        if method == "GET" and status in ("200", "206", "304") and not path.lower().endswith(ASSETS)
    ]
    assert 2000 < len(seen) < LINES
    assert tally.events == len(seen)
    assert tally.events + tally.skipped.total() == LINES
    assert pageviews_by(service, site, "time:day") == Counter(day for day, _ in seen)
    assert pageviews_by(service, site, "event:page") == Counter(path for _, path in seen)


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        (
            '83.149.9.216 - - [17/May/2015:10:05:03 +0000] "GET /a%20b?c HTTP/1.1" 200 9 "http://x.example/" "Firefox"',
            ("83.149.9.216", 1431857103000, "GET", "/a%20b?c", 200, "http://x.example/", "Firefox", None),
        ),
        (
            '::1 - frank [17/May/2015:12:05:03 +0200] "HEAD // HTTP/1.0" 304 - "-" "-"',
            ("::1", 1431857103000, "HEAD", "//", 304, None, "", None),
        ),
        (  # Apache's vhost_combined
            'shop.example:443 1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/2.0" 200 9 "-" "x"',
            ("1.2.3.4", 1431857103000, "GET", "/", 200, None, "x", "shop.example"),
        ),
        (  # a user's name with a space, and what nginx's "main" has behind
            '1.2.3.4 - ada l [17/May/2015:10:05:03 +0000] "GET / HTTP/2.0" 200 9 "-" "x" "10.0.0.1, 10.0.0.2"',
            ("1.2.3.4", 1431857103000, "GET", "/", 200, None, "x", None),
        ),
        (  # a quote inside of a field, and a line that was cut before its last quote
            r'1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "a \"b\" c',
            ("1.2.3.4", 1431857103000, "GET", "/", 200, None, r"a \"b\" c", None),
        ),
        ('1.2.3.4 - - [17/May/2015:10:05:03 +0000] "-" 408 0 "-" "-"', None),
        (r'1.2.3.4 - - [17/May/2015:10:05:03 +0000] "\x16\x03\x01" 400 0 "-" "-"', None),
        ('1.2.3.4 - - [17/May/2015:24:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "-"', None),
        ('1.2.3.4 - - [17/May/2015:10:05:03] "GET / HTTP/1.1" 200 5 "-" "-"', None),
        ('1.2.3.4 - - [99/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "-"', None),
        ('1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5', None),  # the common format
        ("", None),
    ],
)  # fmt: skip
def test_a_line_of_the_combined_format_is_a_request(line: str, request_: tuple[Any, ...] | None) -> None:
    assert parse_line(line) == request_


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ("GET / HTTP/1.1 200", None),
        ("GET /a.html?x=.css HTTP/1.1 304", None),
        ("GET /a/ HTTP/1.1 206", None),
        ("POST / HTTP/1.1 200", "not a GET"),
        ("GET / HTTP/1.1 404", "status other than 2xx and 304"),
        ("GET / HTTP/1.1 301", "status other than 2xx and 304"),
        ("GET /A.CSS?v=1 HTTP/1.1 200", "not a page but a part of one"),
        ("GET /robots.txt HTTP/1.1 200", "not a page but a part of one"),
    ],
)
def test_a_pageview_is_a_page_that_was_shown(request_: str, reason: str | None) -> None:
    words, _, status = request_.rpartition(" ")
    line = f'1.2.3.4 - - [17/May/2015:10:05:03 +0000] "{words}" {status} 5 "-" "-"\n'.encode()
    read = next(read_combined(BytesIO(line), Options("https://shop.example")))
    assert (read.what == Skipped(reason)) if reason else isinstance(read.what, Found)
    everything = next(read_combined(BytesIO(line), Options("https://shop.example", is_everything=True)))
    assert isinstance(everything.what, Found)


def test_the_lines_of_caddy() -> None:
    """The first is the one of Caddy's documentation; the others have what its settings and older versions write."""
    with (DATA / "foreign/caddy.ndjson").open("rb") as file:
        first, second, asset, post, missing, error, cut = read_caddy(file, Options())
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
    assert first.what == Found(
        {
            "page": {"url": "https://localhost/"},
            "events": [{"name": "pageview", "at": 1646861401524, "ip": "127.0.0.1", "user_agent": "curl/7.82.0"}],
        }
    )
    assert second.what == Found(
        {
            "page": {
                "url": "https://shop.example/p/42?utm_source=news&utm_medium=email", "referrer": "https://www.google.de/",
            },
            "events": [{"name": "pageview", "at": 1646861402250, "ip": "203.0.113.9", "user_agent": agent}],
        }
    )  # fmt: skip
    assert [read.what for read in (asset, post, missing)] == [
        Skipped("not a page but a part of one"), Skipped("not a GET"), Skipped("status other than 2xx and 304"),
    ]  # fmt: skip
    assert [(read.place, type(read.what)) for read in (error, cut)] == [(6, Fault), (7, Fault)]


def test_caddys_log_by_host_source_and_day(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(bot_days=None)
    tally = load_file(service, site, "caddy", DATA / "foreign/caddy.ndjson").tally
    assert (tally.rows, tally.events, tally.skipped.total(), tally.faulty) == (7, 2, 3, 2)
    days = {"date_range": ["2022-03-09", "2022-03-09"], "include": {"bots": True}}
    assert service.rows(site, "event:hostname", "pageviews", **days) == {"localhost": [1], "shop.example": [1]}
    assert service.rows(site, "visit:channel", "visits", **days) == {"Direct": [1], "Email": [1]}
    assert service.rows(site, "visit:browser", "visits", **days)["Firefox"] == [1]
