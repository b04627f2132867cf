"""A whole Footfall as `make run` starts it, and a real browser with real tabs."""

import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect, sync_playwright

from collector.settings import load_settings
from collector.storage.embedded import free_port
from collector.storage.tokens import Access, Tokens
from deploy.test_machine import find_browser
from e2e.lively_shop import Shop, beacons, make_site
from e2e.measured_site import MeasuredSite
from e2e.system import System
from tests.service import CHROME, end_process, request, start_command

BROWSER_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # A person's browser: what says that a program drives it is flagged as a robot's, and left out of answers.
    "--disable-blink-features=AutomationControlled",
    "--window-size=1280,900",
)  # fmt: skip

_versions = count(100)


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """`footfall run` in a folder of its own, up and greeting."""
    with running_system(tmp_path_factory.mktemp("var")) as system:
        yield system


@contextmanager
def running_system(folder: Path, **more: str) -> Iterator[System]:
    """`footfall run` with its data in ``folder`` and ``more`` settings."""
    environment = {
        "FOOTFALL_DATA_DIR": str(folder),
        "FOOTFALL_PORT": str(free_port()),
        "FOOTFALL_ADMIN_TOKEN": "the-admin-token",
        "FOOTFALL_SEAL_SECONDS": "1",
        "FOOTFALL_GEO_DATABASE": str(Path(__file__).parent.parent / "tests/data/GeoLite2-Country-Test.mmdb"),
        **more,
    }
    process = start_command(environment, "run", stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, f"`footfall run` ended: {said}"
        said += line
    system = System(load_settings(environment), environment, said)
    try:
        yield system
    finally:
        system.store.close()
        end_process(process)
        process.stdout.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[Browser]:
    """A browser that has never been anywhere."""
    with running_browser(playwright, tmp_path / "profile") as (browser, _):
        yield browser


@contextmanager
def running_browser(playwright: Playwright, profile: Path) -> Iterator[tuple[Browser, subprocess.Popen[bytes]]]:
    """A browser and its process.

    It is started by hand and asked to apply no defaults, because the driver otherwise tells every tab that it is
    in front, and then no tab is ever hidden.
    """
    path = find_browser()
    assert path, "no Chromium; deploy/test_machine.py finds or installs one"
    port = free_port()
    # Its own name has "Headless" in it, and some of the many ways to change that miss beacons sent on leaving.
    # Every test has a version of its own, so that each is another visitor.
    agent = CHROME.replace("Chrome/130", f"Chrome/{next(_versions)}")
    flags = [
        *BROWSER_FLAGS,
        f"--user-agent={agent}",
        f"--remote-debugging-port={port}",
        f"--user-data-dir={profile}",
    ]
    process = subprocess.Popen(
        [path, *flags, "about:blank"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for_debugging(port, process)
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}", no_defaults=True)
        yield browser, process
        if process.poll() is None:
            browser.close()
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_debugging(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the browser ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/version", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the browser did not start within {seconds:g} s")


def away(tab: Page) -> None:
    """Another tab comes in front."""
    tab.context.new_page().bring_to_front()


def kill_renderer(page: Page) -> None:
    """End the process of a tab as a crash does."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=3000)


@pytest.fixture
def site(system: System) -> Iterator[MeasuredSite]:
    site = MeasuredSite(system)
    yield site
    site.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in front. Fails the test when the page throws or says anything on the console."""
    page = browser.contexts[0].new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text))
    page.bring_to_front()
    yield page
    said = [line for line in trouble if "Failed to load resource" not in line and "ERR_" not in line]
    assert said == [], "the tracker is a guest: nothing on the console, nothing thrown"


@pytest.fixture
def visitor(browser: Browser, system: System) -> Iterator[BrowserContext]:
    """The browser's tabs. Fails the test when a page asks somebody else, throws, or breaks its policy."""
    context = browser.contexts[0]
    foreign: list[str] = []
    trouble: list[str] = []
    context.on("request", lambda request: foreign.append(request.url) if not _is_ours(request.url, system) else None)
    context.on("page", lambda page: _listen(page, trouble))
    yield context
    assert foreign == [], "something was requested from elsewhere"
    assert trouble == [], "a page threw, or its policy was broken"


def _is_ours(url: str, system: System) -> bool:
    return url.startswith((f"{system.url}/", "data:", "blob:", "about:"))


def _listen(page: Page, trouble: list[str]) -> None:
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the tests put what a person would see."""
    folder = Path(__file__).parent.parent / "build" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def shop(system: System) -> Shop:
    """A site with a lively fortnight behind it."""
    site = make_site("lively")
    assert system.sites.add(site)
    key = Tokens(system.store).create(Access("write", (site.id,)))
    sent = list(beacons(site.id, time.time_ns() // 1_000_000))
    for beacon in sent:
        answer = request(f"{system.url}/api/v1/events", beacon, headers={"Authorization": f"Bearer {key}"})
        assert (answer.status, answer.body["accepted"]) == (202, len(beacon["events"])), answer
    return Shop(site, tuple(sent))


@pytest.fixture
def open_page(visitor: BrowserContext, system: System, shop: Shop) -> Callable[..., Page]:
    """Opens a page of the lively shop's dashboard, as an admin, and waits until all of it is there."""
    page = visitor.new_page()
    page.goto(f"{system.url}/login?token={Tokens(system.store).create_login()}")

    def open_(path: str = "", width: int = 1280) -> Page:
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{system.url}/sites/{shop.site.id}{path}")
        when_ready(page)
        return page

    return open_


def when_ready(page: Page) -> None:
    """Until everything that the page asked for is there."""
    expect(page.locator("html")).to_have_attribute("data-state", "ready", timeout=20_000)


def take_pictures(page: Page, pictures: Path, name: str) -> None:
    """What a person sees by day, by night and on a phone; on the phone nothing may stick out."""
    size = page.viewport_size
    assert size is not None
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.screenshot(path=pictures / f"{name}-{theme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=pictures / f"{name}-phone.png", full_page=True)
    page.set_viewport_size(size)
