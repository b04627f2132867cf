"""/api/v1/sessions, /pageviews and /interactions as S3's documentation has them (../../docs/coming-from.md)."""

import time
from typing import Any
from urllib.parse import urlencode

import pytest

from collector.sealing.work import SealingRound
from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import Answer, Service, request

RESOURCES = ("sessions", "pageviews", "interactions")
DAY_MS = 86_400_000


def get(service: Service, path: str, *, token: str | None = None, **arguments: Any) -> Answer:
    url = f"{service.url}/api/v1/{path}?{urlencode(arguments, doseq=True)}"
    return request(url, headers={"Authorization": f"Token {token or service.reader}"})


def read(service: Service, site: Site, resource: str, **arguments: Any) -> list[dict[str, Any]]:
    answer = get(service, f"{resource}/", site=site.id, **arguments)
    assert answer.status == 200, answer.body
    return answer.body["results"]


def send_visit(service: Service, site: Site, session: str = "test_session_123", **fields: Any) -> None:
    body = {
        "site": site.id,
        "visitor": session,
        "page": {"id": f"pageview-{session}", "url": "https://example.com/page?secret=1", "title": "A page"},
        "events": [
            {"name": "pageview", "seq": 0},
            {"name": "click", "seq": 1, "element": "#submit-button", "x": 100, "y": 200, "props": {"plan": "pro"}},
            {"name": "engagement", "seq": 2, "visible_ms": 1000},
        ],
        **fields,
    }
    assert service.post(body).body["accepted"] == 3


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_list_is_results_with_count_next_and_previous(embedded_service: Service, resource: str) -> None:
    """S3-10, S3-13, S3-16, S3-20, S3-33."""
    service = embedded_service
    site = service.new_site()
    for number in range(13):
        send_visit(service, site, f"session-{number}")
    first = get(service, f"{resource}/", site=site.id)
    assert first.status == 200
    assert set(first.body) == {"count", "next", "previous", "results"}
    assert (first.body["count"], len(first.body["results"]), first.body["previous"]) == (13, 10, None)
    headers = {"Authorization": f"Token {service.reader}"}
    second = request(first.body["next"], headers=headers).body
    assert (len(second["results"]), second["next"]) == (3, None)
    assert request(second["previous"], headers=headers).body == first.body
    both = [*first.body["results"], *second["results"]]
    times = [each.get("timestamp") or each["start_time"] for each in both]
    assert times == sorted(times, reverse=True), "S1-12: the newest first"
    assert len({each["id"] for each in both}) == 13


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("slash", ["", "/"])
def test_one_record_is_the_one_of_the_list(embedded_service: Service, resource: str, slash: str) -> None:
    """S3-11, S3-15, S3-18."""
    service = embedded_service
    site = service.new_site()
    send_visit(service, site)
    (listed,) = read(service, site, resource)
    assert get(service, f"{resource}/{listed['id']}{slash}", site=site.id).body == listed
    missing = get(service, f"{resource}/0-0000000000000000{slash}", site=site.id)
    assert (missing.status, missing.body["code"]) == (404, "not_found")


def test_a_session_has_the_fields_of_the_package_and_no_address(embedded_service: Service) -> None:
    """S3-21, S3-25, S1-04, S1-20, S1-21."""
    service = embedded_service
    site = service.new_site()
    send_visit(service, site, user="ann")
    (session,) = read(service, site, "sessions", active="true")
    assert session["session_id"] == "test_session_123"
    assert session["user_id"] == "ann"
    assert session["user_agent"] is None
    assert session["ip_address"] is None
    assert session["end_time"] is None, "it is going on"
    assert (session["state"], session["end_reason"]) == ("active", None)
    assert session["start_time"] <= session["last_seen"]
    assert (session["pageviews"], session["events"], session["browser"]) == (1, 2, "Chrome")
    assert (session["entry_page"], session["exit_page"]) == ("/page", "/page")
    assert get(service, "sessions/test_session_123/", site=site.id).body == session, "by the sender's id as well"


