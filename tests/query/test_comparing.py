"""Comparisons: which range stands beside which, and what a change is."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collector.query.comparing import measure_change, parse_comparison
from collector.query.metrics import METRICS
from collector.query.periods import parse_range

from .site import NOW_MS, Site, build_event

DAY_MS = 86_400_000
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("date_range", "options", "days"),
    [
        (["2024-03-25", "2024-03-31"], {"mode": "previous_period"}, ("2024-03-18", "2024-03-24")),
        ("day", {"mode": "previous_period"}, ("2024-03-30", "2024-03-30")),
        ("7d", {"mode": "previous_period"}, ("2024-03-18", "2024-03-24")),
        (["2024-03-29", "2024-04-30"], {"mode": "previous_period"}, ("2024-03-26", "2024-03-28")),
        (["2025-01-01", "2025-01-02"], {"mode": "previous_period"}, ("2024-12-31", "2024-12-31")),
        (["2024-03-25", "2024-03-31"], {"mode": "year_over_year"}, ("2023-03-26", "2023-04-01")),
        ("year", {"mode": "year_over_year"}, ("2023-01-01", "2023-04-01")),
        ("day", {"mode": "previous_period", "match_day_of_week": True}, ("2024-03-24", "2024-03-24")),
        (
            ["2024-03-01", "2024-03-10"],
            {"mode": "previous_period", "match_day_of_week": True},
            ("2024-02-23", "2024-03-03"),
        ),
        ("day", {"mode": "year_over_year", "match_day_of_week": True}, ("2023-04-02", "2023-04-02")),
        ("day", {"mode": "custom", "date_range": ["2024-02-01", "2024-02-29"]}, ("2024-02-01", "2024-02-29")),
    ],
)  # fmt: skip
def test_a_range_is_compared_with_these_days(date_range: Any, options: dict[str, Any], days: tuple[str, str]) -> None:
    span = parse_range(date_range, BERLIN, NOW_MS, None, ())
    first, last = parse_comparison(options, span, NOW_MS, ()).range.as_json()
    assert (first[:10], last[:10]) == days
    assert (first[11:19], last[11:19]) == ("00:00:00", "23:59:59")


@pytest.mark.parametrize(
    ("metric", "before", "now", "change"),
    [
        ("visitors", 12, 17, 42),
        ("visitors", 8, 7, -13),
        ("visitors", 0, 3, 100),
        ("visitors", 0, 0, 0),
        ("visitors", 3, 0, -100),
        ("bounce_rate", 40.5, 42.0, 1.5),
        ("bounce_rate", None, 42.0, None),
        ("visit_duration", 10.0, None, None),
        ("total_revenue", {"value": 10.0, "currency": "EUR"}, {"value": 15.0, "currency": "EUR"}, 50),
        ("total_revenue", None, {"value": 15.0, "currency": "EUR"}, None),
    ],
)
def test_a_change_is_in_percent_or_in_points(metric: str, before: Any, now: Any, change: float | None) -> None:
    assert measure_change(METRICS[metric], before, now) == change


def load(site: Site) -> None:
    """Today 3 on /a and 1 on /b, yesterday 2 on /a and 5 on /c."""
    counts = ((0, "/a", 3), (0, "/b", 1), (1, "/a", 2), (1, "/c", 5))
    events = [(NOW_MS - day * DAY_MS - i * 1000, path) for day, path, count in counts for i in range(count)]
    site.load([build_event(at_ms, path=path, visitor=i) for i, (at_ms, path) in enumerate(events)])


def test_every_row_stands_beside_the_same_group_of_the_other_range(site: Site) -> None:
    load(site)
    include = {"comparisons": {"mode": "previous_period"}, "totals": True}
    answer = site.ask(date_range="day", metrics=["visitors", "bounce_rate"], dimensions=["event:page"], include=include)
    assert answer["results"] == [
        {
            "dimensions": ["/a"],
            "metrics": [3, 100.0],
            "comparison": {"dimensions": ["/a"], "metrics": [2, 100.0], "change": [50, 0.0]},
        },
        {
            "dimensions": ["/b"],
            "metrics": [1, 100.0],
            "comparison": {"dimensions": None, "metrics": [0, None], "change": [100, None]},
        },
    ]
    assert answer["meta"]["totals"] == [4, 100.0]
    assert answer["meta"]["comparison_date_range"] == ["2024-03-30T00:00:00+01:00", "2024-03-30T23:59:59+01:00"]
    assert site.ask(**answer["query"], now_ms=NOW_MS + 400 * DAY_MS) == answer


def test_a_question_without_dimensions_stands_beside_that_of_the_other_range(site: Site) -> None:
    load(site)
    include = {"comparisons": {"mode": "previous_period"}}
    (row,) = site.ask(date_range="day", metrics=["pageviews", "visitors"], include=include)["results"]
    assert (row["metrics"], row["comparison"]["metrics"]) == ([4, 4], [7, 7])
    assert row["comparison"]["change"] == [-43, -43]


def test_buckets_stand_beside_those_of_the_same_place(site: Site) -> None:
    load(site)
    include = {"comparisons": {"mode": "custom", "date_range": ["2024-03-30", "2024-03-30"]}}
    days = site.ask(date_range=["2024-03-31", "2024-04-01"], dimensions=["time:day"], include=include)["results"]
    assert [(row["metrics"], row["comparison"]["dimensions"], row["comparison"]["metrics"]) for row in days] == [
        ([4], ["2024-03-30"], [7]),
        ([0], None, [0]),
    ]
    both = site.ask(date_range="day", dimensions=["event:page", "time:day"], include=include)["results"]
    assert [row["comparison"]["metrics"] for row in both] == [[2], [0]]


def test_a_share_in_the_other_range_is_of_all_its_groups(site: Site) -> None:
    load(site)
    include = {"comparisons": {"mode": "previous_period"}}
    row = site.ask(date_range="day", metrics=["percentage"], dimensions=["event:page"], include=include)["results"][0]
    assert (row["metrics"], row["comparison"]["metrics"]) == ([75.0], [28.6])
