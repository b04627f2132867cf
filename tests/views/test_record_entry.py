"""POST to the records as S3's documentation has it: one door, whoever knocks."""

import time
from dataclasses import replace
from typing import Any

import pytest

from collector import create_app
from collector.events.limits import most
from collector.storage.erasures import Erasures
from collector.storage.keys import Shard
from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import CHROME, Answer, Service, request
from tests.views.test_records import get, read

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


def post(service: Service, site: Site, path: str, body: Any, key: str | None = None) -> Answer:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Token {key}"} if key else {})
    return request(f"{service.url}/api/v1/{path}/?site={site.id}", body, method="POST", headers=headers)


def test_the_documented_session_is_taken_and_taken_again(embedded_service: Service) -> None:
    """S3-12, S3-76: sent again it was a 400, here it is the same session."""
    service = embedded_service
    site = service.new_site()
    body = {
        "session_id": "test_session_123", "user_agent": "Mozilla/5.0", "ip_address": "192.168.1.1", "end_time": None,
        "user_id": "ann",
    }  # fmt: skip
    made = post(service, site, "sessions", body)
    assert made.status == 201
    assert made.body["session_id"] == "test_session_123"
    assert (made.body["end_time"], made.body["user_id"], made.body["ip_address"]) == (None, "ann", None)
    again = post(service, site, "sessions", body)
    assert (again.status, again.body) == (200, made.body)
    (session,) = read(service, site, "sessions")
    assert session["id"] == made.body["id"]
    assert session["browser"] == "Chrome", "of the connection, not of the body"
    assert session["events"] == 1
    assert session["is_bounce"], "that it began is nothing that a visitor did"


def test_only_a_secret_key_says_whose_address_and_agent_it_is(embedded_service: Service) -> None:
    """S3-12, S2-09."""
    service = embedded_service
    site = service.new_site()
    body = {"session_id": "s", "user_agent": IPHONE, "ip_address": "81.2.69.142"}
    assert post(service, site, "sessions", body, service.write_key(site)).status == 201
    (session,) = read(service, site, "sessions")
    assert (session["device"], session["os"]) == ("mobile", "iOS")
    (entry,) = service.store.xrange(Shard(site.id, 0).log)
    assert b"81.2.69.142" not in repr(entry).encode()


def test_a_pageview_begins_a_session_that_is_not_known(embedded_service: Service) -> None:
    """S3-14, S3-22."""
    service = embedded_service
    site = service.new_site()
    made = post(service, site, "pageviews", {"url": "https://example.com/page?a=1", "session_id": "fresh"})
    assert made.status == 201
    assert made.body["url"] == "https://example.com/page"
    assert read(service, site, "pageviews") == [made.body]
    assert get(service, f"pageviews/{made.body['id']}/", site=site.id).body == made.body
    assert read(service, site, "sessions")[0]["session_id"] == "fresh"
    assert service.numbers(site, "pageviews", "visitors") == [1, 1], "the same number as everywhere"


MANY = {str(number): number for number in range(31)}
EVENT_TYPES = ("click", "scroll", "mouse_move", "form_submit", "input_change", "page_resize", "keypress", "hover")


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_event_type_of_the_package_is_taken_in_either_case(embedded_service: Service, event_type: str) -> None:
    """S3-17, S3-24."""
    service = embedded_service
    site = service.new_site()
    for written in (event_type, event_type.upper()):
        made = post(service, site, "interactions", {"session_id": "s", "event_type": written})
        assert (made.status, made.body["event_type"]) == (201, event_type)
    assert len(read(service, site, "interactions", event_type=event_type.upper())) == 2


def test_the_documented_interaction_comes_back_as_it_was_sent(embedded_service: Service) -> None:
    """S3-17, S3-23, S3-75, S3-76."""
    service = embedded_service
    site = service.new_site()
    body = {
        "session_id": "test_session_123", "event_type": "click", "element": "#submit-button",
        "metadata": {"x_coord": 100, "y_coord": 200},
    }  # fmt: skip
    made = post(service, site, "interactions", body)
    assert made.status == 201
    assert {name: made.body[name] for name in body} == body
    assert read(service, site, "interactions", metadata__x_coord=100) == [made.body]
    odd = {"x_coord": -5, "y_coord": 1.5, "plan": "pro", "yes": True, "none": None, "deep": {"er": [1, {"a": 2}]}}
    made = post(service, site, "interactions", {**body, "metadata": odd})
    flat = {name: value for name, value in odd.items() if name != "deep"} | {"deep.er": '[1,{"a":2}]'}
    assert made.body["metadata"] == flat
    assert read(service, site, "interactions", metadata__x_coord=-5) == [made.body]


