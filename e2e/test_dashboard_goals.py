"""Goals and segments: made, used and taken out in the dashboard, with conversions that add up."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from collector.storage.tokens import Access, Tokens
from e2e.conftest import take_pictures, when_ready
from e2e.lively_shop import MARKUP, Shop
from e2e.system import System

OpenPage = Callable[..., Page]


def numbers_of(page: Page, goal: str) -> list[str]:
    row = page.locator(f'[data-panel="goals"] tr[data-name="{goal}"]')
    return [row.locator(f'[data-column="{name}"]').inner_text() for name in ("visitors", "events")]


def test_goals_have_their_conversions_and_what_led_to_them(open_page: OpenPage, shop: Shop, pictures: Path) -> None:
    page = open_page("/goals?period=30d")
    orders = [event for _, event, _ in shop.events() if event["name"] == "purchase"]
    assert numbers_of(page, "Order") == [str(len(shop.visitors_of("purchase"))), str(len(orders))]
    revenue = page.locator('tr[data-name="Order"] [data-column="total_revenue"]')
    expect(revenue).to_have_text(f"{49.5 * len(orders):,.2f} EUR")
    rows = page.locator('[data-panel="attribution"] tbody tr')
    shares = {row.get_attribute("data-row"): row.locator('[data-column="last"]').inner_text() for row in rows.all()}
    assert set(shares) <= {"newsletter", "Direct / None", MARKUP}
    assert sum(int(share) for share in shares.values()) == len(orders)
    take_pictures(page, pictures, "goals")

    page.get_by_role("combobox", name="Goal", exact=True).select_option("Basket <b>seen</b>")
    page.wait_for_url("**goal=Basket**")
    when_ready(page)
    expect(page.locator('[data-panel="attribution"]')).to_have_attribute("data-state", "ready")
    page.reload()
    when_ready(page)
    expect(page.get_by_role("combobox", name="Goal", exact=True)).to_have_value("Basket <b>seen</b>")


def test_a_goal_is_made_and_taken_out(open_page: OpenPage, shop: Shop) -> None:
    page = open_page("/goals?period=30d")
    page.get_by_role("button", name="Save").first.click()
    assert page.get_by_label("Name of the goal").evaluate("field => field.validity.valueMissing")
    page.get_by_label("What happens", exact=True).fill("/p/42")
    page.get_by_label("Name of the goal").fill("Boots & more / 42?")
    page.keyboard.press("Enter")
    made = page.locator('tr[data-name="Boots & more / 42?"]')
    expect(made).to_contain_text("Page is /p/42, Event is pageview")
    page.wait_for_timeout(5_500)  # changes are in force within 5 s (docs/query.md)
    page.get_by_role("button", name="Refresh now").click()
    when_ready(page)
    assert numbers_of(page, "Boots & more / 42?")[0] == str(len(shop.visitors_of("pageview", "/p/42")))

    delete = made.get_by_role("button", name="Delete the goal")
    delete.click()
    expect(made).to_have_count(1)
    made.get_by_role("button", name="Press again to delete").click()
    expect(made).to_have_count(0)
    expect(page.locator('tr[data-name="Order"]')).to_have_count(1)


def test_a_segment_is_saved_from_the_filters_and_filters_every_page(open_page: OpenPage, shop: Shop) -> None:
    page = open_page("/goals?period=30d&f=contains~event:page~/P/")
    page.get_by_label("Name for the filters in use").fill("Product pages")
    page.keyboard.press("Enter")
    saved = page.locator('[data-panel="segments"] tr[data-name="Product pages"]')
    expect(saved).to_contain_text("Page contains /P/")
    page.wait_for_timeout(5_500)  # changes are in force within 5 s (docs/query.md)
    page.get_by_role("button", name="Clear all").or_(page.get_by_role("button", name="Remove filter: Page")).click()
    saved.get_by_role("button", name="Product pages: show only this").click()
    page.wait_for_url("**f=is~segment~**")
    page.get_by_role("link", name="Overview").click()
    when_ready(page)
    expect(page.locator(".chip")).to_contain_text("Segment is Product pages")
    tile = page.locator('.tile[data-metric="visitors"]')
    expect(tile).to_have_attribute("data-value", str(len(shop.visitors_of("pageview", "/p/42"))))


def test_the_filter_form_proposes_goals_and_segments(open_page: OpenPage) -> None:
    page = open_page("?period=30d")
    page.locator("#filter-menu summary").click()
    page.get_by_label("What", exact=True).select_option("segment")
    expect(page.locator('#filter-values option[value="Phones"]')).to_be_attached()
    expect(page.get_by_label("How", exact=True).locator("option")).to_have_text(["is", "is not"])
    page.get_by_label("Value", exact=True).fill("Phones")
    page.keyboard.press("Enter")
    when_ready(page)
    expect(page.locator('tr[data-dimension="visit:device"]')).to_have_count(1)
    expect(page.locator('tr[data-dimension="visit:device"]')).to_have_attribute("data-label", "mobile")


def test_who_may_only_read_changes_nothing(visitor: BrowserContext, system: System, shop: Shop) -> None:
    page = visitor.new_page()
    login = Tokens(system.store).create_login(Access("read", (shop.site.id,)))
    page.goto(f"{system.url}/login?token={login}")
    page.goto(f"{system.url}/sites/{shop.site.id}/goals?period=30d")
    when_ready(page)
    expect(page.locator('tr[data-name="Order"]')).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
