"""The outside of the web server: headers, methods, sizes, and who may read."""

import http.client
import json
from itertools import pairwise

import pytest

from collector.events.limits import most
from tests.service import Service, request


def beacon(site, **more) -> dict:
    return {"site": site.id, "events": [{"name": "pageview"}], **more}


def test_any_page_may_send_and_read_the_answer_but_never_with_credentials(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    for body in (beacon(site), {"site": site.id}):
        answer = embedded_service.post(body, Origin="https://shop.example")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = request(
        f"{embedded_service.url}/api/v1/events",
        method="OPTIONS",
        headers={
            "Origin": "https://shop.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert asked.status in (200, 204)
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "content-type" in asked.headers["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in asked.headers


def test_nobody_elses_page_may_ask_questions(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    answer = embedded_service.query(site, "visitors")
    assert answer.status == 200
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", ["/api/v1/events", "/api/v1/events/"])
def test_paths_answer_with_and_without_a_slash(embedded_service: Service, path: str) -> None:
    body = beacon(embedded_service.new_site())
    assert request(f"{embedded_service.url}{path}", body).status == 202


@pytest.mark.parametrize("size", [most("body"), most("body") + 1])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_has_a_limit_however_it_comes(embedded_service: Service, size: int, is_chunked: bool) -> None:
    body = json.dumps(beacon(embedded_service.new_site())).encode().ljust(size)
    connection = http.client.HTTPConnection("127.0.0.1", embedded_service.settings.port, timeout=10)
    parts = [body[a:b] for a, b in pairwise(range(0, size + 50_000, 50_000))] if is_chunked else body
    connection.request("POST", "/api/v1/events", body=iter(parts) if is_chunked else parts, encode_chunked=is_chunked,
                       headers={"Transfer-Encoding": "chunked"} if is_chunked else {})  # fmt: skip
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    if size <= most("body"):
        assert (response.status, answer["accepted"]) == (202, 1)
    else:
        assert (response.status, answer["code"]) == (413, "request_entity_too_large")
        assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/events", 405, "method_not_allowed"),
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/sites/no-such-site", 302, None),
        ("POST", "/api/v1/query", 400, "malformed_json"),
    ],
)
def test_every_error_is_a_problem_document(embedded_service: Service, method, path, status, code) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", embedded_service.settings.port, timeout=10)
    connection.request(method, path, body=b"{" if method == "POST" else None)
    response = connection.getresponse()
    said = response.read()
    connection.close()
    assert response.status == status
    if code is not None:
        assert response.headers["Content-Type"] == "application/problem+json"
        assert json.loads(said)["code"] == code


def test_who_may_read_what(embedded_service: Service) -> None:
    service = embedded_service
    mine, other = service.new_site(), service.new_site()
    from collector.storage.tokens import Access

    ask = {"site_id": mine.id, "metrics": ["visitors"], "date_range": "day"}
    url = f"{service.url}/api/v1/query"
    assert request(url, ask).status == 401
    tokens = {
        "reader of mine": service.tokens.create(Access("read", (mine.id,))),
        "reader of another": service.tokens.create(Access("read", (other.id,))),
        "writer": service.write_key(mine),
        "admin": service.tokens.create(Access("admin")),
        "made up": "made-up",
    }
    found = {
        who: request(url, ask, headers={"Authorization": f"Bearer {token}"}).status for who, token in tokens.items()
    }
    assert found == {"reader of mine": 200, "reader of another": 404, "writer": 403, "admin": 200, "made up": 401}
    word = request(url, ask, headers={"Authorization": f"Token {tokens['admin']}"})
    assert word.status == 200, "earlier systems say Token"


def test_pages_are_under_a_strict_policy_and_load_nothing_from_elsewhere(embedded_service: Service) -> None:
    for path in ("/login", "/demo/", "/demo/p/42"):
        answer = request(f"{embedded_service.url}{path}")
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert b"//" not in answer.body.replace(b"http://www.w3.org/2000/svg", b""), "every address is our own"


def test_a_session_cookie_alone_asks_nothing(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    login = http.client.HTTPConnection("127.0.0.1", service.settings.port, timeout=10)
    login.request("GET", f"/login?token={service.tokens.create_login()}")
    response = login.getresponse()
    response.read()
    login.close()
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    ask = {"site_id": site.id, "metrics": ["visitors"], "date_range": "day"}
    url = f"{service.url}/api/v1/query"
    with_cookie = {"Cookie": cookie.partition(";")[0]}
    assert request(url, ask, headers=with_cookie).status == 403
    assert request(url, ask, headers=with_cookie | {"X-Requested-With": "footfall"}).status == 200
