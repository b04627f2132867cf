"""The whole language against the slow reference, on random sites around clock changes."""

from typing import Any

import pytest
from hypothesis import given, settings

from collector.errors import Problem
from collector.query.dimensions import LOCAL_PARTS
from collector.query.language import parse_query
from collector.query.plan import build_sql
from collector.query.question import ask

from .plain import answer_plainly
from .questions import build_case
from .site import NOW_MS, Row, Site, build_event

Case = tuple[list[Row], dict[str, Any]]

cases = given(case=build_case())


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None)


def dimensions_of_visits(body: dict[str, Any]) -> list[str]:
    """Those of a question's dimensions that visits know by themselves."""
    return [each for each in body["dimensions"] if not each.startswith("event:") and each not in LOCAL_PARTS]


@cases
@examples(120)
def test_every_answer_is_the_one_of_the_plain_reference(site: Site, case: Case) -> None:
    events, body = case
    site.load(events)
    expected = answer_plainly(body, site.read("rows"), site.read("visits"))
    answer = site.ask(**body)
    assert answer["results"] == expected
    assert answer["meta"]["total_rows"] == len(expected)


@cases
@examples(60)
def test_whole_visits_count_as_their_events_do(site: Site, case: Case) -> None:
    """What visits know by themselves is asked of them; at the edges of range and buckets, of their events."""
    events, body = case
    site.load(events)
    known = ["visitors", "visits", "pageviews", "events", "views_per_visit", "bounce_rate", "visit_duration"]
    dimensions = dimensions_of_visits(body)
    filters = [["has_done", ["is", "event:name", ["signup"]]], ["is_not", "visit:device", ["mobile"]]]
    body = {**body, "metrics": known, "dimensions": dimensions, "order_by": [], "filters": filters[: len(events) % 3]}
    assert site.ask(**body)["results"] == answer_plainly(body, site.read("rows"), site.read("visits"))
    query = parse_query(body, default_timezone="UTC", now_ms=NOW_MS)
    assert "union all" in build_sql(query).rows.sql


@cases
@examples(60)
def test_whole_pages_of_visits_count_as_their_events_do(site: Site, case: Case) -> None:
    """With pages as groups they are asked of the pages of visits, whatever else is asked of the visits."""
    events, body = case
    site.load(events)
    known = ["visitors", "visits", "pageviews", "events", "views_per_visit", "bounce_rate", "conversion_rate"]
    filters = [
        ["contains", "event:page", ["/"]],
        ["has_done", ["is", "event:name", ["signup"]]],
        ["is", "visit:device", ["mobile"]],
    ]
    fields = {
        "metrics": known,
        "dimensions": [*dimensions_of_visits(body), "event:page"],
        "filters": filters[: len(events) % 4],
    }
    body = {**body, **fields, "order_by": []}
    assert site.ask(**body)["results"] == answer_plainly(body, site.read("rows"), site.read("visits"))
    query = parse_query(body, default_timezone="UTC", now_ms=NOW_MS)
    assert '"shop".pages as event' in build_sql(query).rows.sql


@cases
@examples(15)
def test_asking_for_one_metric_less_changes_no_other(site: Site, case: Case) -> None:
    events, body = case
    site.load(events)
    body = {**body, "order_by": [[name, "asc"] for name in body["dimensions"]]}
    together = site.ask(**body)["results"]
    for i, metric in enumerate(body["metrics"]):
        alone = site.ask(**{**body, "metrics": [metric]})["results"]
        assert [row["metrics"] for row in alone] == [[row["metrics"][i]] for row in together]


@cases
@examples(15)
def test_buckets_add_up_to_totals_and_visitors_of_days_cover_those_of_the_range(site: Site, case: Case) -> None:
    events, body = case
    site.load(events)
    body = {**body, "metrics": ["pageviews", "events", "visitors", "visits"], "order_by": [], "dimensions": []}
    total = site.ask(**body)["results"][0]["metrics"]
    for time in ("time:hour", "time:day", "time:week", "time:month"):
        buckets = [row["metrics"] for row in site.ask(**{**body, "dimensions": [time]})["results"]]
        sums = [sum(column) for column in zip(*buckets, strict=True)]
        assert sums[:2] == total[:2]
        assert sums[2] >= total[2]
        assert sums[3] >= total[3]


@cases
@examples(15)
def test_pages_put_together_are_the_whole_answer(site: Site, case: Case) -> None:
    events, body = case
    site.load(events)
    whole = site.ask(**body)
    pages = [
        site.ask(**body, pagination={"limit": 7, "offset": offset}) for offset in range(0, len(whole["results"]) + 7, 7)
    ]
    assert [row for page in pages for row in page["results"]] == whole["results"]
    assert {page["meta"]["total_rows"] for page in pages} == {len(whole["results"])}


@cases
@examples(15)
def test_the_echoed_question_asked_again_a_year_later_gives_the_same_answer(site: Site, case: Case) -> None:
    events, body = case
    site.load(events)
    answer = site.ask(**body)
    assert site.ask(**answer["query"], now_ms=NOW_MS + 365 * 86_400_000) == answer


