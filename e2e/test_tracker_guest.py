"""Pages of six well-known libraries are the same with the tracker as without it: what they show, say, own and answer."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e.measured_site import MeasuredSite

TRACKER = Path(__file__).parent.parent / "tracker-js"

WATCH = """
Math.random = () => 0.42;
window.heard = [];
for (const type of ['click', 'input', 'change', 'submit', 'keydown', 'popstate', 'focusin', 'scroll'])
  addEventListener(type, ({ target, defaultPrevented, isTrusted }) =>
    heard.push([type, target.id || target.localName || 'window', defaultPrevented, isTrusted].join(' ')));
"""

# What a page is: everything that it shows (with shadow roots and values), has globally, and has changed of the browser's own.
SNAPSHOT = """() => {
  const show = (node) => node.nodeType === 1 && node.matches('script[data-site]') ? '' :
    [node.nodeName, node.nodeValue, node.value, ...[...(node.attributes || [])].map(({ name, value }) => name + '=' + value),
     node.shadowRoot && '#shadow' + show(node.shadowRoot), ...[...node.childNodes].map(show)].filter(Boolean).join('|');
  const owners = { history, document, navigator, location, performance, localStorage, History: History.prototype, Node: Node.prototype,
    Element: Element.prototype, HTMLElement: HTMLElement.prototype, Event: Event.prototype, EventTarget: EventTarget.prototype };
  const foreign = Object.getOwnPropertyNames(window).filter((name) => {
    const value = Object.getOwnPropertyDescriptor(window, name).value;
    return typeof value === 'function' && !/native code/.test(value);
  });
  return {
    shown: show(document.documentElement),
    at: [location.href, history.length, JSON.stringify(history.state), document.title, document.activeElement.id, scrollY],
    heard, foreign,
    globals: Object.getOwnPropertyNames(window).sort(),
    owned: Object.entries(owners).map(([name, owner]) => name + ': ' + Object.getOwnPropertyNames(owner).sort()),
    cookies: document.cookie,
  };
}"""

# Submits inside a shadow root do not leave it.
LIBRARIES = {"react": 3, "vue": 3, "svelte": 3, "jquery": 3, "htmx": 3, "lit": 0}

FRAGMENTS = {"count": "Count 1", "item": "<li>item</li>", "echo": "echo", "nothing": "", "next": "<li>next</li>"}


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The six pages' scripts, as a site would build them."""
    folder = tmp_path_factory.mktemp("foreign")
    subprocess.run(["node", TRACKER / "scripts/foreign.mjs", folder], check=True)
    return folder


def use(browser: Browser, url: str) -> tuple[dict[str, Any], list[str], Page]:
    """Do what a visitor does: what the page is then, and what it said meanwhile."""
    page = browser.contexts[0].new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"thrown: {error}"))
    page.add_init_script(WATCH)
    page.bring_to_front()
    page.goto(url)
    page.wait_for_timeout(200)
    for step in ("#count", "#count", "#add", "#add", "#list li >> nth=0", "#route", "#stop"):
        page.locator(step).click()
        page.wait_for_timeout(150)
    page.locator("#name").press_sequentially("Anna")
    page.wait_for_timeout(100)
    page.locator("#name").press("Enter")
    page.wait_for_timeout(300)
    return page.evaluate(SNAPSHOT), said, page


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_page_is_the_same_with_and_without_the_tracker(
    browser: Browser, site: MeasuredSite, bundles: Path, library: str
) -> None:
    site.pages["/favicon.ico"] = ""
    for name, html in FRAGMENTS.items():
        site.pages[f"/fragment/{name}"] = html
    script = (bundles / f"{library}.js").read_text()
    url = site.add("/", f'<div id="app"></div><script>{script}</script>')
    with_tracker = site.pages["/"]
    tag = with_tracker[with_tracker.index("<script defer") : with_tracker.index("</head>")]

    site.pages["/"] = with_tracker.replace(tag, "")
    alone, said_alone, page = use(browser, url)
    page.close()
    assert site.bodies == []
    site.pages["/"] = with_tracker
    measured, said, page = use(browser, url)

    assert set(measured.pop("globals")) - set(alone.pop("globals")) == {"footfall"}
    assert set(measured.pop("foreign")) - set(alone.pop("foreign")) == {"footfall"}
    owned, owned_alone = measured.pop("owned"), alone.pop("owned")
    assert [pair for pair in zip(owned, owned_alone, strict=True) if pair[0] != pair[1]] == [
        ("history: pushState,replaceState", "history: ")
    ]
    assert measured == alone
    assert said == said_alone
    assert len(alone["heard"]) > 15
    assert "?route=next" in alone["at"][0]

    page.close(run_before_unload=True)
    submits = {"form_submit": LIBRARIES[library]} if LIBRARIES[library] else {}
    # Enter presses the form's button, too.
    site.must_store({"pageview": 2, "click": 8, **submits})
