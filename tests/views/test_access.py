"""Who may do what: every endpoint, every verb, every kind of caller, as the table in docs/operations.md says."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from flask import Flask

from collector import create_app
from collector.query.records.listing import RESOURCES
from collector.storage.entities import Entities, Entity
from collector.storage.sites import NamedFilters, Site, Sites
from collector.storage.tokens import RIGHTS, SCOPES, Access, Right, Tokens, id_of
from collector.views.analytics import SHORTCUTS
from tests.service import Service, request

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
numbers = count(1)

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Sample(NamedTuple):
    """A request that a caller with the right gets a good answer to."""

    path: str
    body: Any = None


ENTITY_PATHS = {"entities/<entity_type>/<entity_id>": "entities/product", "products/<entity_id>": "products"}

SAMPLES: dict[str, Callable[["Callers"], Sample]] = {
    "POST /api/v1/events": lambda callers: Sample(
        "/api/v1/events", {"site": callers.site.id, "events": [{"name": "x"}]}
    ),
    "POST /api/v1/events/debug": lambda callers: Sample(
        "/api/v1/events/debug", {"site": callers.site.id, "events": [{"name": "x"}]}
    ),
    "GET /api/v1/events.gif": lambda callers: Sample(f"/api/v1/events.gif?site={callers.site.id}"),
    "GET /api/v1/events.schema.json": lambda callers: Sample("/api/v1/events.schema.json"),
    "POST /api/v1/query": lambda callers: Sample(
        "/api/v1/query", {"site_id": callers.site.id, "metrics": ["visitors"], "date_range": "day"}
    ),
    **{
        f"GET /api/v1/{resource}": lambda callers, resource=resource: Sample(
            f"/api/v1/{resource}?site={callers.site.id}"
        )
        for resource in RESOURCES
    },
    **{
        f"GET /api/v1/{resource}/<record_id>": lambda callers, resource=resource: Sample(
            f"/api/v1/{resource}/{callers.record_id(resource)}?site={callers.site.id}"
        )
        for resource in RESOURCES
    },
    "GET /api/v1/session-changes": lambda callers: Sample(f"/api/v1/session-changes?site={callers.site.id}"),
    "POST /api/v1/sessions": lambda callers: Sample(f"/api/v1/sessions?site={callers.site.id}", {"session_id": "s"}),
    "POST /api/v1/pageviews": lambda callers: Sample(
        f"/api/v1/pageviews?site={callers.site.id}", {"session_id": "s", "url": "https://example.com/"}
    ),
    "POST /api/v1/interactions": lambda callers: Sample(
        f"/api/v1/interactions?site={callers.site.id}", {"session_id": "s", "event_type": "click"}
    ),
    "POST /api/v1/sessions/<record_id>/end": lambda callers: Sample(
        f"/api/v1/sessions/install-1/end?site={callers.site.id}", {}
    ),
    **{
        f"DELETE /api/v1/{kind}s/<{kind}_id>": lambda callers, kind=kind: Sample(
            f"/api/v1/{kind}s/nobody-{next(numbers)}?site={callers.site.id}"
        )
        for kind in ("visitor", "user")
    },
    "DELETE /api/v1/sessions/<record_id>": lambda callers: Sample(
        f"/api/v1/sessions/{callers.new_session()}?site={callers.site.id}"
    ),
    **{
        f"GET /api/analytics/{name}": lambda callers, name=name: Sample(f"/api/analytics/{name}?site={callers.site.id}")
        for name in SHORTCUTS
    },
    "POST /api/analytics/clear-cache": lambda callers: Sample(f"/api/analytics/clear-cache?site={callers.site.id}"),
    "GET /api/v1/entities": lambda callers: Sample(f"/api/v1/entities?site={callers.site.id}"),
    "GET /api/v1/entities/<entity_type>": lambda callers: Sample(f"/api/v1/entities/product?site={callers.site.id}"),
    "POST /api/v1/products": lambda callers: Sample(f"/api/v1/products?site={callers.site.id}", {"name": "A thing"}),
    **{
        f"{verb} /api/v1/{rule}{tail}": lambda callers, verb=verb, path=path, tail=tail: Sample(
            f"/api/v1/{path}/{callers.new_product() if verb == 'DELETE' else '42'}{tail}?site={callers.site.id}",
            {"name": "A thing"} if verb == "PUT" else None,
        )
        for rule, path in (
            ("entities/<entity_type>/<entity_id>", "entities/product"),
            ("products/<entity_id>", "products"),
        )
        for verb, tail in (
            ("PUT", ""),
            ("GET", ""),
            ("GET", "/views"),
            ("GET", "/time"),
            ("GET", "/view-times"),
            ("DELETE", ""),
        )
    },
    "GET /api/v1/export": lambda callers: Sample(f"/api/v1/export?site={callers.site.id}"),
    "POST /api/v1/reports/<name>": lambda callers: Sample("/api/v1/reports/realtime", {"site_id": callers.site.id}),
    "GET /api/v1/reports/<name>": lambda callers: Sample(
        f"/api/v1/reports/entry-pages?site_id={callers.site.id}&date_range=day"
    ),
    "GET /api/v1/reports": lambda callers: Sample("/api/v1/reports"),
    **{
        f"{verb} /api/v1/questions/<question_id>": lambda callers: Sample(f"/api/v1/questions/{callers.new_question()}")
        for verb in ("GET", "DELETE")
    },
    "GET /api/v1/live": lambda callers: Sample(f"/api/v1/live?site_id={callers.site.id}"),
    "GET /api/v1/sites": lambda callers: Sample("/api/v1/sites"),
    "POST /api/v1/sites": lambda callers: Sample("/api/v1/sites", {"id": f"made-{next(numbers)}"}),
    "GET /api/v1/sites/<site_id>": lambda callers: Sample(f"/api/v1/sites/{callers.site.id}"),
    "PATCH /api/v1/sites/<site_id>": lambda callers: Sample(f"/api/v1/sites/{callers.site.id}", {"name": "Shop"}),
    "GET /api/v1/sites/<site_id>/goals": lambda callers: Sample(f"/api/v1/sites/{callers.site.id}/goals"),
    "PUT /api/v1/sites/<site_id>/goals/<path:name>": lambda callers: callers.named("goals"),
    "DELETE /api/v1/sites/<site_id>/goals/<path:name>": lambda callers: callers.kept("goals"),
    "GET /api/v1/sites/<site_id>/segments": lambda callers: Sample(f"/api/v1/sites/{callers.site.id}/segments"),
    "PUT /api/v1/sites/<site_id>/segments/<path:name>": lambda callers: callers.named("segments"),
    "DELETE /api/v1/sites/<site_id>/segments/<path:name>": lambda callers: callers.kept("segments"),
    "GET /api/v1/tokens": lambda callers: Sample("/api/v1/tokens"),
    "POST /api/v1/tokens": lambda callers: Sample("/api/v1/tokens", {"scope": "read", "sites": [callers.site.id]}),
    "DELETE /api/v1/tokens/<token_id>": lambda callers: Sample(f"/api/v1/tokens/{callers.new_token()}"),
    "GET /js/<name>": lambda callers: Sample("/js/footfall.js"),
    "GET /": lambda callers: Sample("/"),
    "GET /sites/<site_id>": lambda callers: Sample(f"/sites/{callers.site.id}"),
    "GET /sites/<site_id>/<path>": lambda callers: Sample(f"/sites/{callers.site.id}/funnel"),
    "GET /sites/<site_id>/sessions/<record_id>": lambda callers: Sample(
        f"/sites/{callers.site.id}/sessions/{callers.record_id('sessions')}"
    ),
    "GET /dashboard/logo": lambda callers: Sample("/dashboard/logo"),
    "GET /report": lambda callers: Sample("/report/"),
    "GET /login": lambda callers: Sample("/login"),
    "POST /login": lambda callers: Sample("/login"),
    "POST /logout": lambda callers: Sample("/logout"),
    "GET /api/openapi.json": lambda callers: Sample("/api/openapi.json"),
    "GET /api/docs": lambda callers: Sample("/api/docs"),
    "GET /livez": lambda callers: Sample("/livez"),
    "GET /readyz": lambda callers: Sample("/readyz"),
    "GET /metrics": lambda callers: Sample("/metrics"),
}


TAKES_EVENTS = {
    route for route in SAMPLES if re.match(r"POST /api/v1/(events$|sessions|pageviews|inter)|GET .*events\.gif", route)
}


def read_needs() -> dict[str, str]:
    """Route → what the docs say that it needs: a right, ``a session``, or nothing."""
    table = OPERATIONS.read_text().partition("## Endpoints")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[A-Z]+ /.*?) \|(.*?)\|", table, re.MULTILINE)
    return {route: needs.strip(" `") for routes, needs in rows for route in re.findall(r"`([^`]+)`", routes)}


NEEDS = read_needs()


@pytest.fixture(scope="module")
def app(embedded_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("matrix")
    (folder / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    made = create_app(replace(embedded_service.settings, data_dir=folder, ui_logo=folder / "logo.svg"))
    yield made
    made.extensions["mirror"].close()


class Callers(NamedTuple):
    """Tokens by who holds them. ``expected`` answers a caller that lacks what a route needs."""

    site: Site
    tokens: dict[str, str | None]
    made: Tokens
    sites: Sites
    records: dict[str, str]
    service: Service
    app: Flask

    def new_question(self) -> str:
        headers = {"Authorization": f"Bearer {self.tokens['admin']}", "Prefer": "respond-async"}
        body = {"site_id": self.site.id, "metrics": ["visitors"], "date_range": "day"}
        browser = self.app.test_client()
        url = browser.post("/api/v1/query", json=body, headers=headers).headers["Location"]
        while browser.get(url, headers=headers).status_code == 202:
            time.sleep(0.01)
        return str(url.rpartition("/")[2])

    def record_id(self, resource: str) -> str:
        return self.records[resource]

    def new_session(self) -> str:
        session = f"visitor-{next(numbers)}"
        beacon = {"site": self.site.id, "visitor": session, "events": [{"name": "pageview"}]}
        assert self.service.post(beacon).status == 202
        return session

    def new_product(self) -> str:
        product = f"product-{next(numbers)}"
        assert Entities(self.service.store).put(self.site.id, "product", product, Entity("A thing"))
        return product

    def named(self, kind: str) -> Sample:
        filters = {"filters": [["is", "event:name", ["signup"]]]}
        return Sample(f"/api/v1/sites/{self.site.id}/{kind}/Sign-up", filters)

    def kept(self, kind: str) -> Sample:
        """A goal or segment that is there, to be taken out."""
        signup = NamedFilters("Sign-up", [["is", "event:name", ["signup"]]])
        self.sites.change(self.site.id, lambda site: msgspec.structs.replace(site, **{kind: (signup,)}))
        return Sample(f"/api/v1/sites/{self.site.id}/{kind}/Sign-up")

    def new_token(self) -> str:
        return id_of(self.made.create(Access("read", (self.site.id,))))

    def expected(self, who: str, needs: str) -> int | None:
        """The status of a refusal; None where the caller may."""
        right, _, where = needs.partition("` ")
        if who in ("nobody", "unknown", "revoked", "expired"):
            return 401
        if where == "everywhere" and who != "admin of all":
            return 403
        if who == "admin of another site":
            return None if where == "somewhere" else 404
        scope, _, denied = who.removesuffix(" of all").partition(" without ")
        return None if right in RIGHTS[scope] and right != denied else 403  # type: ignore[index]


@pytest.fixture(scope="module")
def callers(embedded_service: Service, app: Flask) -> Callers:
    service = embedded_service
    site, other = service.new_site(), service.new_site()
    tokens: dict[str, str | None] = {
        "nobody": None,
        "unknown": "made-up",
        "admin of another site": service.tokens.create(Access("admin", (other.id,))),
        "admin of all": service.tokens.create(Access("admin")),
        "expired": service.tokens.create(Access("admin", expires_ms=int(time.time() * 1000))),
        "revoked": service.tokens.create(Access("admin", (site.id,), "to be revoked")),
        "edit without delete": service.tokens.create(Access("edit", (site.id,), denied=("delete",))),
        "read without read": service.tokens.create(Access("read", (site.id,), denied=("read",))),
    }
    for scope in SCOPES:
        tokens[scope] = service.tokens.create(Access(scope, (site.id,)))
    known = next(token for token in service.tokens.read_all() if token.access.note == "to be revoked")
    assert service.tokens.revoke(known.id) == known
    visit = {"site": site.id, "visitor": "install-1", "events": [{"name": "pageview"}, {"name": "click"}]}
    assert service.post(visit).status == 202
    read = {"Authorization": f"Token {service.reader}"}
    lists = {name: request(f"{service.url}/api/v1/{name}?site={site.id}", headers=read).body for name in RESOURCES}
    ids = {name: page["results"][0]["id"] for name, page in lists.items()}
    return Callers(site, tokens, service.tokens, service.sites, ids, service, app)


def routes_of(app: Flask) -> list[tuple[str, str]]:
    """Verb and rule of every route but those of static files and the demo shop."""
    rules = [rule for rule in app.url_map.iter_rules() if "static" not in rule.endpoint]
    rules = [rule for rule in rules if not rule.rule.startswith("/demo")]
    return [(verb, rule.rule) for rule in rules for verb in VERBS if verb in (rule.methods or ())]


def test_every_route_has_its_row_and_its_sample(app: Flask) -> None:
    routes = {f"{verb} {rule}" for verb, rule in routes_of(app)}
    assert routes <= set(NEEDS), "a row in docs/operations.md"
    assert routes == set(SAMPLES), "a sample"


def test_a_view_says_the_right_that_its_row_says(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        operation = getattr(app.view_functions[rule.endpoint], "operation", None)
        for verb in (rule.methods or set()) & set(VERBS):
            if operation is not None:
                assert (operation.right or "") == NEEDS[f"{verb} {rule.rule}"].partition("`")[0], rule.rule


@pytest.mark.parametrize("route", SAMPLES)
def test_every_caller_gets_the_answer_of_the_table(app: Flask, callers: Callers, route: str) -> None:
    verb, _, _ = route.partition(" ")
    needs = NEEDS[route]
    found, expected = {}, {}
    for who, token in callers.tokens.items():
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        sample = SAMPLES[route](callers)
        # Not buffered: a stream has no end.
        with app.test_client().open(sample.path, method=verb, json=sample.body, headers=headers) as answer:
            found[who] = answer.status_code
        if needs == "a session":
            expected[who] = 302  # to the login, whatever the token
        elif needs:
            refused = callers.expected(who, needs)
            expected[who] = refused or found[who]
            assert refused or answer.status_code < 400, (who, answer.status_code)
        else:
            # What needs no token takes none, but for events: a wrong key is refused rather than treated as none.
            is_sending = route in TAKES_EVENTS and token
            is_refused = (is_sending or route == "POST /api/v1/events/debug") and callers.expected(who, "write")
            expected[who] = 403 if is_refused else found[who]
            assert is_refused or answer.status_code < 400, (who, answer.status_code)
    assert found == expected


@pytest.mark.parametrize("route", SAMPLES)
def test_a_verb_that_a_route_has_not_is_refused_for_everybody(app: Flask, callers: Callers, route: str) -> None:
    sample = SAMPLES[route](callers)
    known = {verb for verb, rule in routes_of(app) if f"{verb} {rule}" in SAMPLES and rule == route.partition(" ")[2]}
    for verb in set(VERBS) - known:
        for token in (None, callers.tokens["admin"]):
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            answer = app.test_client().open(sample.path, method=verb, headers=headers, buffered=True)
            assert answer.status_code == 405, (verb, sample.path)
            assert set(answer.headers["Allow"].split(", ")) >= known


@pytest.mark.parametrize("scope", SCOPES)
def test_the_docs_name_the_rights_of_a_scope(scope: Any) -> None:
    rights = ", ".join(f"`{right}`" for right in RIGHTS[scope])
    assert re.search(rf"^\| `{scope}` \| .+ \| {rights} \|$", OPERATIONS.read_text(), re.MULTILINE)


def test_a_session_sees_what_its_login_was_good_for(app: Flask, embedded_service: Service) -> None:
    mine, other = embedded_service.new_site(), embedded_service.new_site()
    tokens: Tokens = app.extensions["tokens"]
    browser = app.test_client()
    login = tokens.create_login(Access("read", (mine.id,)))
    assert browser.get(f"/login?token={login}").status_code == 302
    assert browser.get(f"/login?token={login}").status_code == 403, "it is good once"
    assert browser.get(f"/sites/{mine.id}").status_code == 200
    assert browser.get(f"/sites/{other.id}").status_code == 404
    ask = {"metrics": ["visitors"], "date_range": "day"}
    headers = {"X-Requested-With": "footfall"}
    found = {
        site.id: browser.post("/api/v1/query", json={"site_id": site.id, **ask}, headers=headers).status_code
        for site in (mine, other)
    }
    assert found == {mine.id: 200, other.id: 404}


def test_a_cookie_of_an_older_form_is_no_session(app: Flask) -> None:
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["access"] = "admin"
    assert browser.get("/").headers["Location"] == "/login"


RIGHT_AT_SITES: list[tuple[Access, Right, str, bool]] = [
    (Access("read"), "read", "shop", True),
    (Access("read"), "write", "shop", False),
    (Access("write"), "read", "shop", False),
    (Access("edit"), "delete", "shop", True),
    (Access("edit"), "administer", "shop", False),
    (Access("edit", denied=("delete",)), "delete", "shop", False),
    (Access("admin", ("shop",)), "administer", "shop", True),
    (Access("admin", ("shop",)), "administer", "sho", False),
    (Access("admin", ("shop",)), "administer", "", False),
]


@pytest.mark.parametrize(("access", "right", "site", "may"), RIGHT_AT_SITES)
def test_a_right_is_of_a_scope_at_a_site(access: Access, right: Right, site: str, may: bool) -> None:
    assert access.may(right, site) is may