def test_a_session_that_is_over_has_an_end(embedded_service: Service) -> None:
    """S3-25: the package could not end one."""
    service = embedded_service
    site = service.new_site()
    now_ms = time.time_ns() // 1_000_000
    for minutes, session in ((60, "gone"), (10, "quiet"), (0, "here")):
        event = {"name": "pageview", "at": now_ms - minutes * 60_000}
        service.post({"site": site.id, "visitor": session, "events": [event]})
    found = {each["session_id"]: each for each in read(service, site, "sessions")}
    assert {name: each["state"] for name, each in found.items()} == {"gone": "ended", "quiet": "idle", "here": "active"}
    assert found["gone"]["end_reason"] == "timeout"
    assert found["gone"]["end_time"] == found["gone"]["last_seen"]
    assert [each["session_id"] for each in read(service, site, "sessions", end_time__isnull="false")] == ["gone"]


def test_a_visitor_without_an_id_has_a_session_of_its_own_id(embedded_service: Service) -> None:
    """S2-23: no session key has to be made anywhere."""
    service = embedded_service
    site = service.new_site()
    service.post({"site": site.id, "events": [{"name": "pageview"}]})
    (session,) = read(service, site, "sessions")
    assert session["session_id"] == session["id"]
    (pageview,) = read(service, site, "pageviews", session__session_id=session["id"])
    assert pageview["session"] == session["id"]


def test_a_pageview_has_the_fields_of_the_package(embedded_service: Service) -> None:
    """S3-13, S3-22."""
    service = embedded_service
    site = service.new_site()
    send_visit(service, site)
    (pageview,) = read(service, site, "pageviews")
    (session,) = read(service, site, "sessions")
    assert pageview["url"] == "https://example.com/page", "query strings may hold secrets and are not stored"
    assert pageview["title"] == "A page"
    assert (pageview["session"], pageview["session_id"]) == (session["id"], "test_session_123")
    (expanded,) = read(service, site, "pageviews", expand="session")
    assert expanded == {**pageview, "session": session}
    one = get(service, f"pageviews/{pageview['id']}/", site=site.id, expand="session").body
    assert one == expanded


def test_an_interaction_has_the_fields_of_the_package_and_its_time(embedded_service: Service) -> None:
    """S3-16, S3-23, S3-76: the package left the timestamp out."""
    service = embedded_service
    site = service.new_site()
    send_visit(service, site)
    (interaction,) = read(service, site, "interactions", event_type="CLICK", metadata__x_coord=100)
    assert interaction["event_type"] == "click"
    assert interaction["element"] == "#submit-button"
    assert interaction["metadata"] == {"x_coord": 100, "y_coord": 200, "plan": "pro"}
    assert interaction["page_url"] == "https://example.com/page"
    assert interaction["timestamp"].endswith("+00:00")
    assert read(service, site, "interactions", metadata="x_coord=100,y_coord=200") == [interaction]
    assert read(service, site, "interactions", metadata__x_coord=101) == []
    assert read(service, site, "interactions", search="submit test_session") == [interaction]


def test_the_documented_moment_filters_as_it_is_written(embedded_service: Service) -> None:
    """S3-76: 2025-03-15T10:00:00+00:00, encoded or not."""
    service = embedded_service
    site = service.new_site()
    event = {"name": "click", "id": "old", "at": 1_742_032_800_500}
    answer = service.post({"site": site.id, "events": [event]}, Authorization=f"Bearer {service.write_key(site)}")
    assert answer.status == 202
    (found,) = read(service, site, "interactions", timestamp="2025-03-15T10:00:00+00:00")
    assert found["timestamp"] == "2025-03-15T10:00:00.500+00:00"
    unencoded = f"{service.url}/api/v1/interactions/?site={site.id}&timestamp__lte=2025-03-15T10:00:00+00:00"
    assert request(unencoded, headers={"Authorization": f"Token {service.reader}"}).body["count"] == 1
    assert read(service, site, "interactions", timestamp__date="2025-03-14") == []


def test_sealed_and_unsealed_records_stand_in_one_order(embedded_service: Service) -> None:
    """S3-30: by a field and not by time."""
    service = embedded_service
    site = service.new_site()
    for number in range(8):
        if number == 4:
            service.seal()
        click = {"name": "click", "seq": 1, "element": f"#button-{number * 3 % 8}"}
        events = [{"name": "pageview", "seq": 0}, click, {"name": "engagement", "seq": 2, "visible_ms": 1000}]
        send_visit(service, site, f"session-{number}", events=events)
    elements = [record["element"] for record in read(service, site, "interactions", ordering="element")]
    assert elements == [f"#button-{number}" for number in range(8)]
    last = read(service, site, "interactions", ordering="-element", limit=3, offset=5)
    assert [record["element"] for record in last] == ["#button-2", "#button-1", "#button-0"]


