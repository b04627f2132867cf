"""The dashboard's pages of single things: sessions, one session, and what happens now."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from collector.storage.tokens import Access, Tokens
from e2e.conftest import take_pictures, when_ready
from e2e.lively_shop import MARKUP, Shop
from e2e.system import System
from tests.service import CHROME, request

OpenPage = Callable[..., Page]


def visits_of(shop: Shop) -> dict[str, list[dict]]:
    """Visit → its beacons."""
    found: dict[str, list[dict]] = {}
    for beacon in shop.sent:
        found.setdefault("-".join(beacon["page"]["id"].split("-")[:3]), []).append(beacon)
    return found


def test_sessions_are_listed_and_read_on_s3_39(open_page: OpenPage, shop: Shop, pictures: Path) -> None:
    page = open_page("/sessions?period=30d")
    rows = page.locator('[data-panel="records"] tbody tr')
    total = len(visits_of(shop))
    expect(rows).to_have_count(25)
    expect(page.get_by_role("status").get_by_text("of")).to_have_text(f"25 of {total}")
    take_pictures(page, pictures, "sessions")
    while page.get_by_role("button", name="Show more").is_visible():
        before = rows.count()
        page.get_by_role("button", name="Show more").click()
        expect(rows).not_to_have_count(before)
    expect(rows).to_have_count(total)
    begun = rows.locator('[data-column="start_time"]').all_text_contents()
    assert begun == sorted(begun, reverse=True)
    assert page.locator(f'[data-column="user_id"]:text-is("{MARKUP}0")').count() > 0, "markup is text"

    # Columns are chosen, and stay so in this browser.
    page.locator("#column-menu summary").click()
    page.get_by_role("checkbox", name="Source").uncheck()
    expect(page.locator('[data-column="source"]')).to_have_count(0)
    page.get_by_role("checkbox", name="Language").check()
    page.reload()
    when_ready(page)
    expect(page.locator('[data-column="source"]')).to_have_count(0)
    expect(page.locator('[data-column="language"]')).to_have_count(25)


def test_a_list_is_filtered_searched_and_says_what_it_cannot_be_filtered_by(open_page: OpenPage, shop: Shop) -> None:
    page = open_page("/sessions?period=30d&f=is~visit:device~mobile&f=is~event:page~/cart")
    phones = sum("iPhone" in beacons[0]["events"][0]["user_agent"] for beacons in visits_of(shop).values())
    expect(page.get_by_text(f"of {phones}")).to_be_visible()
    expect(page.get_by_text("This list cannot be filtered by: Page is /cart.")).to_be_visible()
    page.get_by_role("combobox", name="State").select_option("active")
    page.wait_for_url("**state=active")
    when_ready(page)
    expect(page.locator('[data-panel="records"] tbody tr')).to_have_count(0)
    page.get_by_role("combobox", name="State").select_option("ended")
    when_ready(page)
    page.get_by_label("Search the list").fill("no such thing")
    page.keyboard.press("Enter")
    expect(page.locator('[data-panel="records"] .empty')).to_contain_text("None in this period")


def test_a_session_is_picked_for_the_list_of_page_views_s3_46(open_page: OpenPage, shop: Shop) -> None:
    page = open_page("/sessions?period=30d&list=pageviews")
    page.get_by_role("combobox", name="Session").press_sequentially("person-3")
    proposed = page.locator('#session-values option[value="person-3"]')
    expect(proposed.first).to_be_attached()
    page.keyboard.press("Tab")
    page.wait_for_url("**session=person-3")
    when_ready(page)
    paths = [beacon["page"]["url"] for beacon in shop.sent if beacon["visitor"] == "person-3"]
    expect(page.locator('[data-panel="records"] tbody tr')).to_have_count(len(paths))
    expect(page.locator('[data-column="session"] a').first).to_have_text("person-3")


def test_a_session_has_a_page_of_its_own_with_its_events_in_order_s3_42_s3_44(
    open_page: OpenPage, shop: Shop, pictures: Path
) -> None:
    page = open_page("/sessions?period=30d")
    link = page.locator('[data-column="start_time"] a').first
    begun = link.text_content()
    user = page.locator('[data-column="session_id"] a').first.text_content()
    link.click()
    page.wait_for_url(re.compile(r"/sites/lively/sessions/[0-9a-f]{16}\?period=30d$"))
    when_ready(page)
    mine = [beacons for visit, beacons in visits_of(shop).items() if visit.startswith(f"{user}-")]
    visit = max(mine, key=lambda beacons: beacons[0]["events"][0]["at"])
    events = [event for beacon in visit for event in beacon["events"] if event["name"] != "engagement"]
    expected = [event["name"] for event in sorted(events, key=lambda event: event["at"])]
    shown = [row.get_attribute("data-event") for row in page.locator(".timeline li").all()]
    assert shown == expected
    expect(page.get_by_text("not stored")).to_be_visible()
    expect(page.get_by_text(begun or "?", exact=True)).to_be_hidden()
    page.locator(".times summary").click()
    expect(page.get_by_text(begun or "?", exact=True).first).to_be_visible()
    take_pictures(page, pictures, "session")
    page.get_by_role("link", name="All sessions").click()
    page.wait_for_url("**/sessions?period=30d")


def test_events_are_lines_as_they_happen_s1_11(open_page: OpenPage, system: System, shop: Shop, pictures: Path) -> None:
    page = open_page("/live")
    expect(page.get_by_text("Listening")).to_be_visible()
    key = Tokens(system.store).create(Access("write", (shop.site.id,)))
    beacon = {
        "site": shop.site.id,
        "visitor": "somebody-now",
        "page": {"url": f"https://shop.example/p/42?utm_source={MARKUP}", "width": 1280},
        "events": [
            {"name": "pageview", "ip": "81.2.69.142", "user_agent": CHROME},
            {"name": "view", "entity": {"type": "product", "id": MARKUP}, "ip": "81.2.69.142", "user_agent": CHROME},
        ],
    }
    # The stream tells what comes after it began.
    deadline = time.monotonic() + 20
    while page.locator(".feed li").count() == 0 and time.monotonic() < deadline:
        request(f"{system.url}/api/v1/events", beacon, headers={"Authorization": f"Bearer {key}"})
        page.wait_for_timeout(1500)
    expect(page.locator('.feed [data-event="pageview"] p').first).to_have_text(
        "Somebody in United Kingdom viewed /p/42"
    )
    expect(page.locator('.feed [data-event="view"] p').first).to_have_text(
        f"Somebody in United Kingdom viewed product {MARKUP}"
    )
    expect(page.locator(".now strong")).to_have_attribute("data-value", re.compile("[1-9]"), timeout=15_000)
    expect(page.locator(".minute:not(.none)").last).to_be_visible()
    expect(page.locator('tr[data-dimension="event:page"][data-label="/p/42"]')).to_be_visible()
    take_pictures(page, pictures, "live")
