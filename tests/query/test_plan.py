"""The SQL of a question: what it reads, and that nothing of the question stands in it."""

import re
from typing import Any

import pytest

from collector.query.buckets import BUCKETS
from collector.query.dimensions import DIMENSIONS, LOCAL_PARTS, LOOKUPS
from collector.query.language import parse_query
from collector.query.metrics import METRICS
from collector.query.plan import Plan, build_sql, count_passes

from .site import NOW_MS, Site, build_event


def plan(**fields: Any) -> Plan:
    body = {"site_id": "shop", "metrics": ["visitors"], "date_range": "day", **fields}
    return build_sql(parse_query(body, default_timezone="Europe/Berlin", now_ms=NOW_MS))


@pytest.mark.parametrize(
    ("fields", "reads_visits"),
    [
        ({}, True),
        ({"metrics": ["clicks"]}, False),
        ({"dimensions": ["event:name", "time:day"]}, False),
        ({"filters": [["is", "event:page", ["/"]]]}, False),
        ({"metrics": ["clicks", "time_on_page", "scroll_depth", "active_time"]}, False),
        ({"metrics": ["bounce_rate"]}, True),
        ({"dimensions": ["visit:os"]}, True),
        ({"filters": [["not", ["or", [["is", "event:page", ["/"]], ["is", "visit:os", ["x"]]]]]]}, True),
    ],
)
def test_visits_are_read_only_when_the_question_needs_them(fields: dict[str, Any], reads_visits: bool) -> None:
    assert ('"shop".visits' in plan(**fields).rows.sql) is reads_visits


def test_values_are_bound_and_each_is_named_in_the_text() -> None:
    marks = [f"mark{i}" for i in range(4)]
    filters = [
        ["and", [["is", "visit:os", marks[:2]], ["not", ["contains", "event:page", marks[2:3]]]]],
        ["is_not", "event:name", marks[3:], {"case_sensitive": False}],
    ]
    fields = {"filters": filters, "dimensions": ["time:day", "event:page"], "include": {"total_rows": True}}
    rows, total = plan(**fields)
    assert total is not None
    for statement in (rows, total):
        assert "mark" not in statement.sql
        assert set(marks) <= set(map(str, statement.values.values()))
        assert set(re.findall(r"\$(\w+)", statement.sql)) == set(statement.values)


@pytest.mark.parametrize(
    ("fields", "passes"),
    [
        ({"metrics": ["visitors", "bounce_rate"]}, 0.25),
        ({"dimensions": ["event:page"], "include": {"total_rows": True}}, 0.5),
        ({"metrics": ["visitors", "time_on_page"]}, 1.25),
        ({"dimensions": ["event:name"]}, 1),
        ({"metrics": ["bounce_rate"], "dimensions": ["event:name"]}, 2),
    ],
)
def test_what_visits_and_their_pages_know_costs_a_part_of_reading_events(fields: dict[str, Any], passes: float) -> None:
    body = {"site_id": "shop", "metrics": ["visitors"], "date_range": "day", **fields}
    assert count_passes(parse_query(body, default_timezone="UTC", now_ms=NOW_MS)) == passes


PAID = {"value": 9.9, "currency": "EUR"}
MEASURED = dict.fromkeys(
    f"{name}_p{percent}" for name in ("lcp", "inp", "cls", "fcp", "ttfb", "response_ms") for percent in (50, 75, 90, 99)
)
SIGNED_UP = {
    "visitors": 1, "visits": 1, "pageviews": 0, "events": 1, "clicks": 0, "views_per_visit": 0.0, "bounce_rate": 0.0,
    "visit_duration": 20.0, "time_on_page": None, "active_time": None, "scroll_depth": None, "exit_rate": None,
    "percentage": 100.0, "conversion_rate": 100.0, "group_conversion_rate": 100.0,
    "total_revenue": PAID, "average_revenue": PAID, **MEASURED,
}  # fmt: skip
UNPAID = {**SIGNED_UP, "total_revenue": None, "average_revenue": None}
VIEWED = {**UNPAID, "pageviews": 1, "views_per_visit": 1.0, "exit_rate": 100.0}
STAYED = {"time_on_page": 1.5, "active_time": 1.2, "scroll_depth": 7.0}
GROUPS: dict[str, list[dict[str, Any]]] = {
    "event:name": [SIGNED_UP, {**UNPAID, **STAYED, "events": 0}, VIEWED],
    "event:goal": [SIGNED_UP],
    "event:props:price": [SIGNED_UP, {**VIEWED, **STAYED}],
    "event:currency": [SIGNED_UP, {**VIEWED, **STAYED}],
}


@pytest.mark.parametrize(
    "dimension", [*DIMENSIONS, *LOOKUPS, *LOCAL_PARTS, *BUCKETS, "event:goal", "event:props:price"]
)
def test_every_metric_works_with_every_dimension(site: Site, dimension: str) -> None:
    pageview = build_event(NOW_MS, pageview_id=1)
    seen = {"name": "engagement", "at_ms": NOW_MS + 10_000, "visible_ms": 1500, "active_ms": 1200, "scroll_percent": 7}
    paid = {"revenue_amount": 9.9, "revenue_currency": "EUR", "props": '{"price": 9.9}'}
    site.load([pageview, {**pageview, **seen}, {**pageview, "name": "signup", "at_ms": NOW_MS + 20_000, **paid}])
    order = [["pageviews", "asc"], ["events", "desc"]]
    day = ["2024-03-31", "2024-03-31"]
    answer = site.ask(metrics=[*METRICS], dimensions=[dimension], date_range=day, order_by=order)
    counted = [dict(zip(METRICS, row["metrics"], strict=True)) for row in answer["results"] if row["metrics"][0]]
    everything = {**VIEWED, **STAYED, "events": 2, "total_revenue": PAID, "average_revenue": PAID}
    assert counted == GROUPS.get(dimension, [everything])


def test_bots_are_left_out_unless_included_and_an_unknown_one_is_a_person(site: Site) -> None:
    site.load([build_event(NOW_MS, visitor=visitor, is_bot=bot) for visitor, bot in ((1, True), (2, None), (3, False))])
    assert site.ask()["results"][0]["metrics"] == [2]
    assert site.ask(include={"bots": True})["results"][0]["metrics"] == [3]


def test_equal_rows_are_ordered_by_dimension_and_the_unknown_comes_last(site: Site) -> None:
    engagement = build_event(NOW_MS, name="engagement", path="/b", pageview_id=2, visible_ms=5)
    site.load([engagement, *(build_event(NOW_MS, path=path) for path in ("/c", "/B", "/é", "/a"))])
    by_name = site.ask(dimensions=["event:page"])["results"]
    assert [row["dimensions"][0] for row in by_name] == ["/B", "/a", "/b", "/c", "/é"]
    for direction in ("asc", "desc"):
        order = [["time_on_page", direction]]
        rows = site.ask(metrics=["time_on_page"], dimensions=["event:page"], order_by=order)["results"]
        assert [row["dimensions"][0] for row in rows] == ["/b", "/B", "/a", "/c", "/é"]
