"""Operators, one row a case: which of the labels /, /Ab, /abc and (not set) match."""

from typing import Any

import pytest

from .site import NOW_MS, Site, build_event

PATHS = ["/", "/Ab", "/abc", None]
ANY_CASE = {"case_sensitive": False}


@pytest.mark.parametrize(
    ("condition", "labels"),
    [
        (["is", "event:page", ["/"]], ["/"]),
        (["is", "event:page", ["/", "/abc", "/nowhere"]], ["/", "/abc"]),
        (["is", "event:page", ["/ab"]], []),
        (["is", "event:page", ["/ab", "/ABC"], ANY_CASE], ["/Ab", "/abc"]),
        (["is", "event:page", ["(not set)"]], ["(not set)"]),
        (["is_not", "event:page", ["/", "/Ab"]], ["(not set)", "/abc"]),
        (["is_not", "event:page", ["(not set)"]], ["/", "/Ab", "/abc"]),
        (["contains", "event:page", ["b"]], ["/Ab", "/abc"]),
        (["contains", "event:page", ["A", "not"]], ["(not set)", "/Ab"]),
        (["contains", "event:page", ["A"], ANY_CASE], ["/Ab", "/abc"]),
        (["contains", "event:page", ["%"]], []),
        (["contains", "event:page", [""]], ["(not set)", "/", "/Ab", "/abc"]),
        (["contains_not", "event:page", ["A", "c"]], ["(not set)", "/"]),
        (["contains_not", "event:page", ["B"], ANY_CASE], ["(not set)", "/"]),
        (["matches", "event:page", ["^/a"]], ["/abc"]),
        (["matches", "event:page", ["^/a", "^/$"]], ["/", "/abc"]),
        (["matches", "event:page", ["^/A\\D"], ANY_CASE], ["/Ab", "/abc"]),
        (["matches_not", "event:page", ["^/[aA]b", "not"]], ["/"]),
        (["greater_than", "event:page", [0]], []),
        (["less_than", "time:hour_of_day", [18]], []),
        (["at_most", "time:hour_of_day", [18]], ["(not set)", "/", "/Ab", "/abc"]),
        (["is", "time:day_of_week", ["7"]], ["(not set)", "/", "/Ab", "/abc"]),
        (["has_done", ["is", "event:page", ["/Ab"]]], ["(not set)", "/", "/Ab", "/abc"]),
        (["has_not_done", ["is", "event:page", ["/Ab"]]], []),
        (["has_done", ["has_not_done", ["is", "event:page", ["/nowhere"]]]], ["(not set)", "/", "/Ab", "/abc"]),
        (["is", "event:goal", ["Any page but the first"]], ["/Ab", "/abc"]),
        (["is_not", "event:goal", ["Any page but the first"]], ["(not set)", "/"]),
        (["contains", "event:goal", ["BUT"], ANY_CASE], ["/Ab", "/abc"]),
        (["contains", "event:goal", ["nothing of that name"]], []),
        (["is_not", "segment", ["buyers"]], ["(not set)", "/", "/Ab", "/abc"]),
        (["not", ["is", "event:page", ["/"]]], ["(not set)", "/Ab", "/abc"]),
        (["and", [["contains", "event:page", ["b"]], ["contains", "event:page", ["c"]]]], ["/abc"]),
        (["or", [["is", "event:page", ["/"]], ["contains", "event:page", ["c"]]]], ["/", "/abc"]),
        (["not", ["or", [["is", "event:page", ["/"]], ["contains", "event:page", ["c"]]]]], ["(not set)", "/Ab"]),
        (["is", "visit:source", ["Direct / None"]], ["(not set)", "/", "/Ab", "/abc"]),
        (["is_not", "visit:source", ["Direct / None"]], []),
    ],
)
def test_a_filter_matches_these_labels(site: Site, condition: list[Any], labels: list[str]) -> None:
    site.load([build_event(NOW_MS, path=path) for path in PATHS])
    answer = site.ask(dimensions=["event:page"], filters=[condition])
    assert [row["dimensions"][0] for row in answer["results"]] == labels


def test_what_a_visit_has_done_counts_in_the_range_and_not_by_robots(site: Site) -> None:
    yesterday = NOW_MS - 24 * 3_600_000
    site.load(
        [
            build_event(yesterday, name="signup"),
            build_event(NOW_MS, path="/1"),
            build_event(NOW_MS, visitor=2, path="/2"),
            build_event(NOW_MS + 1000, visitor=2, name="signup", path="/2"),
            build_event(NOW_MS, visitor=3, path="/3"),
            build_event(NOW_MS + 1000, visitor=3, name="signup", path="/3", is_bot=True),
        ]
    )
    signed_up = ["is", "event:name", ["signup"]]
    for word, pages in (("has_done", ["/2"]), ("has_not_done", ["/1", "/3"])):
        answer = site.ask(date_range="day", dimensions=["event:page"], filters=[[word, signed_up]])
        assert [row["dimensions"][0] for row in answer["results"]] == pages


def test_all_filters_of_a_question_must_match(site: Site) -> None:
    site.load([build_event(NOW_MS, path=path) for path in PATHS])
    filters = [["contains", "event:page", ["b"]], ["contains", "event:page", ["A"]]]
    answer = site.ask(dimensions=["event:page"], filters=filters)
    assert [row["dimensions"][0] for row in answer["results"]] == ["/Ab"]
