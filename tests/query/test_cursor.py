"""Paging by cursor: all pages together are the whole answer, also while rows come."""

from typing import Any

import pytest
from hypothesis import given, settings

from collector.errors import Problem

from .questions import build_case
from .site import NOW_MS, Site, build_event


def read_pages(site: Site, body: dict[str, Any], limit: int) -> list[Any]:
    rows, cursor = [], ""
    while cursor is not None:
        page = site.ask(**body, pagination={"limit": limit, "cursor": cursor})
        assert len(page["results"]) <= limit
        rows += page["results"]
        cursor = page["meta"]["next_cursor"]
    return rows


@given(case=build_case())
@settings(max_examples=40, deadline=None)
def test_pages_put_together_are_the_whole_answer(site: Site, case: Any) -> None:
    events, body = case
    site.load(events)
    assert read_pages(site, body, 4) == site.ask(**body)["results"]


def test_rows_that_come_in_between_neither_repeat_nor_hide_others(site: Site) -> None:
    events = [build_event(NOW_MS, path=f"/{i}") for i in range(6)]
    site.load(events)
    body: dict[str, Any] = {"date_range": "day", "dimensions": ["event:page"], "metrics": ["events"]}
    first = site.ask(**body, pagination={"limit": 3, "cursor": ""})
    site.load([*events, build_event(NOW_MS, path="/!")])
    later = {"now_ms": NOW_MS + 86_400_000, "pagination": {"limit": 3, "cursor": first["meta"]["next_cursor"]}}
    second = site.ask(**body, **later)
    assert [row["dimensions"][0] for row in (*first["results"], *second["results"])] == [f"/{i}" for i in range(6)]
    assert second["query"]["date_range"] == first["query"]["date_range"]


@pytest.mark.parametrize(
    "change",
    [
        {"dimensions": ["visit:source"]},
        {"metrics": ["visitors"]},
        {"date_range": "7d"},
        {"filters": [["is", "event:page", ["/1"]]]},
        {"order_by": [["events", "asc"]]},
        {"timezone": "UTC"},
    ],
)
def test_a_cursor_is_of_one_question(site: Site, change: dict[str, Any]) -> None:
    site.load([build_event(NOW_MS, path=f"/{i}") for i in range(3)])
    body: dict[str, Any] = {"date_range": "day", "dimensions": ["event:page"], "metrics": ["events"]}
    cursor = site.ask(**body, pagination={"limit": 2, "cursor": ""})["meta"]["next_cursor"]
    assert len(site.ask(**body, pagination={"limit": 2, "cursor": cursor})["results"]) == 1
    with pytest.raises(Problem, match="of another question"):
        site.ask(**{**body, **change}, pagination={"limit": 2, "cursor": cursor})
