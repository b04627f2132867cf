"""What the tracker costs the page: Chromium's own trace, with the CPU slowed down four times, in CPU time."""

import json
import os
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

from e2e.measured_site import MeasuredSite

SLOWDOWN = int(os.environ.get("TRACKER_SLOWDOWN", "4"))
CLICKS = 20
LOADS = 5
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


def of_tracker(events: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event for event in events if event["name"] == name and "/s/footfall" in json.dumps(event.get("args", {}))]


@pytest.mark.parametrize("build", BUILDS)
def test_the_tracker_costs_the_page_next_to_nothing(browser: Browser, site: MeasuredSite, build: str) -> None:
    rows = "".join(f'<p><a href="#{n}">row {n}</a> <button class="more">More</button></p>' for n in range(400))
    url = site.add("/", rows, build=build, storage="local")
    page = browser.contexts[0].new_page()
    page.bring_to_front()
    session = browser.contexts[0].new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})

    def load() -> None:
        page.goto(url)
        page.wait_for_timeout(600)

    evaluations = []
    tasks = []
    for _ in range(LOADS):
        events = trace(session, load)
        (evaluated,) = of_tracker(events, "EvaluateScript")
        evaluations.append(evaluated["tdur"] / 1000)
        assert forced_layouts(events, [evaluated]) == []
        tasks.extend(event["tdur"] / 1000 for event in of_tracker(events, "FunctionCall"))

    def click() -> None:
        for number in range(CLICKS):
            page.locator("button").nth(number % 5).click()

    events = trace(session, click)
    clicks = [
        event for event in events if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "click"
    ]
    calls = of_tracker(events, "FunctionCall")
    clicking = [
        sum(call["tdur"] for call in calls if clicked["ts"] <= call["ts"] < clicked["ts"] + clicked["dur"]) / 1000
        for clicked in clicks
    ]

    def scroll() -> None:
        for _ in range(20):
            page.mouse.wheel(0, 300)
            page.wait_for_timeout(30)

    events = trace(session, scroll)
    scrolled = [
        event for event in events if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "scroll"
    ]
    inside = forced_layouts(events, scrolled)
    print(
        f"\n{build}: evaluation {median(evaluations):.2f} ms (all {min(evaluations):.2f} to {max(evaluations):.2f}), "
        f"longest later call {max(tasks, default=0):.2f} ms, a click {median(clicking):.3f} ms (from {min(clicking):.3f}), "
        f"{len(inside)} layouts in {len(scrolled)} scroll handlers, CPU slowed down {SLOWDOWN} times"
    )
    assert scrolled
    assert inside == []
    assert median(evaluations) < 50, "no long task"
