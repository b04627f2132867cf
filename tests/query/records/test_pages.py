"""query/records: pages against plain Python over the same records, in any order, by offset and by cursor."""

from typing import Any
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.errors import Problem
from collector.query.records.context import Context
from collector.query.records.listing import RESOURCES, Listed, list_records, retrieve_record

from ..site import NOW_MS, SITE, Site, build_event

HOUR_MS = 3_600_000
CONTEXT = Context(SITE, ZoneInfo("Europe/Berlin"), NOW_MS)

clicks = st.builds(
    build_event,
    # A few moments and many hours: most pages begin in the middle of events of one ms.
    st.sampled_from([NOW_MS - hours * HOUR_MS for hours in (0, 1, 2, 30, 31, 5000)]),
    visitor=st.integers(-3, 3),
    seq=st.integers(0, 3),
    name=st.sampled_from(["click", "scroll"]),
    element=st.sampled_from([None, "#buy", "#Submit"]),
    x=st.sampled_from([None, 0, 100]),
    is_bot=st.sampled_from([None, False, False, True]),
)


def ask(site: Site, resource: str, query: str = "") -> Listed:
    return list_records(RESOURCES[resource], parse_qsl(query, keep_blank_values=True), CONTEXT, site.run)


def ids(listed: Listed) -> list[str]:
    return [record["id"] for record in listed.records]


def read_all(site: Site, resource: str, query: str, limit: int) -> list[dict[str, Any]]:
    """All pages, as their ``next`` leads from one to the other."""
    records: list[dict[str, Any]] = []
    more: dict[str, str] | None = {}
    while more is not None:
        assert len(records) < 1000, "the last page leads nowhere"
        kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in more]
        listed = ask(site, resource, urlencode([*kept, *more.items(), ("limit", limit)]))
        records += listed.records
        more = listed.next
    return records


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(clicks, max_size=16), limit=st.integers(2, 7))
def test_pages_in_the_order_of_time_are_the_records_in_that_order_each_once(site: Site, events, limit: int) -> None:
    site.load(events)
    counted = [event for event in events if event["is_bot"] is not True]
    for query, sign in (("", -1), ("ordering=timestamp", 1), ("ordering=-id", -1), ("ordering=id", 1)):
        whole = read_all(site, "interactions", query, 100)
        assert len(whole) == len(counted)
        keys = [(int(record["id"].partition("-")[0]), record["id"]) for record in whole]
        assert keys == sorted(keys, reverse=sign < 0)
        assert read_all(site, "interactions", query, limit) == whole, query
    newest_first = [record["id"] for record in read_all(site, "interactions", "", 100)]
    assert [record["id"] for record in read_all(site, "interactions", "cursor=", limit)] == newest_first


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(clicks, max_size=16), limit=st.integers(2, 7))
def test_pages_in_any_other_order_are_sorted_and_hold_each_record_once(site: Site, events, limit: int) -> None:
    site.load([event | {"is_bot": False} for event in events])
    known = sorted(record["id"] for record in read_all(site, "interactions", "", 100))
    for query in ("ordering=event_type", "ordering=-element,event_type", "ordering=-event_type,timestamp"):
        paged = read_all(site, "interactions", query, limit)
        assert sorted(record["id"] for record in paged) == known
        name, sign = ("element", -1) if "element" in query else ("event_type", -1 if "-event" in query else 1)
        values = [record[name] for record in paged]
        there = [value for value in values if value is not None]
        assert values == sorted(there, reverse=sign < 0) + [None] * (len(values) - len(there)), "unknown comes last"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(clicks, max_size=12), limit=st.integers(2, 5))
def test_sessions_come_in_pages_too(site: Site, events, limit: int) -> None:
    site.load([event | {"is_bot": False} for event in events])
    visits = {visit["visit"] & (2**64 - 1) for visit in site.read("visits")}
    for query in ("", "ordering=start_time", "ordering=-end_time", "ordering=session_id", "ordering=duration_ms"):
        assert sorted(int(each["id"], 16) for each in read_all(site, "sessions", query, limit)) == sorted(visits)
    starts = [each["start_time"] for each in read_all(site, "sessions", "cursor=", limit)]
    assert starts == sorted(starts, reverse=True)
    assert len(starts) == len(visits)


