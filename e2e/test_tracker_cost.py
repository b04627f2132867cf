"""What the tracker costs the page: Chromium's own trace, with the CPU slowed down four times, in CPU time.

Beside it, in the same run, the least that any tracker does. Slowing down stops the thread for a while again and again, so single
figures are either as without it or a multiple: only medians, and what is over the least, say something.
"""

import json
import os
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from e2e.measured_site import MeasuredSite

SLOWDOWN = int(os.environ.get("TRACKER_SLOWDOWN", "4"))
CLICKS = 20
LOADS = 5
# Reads its own tag, listens to clicks, and sets a timer.
LEAST = "(()=>{let tag=document.currentScript.dataset;addEventListener('click',()=>tag);setTimeout(()=>tag,9)})()"
BUILDS = ["footfall.core.js", "footfall.js", "footfall.plus.js"] if "TRACKER_VISITS" in os.environ else ["footfall.js"]


def trace(session: CDPSession, run) -> list[dict[str, Any]]:
    """The main threads' events while something runs. ``tdur`` is CPU time in µs."""
    events: list[dict[str, Any]] = []
    done: list[bool] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send(
        "Tracing.start",
        {"traceConfig": {"includedCategories": ["devtools.timeline", "v8"]}, "transferMode": "ReportEvents"},
    )
    run()
    session.send("Tracing.end")
    while not done:
        session.send("Browser.getVersion")
    return [event for event in events if event.get("ph") == "X"]


def forced_layouts(events: list[dict[str, Any]], inside: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The layouts that something of the page made the browser do before it went on."""
    return [
        layout for layout in events for outer in inside
        if layout["name"] in ("Layout", "UpdateLayoutTree")
        and outer["tid"] == layout["tid"] and outer["ts"] <= layout["ts"] < outer["ts"] + outer["dur"]
    ]  # fmt: skip


def of_script(events: list[dict[str, Any]], name: str, script: str) -> list[dict[str, Any]]:
    return [event for event in events if event["name"] == name and script in json.dumps(event.get("args", {}))]


def evaluate(session: CDPSession, page: Page, url: str, script: str) -> tuple[float, list[float]]:
    """Load a page: ms of the script's evaluation, which forces no layout, and of each later call into it."""

    def load() -> None:
        page.goto(url)
        page.wait_for_timeout(600)

    events = trace(session, load)
    (evaluated,) = of_script(events, "EvaluateScript", script)
    assert forced_layouts(events, [evaluated]) == []
    return evaluated["tdur"] / 1000, [call["tdur"] / 1000 for call in of_script(events, "FunctionCall", script)]


def click(session: CDPSession, page: Page, script: str) -> list[float]:
    """Click on the page: ms of each click that the page's answer waits for the script."""

    def run() -> None:
        for number in range(CLICKS):
            page.locator("button").nth(number % 5).click()
            page.wait_for_timeout(40)  # a person is slower: what a click left to do has been done

    events = trace(session, run)
    calls = of_script(events, "FunctionCall", script)
    return [
        sum(call["tdur"] for call in calls if event["ts"] <= call["ts"] < event["ts"] + event["dur"]) / 1000
        for event in events
        if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "click"
    ]


@pytest.mark.parametrize("build", BUILDS)
def test_the_tracker_costs_the_page_next_to_nothing(browser: Browser, site: MeasuredSite, build: str) -> None:
    rows = "".join(f'<p><a href="#{n}">row {n}</a> <button class="more">More</button></p>' for n in range(400))
    site.pages["/least.js"] = LEAST
    site.pages["/bare"] = f'<!doctype html><title>Bare</title><script defer src="/least.js"></script>{rows}'
    bare = site.url + "/bare"
    url = site.add("/", rows, build=build, storage="local")
    page = browser.contexts[0].new_page()
    page.bring_to_front()
    session = browser.contexts[0].new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})

    evaluations, tasks, least = [], [], []
    for _ in range(LOADS):
        least.append(evaluate(session, page, bare, "/least.js")[0])
        evaluated, later = evaluate(session, page, url, "/s/footfall")
        evaluations.append(evaluated)
        tasks += later
    clicking = click(session, page, "/s/footfall")

    def scroll() -> None:
        for _ in range(20):
            page.mouse.wheel(0, 300)
            page.wait_for_timeout(30)

    events = trace(session, scroll)
    scrolled = [
        event for event in events if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "scroll"
    ]
    inside = forced_layouts(events, scrolled)
    page.goto(bare)
    least_click = click(session, page, "/least.js")
    print(
        f"\n{build}: evaluation {median(evaluations):.2f} ms (all {min(evaluations):.2f} to {max(evaluations):.2f}), "
        f"longest later call {max(tasks, default=0):.2f} ms, a click {median(clicking):.3f} ms (from {min(clicking):.3f}); "
        f"the least that a script does: {median(least):.2f} ms and {median(least_click):.3f} ms a click; "
        f"{len(inside)} layouts in {len(scrolled)} scroll handlers, CPU slowed down {SLOWDOWN} times"
    )
    assert scrolled
    assert inside == []
    assert len(clicking) == len(least_click) == CLICKS
    assert median(evaluations) < 50, "no long task"
