"""The core stories in Firefox and WebKit; and what a browser that says it is driven by a program is counted as."""

import sys
import time
from collections.abc import Iterator

import pytest

from e2e.firefox import Firefox
from e2e.measured_site import STUB, MeasuredSite
from e2e.webkit import WebKit

# WebKit with a driver is to be had on Linux only, beside macOS's own Safari.
ENGINES: list[type[Firefox | WebKit]] = [Firefox, WebKit] if sys.platform == "linux" else [Firefox]
TOLERANCE_MS = 200

SHOP = """
<main><button id="buy" data-event="bought" data-event-plan="pro">Buy</button>
  <a id="out" href="https://other.example/p?secret=1" onclick="event.preventDefault()">Out 42</a>
  <my-box></my-box>
  <form id="form" onsubmit="event.preventDefault()"><input name="q" value="typed"><button id="send">Send</button></form></main>
<script>
  const root = document.querySelector('my-box').attachShadow({mode: 'open'});
  root.innerHTML = '<button id="inner">In</button>';
  window.inner = root.firstChild;
</script>"""


@pytest.fixture(params=ENGINES, ids=[engine.__name__ for engine in ENGINES])
def engine(request: pytest.FixtureRequest) -> Iterator[Firefox | WebKit]:
    engine = request.param()
    yield engine
    engine.close()


@pytest.fixture
def site(site: MeasuredSite) -> Iterator[MeasuredSite]:
    """A driven browser says so: what it does is stored, and flagged."""
    site.bots = True
    yield site
    assert all(body["page"]["webdriver"] for body in site.bodies)
    site.bots = False
    assert site.stored() == {}


@pytest.mark.parametrize("build", ["footfall.core.js", "footfall.js", "footfall.plus.js"])
def test_every_build_tells_of_a_visit(site: MeasuredSite, engine: Firefox | WebKit, build: str) -> None:
    entity = '<div data-entity="product:1">Lamp</div>'
    engine.open(site.add("/", SHOP + entity, build=build, head=STUB, storage="local"))
    site.system.wait_for(lambda: site.named("late"), "the second view", 20)
    time.sleep(0.5)
    engine.click("#buy")
    time.sleep(0.5)
    engine.open("about:blank")
    more = {} if build == "footfall.core.js" else {"bought": 1, "view": 1}
    site.must_store({"pageview": 2, "early": 1, "late": 1, **more}, 20)
    assert site.visible_ms("/two")[0] > 500


def test_routes_are_views(site: MeasuredSite, engine: Firefox | WebKit) -> None:
    engine.open(site.add("/app", build="footfall.core.js"))
    site.system.wait_for(lambda: len(site.named("pageview")) == 1, "the load")
    for number, step in enumerate(
        [
            "history.pushState(1, '', '/app/a?x=1'); document.title = 'A'",
            "history.replaceState(1, '', '/app/a?x=2'); history.pushState(1, '', '/app/b')",
            "history.back()",
        ]
    ):
        engine.evaluate(step)
        site.system.wait_for(lambda number=number: len(site.named("pageview")) == number + 2, step, 20)
    engine.open("about:blank")
    site.must_store({"pageview": 4}, 20)
    assert [event["url"].removeprefix(site.url) for event in site.named("pageview")] == [
        "/app",
        "/app/a?x=1",
        "/app/b",
        "/app/a?x=2",
    ]
    page = next(body["page"] for body in site.bodies if body["page"]["url"].endswith("/app/a?x=1"))
    assert (page["title"], page["referrer"]) == ("A", f"{site.url}/app")


def test_clicks_tell_what_was_clicked(site: MeasuredSite, engine: Firefox | WebKit) -> None:
    engine.open(site.add("/", SHOP))
    for target in ("#buy", "#out", "my-box", "#send"):
        engine.click(target)
        time.sleep(0.3)
    engine.open("about:blank")
    site.must_store({"pageview": 1, "bought": 1, "click": 3, "form_submit": 1}, 20)
    clicks = {event["element"]: event for event in site.named("click")}
    assert list(clicks) == ["main > a#out", "main > my-box > button#inner", "form#form > button#send"]
    assert clicks["main > a#out"]["text"] == "Out #"
    assert clicks["main > a#out"]["props"].items() >= {("href", "https://other.example/p"), ("link", "outbound")}
    assert site.named("bought")[0]["props"]["plan"] == "pro"
    assert "secret" not in str(site.bodies)
    assert "typed" not in str(site.bodies)


def test_visible_time_is_only_what_is_in_front(site: MeasuredSite, engine: Firefox | WebKit) -> None:
    engine.open(site.add("/", build="footfall.core.js"))
    there_ms = "return performance.now() - performance.getEntriesByType('navigation')[0].domInteractive"
    loaded = time.monotonic() - engine.evaluate(there_ms) / 1000
    time.sleep(1.5)
    # A driver takes its time: the page was in front at least until it was asked, at most until it had answered.
    least = time.monotonic() - loaded
    engine.hide()
    most = time.monotonic() - loaded
    site.system.wait_for(lambda: site.visible_ms("/"), "what is told when the page is hidden", 20)
    time.sleep(1.5)
    asked = time.monotonic()
    engine.show()
    shown = time.monotonic()
    time.sleep(1)
    least += time.monotonic() - shown
    engine.open("about:blank")
    most += time.monotonic() - asked
    time.sleep(0.5)
    (read,) = site.visible_ms("/")
    assert least * 1000 - TOLERANCE_MS <= read <= most * 1000 + TOLERANCE_MS
    site.must_store({"pageview": 1}, 20)


def test_the_last_event_before_leaving_arrives(site: MeasuredSite, engine: Firefox | WebKit) -> None:
    engine.open(site.add("/", build="footfall.core.js"))
    engine.evaluate("footfall('event', 'done', {props: {n: 1}}); location.href = 'about:blank'")
    site.must_store({"pageview": 1, "done": 1}, 20)


def test_a_step_back_is_a_view(site: MeasuredSite, engine: Firefox | WebKit) -> None:
    for path in ("/a", "/b"):
        engine.open(site.add(path, storage="local"))
        site.system.wait_for(lambda path=path: site.url + path in {e["url"] for e in site.events}, path, 20)
    engine.back()
    site.system.wait_for(lambda: len(site.named("pageview")) == 3, "the step back", 20)
    engine.open("about:blank")
    site.must_store({"pageview": 3}, 20)
    assert [event["url"].removeprefix(site.url) for event in site.named("pageview")] == ["/a", "/b", "/a"]


def test_the_next_page_sends_what_could_not_be_sent(site: MeasuredSite, engine: Firefox | WebKit) -> None:
    site.failure = 503
    engine.open(site.add("/", storage="local"))
    engine.evaluate("footfall('event', 'lost')")
    time.sleep(0.5)
    engine.open("about:blank")
    time.sleep(15.2)  # rows younger than that may belong to a tab that lives
    site.failure = None
    engine.open(site.url + "/")
    site.must_store({"pageview": 2, "lost": 1}, 20)
