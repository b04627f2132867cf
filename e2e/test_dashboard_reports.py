"""The dashboard's pages of reports, over a fortnight whose every event is known."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from e2e.conftest import take_pictures, when_ready
from e2e.lively_shop import MARKUP, Shop
from e2e.system import System

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


def test_behaviour_shows_entries_exits_speed_and_anger(open_page: OpenPage, shop: Shop, pictures: Path) -> None:
    page = open_page("/behaviour?period=30d")
    visits = {"-".join(beacon["page"]["id"].split("-")[:3]) for beacon in shop.sent}
    entry = page.locator('[data-panel="entry-pages"] tr[data-row="/"] [data-column="entries"]')
    expect(entry).to_have_attribute("data-value", str(len(visits)))
    exits = page.locator('[data-panel="exit-pages"] td[data-column="exits"]')
    assert sum(int(cell.get_attribute("data-value") or 0) for cell in exits.all()) == len(visits)
    largest = sorted(
        event["props"]["value"] for _, event, _ in shop.events() if event.get("props", {}).get("metric") == "LCP"
    )
    shown = float(page.locator('.vital[data-metric="LCP"]').get_attribute("data-p75") or "nan")
    assert shown == largest[-(-3 * len(largest) // 4) - 1]
    names = [event["name"] for _, event, _ in shop.events()]
    for column, name in (("rage_clicks", "rage_click"), ("dead_clicks", "dead_click")):
        cells = page.locator(f'[data-panel="frustration"] td[data-column="{column}"]')
        assert sum(int(cell.get_attribute("data-value") or 0) for cell in cells.all()) == names.count(name)
    take_pictures(page, pictures, "behaviour")
    page.get_by_role("button", name="/: show only this entry page").click()
    page.wait_for_url("**f=is~visit:entry_page~/")


def test_journeys_are_bands_and_a_table(open_page: OpenPage, shop: Shop, pictures: Path) -> None:
    page = open_page("/journeys?period=30d&start=is~event:page~/c/footwear")
    entered = sum(1 for _, event, path in shop.events() if event["name"] == "pageview" and path == "/c/footwear")
    on = sum(1 for _, event, path in shop.events() if event["name"] == "pageview" and path == "/p/42")
    bands = page.locator('.band[data-from="/c/footwear"]')
    assert {band.get_attribute("data-to"): int(band.get_attribute("data-visits") or 0) for band in bands.all()} == {
        "/p/42": on,
        "(exit)": entered - on,
    }
    take_pictures(page, pictures, "journeys")
    page.get_by_role("combobox", name="Show", exact=True).select_option("backward")
    page.wait_for_url("**direction=backward")
    when_ready(page)
    expect(page.locator('.band[data-from="/c/footwear"][data-to="/"]')).to_have_attribute("data-visits", str(entered))
    page.get_by_text("Show as a table").click()
    expect(page.get_by_role("table", name="Journeys")).to_be_visible()


def test_a_page_has_its_clicks_and_its_scrolling_by_screen(open_page: OpenPage, shop: Shop, pictures: Path) -> None:
    page = open_page("/page-map?period=30d")
    field = page.get_by_label("Page", exact=True)
    expect(field).to_have_value("/")
    field.fill("/p/42")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=/p/42")
    when_ready(page)
    clicks = {"mobile": 0, "laptop": 0}
    for beacon in shop.sent:
        if beacon["page"]["url"].endswith("/p/42"):
            clicks["mobile" if beacon["page"]["width"] < 576 else "laptop"] += 1
    for screen in ("mobile", "laptop"):
        page.locator(f'[data-screen="{screen}"]').click()
        expect(page.locator(f'[data-screen="{screen}"]')).to_have_attribute("aria-pressed", "true")
        when_ready(page)
        cells = page.locator("rect[data-clicks]")
        assert sum(int(cell.get_attribute("data-clicks") or 0) for cell in cells.all()) == clicks[screen]
        of_element = page.locator('[data-panel="clicks"] td[data-column="clicks"]')
        expect(of_element).to_have_attribute("data-value", str(clicks[screen]))
        expect(page.locator('.scroll-map [data-percent="0"]').first).to_have_attribute("data-share", "100")
    expect(page.locator('[data-panel="clicks"] tbody th')).to_have_text(MARKUP)
    take_pictures(page, pictures, "page-map")


KEEP_SAVED = """() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => (blob.text().then((text) => (window.savedText = text)), make(blob));
    HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };
}"""
"""The browser of these tests saves no files; this keeps what it would save."""


def test_a_report_is_saved_as_csv(open_page: OpenPage, system: System) -> None:
    page = open_page("/behaviour?period=30d")
    page.evaluate(KEEP_SAVED)
    page.locator('[data-panel="exit-pages"]').get_by_role("button", name="CSV").click()
    system.wait_for(lambda: page.evaluate("window.savedText && window.savedAs"), "the file is made")
    assert page.evaluate("window.savedAs") == "lively-exit-pages.csv"
    lines = page.evaluate("window.savedText").splitlines()
    assert lines[0] == "page,exits,visitors,pageviews,exit_rate"
    assert len(lines) - 1 == page.locator('[data-panel="exit-pages"] tbody tr').count()


def test_a_tile_says_how_much_it_changed(open_page: OpenPage, shop: Shop) -> None:
    page = open_page("?period=7d")
    tile = page.locator('.tile[data-metric="pageviews"]')
    zone = ZoneInfo(shop.site.timezone)
    today = datetime.now(zone).date()
    ages = [
        (today - datetime.fromtimestamp(event["at"] / 1000, zone).date()).days
        for _, event, _ in shop.events()
        if event["name"] == "pageview"
    ]
    now, before = sum(age < 7 for age in ages), sum(7 <= age < 14 for age in ages)
    expect(tile).to_have_attribute("data-value", str(now))
    expect(tile.locator(".tile-change")).to_have_attribute("title", f"{before} as many days before")
    change = int(tile.get_attribute("data-change") or "0")
    assert abs(change - 100 * (now - before) / before) <= 1


def test_the_earlier_systems_report_is_the_last_seven_days_s3_50(open_page: OpenPage, system: System) -> None:
    page = open_page()
    page.goto(f"{system.url}/report/")
    page.wait_for_url("**/?period=7d")
    expect(page.locator("#period-title")).to_have_text("Last 7 days")