def test_an_array_is_a_batch(embedded_service: Service) -> None:
    """S3-17: the package had none."""
    service = embedded_service
    site = service.new_site()
    batch = [{"session_id": f"s{i % 2}", "event_type": "SCROLL", "metadata": {"n": i}} for i in range(7)]
    answer = post(service, site, "interactions", batch)
    assert (answer.status, answer.body) == (202, {"accepted": 7, "dropped": 0})
    assert len(read(service, site, "interactions", session="s1")) == 3
    assert len(read(service, site, "interactions", metadata__n__gte=5)) == 2


def test_what_is_sent_again_under_its_own_id_counts_once(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    body = {"session_id": "s", "event_type": "click", "id": "mine"}
    assert [post(service, site, "interactions", body).status for _ in range(2)] == [201, 201]
    assert len(read(service, site, "interactions")) == 1


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("sessions", {}, "/session_id"),
        ("sessions", {"session_id": ""}, "/session_id"),
        ("sessions", {"session_id": "s", "end_time": "soon"}, "/end_time"),
        ("sessions", {"session_id": "s", "end_time": "2025-03-15T10:00:00"}, "/end_time"),
        ("sessions", {"session_id": "s", "start_time": None}, "/start_time"),
        ("pageviews", {"session_id": "s"}, "/url"),
        ("pageviews", {"session_id": "s", "url": "about:blank"}, "/url"),
        ("pageviews", [{"session_id": "s", "url": "/"}, {"url": "/"}], "/1/session_id"),
        ("interactions", {"session_id": "s", "event_type": 5}, "/event_type"),
        ("interactions", {"session_id": "s", "event_type": "x", "metadata": []}, "/metadata"),
        ("interactions", {"session_id": "s", "event_type": "x", "metadata": {"a": "x" * 2001}}, "/metadata"),
        (
            "interactions",
            {"session_id": "s", "event_type": "x", "metadata": {str(i): i for i in range(31)}},
            "/metadata",
        ),
        ("interactions", [], ""),
        ("interactions", b"{", ""),
    ],
)
def test_a_wrong_field_is_named_as_the_sender_wrote_it(
    embedded_service: Service, path: str, body, pointer: str
) -> None:
    site = embedded_service.new_site()
    answer = post(embedded_service, site, path, body)
    assert (answer.status, answer.body["pointer"][: len(pointer)]) == (400, pointer), answer.body
    assert embedded_service.store.xlen(Shard(site.id, 0).log) == 0


def test_ending_a_session_is_said_once_and_may_be_said_again(embedded_service: Service) -> None:
    """S1-21, S1-22, S3-25."""
    service = embedded_service
    site = service.new_site()
    post(service, site, "pageviews", {"url": "/", "session_id": "s"})
    ended = post(service, site, "sessions/s/end", {"reason": "logout"})
    assert ended.status == 200
    assert (ended.body["state"], ended.body["end_reason"]) == ("ended", "logout")
    assert ended.body["end_time"] is not None
    entries = service.store.xlen(Shard(site.id, 0).log)
    assert post(service, site, "sessions/s/end", None).body == ended.body
    assert service.store.xlen(Shard(site.id, 0).log) == entries, "nothing is written a second time"
    assert [each["session_id"] for each in read(service, site, "sessions", state="ended")] == ["s"]
    assert read(service, site, "sessions", active="true") == []
    time.sleep(0.002)
    post(service, site, "interactions", {"session_id": "s", "event_type": "click"})
    found = read(service, site, "sessions", ordering="-start_time")
    assert [each["state"] for each in found] == ["active", "ended"], "whoever comes back begins another"
    assert (found[1]["end_reason"], found[1]["pageviews"]) == ("logout", 1)


def test_a_session_may_end_by_its_own_id_or_with_its_last_post(embedded_service: Service) -> None:
    """S3-12: end_time."""
    service = embedded_service
    site = service.new_site()
    made = post(service, site, "sessions", {"session_id": "s"}).body
    assert post(service, site, f"sessions/{made['id']}/end", {}).body["end_reason"] == "api"
    past = {"session_id": "old", "end_time": "2025-03-15T10:00:00+00:00"}
    assert post(service, site, "sessions", past).body["code"] == "too_old"
    ended = post(service, site, "sessions", past, service.write_key(site))
    assert (ended.status, ended.body["state"]) == (201, "ended")
    assert ended.body["end_time"] == "2025-03-15T10:00:00.000+00:00"


