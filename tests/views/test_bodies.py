"""Other ways to send an event: forms, packed bodies, the pixel; and the debug mode, which stores nothing."""

import gzip
import json
from urllib.parse import urlencode

import pytest

from tests.service import Answer, Service, request

URL = "https://shop.example/p/42"


def get_pixel(service: Service, *, method: str = "GET", headers: dict[str, str] | None = None, **fields: str) -> Answer:
    return request(f"{service.url}/api/v1/events.gif?{urlencode(fields)}", method=method, headers=headers)


def pages_of(service: Service, site) -> dict[str, list[int]]:
    return service.rows(site, "event:page", "pageviews")


def test_forms_and_packed_bodies_are_stored_as_json_is_s3_35(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    fields = {"site": site.id, "name": "pageview", "url": URL}
    json_body = json.dumps({"site": site.id, "page": {"url": URL}, "events": [{"name": "pageview"}]}).encode()
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    for body, headers in (
        (json_body, {}),
        (gzip.compress(json_body), {"Content_Encoding": "gzip"}),
        (urlencode(fields).encode(), form),
        (gzip.compress(urlencode(fields).encode()), {**form, "Content_Encoding": "gzip"}),
    ):
        answer = embedded_service.post(body, **headers)
        assert (answer.status, answer.body["accepted"]) == (202, 1), answer.body
    assert pages_of(embedded_service, site) == {"/p/42": [4]}


def test_a_bomb_is_refused_and_the_next_beacon_stored(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    answer = embedded_service.post(gzip.compress(bytes(100_000_000)), Content_Encoding="gzip")
    assert (answer.status, answer.body["code"]) == (413, "request_entity_too_large")
    assert embedded_service.post({"site": site.id, "events": [{"name": "pageview"}]}).status == 202
    assert embedded_service.numbers(site, "pageviews") == [1]


def test_a_pixel_counts_a_pageview_and_is_kept_by_no_cache(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    answer = get_pixel(embedded_service, site=site.id, url=URL, title="A product")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/gif")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.body[:6] == b"GIF89a"
    assert get_pixel(embedded_service, site=site.id, headers={"Referer": URL}).status == 200
    assert get_pixel(embedded_service, site=site.id, url=URL, headers={"Referer": "https://x.example/"}).status == 200
    assert pages_of(embedded_service, site) == {"/p/42": [3]}


def test_a_picture_that_nobody_sees_is_not_counted(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    assert get_pixel(embedded_service, site=site.id, url=URL, method="HEAD").status == 200
    assert get_pixel(embedded_service, site=site.id, url=URL, headers={"Sec-Purpose": "prefetch"}).status == 200
    assert embedded_service.numbers(site, "pageviews") == [0]


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"site": "nobody"}, "unknown_site", "/site"),
        ({}, "invalid_field", "/site"),
        ({"colour": "red"}, "invalid_field", "/events/0/colour"),
        ({"url": "*"}, "invalid_field", "/page/url"),
        ({"seq": "x"}, "invalid_field", "/events/0/seq"),
        ({"ip": "192.0.2.1"}, "secret_key_needed", "/events/0/ip"),
        ({"name": "x" * 121}, "invalid_field", "/events/0/name"),
    ],
)
def test_a_pixel_names_the_field_that_is_wrong(embedded_service: Service, fields, code: str, pointer: str) -> None:
    site = {} if not fields else {"site": embedded_service.new_site().id}
    answer = get_pixel(embedded_service, **{**site, **fields})
    assert (answer.status, answer.body["code"], answer.body["pointer"]) == (400, code, pointer)


def test_the_debug_mode_shows_what_would_be_stored_and_stores_nothing(embedded_service: Service) -> None:
    site = embedded_service.new_site(hostnames=("shop.example",))
    key = {"Authorization": f"Bearer {embedded_service.write_key(site)}"}
    url = f"{embedded_service.url}/api/v1/events/debug"
    page = {"id": "pageview-1", "url": f"{URL}?utm_source=news&token=secret", "width": 390}
    events = [{"name": "pageview", "seq": 0}, {"name": "", "seq": 1}, {"name": "x", "seq": 2, "ip": "192.0.2.1"}]
    answer = request(url, {"site": site.id, "page": page, "events": events}, headers=key)
    assert answer.status == 200, answer.body
    assert {name: answer.body[name] for name in ("accepted", "rejected", "dropped")} == {
        "accepted": 2, "rejected": 1, "dropped": 0,
    }  # fmt: skip
    assert [(each["index"], each["code"], each["pointer"]) for each in answer.body["results"]] == [
        (1, "invalid_field", "/events/1/name")
    ]
    assert [event["name"] for event in answer.body["events"]] == ["pageview", "x"]
    shown = answer.body["events"][0]
    assert (shown["path"], shown["source"], shown["screen"], shown["seq"]) == ("/p/42", "news", "mobile", 0)
    assert "secret" not in json.dumps(answer.body["events"])
    assert embedded_service.numbers(site, "events") == [0]
    refused = request(url, {"site": site.id, "events": [{"name": "x"}]})
    assert (refused.status, refused.body["code"]) == (403, "secret_key_needed")
    other = {"Authorization": f"Bearer {embedded_service.write_key(embedded_service.new_site())}"}
    assert request(url, {"site": site.id, "events": [{"name": "x"}]}, headers=other).status == 403


def test_each_event_that_is_not_taken_is_named_by_index_code_and_pointer(embedded_service: Service) -> None:
    site = embedded_service.new_site(hostnames=("shop.example",))
    old = {"name": "old", "at": 1_000_000}
    events = [{"name": "a"}, {"name": 1}, old, {"name": "b", "user": "u"}, {"name": "c", "colour": 1}]
    answer = embedded_service.post({"site": site.id, "page": {"url": URL}, "events": events})
    assert answer.status == 202
    assert (answer.body["accepted"], answer.body["rejected"]) == (1, 4)
    assert [(each["index"], each["code"], each["pointer"]) for each in answer.body["results"]] == [
        (1, "invalid_field", "/events/1/name"),
        (2, "too_old", "/events/2/at"),
        (3, "secret_key_needed", "/events/3/user"),
        (4, "invalid_field", "/events/4/colour"),
    ]
