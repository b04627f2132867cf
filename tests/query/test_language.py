"""What a question may say, what it means, and how a wrong one is refused."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.errors import Problem
from collector.query.dimensions import DIMENSIONS
from collector.query.language import parse_query
from collector.query.metrics import METRICS
from collector.query.query import Query

from .site import NOW_MS

BODY: dict[str, Any] = {"site_id": "shop", "metrics": ["visitors"], "date_range": "day"}
ABSENT = object()
TABLES: dict[str, set[str]] = {"metrics": {*METRICS}, "dimensions": {*DIMENSIONS}}


def parse(body: object) -> Query:
    return parse_query(body, default_timezone="Europe/Berlin", now_ms=NOW_MS)


def refuse(body: object) -> Problem:
    with pytest.raises(Problem) as caught:
        parse(body)
    assert caught.value.status == 400
    json.dumps(caught.value.as_json(), ensure_ascii=False).encode()
    return caught.value


def nest(depth: int) -> Any:
    return ["is", "event:page", ["/"]] if depth == 1 else ["not", nest(depth - 1)]


IS = ["is", "event:page", ["/"]]
HOURS_OF_TEN_YEARS = {"date_range": ["2014-01-01", "2023-12-31"], "dimensions": ["visit:os", "time:hour"]}
MINUTES_OF_TEN_YEARS = {**HOURS_OF_TEN_YEARS, "dimensions": [*[*DIMENSIONS][:4], "time:minute"]}
TWO_TIMES = {"dimensions": ["time:day", "time:hour"]}
TIME_TWICE = {"dimensions": ["time"], "order_by": [["time", "asc"], ["time:hour", "asc"]]}


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"site_id": ABSENT}, "missing_field", "/site_id"),
        ({"metrics": ABSENT}, "missing_field", "/metrics"),
        ({"date_range": ABSENT}, "missing_field", "/date_range"),
        ({"a/b~c": 1}, "unknown_field", "/a~1b~0c"),
        ({"\ud800": 1}, "unknown_field", "/?"),
        ({"x" * 10**6: 1}, "unknown_field", "/" + "x" * 100),
        ({"site_id": None}, "wrong_type", "/site_id"),
        ({"site_id": ""}, "invalid_value", "/site_id"),
        ({"site_id": 'shop"; drop schema shop; --'}, "invalid_value", "/site_id"),
        ({"site_id": "shop\n"}, "invalid_value", "/site_id"),
        ({"site_id": "Shop"}, "invalid_value", "/site_id"),
        ({"site_id": "s" * 65}, "invalid_value", "/site_id"),
        ({"metrics": "visitors"}, "wrong_type", "/metrics"),
        ({"metrics": []}, "too_few", "/metrics"),
        ({"metrics": ["visitors"] * 51}, "too_many", "/metrics"),
        ({"metrics": ["visitors", "fame"]}, "unknown_metric", "/metrics/1"),
        ({"metrics": ["visits", "visits"]}, "duplicate", "/metrics/1"),
        ({"metrics": [{}]}, "wrong_type", "/metrics/0"),
        ({"dimensions": None}, "wrong_type", "/dimensions"),
        ({"dimensions": ["event:page", "page"]}, "unknown_dimension", "/dimensions/1"),
        ({"dimensions": ["time:second"]}, "unknown_dimension", "/dimensions/0"),
        ({"dimensions": ["event:page", "event:page"]}, "duplicate", "/dimensions/1"),
        ({"dimensions": [*DIMENSIONS][:6]}, "too_many", "/dimensions"),
        (TWO_TIMES, "duplicate", "/dimensions/1"),
        (HOURS_OF_TEN_YEARS, "too_many_buckets", "/dimensions/1"),
        ({"filters": {}}, "wrong_type", "/filters"),
        ({"filters": [[]]}, "too_few", "/filters/0"),
        ({"filters": [["like", "event:page", ["/"]]]}, "unknown_operator", "/filters/0/0"),
        ({"filters": [[["is"], "event:page", ["/"]]]}, "wrong_type", "/filters/0/0"),
        ({"filters": [["is", "event:page"]]}, "invalid_filter", "/filters/0"),
        ({"filters": [["is", "path", ["/"]]]}, "unknown_dimension", "/filters/0/1"),
        ({"filters": [["is", "time:day", ["2024-01-01"]]]}, "unknown_dimension", "/filters/0/1"),
        ({"filters": [IS, ["is", "event:page", "/"]]}, "wrong_type", "/filters/1/2"),
        ({"filters": [["is", "event:page", []]]}, "too_few", "/filters/0/2"),
        ({"filters": [["is", "event:page", [1]]]}, "wrong_type", "/filters/0/2/0"),
        ({"filters": [["is", "event:page", ["\udfff"]]]}, "invalid_value", "/filters/0/2/0"),
        ({"filters": [["is", "event:page", ["/" * 2001]]]}, "too_long", "/filters/0/2/0"),
        ({"filters": [["is", "event:page", ["/"] * 1001]]}, "too_many", "/filters/0/2"),
        ({"filters": [["contains", "event:page", ["/"] * 101]]}, "too_many", "/filters/0/2"),
        ({"filters": [["is", "event:page", ["/"] * 501]] * 2}, "too_many", "/filters"),
        ({"filters": [[*IS, {"case": False}]]}, "unknown_field", "/filters/0/3/case"),
        ({"filters": [[*IS, {"case_sensitive": 0}]]}, "wrong_type", "/filters/0/3/case_sensitive"),
        ({"filters": [[*IS, {}, 5]]}, "too_many", "/filters/0"),
        ({"filters": [["and", []]]}, "too_few", "/filters/0/1"),
        ({"filters": [["or", [IS, ["not", [IS]]]]]}, "wrong_type", "/filters/0/1/1/1/0"),
        ({"filters": [["not", IS, IS]]}, "invalid_filter", "/filters/0"),
        ({"filters": [["has_done", [IS]]]}, "wrong_type", "/filters/0/1/0"),
        ({"filters": [["has_done", "event:name", ["x"]]]}, "invalid_filter", "/filters/0"),
        ({"filters": [["has_done", IS]] * 11}, "too_many", "/filters"),
        ({"filters": [["matches", "event:page", ["["]]]}, "invalid_pattern", "/filters"),
        ({"filters": [["matches", "event:page", ["(?=a)"]]]}, "invalid_pattern", "/filters"),
        ({"filters": [["matches", "event:page", ["((a{1,999}){1,999}){1,999}"]]]}, "invalid_pattern", "/filters"),
        ({"filters": [["matches", "event:page", ["a"] * 21]]}, "too_many", "/filters/0/2"),
        ({"filters": [["matches", "event:page", ["["] * 20]] * 100}, "too_many", "/filters"),
        ({"filters": [["matches", "event:goal", ["["]]]}, "invalid_pattern", "/filters/0/2"),
        ({"filters": [["at_least", "event:page", ["1"]]]}, "wrong_type", "/filters/0/2/0"),
        ({"filters": [["at_least", "event:page", [True]]]}, "wrong_type", "/filters/0/2/0"),
        ({"filters": [["at_least", "event:page", [10**9999]]]}, "out_of_bounds", "/filters/0/2/0"),
        ({"filters": [["at_least", "event:page", [1, 2]]]}, "too_many", "/filters/0/2"),
        ({"filters": [["on", "event:props:due", [1]]]}, "wrong_type", "/filters/0/2/0"),
        ({"filters": [["on", "event:props:due", ["today"]]]}, "invalid_value", "/filters/0/2/0"),
        ({"filters": [["on", "event:props:due", ["2024-02-30"]]]}, "invalid_date_range", "/filters/0/2/0"),
        ({"filters": [["before", "time", ["9999-01-01"]]]}, "invalid_date_range", "/filters/0/2/0"),
        ({"filters": [["before", "time", ["2024-01-01T00:00:00"]]]}, "invalid_value", "/filters/0/2/0"),
        ({"filters": [["after", "time", ["2024-01-01", "2024-01-02"]]]}, "too_many", "/filters/0/2"),
        ({"filters": [["after", "event:goal", ["2024-01-01"]]]}, "invalid_filter", "/filters/0"),
        ({"filters": [["is", "time", ["2024-01-01"]]]}, "unknown_dimension", "/filters/0/1"),
        ({"filters": [["is", "event:props:", ["x"]]]}, "unknown_dimension", "/filters/0/1"),
        ({"filters": [["is", "event:props:" + "x" * 121, ["x"]]]}, "too_long", "/filters/0/1"),
        ({"filters": [["is", "event:goal", ["x"]]]}, "unknown_goal", "/filters/0/2/0"),
        ({"filters": [["is", "segment", ["x"]]]}, "unknown_segment", "/filters/0/2/0"),
        ({"filters": [["contains", "segment", ["x"]]]}, "invalid_filter", "/filters/0"),
        ({"dimensions": ["event:props:" + "x" * 121]}, "too_long", "/dimensions/0"),
        ({"dimensions": ["segment"]}, "unknown_dimension", "/dimensions/0"),
        ({"include": {"comparisons": True}}, "wrong_type", "/include/comparisons"),
        ({"include": {"comparisons": {}}}, "wrong_type", "/include/comparisons/mode"),
        ({"include": {"comparisons": {"mode": "next"}}}, "unknown_comparison", "/include/comparisons/mode"),
        ({"include": {"comparisons": {"mode": "custom"}}}, "missing_field", "/include/comparisons/date_range"),
        (
            {"include": {"comparisons": {"mode": "previous_period", "date_range": "7d"}}},
            "invalid_include",
            "/include/comparisons/date_range",
        ),
        (
            {"include": {"comparisons": {"mode": "previous_period"}}, "date_range": ["1970-01-02", "1990-01-01"]},
            "invalid_date_range",
            "/include/comparisons",
        ),
        ({"pagination": {"cursor": 1}}, "wrong_type", "/pagination/cursor"),
        ({"pagination": {"cursor": "x"}}, "invalid_cursor", "/pagination/cursor"),
        ({"pagination": {"cursor": "W10="}}, "invalid_cursor", "/pagination/cursor"),
        ({"pagination": {"cursor": "A" * 10**6}}, "invalid_cursor", "/pagination/cursor"),
        ({"pagination": {"cursor": "", "offset": 1}}, "invalid_cursor", "/pagination/cursor"),
        (MINUTES_OF_TEN_YEARS, "too_many_buckets", "/dimensions/4"),
        ({"filters": [["and", [nest(8)]]]}, "too_deep", "/filters/0/1/0" + "/1" * 7),
        ({"filters": [nest(100)]}, "too_deep", "/filters/0" + "/1" * 8),
        ({"filters": [IS] * 10_000}, "too_many", "/filters"),
        ({"filters": [["or", [IS] * 50], ["and", [IS] * 49]]}, "too_many", "/filters"),
        ({"order_by": [["visits", "asc"]]}, "unknown_order", "/order_by/0/0"),
        ({"order_by": [["time", "asc"]]}, "unknown_order", "/order_by/0/0"),
        ({"order_by": [["visitors", "down"]]}, "unknown_direction", "/order_by/0/1"),
        ({"order_by": [["visitors"]]}, "too_few", "/order_by/0"),
        ({"order_by": ["visitors"]}, "wrong_type", "/order_by/0"),
        ({"order_by": [["visitors", "asc"], ["visitors", "desc"]]}, "duplicate", "/order_by/1/0"),
        (TIME_TWICE, "duplicate", "/order_by/1/0"),
        ({"include": ["bots"]}, "wrong_type", "/include"),
        ({"include": {"imports_meta": True}}, "unknown_field", "/include/imports_meta"),
        ({"include": {"bots": "yes"}}, "wrong_type", "/include/bots"),
        ({"include": {"time_labels": True}}, "invalid_include", "/include/time_labels"),
        ({"pagination": 5}, "wrong_type", "/pagination"),
        ({"pagination": {"page": 2}}, "unknown_field", "/pagination/page"),
        ({"pagination": {"limit": 10_001}}, "out_of_bounds", "/pagination/limit"),
        ({"pagination": {"limit": 10**9999}}, "out_of_bounds", "/pagination/limit"),
        ({"pagination": {"limit": 0}}, "out_of_bounds", "/pagination/limit"),
        ({"pagination": {"limit": True}}, "wrong_type", "/pagination/limit"),
        ({"pagination": {"limit": 10.0}}, "wrong_type", "/pagination/limit"),
        ({"pagination": {"offset": -1}}, "out_of_bounds", "/pagination/offset"),
        ({"timezone": "Mars/Olympus"}, "unknown_time_zone", "/timezone"),
        ({"timezone": "../../etc/passwd"}, "unknown_time_zone", "/timezone"),
        ({"timezone": "Europe"}, "unknown_time_zone", "/timezone"),
        ({"timezone": ""}, "unknown_time_zone", "/timezone"),
        ({"timezone": "UTC\x00"}, "unknown_time_zone", "/timezone"),
        ({"timezone": 1}, "wrong_type", "/timezone"),
    ],
)
def test_a_wrong_question_is_refused_by_code_and_field(change: dict[str, Any], code: str, pointer: str) -> None:
    problem = refuse({key: value for key, value in {**BODY, **change}.items() if value is not ABSENT})
    assert (problem.code, problem.pointer) == (code, pointer)
    assert 0 < len(problem.detail) < 1000


@pytest.mark.parametrize("body", [None, [], "visitors", 1, True, 1.5])
def test_a_body_that_is_no_object_is_refused_as_a_whole(body: object) -> None:
    assert (refuse(body).code, refuse(body).pointer) == ("wrong_type", "")


@pytest.mark.parametrize("name", ["metrics", "dimensions"])
def test_an_unknown_name_is_answered_with_all_known_ones(name: str) -> None:
    detail = refuse({**BODY, name: ["x"]}).detail
    assert detail.startswith(f"unknown {name[:-1]} 'x'; known: ")
    assert set(detail.split("known: ")[1].split(", ")) >= TABLES[name]


def test_defaults_are_the_sites_zone_the_first_metric_and_one_full_page() -> None:
    query = parse(BODY)
    assert query.range.zone.key == "Europe/Berlin"
    assert query.order_by == (("visitors", "desc"),)
    assert (query.limit, query.offset, query.include, query.filters) == (10_000, 0, frozenset(), ())


def test_time_is_resolved_and_goes_first_in_the_default_order() -> None:
    query = parse({**BODY, "dimensions": ["visit:os", "time"], "include": {"bots": False, "time_labels": True}})
    assert [dimension.name for dimension in query.dimensions] == ["visit:os", "time:hour"]
    assert query.order_by == (("time:hour", "asc"), ("visitors", "desc"))
    assert query.include == {"time_labels"}
    assert parse({**BODY, "dimensions": ["time"], "order_by": [["time", "desc"]]}).order_by == (("time:hour", "desc"),)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(st.text(), inside, max_size=3)),
    max_leaves=6,
)
words = st.sampled_from(
    [
        "visitors", "fame", "event:page", "time", "time:hour", "is", "contains", "and", "or", "not", "asc", "7d",
        "all", "2024-03-31", "2024-13-01", "9999-12-31", "0001-01-01", "2024-03-31T00:00:00Z", "\ud800", "UTC",
        "0001-01-01T00:00:00+23:59", "1970-01-01T00:00:00+14:00", "2024-03-31T24:00:00Z", "2024-02-30T00:00:00Z",
    ]
)  # fmt: skip
nearly = st.recursive(
    st.one_of(words, anything),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.lists(inside, min_size=2, max_size=2)),
    max_leaves=8,
)
FIELDS = ["metrics", "date_range", "dimensions", "filters", "order_by", "include", "pagination", "timezone"]


@given(body=st.one_of(anything, st.dictionaries(st.sampled_from(["site_id", *FIELDS]), nearly)))
@settings(max_examples=120, deadline=None)
def test_any_json_value_is_a_question_or_a_problem(body: object) -> None:
    parse_or_refuse(body)


@given(field=st.sampled_from(FIELDS), value=nearly)
@settings(max_examples=200, deadline=None)
def test_any_json_value_in_one_field_of_a_good_question_is_one_or_names_that_field(field: str, value: object) -> None:
    problem = parse_or_refuse({**BODY, field: value})
    assert problem is None or (problem.pointer or "").startswith(f"/{field}")


def parse_or_refuse(body: object) -> Problem | None:
    try:
        parse(body)
    except Problem as problem:
        json.dumps(problem.as_json(), ensure_ascii=False).encode()
        return problem
    return None
