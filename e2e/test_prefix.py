"""The whole of Footfall below a path of somebody's host, in a real browser (INVENTORY S3-08)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e.conftest import running_system, when_ready
from e2e.system import System

PREFIX = "/tools/stats"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Every request that a page makes beside it fails the test: see ``visitor``."""
    with running_system(tmp_path_factory.mktemp("var"), FOOTFALL_URL_PREFIX=PREFIX) as system:
        yield system


def test_a_visit_below_a_path_is_measured_and_looked_at_there(
    visitor: BrowserContext, system: System, pictures: Path
) -> None:
    assert system.url.endswith(PREFIX)
    page = visitor.new_page()

    # Given: somebody who logs in before there is any event sees the tag with the path in it.
    page.goto(system.printed_address("Dashboard"))
    expect(page).to_have_url(f"{system.url}/")
    tag = page.locator("#script-tag")
    expect(tag).to_contain_text(f'src="{system.url}/js/footfall.js" data-endpoint="{PREFIX}/api/v1/events"')

    # If: a visitor looks at a boot of the demo shop, and goes back to the dashboard by a link.
    page.goto(f"{system.url}/demo/p/42")
    page.locator("#buy").click()
    path = f"{PREFIX}/demo/p/42"
    system.wait_for(lambda: "pageview" in system.events_of(path), "the page view is stored")
    page.locator("#dashboard").click()

    # Expect: the numbers, the other pages, and what happens now, all below the path.
    expect(page).to_have_url(f"{system.url}/sites/demo")
    when_ready(page)
    expect(page.locator(f'tr[data-dimension="event:page"][data-label="{path}"]').first).to_be_visible()
    page.screenshot(path=pictures / "below-a-path.png", full_page=True)
    page.get_by_role("link", name="Sessions").click()
    when_ready(page)
    page.locator('[data-panel="records"] tbody a').first.click()
    expect(page).to_have_url(re.compile(rf"^{system.url}/sites/demo/sessions/[0-9a-f]+"))
    page.get_by_role("link", name="Live").click()
    expect(page.get_by_text("Listening")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(f"{system.url}/login")