def test_who_cannot_be_named_cannot_be_ended(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    service.post({"site": site.id, "events": [{"name": "pageview"}]}, User_Agent=CHROME)
    (session,) = read(service, site, "sessions")
    assert post(service, site, f"sessions/{session['id']}/end", {}).body["code"] == "no_identity"
    assert post(service, site, "sessions/nobody/end", {}).status == 404
    assert post(service, site, "sessions/nobody/end", {"reason": "boredom"}).body["pointer"] == "/reason"


def test_a_key_must_be_good_for_the_site(embedded_service: Service) -> None:
    service = embedded_service
    site, other = service.new_site(), service.new_site()
    for path, body in (("sessions", {"session_id": "s"}), ("sessions/s/end", {})):
        for key in (service.reader, service.write_key(other), "made-up"):
            assert post(service, site, path, body, key).body["code"] == "invalid_key"
    own = service.write_key(site)
    unnamed = request(
        f"{service.url}/api/v1/sessions/", {"session_id": "s"}, headers={"Authorization": f"Bearer {own}"}
    )
    assert unnamed.status == 201, "the key's only site"
    assert request(f"{service.url}/api/v1/sessions/", {"session_id": "s"}).body["code"] == "missing_site"


def test_a_deleted_session_is_gone_with_its_visitor(embedded_service: Service) -> None:
    """S0-25, S3-80: at once from every answer, then from what is stored."""
    service = embedded_service
    site = service.new_site()
    editor = service.tokens.create(Access("edit", (site.id,)))
    for session in ("s", "s", "other"):
        post(service, site, "pageviews", {"url": "/", "session_id": session})
    service.seal()

    def delete(path: str, token: str) -> Answer:
        headers = {"Authorization": f"Token {token}"}
        return request(f"{service.url}/api/v1/{path}?site={site.id}", method="DELETE", headers=headers)

    assert delete("sessions/s", service.reader).status == 403
    gone = delete("sessions/s", editor)
    assert (gone.status, gone.body["kind"]) == (202, "visitor")
    assert [each["session_id"] for each in read(service, site, "sessions")] == ["other"]
    assert service.numbers(site, "pageviews") == [1]
    assert delete("sessions/s", editor).status == 404
    assert Erasures(service.store).read() != []
    service.seal()
    assert Erasures(service.store).read() == []
    view = service.segments.read(Shard(site.id, 0), "", "0-0")
    assert sum(segment.rows for segment in view.segments or ()) == 1, "it is out of what is stored"
    assert delete("visitors/other", editor).status == 202
    assert read(service, site, "sessions") == []


def test_a_server_that_only_takes_events_stores_records_and_shows_none(embedded_service: Service, tmp_path) -> None:
    service = embedded_service
    site = service.new_site()
    client = create_app(replace(service.settings, data_dir=tmp_path), "ingest").test_client()
    where = f"?site={site.id}"
    for path, body in (
        ("sessions", {"session_id": "s"}),
        ("pageviews", {"session_id": "s", "url": "/"}),
        ("sessions/s/end", {}),
    ):
        answer = client.post(f"/api/v1/{path}/{where}", json=body, headers={"User-Agent": CHROME})
        assert (answer.status_code, answer.json["accepted"]) == (202, 1)
        assert client.get(f"/api/v1/{path}/{where}").status_code == 405
    too_long = {"session_id": "s", "event_type": "x", "metadata": {"a": "x" * most("body")}}
    assert client.post(f"/api/v1/interactions/{where}", json=too_long).status_code == 413
    (session,) = read(service, site, "sessions")
    assert (session["session_id"], session["state"], session["pageviews"]) == ("s", "ended", 1)


def test_a_server_that_only_reads_takes_nothing_in(embedded_service: Service, tmp_path) -> None:
    """S3-86."""
    service = embedded_service
    site = service.new_site()
    app = create_app(replace(service.settings, data_dir=tmp_path), "query")
    answer = app.test_client().post(f"/api/v1/pageviews/?site={site.id}", json={"session_id": "s", "url": "/"})
    app.extensions["mirror"].close()
    assert answer.status_code == 405
    assert service.store.xlen(Shard(site.id, 0).log) == 0


def test_a_batch_says_which_record_was_not_taken_and_that_those_before_it_were(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    batch = [{"session_id": "s", "url": url} for url in ("/a", "/b", "about:blank", "/c")]
    answer = post(service, site, "pageviews", batch)
    assert (answer.status, answer.body["pointer"]) == (400, "/2/url")
    assert "(2 before it are stored)" in answer.body["detail"]
    assert len(read(service, site, "pageviews")) == 2