def test_an_event_of_this_very_millisecond_is_in_every_named_range(site: Site) -> None:
    site.load([build_event(NOW_MS)])
    for name in ("day", "24h", "7d", "28d", "30d", "91d", "month", "6mo", "12mo", "year", "all", "realtime"):
        assert site.ask(date_range=name, earliest_ms=NOW_MS)["results"] == [{"dimensions": [], "metrics": [1]}]


def test_a_range_takes_its_first_millisecond_and_not_the_one_after_its_last(site: Site) -> None:
    start_ms, end_ms = 1_711_839_600_000, 1_711_922_400_000  # the 23 hours of 2024-03-31 in Berlin
    site.load([build_event(at_ms) for at_ms in (start_ms - 1, start_ms, end_ms - 1, end_ms)])
    day = site.ask(metrics=["events"], date_range=["2024-03-31", "2024-03-31"])
    assert day["results"] == [{"dimensions": [], "metrics": [2]}]
    assert day["query"]["date_range"] == ["2024-03-31T00:00:00+01:00", "2024-03-31T23:59:59+02:00"]


def test_a_visit_keeps_its_whole_duration_when_the_range_cuts_it(site: Site) -> None:
    midnight_ms = 1_711_839_600_000
    site.load([build_event(midnight_ms - 60_000), build_event(midnight_ms + 60_000)])
    answer = site.ask(metrics=["pageviews", "visit_duration", "bounce_rate"], date_range="day")
    assert answer["results"] == [{"dimensions": [], "metrics": [1, 120.0, 0.0]}]


@pytest.mark.parametrize("at_ms", [1_711_839_600_000, 1_711_922_399_999])
def test_a_visit_on_the_first_or_last_millisecond_of_a_range_is_joined(site: Site, at_ms: int) -> None:
    site.load([build_event(at_ms, country="DE")])
    day: dict[str, Any] = {"date_range": ["2024-03-31", "2024-03-31"], "metrics": ["visits", "bounce_rate"]}
    answer = site.ask(**day, dimensions=["visit:country"])
    assert answer["results"] == [{"dimensions": ["DE"], "metrics": [1, 100.0]}]


def test_nothing_counts_zero_and_means_null(site: Site) -> None:
    site.load([])
    metrics = [
        "visitors", "visits", "pageviews", "events", "views_per_visit", "bounce_rate", "visit_duration",
        "time_on_page", "scroll_depth",
    ]  # fmt: skip
    nothing = [0, 0, 0, 0, None, None, None, None, None]
    assert site.ask(metrics=metrics)["results"] == [{"dimensions": [], "metrics": nothing}]
    assert site.ask(metrics=metrics, dimensions=["event:page"])["results"] == []
    assert site.ask(metrics=metrics, dimensions=["time:day"])["results"] == [
        {"dimensions": ["2024-03-31"], "metrics": nothing}
    ]


def test_a_mean_of_half_a_step_is_rounded_up(site: Site) -> None:
    def engagement(pageview_id: int, visible_ms: int) -> Row:
        return build_event(NOW_MS, name="engagement", pageview_id=pageview_id, visible_ms=visible_ms)

    site.load([engagement(1, 1), engagement(2, 1), engagement(2, 2), engagement(3, 0), engagement(4, 1)])
    assert site.ask(metrics=["time_on_page"])["results"][0]["metrics"] == [0.001]
    site.load([engagement(1, 1), engagement(2, 2)])
    assert site.ask(metrics=["time_on_page"])["results"][0]["metrics"] == [0.002]


@pytest.mark.parametrize("value", ["'; drop table x; --", '"', "$start_ms", "?", "{site_id}", "%", "\x00", "💥" * 500])
def test_a_hostile_value_is_only_ever_compared_with(site: Site, value: str) -> None:
    site.load([build_event(NOW_MS, path=f"/{value}"), build_event(NOW_MS, path="/other")])
    for condition in (["is", "event:page", [f"/{value}"]], ["contains", "event:page", [value]]):
        assert site.ask(metrics=["events"], filters=[condition])["results"][0]["metrics"] == [1]
        answer = site.ask(metrics=["events"], filters=[["not", condition]])
        assert answer["results"][0]["metrics"] == [1]


def test_the_largest_question_that_is_allowed_is_answered(site: Site) -> None:
    site.load([build_event(NOW_MS, path="/0")])
    values = [[f"/{i * 10 + j}" for j in range(10)] for i in range(98)]
    deep: list[Any] = ["is", "event:page", ["/0"]]
    for _ in range(7):
        deep = ["not", deep]
    wide = ["or", [["contains", "event:page", each, {"case_sensitive": False}] for each in values[:90]]]
    assert site.ask(filters=[wide])["results"][0]["metrics"] == [1]
    assert site.ask(filters=[deep])["results"][0]["metrics"] == [0]
    assert site.ask(filters=[["is", "event:page", [f"/{i}" for i in range(1000)]]])["results"][0]["metrics"] == [1]


def test_a_refused_question_never_reaches_the_database() -> None:
    def run(sql: str, values: object) -> list[tuple[int]]:
        raise AssertionError((sql, values))

    body = {"site_id": "shop", "metrics": ["visitors", "fame"], "date_range": "day"}
    with pytest.raises(Problem, match=r"unknown metric 'fame'; known: visitors, visits"):
        ask(body, run=run, default_timezone="UTC", now_ms=NOW_MS, earliest_ms=None)
