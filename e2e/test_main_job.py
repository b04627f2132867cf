"""The main job, end to end: a person in the demo shop, and the numbers of that visit on the dashboard."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.system import DEMO, System

SHOP_PATH = "/demo/p/42"
TOLERANCE_MS = 400


def tile(dashboard: Page, metric: str) -> str | None:
    return dashboard.locator(f'.tile[data-metric="{metric}"]').get_attribute("data-value")


def cell(dashboard: Page, dimension: str, label: str, metric: str) -> str | None:
    row = f'tr[data-dimension="{dimension}"][data-label="{label}"]'
    return dashboard.locator(f'{row} [data-metric="{metric}"]').first.get_attribute("data-value")


def when_ready(dashboard: Page) -> None:
    expect(dashboard.locator("html")).to_have_attribute("data-state", "ready", timeout=15_000)


def test_a_visit_of_the_shop_is_stored_exactly_and_shown_rightly(
    visitor: BrowserContext, system: System, pictures: Path
) -> None:
    shop = visitor.new_page()
    dashboard = visitor.new_page()
    dashboard.goto(system.printed_address("Dashboard"))
    expect(dashboard).to_have_url(f"{system.url}/")

    # Given: three seconds on a product in front, with a click and a scroll to the end.
    shop.bring_to_front()
    shop.goto(f"{system.url}{SHOP_PATH}")
    began = time.monotonic()
    shop.locator("#buy").click()
    shop.mouse.wheel(0, 20_000)
    shop.wait_for_timeout(3000)

    # If: another tab comes in front.
    dashboard.bring_to_front()
    seen_ms = (time.monotonic() - began) * 1000
    system.wait_for(lambda: "engagement" in system.events_of(SHOP_PATH), "the hidden tab's beacon is stored")

    # Expect: exactly what happened, and nothing else.
    assert system.events_of(SHOP_PATH).keys() == {"pageview", "click", "scroll", "engagement"}
    assert system.events_of(SHOP_PATH)["pageview"] == 1
    assert system.events_of(SHOP_PATH)["click"] == 1
    elements = system.rows(["event:element"], ["events"], filters=[["is", "event:name", ["click"]]])
    assert [element.rpartition(" ")[2] for element in elements] == ["button#buy"]
    time_on_page, scroll_depth = system.rows(
        ["event:page"], ["time_on_page", "scroll_depth"], filters=[["is", "event:page", [SHOP_PATH]]]
    )[SHOP_PATH]
    assert time_on_page * 1000 == pytest.approx(seen_ms, abs=TOLERANCE_MS)
    assert scroll_depth == 100

    # Expect: hidden time does not count, and a closed tab loses nothing.
    shop.wait_for_timeout(1500)
    shop.bring_to_front()
    again = time.monotonic()
    shop.wait_for_timeout(1000)
    shop.close(run_before_unload=True)
    seen_ms += (time.monotonic() - again) * 1000

    def has_both_stays() -> bool:
        rows = system.rows(["event:page"], ["time_on_page"], filters=[["is", "event:page", [SHOP_PATH]]])
        return rows[SHOP_PATH][0] * 1000 == pytest.approx(seen_ms, abs=TOLERANCE_MS)

    system.wait_for(has_both_stays, "the closed tab's last engagement is stored")
    assert system.events_of(SHOP_PATH)["pageview"] == 1

    # Expect: the dashboard says the same as the API.
    dashboard.bring_to_front()
    dashboard.reload()
    when_ready(dashboard)
    visitors, visits, pageviews, bounce_rate, duration, seconds, depth = system.query(
        "visitors", "visits", "pageviews", "bounce_rate", "visit_duration", "time_on_page", "scroll_depth",
        date_range="day",
    ).body["results"][0]["metrics"]  # fmt: skip
    assert (visitors, visits, pageviews, bounce_rate, depth) == (1, 1, 1, 100, 100)
    shown = [float(tile(dashboard, name) or "nan") for name in (
        "visitors", "visits", "pageviews", "bounce_rate", "visit_duration", "time_on_page", "scroll_depth",
    )]  # fmt: skip
    assert shown == [visitors, visits, pageviews, bounce_rate, duration, seconds, depth]
    assert cell(dashboard, "event:page", SHOP_PATH, "pageviews") == "1"
    assert cell(dashboard, "visit:source", "Direct / None", "visitors") == "1"
    assert cell(dashboard, "visit:device", "desktop", "visitors") == "1"
    assert dashboard.locator("#live").get_attribute("data-value") == "1"
    dashboard.screenshot(path=pictures / "after-one-visit.png", full_page=True)


def test_a_walk_through_the_shop_counts_every_page_and_the_purchase(visitor: BrowserContext, system: System) -> None:
    before = system.rows(["event:page"], ["pageviews"])
    shop = visitor.new_page()
    shop.goto(f"{system.url}/demo/?utm_source=newsletter&utm_campaign=spring")
    shop.locator("#shop-now").click()
    shop.wait_for_url("**/demo/c/**")
    shop.locator('a[href^="/demo/p/"]').first.click()
    shop.wait_for_url("**/demo/p/**")
    product = shop.url.removeprefix(system.url)
    shop.locator("#buy").click()
    shop.locator("#basket").click()
    shop.wait_for_url("**/demo/cart")
    shop.locator("#checkout").click()
    shop.wait_for_url("**/demo/thank-you")
    visitor.new_page().bring_to_front()
    walked = ["/demo/", "/demo/c/footwear", product, "/demo/cart", "/demo/thank-you"]

    def counts() -> dict[str, int]:
        return {
            path: count - before.get(path, [0])[0]
            for path, (count,) in system.rows(["event:page"], ["pageviews"]).items()
        }

    system.wait_for(lambda: all(counts().get(path) == 1 for path in walked), f"one pageview each of {walked}")
    assert sum(counts().values()) == len(walked)
    purchases = system.rows(["event:name"], ["events"], filters=[["is", "event:name", ["purchase"]]])
    assert purchases == {"purchase": [1]}
    spring = [["is", "visit:utm_campaign", ["spring"]]]
    assert system.rows(["visit:source"], ["visits", "pageviews"], filters=spring) == {"newsletter": [1, 5]}
    assert system.rows(["visit:exit_page"], ["visits", "bounce_rate"], filters=spring) == {"/demo/thank-you": [1, 0]}


def test_a_filter_applies_to_everything_shown_and_survives_a_reload(visitor: BrowserContext, system: System) -> None:
    dashboard = visitor.new_page()
    dashboard.goto(f"{system.url}/login?token={_new_login(system)}")
    when_ready(dashboard)
    row = dashboard.locator(f'tr[data-dimension="event:page"][data-label="{SHOP_PATH}"]')
    row.locator("button, a").first.click()
    expected = system.query("pageviews", date_range="day", filters=[["is", "event:page", [SHOP_PATH]]])
    count = expected.body["results"][0]["metrics"][0]
    expect(dashboard.locator('.tile[data-metric="pageviews"]')).to_have_attribute("data-value", str(count))
    expect(dashboard.locator('tr[data-dimension="event:page"]')).to_have_count(1)
    dashboard.reload()
    when_ready(dashboard)
    expect(dashboard.locator('.tile[data-metric="pageviews"]')).to_have_attribute("data-value", str(count))


@pytest.mark.parametrize("width", [1280, 390])
def test_the_dashboard_fits_its_window(visitor: BrowserContext, system: System, pictures: Path, width: int) -> None:
    dashboard = visitor.new_page()
    dashboard.set_viewport_size({"width": width, "height": 844})
    dashboard.goto(f"{system.url}/login?token={_new_login(system)}")
    when_ready(dashboard)
    assert dashboard.evaluate("document.documentElement.scrollWidth") <= width
    dashboard.screenshot(path=pictures / f"dashboard-{width}.png", full_page=True)


def test_a_login_token_works_once(visitor: BrowserContext, system: System) -> None:
    token = _new_login(system)
    page = visitor.new_page()
    page.goto(f"{system.url}/login?token={token}")
    expect(page).to_have_url(f"{system.url}/")
    visitor.clear_cookies()
    page.goto(f"{system.url}/")
    expect(page).to_have_url(f"{system.url}/login")


def _new_login(system: System) -> str:
    from collector.storage.tokens import Tokens

    return Tokens(system.store).create_login()


def test_the_demo_site_is_the_one_that_was_made(system: System) -> None:
    assert DEMO in [site.id for site in system.sites.read_all()]
