"""The dashboard's pages of reports, over a fortnight whose every event is known."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from e2e.conftest import take_pictures, when_ready
from e2e.lively_shop import Shop

OpenPage = Callable[..., Page]
TABS = ("Overview", "Behaviour", "Goals", "Funnel", "Retention", "Journeys", "Clicks & scroll", "Sessions", "Live")


def test_the_pages_of_a_site_keep_its_days_and_filters(open_page: OpenPage, shop: Shop) -> None:
    page = open_page("?period=30d&f=is~visit:device~mobile")
    links = page.get_by_role("navigation", name="Pages of this site").get_by_role("link")
    assert tuple(links.all_text_contents()) == TABS
    links.get_by_text("Retention").click()
    page.wait_for_url("**/retention?period=30d&f=is~visit:device~mobile")
    when_ready(page)
    expect(page).to_have_title(f"Retention · {shop.site.name} · Footfall")
    expect(links.get_by_text("Retention")).to_have_attribute("aria-current", "page")
    expect(page.locator(".chip")).to_have_attribute("data-label", "mobile")

    # If: the filter goes on this page, the next one does not have it.
    page.get_by_role("button", name="Remove filter: Device is Mobile").click()
    page.wait_for_url("**/retention?period=30d")
    links.get_by_text("Funnel").press("Enter")
    page.wait_for_url("**/funnel?period=30d")


def test_a_funnel_is_picked_step_by_step(open_page: OpenPage, shop: Shop, pictures: Path) -> None:
    page = open_page("/funnel?period=30d")
    expect(page.locator('[data-panel="funnel"] .empty')).to_contain_text("Choose two steps or more")
    page.get_by_label("Step 1", exact=True).fill("/")
    page.get_by_label("Step 2", exact=True).fill("/p/42")
    page.get_by_role("button", name="Add a step").click()
    page.get_by_label("Step 3: what").select_option("goal")
    page.get_by_label("Step 3", exact=True).fill("Order")
    page.keyboard.press("Tab")
    page.get_by_label("Break down by").select_option("visit:device")
    page.wait_for_url("**&by=visit:device")
    when_ready(page)

    expected = [
        len(who)
        for who in (
            shop.visitors_of("pageview", "/"),
            shop.visitors_of("pageview", "/p/42"),
            shop.visitors_of("purchase"),
        )
    ]
    steps = page.locator(".funnel li")
    assert [int(step.get_attribute("data-visitors") or -1) for step in steps.all()] == expected
    groups = page.locator('[data-panel="funnel-groups"] tbody tr')
    shown = [[int(cell.get_attribute("data-visitors") or -1) for cell in row.locator("[data-visitors]").all()]
             for row in groups.all()]  # fmt: skip
    assert [sum(column) for column in zip(*shown, strict=True)] == expected
    take_pictures(page, pictures, "funnel")

    # A link shows another person the same; a step that goes is gone from the bars, too.
    page.reload()
    when_ready(page)
    expect(steps).to_have_count(3)
    page.get_by_role("button", name="Remove step 2").click()
    expect(steps).to_have_count(2)
    assert [int(step.get_attribute("data-visitors") or -1) for step in steps.all()] == [expected[0], expected[2]]


def test_a_funnel_that_nobody_began_says_so(open_page: OpenPage) -> None:
    page = open_page("/funnel?period=30d&step=is~event:page~/nowhere&step=is~event:page~/")
    expect(page.locator('[data-panel="funnel"]')).to_have_attribute("data-state", "empty")
    expect(page.locator('[data-panel="funnel"] .empty')).to_contain_text("Nobody did the first step")


def test_retention_is_a_table_of_days_weeks_or_months(open_page: OpenPage, shop: Shop, pictures: Path) -> None:
    page = open_page("/retention?period=30d&cohort=day")
    zone = ZoneInfo(shop.site.timezone)
    days = defaultdict(set)
    for visitor, event, _ in shop.events():
        days[visitor].add(datetime.fromtimestamp(event["at"] / 1000, zone).date())
    cohorts = defaultdict(list)
    for seen in days.values():
        cohorts[min(seen)].append(seen)
    rows = page.locator("tr[data-cohort]")
    assert [row.get_attribute("data-cohort") for row in rows.all()] == [str(day) for day in sorted(cohorts)]
    for first, of in cohorts.items():
        row = page.locator(f'tr[data-cohort="{first}"]')
        returned = {
            int(cell.get_attribute("data-period") or -1): int(cell.get_attribute("data-value") or -1)
            for cell in row.locator("[data-period]").all()
        }
        assert returned == {at: sum((day - first).days == at for seen in of for day in seen) for at in returned}
        assert set(returned) == set(range((datetime.now(zone).date() - first).days + 1)), "no day that has not begun"
    take_pictures(page, pictures, "retention")

    page.get_by_role("combobox", name="By", exact=True).select_option("month")
    page.wait_for_url("**cohort=month**")
    when_ready(page)
    expect(page.locator("tr[data-cohort]").first).to_be_visible()
