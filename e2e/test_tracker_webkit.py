"""The core story in WebKit; and what a browser that says it is driven by a program is counted as."""

import time
from collections.abc import Iterator

import pytest

from e2e.measured_site import STUB, MeasuredSite
from e2e.system import System
from e2e.webkit import WebKit


@pytest.fixture
def site(system: System) -> Iterator[MeasuredSite]:
    site = MeasuredSite(system)
    yield site
    site.close()


@pytest.fixture
def webkit() -> Iterator[WebKit]:
    browser = WebKit()
    yield browser
    browser.close()


@pytest.mark.parametrize("build", ["footfall.core.js", "footfall.js", "footfall.plus.js"])
def test_webkit_tells_of_a_visit(site: MeasuredSite, webkit: WebKit, build: str) -> None:
    shop = '<main><button id="buy" data-event="bought">Buy</button></main><div data-entity="product:1">Lamp</div>'
    webkit.open(site.add("/", shop, build=build, head=STUB, storage="local"))
    time.sleep(0.5)
    webkit.click("#buy")
    time.sleep(1)
    assert webkit.evaluate("return [history.length > 1, document.documentElement.scrollTop]")
    webkit.open("about:blank")
    expected = {"pageview": 2, "early": 1, "late": 1}
    if build != "footfall.core.js":
        expected |= {"bought": 1, "view": 1}

    def stored() -> dict[str, int]:
        # WebDriver says of itself that it is a program: what it does is stored, and flagged.
        found = site.system.rows(["event:name"], ["events"], site_id=site.site.id, include={"bots": True})
        return {name: events for name, (events,) in found.items() if name != "engagement"}

    site.system.wait_for(lambda: stored() == expected, f"WebKit's visit: {expected}", 20)
    assert site.stored() == {}
    assert site.refused == []
    assert all(body["page"]["webdriver"] for body in site.bodies)
    assert site.visible_ms("/two")[0] > 500
