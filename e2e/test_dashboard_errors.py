"""What every page of the dashboard says when the server refuses, fails, is not there, or has nothing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from collector.storage.sites import Site
from collector.storage.tokens import Tokens
from collector.views.site_pages import SITE_PAGES
from e2e.conftest import when_ready
from e2e.lively_shop import Shop
from e2e.system import System

# What must be asked before the page shows a report.
ASKED = {"funnel": "&step=is~event:page~/&step=is~event:page~/p/42", "page-map": "&page=/p/42"}
PATHS = [page.path for page in SITE_PAGES]
Answer = Callable[[Route], None]

FAILURES: dict[str, tuple[Answer, str]] = {
    "unreachable": (lambda route: route.abort(), "The server does not answer."),
    "a proxy's page": (
        lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>"),
        "The server answered with status 502.",
    ),
    "too slow": (
        lambda route: route.fulfill(
            status=503,
            content_type="application/problem+json",
            body='{"code": "too_slow", "detail": "took <b>long</b>"}',
        ),
        "took <b>long</b>",
    ),
}


@pytest.fixture
def failing(browser: Browser, system: System) -> Iterator[Page]:
    """A page of a logged-in browser whose console may complain."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{system.url}/login?token={Tokens(system.store).create_login()}")
    yield page
    context.close()


@pytest.mark.parametrize("failure", FAILURES)
def test_every_page_says_what_went_wrong(failing: Page, system: System, shop: Shop, failure: str) -> None:
    answer, sentence = FAILURES[failure]
    for path in PATHS:
        failing.route("**/api/v1/**", answer)
        failing.goto(f"{system.url}/sites/{shop.site.id}/{path}?period=30d{ASKED.get(path, '')}")
        expect(failing.get_by_role("alert").first).to_contain_text(sentence)
        when_ready(failing)
        # If: the server is back, a press on Refresh is enough.
        failing.unroute("**/api/v1/**")
        failing.get_by_role("button", name="Refresh now").click()
        expect(failing.get_by_role("alert")).to_have_count(0)


def test_what_the_address_asks_wrongly_is_said_by_the_server(failing: Page, system: System, shop: Shop) -> None:
    failing.goto(f"{system.url}/sites/{shop.site.id}?f=is~segment~gone")
    expect(failing.get_by_role("alert").first).to_contain_text("unknown segment 'gone'")
    failing.goto(f"{system.url}/sites/{shop.site.id}/sessions/0000000000000000")
    expect(failing.get_by_role("alert")).to_have_text("none of the sessions has this id")
    assert failing.goto(f"{system.url}/sites/{shop.site.id}/nowhere").status == 404  # type: ignore[union-attr]


def test_a_site_without_events_shows_the_tag_on_every_page_but_goals(failing: Page, system: System) -> None:
    site = Site("unvisited", "Unvisited")
    assert system.sites.add(site)
    for path in PATHS:
        failing.goto(f"{system.url}/sites/{site.id}/{path}")
        when_ready(failing)
        if path == "goals":
            expect(failing.locator("#welcome")).to_be_hidden()
        else:
            expect(failing.locator("#script-tag")).to_contain_text('data-site="unvisited"')
            expect(failing.locator("#report")).to_be_hidden()


def test_a_quiet_period_says_what_would_fill_each_panel(failing: Page, system: System, shop: Shop) -> None:
    for path in PATHS:
        failing.goto(
            f"{system.url}/sites/{shop.site.id}/{path}?period=custom&from=2020-01-01&to=2020-01-02{ASKED.get(path, '')}"
        )
        when_ready(failing)
        for panel in failing.locator('.panel[data-state="empty"]').all():
            text = panel.locator(".empty").text_content() or ""
            assert len(text) > 15, (path, panel.get_attribute("data-panel"), text)
        assert path == "live" or failing.locator(".empty").count() > 0, path


def test_a_login_that_ended_leads_to_the_login(failing: Page, system: System, shop: Shop) -> None:
    failing.goto(f"{system.url}/sites/{shop.site.id}/sessions")
    when_ready(failing)
    failing.context.clear_cookies()
    failing.get_by_role("button", name="Refresh now").click()
    failing.wait_for_url("**/login")
