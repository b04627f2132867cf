"""query/records: lists under random filters, orders and pages, against plain Python over the same events."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

from collector.query.records.moments import write_moment
from collector.query.records.public_id import write_session_id

from ..plain import Row
from ..site import NOW_MS, Site, build_event
from .test_pages import HOUR_MS, ask, ids, read_all

Fits = Callable[[Row], bool]

AGES_MS = (0, 1, 60_000, HOUR_MS, 30 * HOUR_MS, 31 * HOUR_MS, 5000 * HOUR_MS)
NAMES = ("pageview", "pageview", "click", "click", "scroll", "Signup", "engagement", "session_start")


def build_random(random: Random) -> Row:
    """An event of a few moments, visitors and values: most events share each with others."""
    pick, visitor = random.choice, random.randint(1, 4)
    return build_event(
        NOW_MS - pick(AGES_MS),
        visitor=visitor,
        visitor_id=f"install-{visitor}" if visitor % 2 else None,
        seq=pick((0, 1, 2)),
        user_id=pick((None, "ann", "Ann", "bob")),
        name=pick(NAMES),
        hostname=pick((None, "shop.example", "shop.example")),
        path=pick(("/", "/boots", "/boots/Red")),
        title=pick((None, "Red boots")),
        element=pick((None, "#buy", "#Submit")),
        text=pick((None, "Buy now", "later")),
        x=pick((None, 0, 100)),
        props=pick((None, '{"plan":"pro","n":-5}', '{"plan":"free","n":"7"}', '{"x_coord":100}')),
        is_bot=pick((None, False, False, True)),
    )


def has(text: str, *values: str | None) -> bool:
    return any(text in value.lower() for value in values if value is not None)


def url_of(row: Row) -> str:
    return f"https://{row['hostname']}{row['path']}" if row["hostname"] else row["path"]


def session_of(row: Row) -> str:
    return row["visitor_id"] or write_session_id(row["visit"])


def numbers(row: Row, key: str, column: str = "") -> list[float]:
    """Every number that a key of the metadata may mean."""
    found = [row[column] if column else None, json.loads(row["props"] or "{}").get(key)]
    return [float(value) for value in found if value is not None]


def is_found(row: Row, words: str, *columns: str) -> bool:
    return all(
        has(word, session_of(row), row["user_id"], *(row[column] for column in columns)) for word in words.split()
    )


OF_EVENTS: dict[tuple[str, str], Fits] = {
    ("user_id", "ann"): lambda row: row["user_id"] == "ann",
    ("user_id__iexact", "ANN"): lambda row: has("ann", row["user_id"]),
    ("session__user_id__isnull", "true"): lambda row: row["user_id"] is None,
    ("session_id", "install-3"): lambda row: row["visitor_id"] == "install-3",
    ("session__session_id__in", "install-1,install-3"): lambda row: row["visitor_id"] is not None,
    ("timestamp__lt", "2024-03-31"): lambda row: row["at_ms"] < NOW_MS - 24 * HOUR_MS,
    ("timestamp__date", "2024-03-31"): lambda row: row["at_ms"] > NOW_MS - 2 * HOUR_MS,
}
FILTERS: dict[str, dict[tuple[str, str], Fits]] = {
    "interactions": {
        **OF_EVENTS,
        ("event_type", "CLICK"): lambda row: row["name"] == "click",
        ("event_type__in", "scroll,signup"): lambda row: row["name"] in ("scroll", "Signup"),
        ("element", "#buy"): lambda row: row["element"] == "#buy",
        ("element__icontains", "SUB"): lambda row: has("sub", row["element"]),
        ("text__isnull", "false"): lambda row: row["text"] is not None,
        ("page_url__contains", "example/boots"): lambda row: "example/boots" in url_of(row),
        ("metadata__x_coord", "100"): lambda row: 100 in numbers(row, "x_coord", "x"),
        ("metadata__x_coord__gte", "0"): lambda row: any(each >= 0 for each in numbers(row, "x_coord", "x")),
        ("metadata__n__lt", "0"): lambda row: -5 in numbers(row, "n"),
        ("metadata__n", "7"): lambda row: 7 in numbers(row, "n"),
        ("metadata__plan", "pro"): lambda row: '"pro"' in (row["props"] or ""),
        ("metadata__plan__isnull", "true"): lambda row: '"plan"' not in (row["props"] or ""),
        ("search", "BUY"): lambda row: is_found(row, "buy", "element", "text"),
        ("search", "install- sub"): lambda row: is_found(row, "install- sub", "element", "text"),
    },
    "pageviews": {
        **OF_EVENTS,
        ("url", "https://shop.example/boots"): lambda row: url_of(row) == "https://shop.example/boots",
        ("url__iendswith", "RED"): lambda row: url_of(row).lower().endswith("red"),
        ("title__startswith", "Red"): lambda row: row["title"] is not None,
        ("search", "install- boots"): lambda row: all(
            has(word, session_of(row), row["user_id"], url_of(row), row["title"]) for word in ("install-", "boots")
        ),
    },
    "sessions": {
        ("user_id", "ann"): lambda visit: "ann" in visit["user_ids"],
        ("user_id__isnull", "true"): lambda visit: visit["user_ids"] <= {None},
        ("session_id", "install-1"): lambda visit: "install-1" in visit["visitor_ids"],
        ("entry_page", "/boots"): lambda visit: visit["entry_path"] == "/boots",
        ("pageviews__gt", "0"): lambda visit: visit["pageviews"] > 0,
        ("duration_ms", "0"): lambda visit: visit["start_ms"] == visit["end_ms"],
        ("state", "ended"): lambda visit: visit["end_ms"] < NOW_MS - HOUR_MS / 2,
        ("start_time__gte", "2024-03-31"): lambda visit: visit["start_ms"] > NOW_MS - 2 * HOUR_MS,
        ("search", "ANN"): lambda visit: has("ann", *visit["user_ids"]),
    },
}
FIXED: dict[str, Fits] = {
    "interactions": lambda row: row["name"] in ("click", "scroll", "Signup"),
    "pageviews": lambda row: row["name"] == "pageview",
    "sessions": lambda visit: True,
}
TIME = {"interactions": "timestamp", "pageviews": "timestamp", "sessions": "start_time"}
OF_RECORD: dict[str, dict[str, Callable[[Row], Any]]] = {
    "interactions": {
        "timestamp": lambda row: write_moment(row["at_ms"]),
        "event_type": lambda row: row["name"],
        "element": lambda row: row["element"],
        "page_url": url_of,
        "user_id": lambda row: row["user_id"],
        "session": lambda row: write_session_id(row["visit"]),
        "session_id": session_of,
    },
    "pageviews": {
        "timestamp": lambda row: write_moment(row["at_ms"]),
        "url": url_of,
        "user_id": lambda row: row["user_id"],
        "session": lambda row: write_session_id(row["visit"]),
        "title": lambda row: row["title"],
    },
    "sessions": {
        "start_time": lambda visit: write_moment(visit["start_ms"]),
        "last_seen": lambda visit: write_moment(visit["end_ms"]),
        "pageviews": lambda visit: visit["pageviews"],
        "events": lambda visit: visit["events"],
        "id": lambda visit: write_session_id(visit["visit"]),
    },
}
"""Of each resource, shown fields and what they are of a row."""

ORDERS = {
    "interactions": ("timestamp", "event_type", "element", "page_url", "user_id"),
    "pageviews": ("timestamp", "url", "user_id"),
    "sessions": ("start_time", "last_seen", "pageviews", "events"),
}


def read_plainly(site: Site, resource: str, asked: list[tuple[str, str]], has_bots: bool) -> list[dict[str, Any]]:
    """The records that fit, in no order, with the fields of ``OF_RECORD``."""
    tests = [FIXED[resource], *(FILTERS[resource][each] for each in asked)]
    rows = site.read("rows") if resource != "sessions" else list(read_visits(site))
    return [
        {name: read(row) for name, read in OF_RECORD[resource].items()}
        for row in rows
        if (has_bots or row["is_bot"] is not True) and all(test(row) for test in tests)
    ]


def read_visits(site: Site) -> Iterator[Row]:
    rows = site.read("rows")
    for visit in site.read("visits"):
        own = [row for row in rows if row["visit"] == visit["visit"]]
        yield visit | {name + "s": {row[name] for row in own} for name in ("user_id", "visitor_id")}


def in_order(records: list[dict[str, Any]], orders: list[str]) -> list[tuple[Any, ...]]:
    """The values that the order is by, from first to last; what is unknown comes last."""
    names = [order.removeprefix("-") for order in orders]
    values = [tuple(record[name] for name in names) for record in records]
    for place, order in reversed(list(enumerate(orders))):
        known = sorted((v for v in values if v[place] is not None), key=lambda v: v[place], reverse=order[0] == "-")
        values = known + [v for v in values if v[place] is None]
    return values


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("resource", FILTERS)
def test_a_page_holds_what_plain_python_finds(
    site: Site, monkeypatch: pytest.MonkeyPatch, resource: str, seed: int
) -> None:
    """S3-60 … S3-76: filters, search, order and pages together."""
    random = Random(seed)
    site.load([build_random(random) for _ in range(random.randint(0, 80))])
    asked = list({each[0]: each for each in random.sample(sorted(FILTERS[resource]), seed % 3)}.values())
    time = TIME[resource]
    names = random.sample(ORDERS[resource], random.randint(1, 2)) if seed % 2 else random.choice(([], [time]))
    orders = [random.choice(("", "-")) + name for name in names]
    has_bots, limit = random.random() < 0.5, random.randint(1, 5)
    query = urlencode([*asked, ("ordering", ",".join(orders)), ("bots", has_bots)])
    expected = read_plainly(site, resource, asked, has_bots)
    all_orders = orders if time in names else [*orders, f"-{time}"]
    order_of = [order.removeprefix("-") for order in all_orders]
    ordered = in_order(expected, all_orders)

    whole = ask(site, resource, f"{query}&limit=100")
    assert whole.total == len(expected)
    shown = [{name: record[name] for name in OF_RECORD[resource]} for record in whole.records]
    assert sorted(map(repr, shown)) == sorted(map(repr, expected))
    assert [tuple(record[name] for name in order_of) for record in shown] == ordered

    monkeypatch.setattr("collector.query.records.pages.AT_AN_END", random.choice((1, 8, 200)))
    paged = read_all(site, resource, query, limit)
    if not names or names == [time]:
        assert [record["id"] for record in paged] == ids(whole)
        assert [record["id"] for record in read_all(site, resource, f"{query}&cursor=", limit)] == ids(whole)
    assert [tuple(record[name] for name in order_of) for record in paged] == ordered
    assert sorted(record["id"] for record in paged) == sorted(ids(whole))
