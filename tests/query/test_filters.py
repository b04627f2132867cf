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


def test_all_filters_of_a_question_must_match(site: Site) -> None:
    site.load([build_event(NOW_MS, path=path) for path in PATHS])
    filters = [["contains", "event:page", ["b"]], ["contains", "event:page", ["A"]]]
    answer = site.ask(dimensions=["event:page"], filters=filters)
    assert [row["dimensions"][0] for row in answer["results"]] == ["/Ab"]