def test_ids_stay_when_events_are_sealed_and_their_day_is_closed(embedded_service: Service) -> None:
    """S3-66, S3-70: an id is for ever, and in the order of time."""
    service = embedded_service
    site = service.new_site()
    for number in range(5):
        send_visit(service, site, f"session-{number}")
    before = {resource: read(service, site, resource) for resource in RESOURCES}
    closed_ms = time.time_ns() // 1_000_000 + 5 * DAY_MS
    for clock in (None, lambda: closed_ms):
        round_ = SealingRound(
            service.settings, service.sites, service.segments, **({"clock_ms": clock} if clock else {})
        )
        round_.run()
        round_.close()
        assert {resource: read(service, site, resource) for resource in RESOURCES} == before
    view = service.segments.read(site.all_shards()[0], "", "0-0")
    assert [segment.is_closed for segment in view.segments or ()] == [True], "the test closed the day"
    ids = [each["id"] for each in before["interactions"]]
    assert ids == sorted(ids, reverse=True)
    assert read(service, site, "interactions", ordering="id") == before["interactions"][::-1]


def test_robots_are_left_out_unless_they_are_asked_for(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    send_visit(service, site)
    service.post({"site": site.id, "events": [{"name": "pageview"}]}, User_Agent="Googlebot/2.1")
    counts = {bots: [len(read(service, site, each, bots=bots)) for each in RESOURCES] for bots in ("false", "true")}
    assert counts == {"false": [1, 1, 1], "true": [2, 2, 1]}


@pytest.mark.parametrize(
    ("arguments", "pointer"),
    [
        ({"urll": "x"}, "/urll"),
        ({"ordering": "user_agent"}, "/ordering"),
        ({"limit": 101}, "/limit"),
        ({"timestamp__gte": "soon"}, "/timestamp__gte"),
        ({"url__icontain": "x"}, "/url__icontain"),
        ({"site": ["a", "b"]}, "/site"),
    ],
)
def test_a_query_string_that_is_not_understood_is_refused_by_name(embedded_service, arguments, pointer: str) -> None:
    """S3-30: never silently ignored."""
    site = embedded_service.new_site()
    answer = get(embedded_service, "pageviews", **{"site": site.id, **arguments})
    assert (answer.status, answer.body["pointer"]) == (400, pointer)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_site_is_the_tokens_only_one_or_is_named(embedded_service: Service) -> None:
    service = embedded_service
    site, other = service.new_site(), service.new_site()
    send_visit(service, site)
    one = service.tokens.create(Access("read", (site.id,)))
    two = service.tokens.create(Access("read", (site.id, other.id)))
    assert get(service, "sessions", token=one).body["count"] == 1
    unnamed = get(service, "sessions", token=two)
    assert (unnamed.status, unnamed.body["code"]) == (400, "missing_site")
    assert get(service, "sessions", token=two, site=other.id).body["count"] == 0
    assert get(service, "sessions", token=one, site=other.id).status == 404
    assert request(f"{service.url}/api/v1/sessions/").status == 401, "S3-34: no public read"


def test_a_new_session_of_a_user_ends_the_others_where_the_site_wants_it(embedded_service: Service) -> None:
    """S1-23."""
    service = embedded_service
    site = service.new_site(single_session=True)
    free = service.new_site()
    for where in (site, free):
        for session, user in (("phone", "ann"), ("laptop", "ann"), ("other", "bob")):
            service.post({"site": where.id, "visitor": session, "user": user, "events": [{"name": "pageview"}]})
            time.sleep(0.005)
    found = {each["session_id"]: (each["state"], each["end_reason"]) for each in read(service, site, "sessions")}
    assert found == {"phone": ("ended", "replaced"), "laptop": ("active", None), "other": ("active", None)}
    assert [each["session_id"] for each in read(service, site, "sessions", end_time__isnull="false")] == ["phone"]
    assert {each["state"] for each in read(service, free, "sessions")} == {"active"}
