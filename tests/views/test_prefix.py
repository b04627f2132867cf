"""Everything below a path: FOOTFALL_URL_PREFIX (INVENTORY S3-08)."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from collector import create_app
from collector.storage.sites import Site
from tests.service import CHROME, Service, request, running_service

PREFIX = "/tools/stats"


@pytest.fixture(scope="module")
def below(services: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A collector below a path, over the store of the others."""
    nodes = services.get("embedded").settings.redis_nodes
    with running_service(nodes, tmp_path_factory.mktemp("prefix"), FOOTFALL_URL_PREFIX=PREFIX) as service:
        yield service


@pytest.fixture
def site(below: Service) -> Site:
    return below.new_site()


@pytest.fixture
def browser(below: Service) -> Iterator["Browser"]:
    with closing(HTTPConnection("127.0.0.1", below.settings.port, timeout=30)) as connection:
        yield Browser(connection)


class Browser:
    """One browser's requests with its cookies; it follows no redirect."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._connection = connection
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []

    def ask(self, method: str, path: str) -> tuple[int, str, str]:
        """Status, ``Location``, text."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, path, headers={"User-Agent": CHROME, "Cookie": cookie})
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.set_cookies.append(line)
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text


def test_a_beacon_sent_below_the_path_is_in_the_answers_asked_below_it(below: Service, site: Site) -> None:
    for path in ("/api/v1/events", "/api/v1/events/"):
        beacon = {"site": site.id, "page": {"url": "https://shop.example/"}, "events": [{"name": "pageview"}]}
        assert request(f"{below.url}{path}", beacon).status == 202
    pixel = request(f"{below.url}/api/v1/events.gif?site={site.id}&url=https://shop.example/pixel")
    assert (pixel.status, pixel.headers["Content-Type"]) == (200, "image/gif")
    assert below.numbers(site, "pageviews") == [3]
    answer = request(f"{below.url}/api/v1/events", b"{")
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_every_address_answers_below_the_path_and_nowhere_else(below: Service, tmp_path: Path) -> None:
    app = create_app(replace(below.settings, data_dir=tmp_path))
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    assert len(rules) > 40
    root = below.url.removesuffix(PREFIX)
    for rule in rules:
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        headers = {"Authorization": f"Bearer {below.reader}"}
        elsewhere = request(f"{root}{path}", headers=headers)
        assert (elsewhere.status, elsewhere.body["code"]) == (404, "not_found"), path
        assert "FOOTFALL_URL_PREFIX" in elsewhere.body["detail"]
        if not rule.arguments and path != "/dashboard/logo":
            found = request(f"{below.url}{path}", headers=headers)
            assert found.status != 404 or found.body["code"] == "unknown_site", path
    for path in ("/tools", "/tools/statsandmore/livez", "/tools/stat", "/livez/tools/stats", "//tools/stats/livez"):
        assert request(f"{root}{path}").status == 404, path
    assert request(below.url).status == 200


def test_a_session_its_cookie_and_its_links_stay_below_the_path(below: Service, site: Site, browser: Browser) -> None:
    funnel = f"{PREFIX}/sites/{site.id}/funnel?period=30d"
    assert browser.ask("GET", funnel)[:2] == (302, f"{PREFIX}/login")
    status, _, form = browser.ask("GET", f"{PREFIX}/login")
    assert (status, re.findall(r'action="([^"]*)"', form)) == (200, [f"{PREFIX}/login"])
    assert browser.ask("GET", f"{PREFIX}/login?token={below.tokens.create_login()}")[:2] == (302, funnel)
    assert all(f"; Path={PREFIX}" in line for line in browser.set_cookies)
    assert browser.ask("GET", f"{PREFIX}/report")[:2] == (302, f"{PREFIX}/?period=7d")

    for page in (f"{PREFIX}/", funnel, f"{PREFIX}/demo/", f"{PREFIX}/demo/p/42", f"{PREFIX}/api/docs"):
        status, _, text = browser.ask("GET", page)
        assert status == 200, page
        links = re.findall(r'(?:href|src|action|data-endpoint)="([^"#]+)"', text)
        assert len(links) > 3
        assert [link for link in links if not link.startswith(f"{PREFIX}/")] == [], page
        for link in links:
            if link.startswith((f"{PREFIX}/dashboard/static", f"{PREFIX}/js", f"{PREFIX}/demo")):
                assert browser.ask("GET", link)[0] == 200, link

    _, _, overview = browser.ask("GET", f"{PREFIX}/sites/{site.id}")
    tag = f"src=&#34;{below.url}/js/footfall.js&#34; data-endpoint=&#34;{PREFIX}/api/v1/events&#34;"
    assert tag in overview
    assert f'data-root="{PREFIX}"' in overview
    assert browser.ask("POST", f"{PREFIX}/demo/checkout")[:2] == (303, f"{PREFIX}/demo/thank-you")
    assert browser.ask("POST", f"{PREFIX}/logout")[:2] == (302, f"{PREFIX}/login")


def test_the_api_gives_addresses_below_the_path(below: Service, site: Site) -> None:
    for number in range(3):
        beacon = {"site": site.id, "page": {"id": f"page-view-{number}", "url": "https://shop.example/next"}}
        assert below.post(beacon | {"events": [{"name": "pageview"}]}).status == 202
    token = {"Authorization": f"Bearer {below.reader}"}
    first = request(f"{below.url}/api/v1/pageviews/?site={site.id}&limit=1", headers=token).body
    assert first["next"].startswith(f"{below.url}/api/v1/pageviews/?")
    assert request(first["next"], headers=token).status == 200

    question = {"site_id": site.id, "metrics": ["pageviews"], "date_range": "all"}
    later = request(f"{below.url}/api/v1/query", question, headers=token | {"Prefer": "respond-async"})
    assert (later.status, later.headers["Location"]) == (202, later.body["url"])
    assert later.body["url"].startswith(f"{PREFIX}/api/v1/questions/")
    assert request(f"{below.url.removesuffix(PREFIX)}{later.body['url']}", headers=token).status in (200, 202)

    document = request(f"{below.url}/api/openapi.json").body
    assert document["servers"] == [{"url": PREFIX}]
    assert "/api/v1/query" in document["paths"]
