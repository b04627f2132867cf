"""What else a visitor does with a page: media, prints, copies, fields, resizes, errors that they meet."""

import base64
import struct

from playwright.sync_api import Browser, Page

from e2e.conftest import away
from e2e.measured_site import MeasuredSite

RATE = 8000


def tone(seconds: float) -> str:
    """A quiet sound as a file of its own."""
    samples = bytes([128, 130] * int(RATE * seconds / 2))
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + len(samples),
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        RATE,
        RATE,
        1,
        8,
        b"data",
        len(samples),
    )
    return "data:audio/wav;base64," + base64.b64encode(head + samples).decode()


def with_files(site: MeasuredSite, path: str, *names: str) -> str:
    """The page has these files beside the tracker."""
    tags = "".join(f'<script defer src="/s/footfall.{name}.js"></script>' for name in names)
    site.pages[path] = site.pages[path].replace("</head>", f"{tags}</head>")
    return site.url + path


def test_media_prints_copies_and_fields_are_told_without_what_is_in_them(site: MeasuredSite, tab: Page) -> None:
    body = f"""<audio id="song" src="{tone(1)}"></audio><button id="play" onclick="song.play()">Play</button>
      <input id="name"><select id="plan"><option>free<option>secret</select>
      <p data-footfall-ignore><input id="ignored"></p>"""
    site.add("/", body, build="footfall.core.js")
    tab.goto(with_files(site, "/", "interactions"))
    tab.locator("#play").click()
    tab.wait_for_function("song.ended")
    tab.evaluate("song.loop = true")
    tab.locator("#play").click()
    tab.wait_for_function("song.currentTime > 0")
    tab.evaluate("song.pause()")
    tab.locator("#name").press_sequentially("secret")
    tab.locator("#name").press("Tab")
    tab.locator("#plan").press("ArrowDown")
    tab.locator("#ignored").press_sequentially("secret")
    tab.locator("#ignored").press("Control+a")
    tab.locator("#ignored").press("Control+c")
    tab.locator("#name").press("Control+a")
    tab.locator("#name").press("Control+c")
    tab.context.new_cdp_session(tab).send("Page.printToPDF")
    sampled = {"keypress", "hover", "mouse_move"}
    tab.wait_for_timeout(5500)
    away(tab)
    # A song that ends is paused, too.
    expected = {
        "pageview": 1,
        "media_play": 2,
        "media_pause": 2,
        "media_end": 1,
        "input_change": 2,
        "copy": 1,
        "print": 1,
    }

    site.system.wait_for(lambda: "keypress" in site.stored() and "print" in site.stored(), "the last ones")
    assert {name: count for name, count in site.stored().items() if name not in sampled} == expected
    assert {event["element"] for event in site.named("input_change")} == {"input#name", "select#plan"}
    assert {event["element"] for event in site.named("media_play")} == {"audio#song"}
    assert sum(event["props"]["count"] for event in site.named("keypress")) == 22
    assert "secret" not in str(site.bodies)


def test_moves_and_resizes_are_samples(site: MeasuredSite, tab: Page) -> None:
    site.add("/", build="footfall.core.js")
    tab.goto(with_files(site, "/", "interactions"))
    session = tab.context.new_cdp_session(tab)
    for number in range(40):
        tab.mouse.move(10 + number, 10 + number)
    tab.wait_for_timeout(1200)
    for number in range(10):
        session.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": 800 + number, "height": 600, "deviceScaleFactor": 1, "mobile": False},
        )
    site.system.wait_for(lambda: "page_resize" in site.stored(), "a resize", 20)
    assert len(site.named("mouse_move")) < 20
    assert site.named("mouse_move")[0]["x"] >= 10
    assert len(site.named("page_resize")) < 5
    assert site.named("page_resize")[-1]["props"]["width"] == 809


def test_who_hears_a_song_uses_the_page(site: MeasuredSite, tab: Page) -> None:
    body = f'<audio id="song" loop src="{tone(1)}"></audio><button onclick="song.play()">Play</button>'
    tab.goto(site.add("/", body, build="footfall.plus.js", idle="6"))
    tab.locator("button").click()
    tab.wait_for_timeout(13_000)
    away(tab)
    site.must_store({"pageview": 1, "click": 1})
    (engagement,) = site.named("engagement")
    # Without the song it would end 6 s after the click.
    assert engagement["active_ms"] > 9_000


def test_uncaught_errors_and_rejections_are_told_once_and_masked(site: MeasuredSite, browser: Browser) -> None:
    throws = """<script>addEventListener('load', () => {
      for (const no of [1, 2]) setTimeout(() => { throw new TypeError('no 12345 of anna@x.de') });
      setTimeout(() => Promise.reject(new RangeError('https://shop.example/?token=1 is late')));
    })</script><img src="/missing.png">"""
    site.add("/", throws)
    tab = browser.contexts[0].new_page()
    tab.bring_to_front()
    tab.goto(with_files(site, "/", "errors"))
    tab.wait_for_timeout(500)
    away(tab)
    site.must_store({"pageview": 1, "error": 2})
    told = {event["props"]["kind"]: event["props"] for event in site.named("error")}
    assert (told["uncaught"]["type"], told["uncaught"]["message"]) == (
        "TypeError",
        "no # of #",
    )
    assert told["uncaught"]["source"] == "http://localhost:#/"
    assert (told["rejection"]["type"], told["rejection"]["message"]) == ("RangeError", "https://shop.example/ is late")


FOLLOWED = """<script>
  const { observe } = MutationObserver.prototype;
  window.followed = [];
  MutationObserver.prototype.observe = function (node, options) {
    followed.push(!!options.attributes);
    return observe.call(this, node, options);
  };
</script>"""


def test_a_page_is_followed_closely_only_while_a_click_may_be_dead(site: MeasuredSite, tab: Page) -> None:
    """Also where a button turns out to be in a link, which is never dead."""
    tab.goto(site.add("/", '<a href="#part"><button id="in">Go</button></a>', head=FOLLOWED))
    tab.locator("#in").click()
    assert tab.evaluate("followed.at(-1)") is True
    tab.wait_for_function("followed.at(-1) === false", timeout=10_000)
    away(tab)
    site.must_store({"pageview": 1, "click": 1})
