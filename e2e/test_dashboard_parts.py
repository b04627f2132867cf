"""The dashboard's pure functions, called in the browser that runs them: what a day, a period and a flow are."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

OpenPage = Callable[..., Page]
CALL = "async ([file, name, args]) => (await import(`/dashboard/static/now/js/${file}`))[name](...args)"
CALL_AT = """async ([file, name, args, now]) =>
    (await import(`/dashboard/static/now/js/${file}`))[name](...args, new Date(now))"""


@pytest.fixture
def call(open_page: OpenPage) -> Callable[..., Any]:
    page = open_page("/goals")
    return lambda file, name, *args: page.evaluate(CALL, [file, name, list(args)])


@pytest.fixture
def call_at(open_page: OpenPage) -> Callable[..., Any]:
    """The same with a moment as the last argument."""
    page = open_page("/goals")
    return lambda file, name, now, *args: page.evaluate(CALL_AT, [file, name, list(args), now])


def test_how_many_periods_lie_between_two_days(call) -> None:
    rows = [
        ("day", "2026-03-28", "2026-03-30", 2),  # a day of 23 hours between them
        ("day", "2026-02-28", "2026-03-01", 1),
        ("week", "2026-03-02", "2026-03-08", 0),  # Monday and Sunday
        ("week", "2026-03-08", "2026-03-09", 1),
        ("week", "2025-12-29", "2026-01-04", 0),  # one week in two years
        ("month", "2025-12-31", "2026-01-01", 1),
        ("month", "2026-01-01", "2026-01-31", 0),
    ]
    for period, first, last, count in rows:
        assert call("retention-table.js", "countPeriods", period, first, last) == count, (period, first, last)


def test_a_cohort_too_young_for_a_period_does_not_lower_its_mean(call) -> None:
    rows = [
        {"cohort": "2026-03-01", "visitors": 4, "period": 0, "returned": 4},
        {"cohort": "2026-03-01", "visitors": 4, "period": 1, "returned": 1},
        {"cohort": "2026-03-02", "visitors": 6, "period": 0, "returned": 6},
    ]
    cohorts = call("retention-table.js", "gatherCohorts", rows, "day", "2026-03-02")
    assert [cohort["returned"] for cohort in cohorts] == [[4, 1], [6]]
    assert call("retention-table.js", "meanRates", cohorts) == [100, 25]


NIGHT = "2026-03-31T22:30:00Z"
"""The first of April in Berlin, half an hour old; still the last of March in UTC."""


def test_the_days_of_a_period_are_those_of_the_site(call_at) -> None:
    rows = [
        ("day", "2026-04-01"), ("7d", "2026-03-26"), ("30d", "2026-03-03"), ("91d", "2026-01-01"),
        ("month", "2026-04-01"), ("year", "2026-01-01"), ("12mo", "2025-05-01"), ("all", None),
    ]  # fmt: skip
    for period, first in rows:
        found = call_at("record-filters.js", "daysOf", NIGHT, {"period": period}, "Europe/Berlin")
        assert found == [first, None], period
    custom = {"period": "custom", "from": "2026-01-05", "to": "2026-01-06"}
    assert call_at("record-filters.js", "daysOf", NIGHT, custom, "Europe/Berlin") == ["2026-01-05", "2026-01-06"]


def test_today_is_compared_with_yesterday_up_to_the_same_minute(call_at) -> None:
    found = call_at("periods.js", "comparison", NIGHT, {"period": "day"}, "Europe/Berlin")
    assert found == {"mode": "custom", "date_range": ["2026-03-30T22:00:00.000Z", "2026-03-30T22:30:59.999Z"]}
    assert call_at("periods.js", "comparison", NIGHT, {"period": "7d"}, "UTC") == {"mode": "previous_period"}
    assert call_at("periods.js", "comparison", NIGHT, {"period": "all"}, "UTC") is None


def test_filters_become_those_of_records_or_are_named(call) -> None:
    filters = [
        ["is", "visit:source", ["Direct / None"]],
        ["contains", "visit:entry_page", ["/p/"]],
        ["is", "visit:country", ["DE"]],
        ["is_not", "visit:device", ["mobile"]],
        ["is", "segment", ["Phones"]],
    ]
    assert call("record-filters.js", "writeSessionFilters", filters) == {
        "params": [["source__isnull", "true"], ["entry_page__icontains", "/p/"], ["country", "DE"]],
        "left": filters[3:],
    }


def test_two_lists_become_one_in_the_order_of_time(call) -> None:
    views = [
        {"id": "b", "timestamp": "2026-01-01T00:00:01.000+00:00"},
        {"id": "d", "timestamp": "2026-01-01T00:00:09Z"},
    ]
    clicks = [{"id": "a", "event_type": "click", "timestamp": "2026-01-01T01:00:01.000+01:00"}]
    merged = call("timeline.js", "mergeByTime", views, clicks)
    assert [row["id"] for row in merged] == ["b", "a", "d"], "a page is opened before it is clicked"
    known = {"rows": views, "next": None}
    going_on = {"rows": clicks, "next": "cursor"}
    assert call("timeline.js", "certainUntil", known, going_on) == 1_767_225_601_000
    assert call("timeline.js", "certainUntil", known, known) == float("inf")


def test_a_flow_keeps_every_visit_and_joins_the_small_stops(call) -> None:
    links = [{"step": 1, "from": "/", "to": f"/{number}", "visits": 20 - number} for number in range(12)]
    links.append({"step": 1, "from": "/", "to": "(exit)", "visits": 1})
    links.append({"step": 2, "from": "/11", "to": "/0", "visits": 9})
    flow = call("flow-layout.js", "layOutFlow", links)
    kept = [f"/{number}" for number in range(8)]
    assert [node["name"] for node in flow["columns"][1]] == [*kept, "(others)", "(exit)"]
    assert sum(band["visits"] for band in flow["bands"] if band["step"] == 1) == sum(range(9, 21)) + 1
    assert [(band["from"], band["to"]) for band in flow["bands"] if band["step"] == 2] == [("(others)", "/0")]
    for nodes in flow["columns"]:
        for above, below in pairwise(nodes):
            assert above["y"] + above["height"] < below["y"]
