"""The shape of an answer."""

from typing import Any

from collector.query.answer import Extras, shape_answer
from collector.query.language import parse_query

from .site import NOW_MS, Site, build_event

HOUR_MS = 3_600_000


def test_an_answer_has_results_meta_and_the_question_with_nothing_left_open() -> None:
    filters = [
        ["or", [["contains", "event:page", ["/A"], {"case_sensitive": False}], ["not", ["is", "visit:os", ["x"]]]]]
    ]
    body = {
        "site_id": "shop",
        "metrics": ["visitors", "bounce_rate"],
        "date_range": "day",
        "dimensions": ["time", "visit:source"],
        "filters": filters,
        "include": {"total_rows": True, "bots": False},
        "pagination": {"limit": 1},
    }
    query = parse_query(body, default_timezone="Asia/Kathmandu", now_ms=NOW_MS)
    hours_since_1970 = 475_528
    assert shape_answer(query, [(hours_since_1970, "Direct / None", 3, None)], Extras(7)) == {
        "results": [{"dimensions": ["2024-03-31 16:00:00", "Direct / None"], "metrics": [3, None]}],
        "meta": {"total_rows": 7},
        "query": {
            "site_id": "shop",
            "metrics": ["visitors", "bounce_rate"],
            "date_range": ["2024-03-31T00:00:00+05:45", "2024-03-31T23:59:59+05:45"],
            "timezone": "Asia/Kathmandu",
            "dimensions": ["time:hour", "visit:source"],
            "filters": filters,
            "order_by": [["time:hour", "asc"], ["visitors", "desc"]],
            "include": {"total_rows": True},
            "pagination": {"limit": 1, "offset": 0},
        },
    }


def test_time_alone_has_a_row_a_bucket_up_to_the_end_of_the_range(site: Site) -> None:
    site.load([build_event(NOW_MS)])
    answer = site.ask(date_range="month", dimensions=["time:day"], metrics=["visitors", "bounce_rate"])
    labels = [f"2024-03-{day:02}" for day in range(1, 32)]
    assert [row["dimensions"] for row in answer["results"]] == [[label] for label in labels]
    assert answer["results"][-2:] == [
        {"dimensions": ["2024-03-30"], "metrics": [0, None]},
        {"dimensions": ["2024-03-31"], "metrics": [1, 100.0]},
    ]
    assert answer["meta"] == {}


def test_time_beside_another_dimension_has_only_rows_with_events_and_labels_on_wish(site: Site) -> None:
    site.load([build_event(NOW_MS), build_event(NOW_MS - 24 * HOUR_MS, path="/a")])
    answer = site.ask(
        date_range=["2024-03-29", "2024-03-31"],
        dimensions=["time:day", "event:page"],
        include={"time_labels": True, "total_rows": True},
    )
    assert [row["dimensions"] for row in answer["results"]] == [["2024-03-30", "/a"], ["2024-03-31", "/"]]
    assert answer["meta"] == {"time_labels": ["2024-03-29", "2024-03-30", "2024-03-31"], "total_rows": 2}


def test_total_rows_does_not_depend_on_the_page(site: Site) -> None:
    site.load([build_event(NOW_MS, path=f"/{i}") for i in range(5)])
    page: dict[str, Any] = {"include": {"total_rows": True}, "pagination": {"limit": 2, "offset": 10}}
    assert site.ask(**page)["meta"] == {"total_rows": 1}
    assert site.ask(**page, dimensions=["event:page"])["meta"] == {"total_rows": 5}
    assert site.ask(**page, dimensions=["time:hour"], date_range="day")["meta"] == {"total_rows": 23}