def test_every_record_is_found_by_its_id_and_an_event_of_another_kind_is_not(site: Site) -> None:
    site.load(
        [
            build_event(NOW_MS, visitor=1, name=name, path=path, seq=seq)
            for seq, (name, path) in enumerate((("pageview", "/a"), ("pageview", "/b"), ("click", "/a")))
        ]
    )
    for resource in ("sessions", "pageviews", "interactions"):
        for record in ask(site, resource).records:
            assert retrieve_record(RESOURCES[resource], record["id"], False, CONTEXT, site.run) == record
    click = ids(ask(site, "interactions"))[0]
    assert retrieve_record(RESOURCES["pageviews"], click, False, CONTEXT, site.run) is None


@pytest.mark.parametrize(
    "record_id", ["", "1", "x" * 16, "0" * 16, "99999999999999-" + "0" * 16, "'; drop", "\x00", "-1"]
)
def test_an_id_that_is_none_finds_nothing(site: Site, record_id: str) -> None:
    site.load([build_event(NOW_MS)])
    for resource in RESOURCES.values():
        assert retrieve_record(resource, record_id, False, CONTEXT, site.run) is None


@pytest.mark.parametrize(
    ("resource", "query", "parameter"),
    [
        ("pageviews", "nope=1", "nope"),
        ("pageviews", "url__nope=1", "url__nope"),
        ("pageviews", "url_contains=1", "url_contains"),
        ("pageviews", "event_type=click", "event_type"),
        ("pageviews", "metadata__x_coord=1", "metadata__x_coord"),
        ("interactions", "metadata=x_coord", "metadata"),
        ("interactions", "metadata={", "metadata"),
        ("interactions", "metadata__x__gt=many", "metadata__x__gt"),
        ("interactions", "metadata__x__gt=nan", "metadata__x__gt"),
        ("pageviews", "limit=0", "limit"),
        ("pageviews", "limit=101", "limit"),
        ("pageviews", "limit=ten", "limit"),
        ("pageviews", "limit=1&limit=2", "limit"),
        ("pageviews", "offset=-1", "offset"),
        ("pageviews", "offset=99999999999999999999", "offset"),
        ("pageviews", "cursor=1", "cursor"),
        ("pageviews", "cursor=&offset=1", "offset"),
        ("pageviews", "cursor=&ordering=url", "cursor"),
        ("pageviews", "ordering=title", "ordering"),
        ("pageviews", "ordering=--timestamp", "ordering"),
        ("pageviews", "ordering=url,-url", "ordering"),
        ("pageviews", "timestamp__gte=yesterday", "timestamp__gte"),
        ("pageviews", "timestamp=0000-00-00", "timestamp"),
        ("pageviews", "timestamp__range=2025-01-01", "timestamp__range"),
        ("pageviews", "timestamp__date=2025-01-01T00:00", "timestamp__date"),
        ("pageviews", "title__isnull=perhaps", "title__isnull"),
        ("pageviews", "id=5", "id"),
        ("pageviews", "expand=visitor", "expand"),
        ("sessions", "expand=session", "expand"),
        ("sessions", "state=gone", "state"),
        ("sessions", "active=maybe", "active"),
        ("sessions", "pageviews__gt=x", "pageviews__gt"),
        ("sessions", "bots=5", "bots"),
        ("sessions", "search=" + "+".join("abcdefghij"), "search"),
        ("sessions", "session_id=" + "x" * 2001, "session_id"),
        ("sessions", "session_id__in=" + "x," * 300, "session_id__in"),
        ("sessions", "user_id=a%00b", "user_id"),
    ],
)
def test_what_is_not_understood_is_refused_by_the_name_of_the_parameter(
    resource: str, query: str, parameter: str
) -> None:
    """S3-30: the package ignored what it did not know."""

    def never(sql: str, values: object) -> list[tuple[Any, ...]]:
        raise AssertionError("the database was asked")

    with pytest.raises(Problem) as raised:
        list_records(RESOURCES[resource], parse_qsl(query, keep_blank_values=True), CONTEXT, never)
    assert raised.value.status == 400
    assert raised.value.pointer == f"/{parameter}"
    assert parameter in raised.value.detail


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(clicks, min_size=8, max_size=24), limit=st.integers(1, 3), offset=st.integers(0, 24))
def test_a_page_in_the_middle_is_found_by_the_hours_it_lies_in(site: Site, events, limit: int, offset: int) -> None:
    site.load([event | {"is_bot": False} for event in events])
    whole = ids(ask(site, "interactions", "limit=100"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("collector.query.records.pages.AT_AN_END", 2)
        assert ids(ask(site, "interactions", f"limit={limit}&offset={offset}")) == whole[offset : offset + limit]
        backwards = ask(site, "interactions", f"limit={limit}&offset={offset}&ordering=timestamp")
        assert ids(backwards) == whole[::-1][offset : offset + limit]
