"""The door in front of Flask: a sender cannot tell which of the two has answered."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from collector import create_app
from collector.errors import StoreUnavailable
from collector.events.limits import most
from collector.views.door import Door
from tests.service import CHROME, Service

EVENTS = "/api/v1/events"
PAGE = {"id": "pageview-1", "url": "https://shop.example/", "referrer": "https://www.google.com/"}
PAGEVIEW = {"name": "pageview"}


class Sent(NamedTuple):
    """One request. ``body``: bytes as they are, anything else as JSON with the id of a site in it."""

    body: Any = None
    method: str = "POST"
    path: str = EVENTS
    headers: dict[str, str] = {}  # noqa: RUF012
    environ: dict[str, Any] = {}  # noqa: RUF012


class Sides(NamedTuple):
    """One application, asked through the door and past it."""

    app: Flask
    site: str
    key: str
    other_key: str

    def ask(self, sent: Sent, *, through_door: bool) -> tuple[str, list[tuple[str, str]], bytes]:
        body = sent.body
        if isinstance(body, dict):
            body = json.dumps({"site": self.site} | body).encode()
        headers = {name: value.format(key=self.key, other_key=self.other_key) for name, value in sent.headers.items()}
        headers = {"User-Agent": CHROME, "Content-Type": "text/plain;charset=UTF-8"} | headers
        builder = EnvironBuilder(sent.path, method=sent.method, data=body, headers=headers)
        environ = builder.get_environ() | {"REMOTE_ADDR": "192.0.2.7"} | sent.environ
        door = self.app.wsgi_app
        assert isinstance(door, Door)
        parts, status, headers = run_wsgi_app(door if through_door else door.behind, environ, buffered=True)
        request_id = headers.pop("X-Request-Id")
        assert request_id == sent.headers.get("X-Request-Id", request_id)
        return status, sorted(headers.items()), b"".join(parts)


@pytest.fixture(scope="module")
def sides(services: Any, tmp_path_factory: pytest.TempPathFactory) -> Sides:
    service: Service = services.get("embedded")
    settings = replace(service.settings, data_dir=tmp_path_factory.mktemp("door"))
    site, other = service.new_site(hostnames=("shop.example",)), service.new_site()
    return Sides(create_app(settings, "ingest"), site.id, service.write_key(site), service.write_key(other))


GOOD = {"page": PAGE, "events": [PAGEVIEW]}
BEARER = {"Authorization": "Bearer {key}"}
ROWS = {
    (202, "a pageview"): Sent(GOOD),
    (202, "with a slash at the end"): Sent(GOOD, path=f"{EVENTS}/"),
    (202, "as application/json"): Sent(GOOD, headers={"Content-Type": "application/json"}),
    (202, "of another page"): Sent(GOOD, headers={"Origin": "https://shop.example"}),
    (202, "with a query string"): Sent(GOOD, path=f"{EVENTS}?x=1"),
    (202, "with a request id"): Sent(GOOD, headers={"X-Request-Id": "edge-7.a_B"}),
    (400, "with a request id, and nothing else"): Sent(b"", headers={"X-Request-Id": "edge-7.a_B"}),
    (202, "with a key"): Sent(GOOD, headers=BEARER),
    (202, "with a key as earlier systems wrote it"): Sent(GOOD, headers={"Authorization": "token {key}"}),
    (202, "with another kind of credentials"): Sent(GOOD, headers={"Authorization": "Basic eDp5"}),
    (403, "with another site's key"): Sent(GOOD, headers={"Authorization": "Bearer {other_key}"}),
    (403, "with a key that is none"): Sent(GOOD, headers={"Authorization": "Bearer nothing"}),
    (202, "through proxies"): Sent(GOOD, headers={"X-Forwarded-For": "203.0.113.9, garbage"}),
    (202, "with client hints"): Sent(GOOD, headers={"Sec-CH-UA": '"Google Chrome";v="130"', "X-App-Source": "web"}),
    (202, "without a user agent"): Sent(GOOD, headers={"User-Agent": ""}),
    (202, "one good event of two"): Sent({"page": PAGE, "events": [PAGEVIEW, {"name": 5}]}),
    (202, "one event of two may be sent"): Sent({"page": PAGE, "events": [PAGEVIEW, PAGEVIEW | {"ip": "192.0.2.1"}]}),
    (202, "from a host that is not listed"): Sent({"page": {"url": "https://else.example/"}, "events": [PAGEVIEW]}),
    (400, "no event is any good"): Sent({"events": [{"name": ""}]}),
    (400, "no events"): Sent({"events": []}),
    (400, "a field that nobody knows"): Sent({"events": [PAGEVIEW], "nothing": 1}),
    (400, "a site that nobody knows"): Sent({"events": [PAGEVIEW], "site": "nobody"}),
    (400, "a site that cannot be"): Sent({"events": [PAGEVIEW], "site": "../\u0000\U0001f4a5"}),
    (400, "no body"): Sent(b""),
    (400, "no JSON"): Sent(b"{"),
    (400, "no text"): Sent(b'{"site":"\xff\xfe"}'),
    (400, "nested deeply"): Sent(b"[" * 100_000),
    (400, "the longest body"): Sent(b"{".ljust(most("body"))),
    (413, "a body too long"): Sent(b"{".ljust(most("body") + 1)),
    (400, "a length that is none"): Sent(GOOD, environ={"CONTENT_LENGTH": "x"}),
    (400, "a length below 0"): Sent(GOOD, environ={"CONTENT_LENGTH": "-1"}),
    (400, "shorter than its length"): Sent(GOOD, environ={"CONTENT_LENGTH": "5000"}),
    (400, "without a length"): Sent(GOOD, environ={"CONTENT_LENGTH": ""}),
    (400, "in chunks"): Sent(
        environ={"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    ),
    (405, "HEAD"): Sent(method="HEAD"),
    (405, "GET"): Sent(method="GET"),
    (405, "GET with a slash"): Sent(method="GET", path=f"{EVENTS}/"),
    (405, "PUT"): Sent(GOOD, method="PUT"),
    (405, "a method that nobody knows"): Sent(GOOD, method="BREW"),
    (204, "OPTIONS"): Sent(method="OPTIONS"),
    (204, "preflight"): Sent(
        method="OPTIONS",
        headers={
            "Origin": "https://shop.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    ),
    (308, "two slashes at the end"): Sent(GOOD, path=f"{EVENTS}//"),
    (202, "two slashes in front"): Sent(GOOD, environ={"PATH_INFO": f"/{EVENTS}"}),
    (404, "below"): Sent(GOOD, path=f"{EVENTS}/1"),
    (404, "in capitals"): Sent(GOOD, path=EVENTS.upper()),
    (200, "another path"): Sent(method="GET", path="/livez"),
    (404, "no path"): Sent(method="GET", path="/nothing"),
}  # fmt: skip


@pytest.mark.parametrize(("status", "name"), ROWS)
def test_the_answer_is_the_same_with_the_door_and_without(sides: Sides, status: int, name: str) -> None:
    sent = ROWS[status, name]
    through, past = (sides.ask(_fresh(sent), through_door=through) for through in (True, False))
    assert through == past
    assert int(through[0][:3]) == status


def _fresh(sent: Sent) -> Sent:
    """A body that is read from a stream can be read once."""
    if "HTTP_TRANSFER_ENCODING" not in sent.environ:
        return sent
    return sent._replace(environ=sent.environ | {"wsgi.input": BytesIO(b'{"site":"x","events":[]}')})


def test_beacons_do_not_pass_through_flask(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("Flask was asked")

    monkeypatch.setattr(sides.app, "full_dispatch_request", fail)
    for sent in (Sent(GOOD), Sent(GOOD, path=f"{EVENTS}/")):
        assert sides.ask(sent, through_door=True)[0] == "202 ACCEPTED"


@pytest.mark.parametrize("given", [None, "", "a" * 65, "two words", "größe", "<script>"])
def test_a_request_has_an_id_of_its_own_unless_it_brings_a_good_one(sides: Sides, given: str | None) -> None:
    environ = {} if given is None else {"HTTP_X_REQUEST_ID": given}
    found = set()
    for through in (True, False, True, False):
        asked = EnvironBuilder(EVENTS, method="POST", data=b"{").get_environ() | environ
        door = sides.app.wsgi_app
        assert isinstance(door, Door)
        _, _, headers = run_wsgi_app(door if through else door.behind, asked, buffered=True)
        found.add(headers["X-Request-Id"])
    assert len(found) == 4
    assert given not in found


@pytest.mark.parametrize(
    ("error", "status"),
    [(StoreUnavailable("the store did not confirm in time"), 503), (RuntimeError("a bug"), 500)],
)
def test_what_goes_wrong_inside_is_answered_the_same(
    sides: Sides, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(_: object) -> bytes:
        raise error

    monkeypatch.setattr(sides.app.extensions["receiver"], "receive", fail)
    through, past = (sides.ask(Sent(GOOD), through_door=through) for through in (True, False))
    assert through == past
    assert int(through[0][:3]) == status
    assert ("Access-Control-Allow-Origin", "*") in through[1]
    assert "a bug" not in through[2].decode(), "what went wrong inside is nobody's business outside"
