"""Visits that end badly: what is lost and what is counted twice, by how they end.

A short form runs with the tests; `make bench-tracker` runs the long one and prints the table of docs/measurements.md.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from e2e.conftest import kill_renderer, running_browser
from e2e.measured_site import MeasuredSite
from e2e.system import System

VISITS = int(os.environ.get("TRACKER_VISITS", "18"))
DOWN_SECONDS = 30 if VISITS > 100 else 4
OWNED_SECONDS = 15.5  # rows younger than that may belong to a tab that lives


def visit(context: BrowserContext, site: MeasuredSite, path: str) -> Page:
    """A page in front for a moment."""
    page = context.new_page()
    page.bring_to_front()
    page.goto(site.url + path)
    page.wait_for_timeout(150)
    return page


def act(page: Page) -> None:
    page.evaluate("footfall('event', 'done')")
    page.wait_for_timeout(100)


def crash(page: Page) -> None:
    act(page)
    kill_renderer(page)
    page.close()


def close(page: Page) -> None:
    act(page)
    page.close(run_before_unload=True)
    time.sleep(0.1)


def navigate(page: Page) -> None:
    act(page)
    page.goto("about:blank")
    page.close()


def go_offline(page: Page) -> None:
    page.context.set_offline(True)
    act(page)
    page.wait_for_timeout(400)
    page.context.set_offline(False)
    page.wait_for_timeout(300)
    page.close(run_before_unload=True)


def close_offline(page: Page) -> None:
    page.context.set_offline(True)
    act(page)
    page.close(run_before_unload=True)
    time.sleep(0.1)


ENDINGS: dict[str, Callable[[Page], None]] = {
    "close": close,
    "navigation": navigate,
    "renderer crash": crash,
    "offline for a while": go_offline,
    "closed offline": close_offline,
    "collector answers 503": close,
    "collector answers 429": close,
}
FAILURES = {"collector answers 503": 503, "collector answers 429": 429}


@pytest.mark.parametrize("storage", ["local", None] if VISITS > 100 else ["local"])
def test_nothing_is_lost_and_nothing_counts_twice(
    system: System, playwright: Playwright, tmp_path: Path, storage: str | None
) -> None:
    site = MeasuredSite(system)
    each = VISITS // (len(ENDINGS) + 2)
    made: list[str] = []

    def paths(kind: str) -> list[str]:
        found = [f"/{kind.replace(' ', '-')}/{number}" for number in range(each)]
        for path in found:
            site.add(path, **({"storage": storage} if storage else {}))
        made.extend(found)
        return found

    with running_browser(playwright, tmp_path / "profile") as (browser, process):
        context = browser.contexts[0]
        for kind, end in ENDINGS.items():
            for path in paths(kind):
                site.failure = FAILURES.get(kind)
                end(visit(context, site, path))
                site.failure = None
                context.set_offline(False)
        site.failure = 0
        pages = [visit(context, site, path) for path in paths("collector down")]
        for page in pages:
            act(page)
        time.sleep(DOWN_SECONDS)
        site.failure = None
        for page in pages:
            page.bring_to_front()
            page.wait_for_timeout(100)
            page.close(run_before_unload=True)
        for path in paths("browser killed"):
            act(visit(context, site, path))
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    time.sleep(OWNED_SECONDS)
    returning = site.add("/back", **({"storage": storage} if storage else {}))
    with running_browser(playwright, tmp_path / "profile") as (browser, _):
        page = browser.contexts[0].new_page()
        page.bring_to_front()
        page.goto(returning)
        page.wait_for_timeout(8000)

    found: Counter[tuple[str, str]] = Counter()
    rows = system.rows(["event:page", "event:name"], ["events"], site_id=site.site.id, pagination={"limit": 10_000})
    for (path, name), (count,) in rows.items():
        found[path, name] = count
    lost: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    for path in made:
        for name in ("pageview", "done"):
            lost[path.split("/")[1]] += found[path, name] == 0
            doubled[path.split("/")[1]] += found[path, name] > 1
    print(f"\nstorage {storage}: {len(made)} visits, {2 * len(made)} events; lost {+lost}; twice {+doubled}")
    site.close()
    assert +doubled == {}
    if storage:
        assert +lost == {}
