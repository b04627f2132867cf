"""How a page loads the tracker and what it may ask of it: every kind of tag, by hand only, debugging, no host."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e.conftest import away
from e2e.measured_site import MeasuredSite

STUB = "<script>window.footfall=window.footfall||function(){(footfall.q=footfall.q||[]).push(arguments)};footfall('event','early')</script>"
ADDED = """<script>
  const script = Object.assign(document.createElement('script'), { src: '/s/footfall.js' });
  Object.assign(script.dataset, { site: 'SITE', endpoint: '/s/events' });
  addEventListener('load', () => document.head.append(script));
</script>"""
TAGS = {
    "defer": "<script defer ",
    "async": "<script async ",
    "module": '<script type="module" ',
    "neither": "<script ",
    "added by a script": ADDED,
}


@pytest.mark.parametrize("kind", TAGS)
def test_every_kind_of_tag_measures_a_page_once(site: MeasuredSite, tab: Page, kind: str) -> None:
    site.add("/", "<button onclick='this.title=1'>Go</button>", head=STUB)
    page = site.pages["/"]
    tag = page[page.index("<script defer") : page.index("</head>")]
    changed = (
        TAGS[kind].replace("SITE", site.site.id)
        if kind == "added by a script"
        else tag.replace("<script defer ", TAGS[kind])
    )
    site.pages["/"] = page.replace(tag, changed)
    tab.goto(site.url + "/")
    site.system.wait_for(lambda: site.named("early"), "the script")
    tab.locator("button").click()
    away(tab)
    site.must_store({"pageview": 1, "early": 1, "click": 1})


def test_by_hand_only_what_is_called_opens_a_view(site: MeasuredSite, tab: Page) -> None:
    tab.goto(site.add("/", manual=""))
    tab.evaluate("footfall('event', 'before'); history.pushState(1, '', '/two')")
    tab.wait_for_timeout(300)
    tab.evaluate(
        "footfall('pageview', {url: location.origin + '/named', title: 'Named', referrer: 'https://from.example/'})"
    )
    tab.evaluate("footfall('event', 'after'); history.pushState(1, '', '/three')")
    tab.wait_for_timeout(300)
    away(tab)
    site.must_store({"pageview": 1, "after": 1})
    pages = {(body["page"]["url"], body["page"]["title"], body["page"]["referrer"]) for body in site.bodies}
    assert pages == {(f"{site.url}/named", "Named", "https://from.example/")}


def test_a_developer_is_told_what_goes_wrong_when_they_ask(site: MeasuredSite, browser: Browser) -> None:
    tab = browser.contexts[0].new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.bring_to_front()
    tab.goto(site.add("/", debug=""))
    site.must_store({"pageview": 1})
    tab.evaluate("footfall('beforeSend', () => { throw Error('a bug of the hook') }); footfall('event', 'dropped')")
    tab.evaluate("footfall('beforeSend', event => event); footfall('nonsense', 'asked')")
    site.must_store({"pageview": 1})
    told = [line for line in said if line.startswith("Footfall")]
    assert any("a bug of the hook" in line for line in told)
    assert any("asked" in line for line in told)
    assert "Footfall 202" in told


def test_a_page_without_a_host_is_not_measured(site: MeasuredSite, tab: Page, tmp_path: Path) -> None:
    site.add("/")
    file = tmp_path / "page.html"
    file.write_text(site.pages["/"].replace('src="/s/', f'src="{site.url}/s/'))
    tab.goto(file.as_uri())
    tab.evaluate("window.footfall && footfall('event', 'done')")
    tab.wait_for_timeout(500)
    away(tab)
    tab.wait_for_timeout(500)
    assert site.asked == []


BUSY = "<script>const later = setTimeout; window.setTimeout = (run, delay) => later(run, delay || 60_000)</script>"


def test_what_happens_before_the_first_view_has_begun_is_told(site: MeasuredSite, tab: Page) -> None:
    """A page so busy that no task of the tracker's own comes to run: what visitor and page do has to be enough."""
    tab.goto(
        site.add(
            "/",
            "".join(f"<button id='{name}' onclick='title=1'>Go</button>" for name in ("one", "two", "six")),
            head=BUSY + STUB,
        )
    )
    tab.locator("#one").click()
    tab.locator("#two").click()
    tab.evaluate("history.pushState(1, '', '/two')")
    tab.locator("#six").click()
    away(tab)
    site.must_store({"pageview": 2, "early": 1, "click": 3})
    told = {event.get("element"): event["url"].removeprefix(site.url) for event in site.named("click")}
    assert told == {"button#one": "/", "button#two": "/", "button#six": "/two"}
    (early,) = site.named("early")
    assert early["url"] == site.url + "/"


def test_a_route_in_the_task_that_loads_the_tracker_is_a_view_of_its_own(site: MeasuredSite, tab: Page) -> None:
    url = site.add("/")
    site.pages["/"] = site.pages["/"].replace(
        "<script defer", "<script defer onload=\"history.pushState(1,'','/home')\""
    )
    tab.goto(url)
    tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 2})
    assert [event["url"] for event in site.named("pageview")] == [url, site.url + "/home"]


def test_a_page_that_is_left_before_its_first_view_has_begun_was_seen(site: MeasuredSite, tab: Page) -> None:
    tab.goto(site.add("/", head=BUSY))
    for step in range(3):
        tab.mouse.move(100, 100 + step)
        tab.wait_for_timeout(500)
    away(tab)
    site.must_store({"pageview": 1})
    (visible_ms,) = site.visible_ms("/")
    assert visible_ms > 1300
