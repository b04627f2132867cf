"""How events get to the collector: without the usual ways, after refusals, from elsewhere, and when there are too many."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from e2e.conftest import away
from e2e.measured_site import MeasuredSite

WITHOUT = {
    "fetch": "delete window.fetch",
    "beacons": "delete Navigator.prototype.sendBeacon",
    "both": "delete window.fetch; delete Navigator.prototype.sendBeacon",
}


@pytest.mark.parametrize("missing", WITHOUT)
def test_a_page_that_takes_the_ways_to_send_away_is_measured_all_the_same(
    site: MeasuredSite, tab: Page, missing: str
) -> None:
    site.failure = 503
    tab.goto(site.add("/", head=f"<script>{WITHOUT[missing]}</script>"))
    tab.evaluate("footfall('event', 'early')")
    site.system.wait_for(lambda: site.asked, "a first try")
    site.failure = None
    site.must_store({"pageview": 1, "early": 1})
    tab.evaluate("footfall('event', 'late')")
    if missing == "both":
        tab.evaluate("footfall('flush')")  # nothing is left that could send while the page ends
        site.must_store({"pageview": 1, "early": 1, "late": 1})
    tab.close(run_before_unload=True)
    site.must_store({"pageview": 1, "early": 1, "late": 1})
    # In both cases the page is left by a request that outlives it.
    assert site.visible_ms("/") or missing == "both"


def test_a_page_without_any_storage_is_measured_all_the_same(site: MeasuredSite, tab: Page) -> None:
    take = "for (const name of ['indexedDB', 'localStorage']) Object.defineProperty(window, name, {get: () => { throw Error(name) }})"
    tab.goto(site.add("/", head=f"<script>{take}</script>", storage="local"))
    tab.evaluate("footfall('event', 'done'); footfall('consent', true); footfall('optOut')")
    away(tab)
    site.must_store({"pageview": 1, "done": 1})


def test_the_collector_is_left_alone_as_long_as_it_asks(site: MeasuredSite, tab: Page) -> None:
    site.failure, site.retry_after = 429, "7"
    tab.goto(site.add("/"))
    site.system.wait_for(lambda: site.asked, "a first try")
    site.failure = None
    tab.evaluate("footfall('event', 'done'); footfall('flush')")
    site.must_store({"pageview": 1, "done": 1}, seconds=25)
    first, second = (at for _, at in site.asked[:2])
    assert second - first > 6.9


def test_pauses_between_tries_grow(site: MeasuredSite, tab: Page) -> None:
    site.failure, site.retry_after = 503, None
    tab.goto(site.add("/"))
    site.system.wait_for(lambda: len(site.asked) == 4, "four tries", 40)
    site.failure = None
    times = [at for _, at in site.asked]
    pauses = [after - before for before, after in pairwise(times)]
    assert [pause > least for pause, least in zip(pauses, (0.9, 1.9, 3.9), strict=True)] == [True] * 3
    site.must_store({"pageview": 1}, seconds=40)


def test_events_go_in_batches_and_without_a_preflight_to_another_origin(site: MeasuredSite, tab: Page) -> None:
    site.add("/", build="footfall.core.js")
    elsewhere = site.pages["/"].replace('src="/s/', f'src="{site.url}/s/')
    site.pages["/"] = elsewhere
    tab.goto(site.url.replace("localhost", "127.0.0.1") + "/")
    tab.evaluate("for (let n = 0; n < 60; n++) footfall('event', 'done')")
    site.must_store({"pageview": 1, "done": 60})
    away(tab)
    site.system.wait_for(lambda: site.named("engagement"), "what is told when the page is hidden")
    assert {method for method, _ in site.asked} == {"POST"}
    assert max(len(body["events"]) for body in site.bodies) >= 60


def test_what_does_not_fit_is_dropped_by_its_weight_and_counted(site: MeasuredSite, tab: Page) -> None:
    site.failure = 503
    tab.goto(site.add("/", build="footfall.core.js", storage="local"))
    site.system.wait_for(lambda: site.asked, "a first try")
    tab.evaluate("for (let n = 0; n < 300; n++) { footfall('event', 'click'); footfall('event', 'kept') }")
    site.failure = None
    site.must_store({"pageview": 1, "kept": 300, "click": 199}, seconds=30)
    away(tab)
    site.system.wait_for(lambda: site.named("engagement"), "what is told when the page is hidden")
    assert [event["props"].get("dropped") for event in site.named("engagement")] == [101]
