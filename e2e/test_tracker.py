"""The tracker's stories: what a visitor does in a real browser, and exactly what is stored of it."""

import time

import pytest
from playwright.sync_api import Page

from e2e.conftest import away
from e2e.measured_site import MeasuredSite
from e2e.system import System


def test_a_load_is_one_pageview_with_its_address_title_and_referrer(site: MeasuredSite, tab: Page) -> None:
    site.add("/from", '<a id="go" href="/to?utm_source=x#top">go</a>')
    site.add("/to")
    tab.goto(site.url + "/from")
    tab.locator("#go").click()
    tab.wait_for_url("**/to?**")
    tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 2, "click": 1})
    body = next(body for body in site.bodies if "/to" in body["page"]["url"])
    assert body["page"]["url"] == f"{site.url}/to?utm_source=x"
    assert (body["page"]["title"], body["page"]["referrer"]) == ("/to", f"{site.url}/from")
    assert body["page"]["width"] > 0
    assert body["page"]["language"] == tab.evaluate("navigator.language")


def test_a_single_page_application_counts_routes_once_and_corrections_never(site: MeasuredSite, tab: Page) -> None:
    site.add(
        "/app", head='<script>addEventListener("DOMContentLoaded",()=>history.replaceState(1,"","/app/home"))</script>'
    )
    tab.goto(site.url + "/app")
    site.system.wait_for(lambda: len(site.named("pageview")) == 1, "the load")
    tab.evaluate("history.pushState(1, '', '/app/a?x=1'); document.title = 'A'")
    site.system.wait_for(lambda: len(site.named("pageview")) == 2, "the route")
    tab.evaluate("history.replaceState(1, '', '/app/a?x=2'); location.hash = 'part'")
    tab.wait_for_timeout(100)
    tab.evaluate("history.back()")
    tab.evaluate("history.back()")
    tab.wait_for_timeout(300)
    away(tab)
    site.must_store({"pageview": 3})
    assert [event["url"].removeprefix(site.url) for event in site.named("pageview")] == [
        "/app/home",
        "/app/a?x=1",
        "/app/home",
    ]
    assert next(body["page"]["title"] for body in site.bodies if "/app/a" in body["page"]["url"]) == "A"
    assert all(
        body["page"]["referrer"].endswith("/app/home") for body in site.bodies if "/app/a" in body["page"]["url"]
    )


def test_fragments_name_views_only_when_asked(site: MeasuredSite, tab: Page) -> None:
    site.add("/", build="footfall.plus.js", hash="")
    tab.goto(site.url + "/#/inbox")
    site.system.wait_for(lambda: site.named("pageview"), "the load")
    tab.evaluate("location.hash = '#/sent?token=1'")
    tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 2})
    assert [event["url"].removeprefix(site.url) for event in site.named("pageview")] == ["/inbox", "/sent"]


def test_canonical_addresses_and_errors_of_the_page_are_told_when_asked(site: MeasuredSite, tab: Page) -> None:
    site.add("/missing", build="footfall.plus.js", head='<link rel="canonical" href="/real?x=1">', canonical="")
    tab.goto(site.url + "/nowhere?utm_source=y")
    tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 1})
    (pageview,) = site.named("pageview")
    assert pageview["url"] == f"{site.url}/real?utm_source=y"
    assert pageview["props"]["status"] == 404


def test_a_tab_in_the_background_counts_when_it_is_shown(site: MeasuredSite, tab: Page) -> None:
    url = site.add("/")
    away(tab)
    tab.wait_for_function("document.visibilityState === 'hidden'")
    tab.goto(url)
    tab.wait_for_timeout(500)
    assert site.stored() == {}
    tab.bring_to_front()
    site.must_store({"pageview": 1})


def test_a_prerendered_page_counts_when_it_is_shown(site: MeasuredSite, tab: Page) -> None:
    rules = '{"prerender":[{"source":"list","urls":["/next","/never"]}]}'
    site.add("/", '<a id="go" href="/next">go</a>', head=f'<script type="speculationrules">{rules}</script>')
    site.add("/next", '<p id="here"></p>')
    site.add("/never")
    tab.goto(site.url + "/")
    tab.wait_for_timeout(1500)
    tab.locator("#go").click()
    tab.locator("#here").wait_for(state="attached")
    tab.wait_for_timeout(300)
    away(tab)
    site.must_store({"pageview": 2, "click": 1})


def test_a_return_from_the_back_forward_cache_is_a_new_pageview(site: MeasuredSite, tab: Page) -> None:
    site.add(
        "/a", head="<script>addEventListener('pageshow', e => window.restored = e.persisted)</script>", storage="local"
    )
    site.add("/b")
    tab.goto(site.url + "/a")
    tab.wait_for_timeout(300)
    tab.goto(site.url + "/b")
    tab.wait_for_timeout(300)
    tab.go_back(wait_until="commit")
    assert tab.evaluate("window.restored"), "the tracker does not keep a page out of the back/forward cache"
    tab.wait_for_timeout(300)
    away(tab)
    site.must_store({"pageview": 3})


def test_visible_time_is_only_what_is_in_front(site: MeasuredSite, tab: Page) -> None:
    url = site.add("/")
    tab.goto(url)
    # The page was in front at least until the browser was asked, and at most until it had answered.
    there_ms = tab.evaluate("performance.now() - performance.getEntriesByType('navigation')[0].domInteractive")
    began = time.monotonic() - there_ms / 1000
    tab.wait_for_timeout(1500)
    least = time.monotonic() - began
    away(tab)
    most = time.monotonic() - began
    tab.wait_for_timeout(1500)
    asked = time.monotonic()
    tab.bring_to_front()
    shown = time.monotonic()
    tab.wait_for_timeout(1000)
    least += time.monotonic() - shown
    tab.close(run_before_unload=True)
    most += time.monotonic() - asked
    site.must_store({"pageview": 1})
    (read,) = site.visible_ms("/")
    assert least * 1000 - 200 <= read <= most * 1000 + 200


def test_scroll_depth_of_long_short_growing_and_inner_pages(site: MeasuredSite, tab: Page) -> None:
    tall = '<div style="height:4000px"></div>'
    site.add("/long", tall)
    site.add("/short")
    site.add("/shell", f'<div id="in" style="height:100vh;overflow:auto">{tall}</div>')
    site.add("/growing", tall)
    for path in ("/long", "/shell"):
        tab.goto(site.url + path)
        tab.mouse.move(300, 300)
        tab.mouse.wheel(0, 50_000)
        tab.wait_for_timeout(400)
    tab.goto(site.url + "/short")
    tab.wait_for_timeout(400)
    tab.goto(site.url + "/growing")
    tab.mouse.wheel(0, 50_000)
    site.system.wait_for(lambda: tab.evaluate("scrollY > 2000"), "the end of the page")
    tab.wait_for_timeout(400)
    tab.evaluate("document.querySelector('div').style.height = '12000px'")
    away(tab)
    site.must_store({"pageview": 4, "scroll": 3})
    depth = {event["url"].removeprefix(site.url): event for event in site.named("engagement")}
    assert [depth[path]["scroll_percent"] for path in ("/long", "/shell", "/short")] == [100, 100, 100]
    assert 30 <= depth["/growing"]["scroll_percent"] <= 36
    assert depth["/long"]["props"]["scroll_px"] == depth["/long"]["props"]["page_px"] >= 4000


CLICKED = """
<main>
  <button id="buy" class="css-1a2b3c"><svg width="9" height="9"></svg>Buy 3 for anna@x.de</button>
  <a id="out" href="https://other.example/p?secret=1" onclick="event.preventDefault()">Out</a>
  <a id="file" href="/price.pdf" onclick="event.preventDefault()">Prices</a>
  <a id="mail" href="mailto:anna@x.de" onclick="event.preventDefault()">Write</a>
  <a id="call" href="tel:+4917612345" onclick="event.preventDefault()">Call</a>
  <svg width="60" height="20"><a id="chart" href="/chart" onclick="event.preventDefault()"><rect width="60" height="20"/><text y="15">Chart</text></a></svg>
  <button id="tag" data-event="signup" data-event-plan="pro" onclick="this.title='x'">Join</button>
  <p data-footfall-ignore><button id="ignored">No</button></p>
  <p data-footfall-mask><button id="masked" onclick="this.title='x'">Anna</button></p>
  <label id="label">Yes <input id="box" type="checkbox"></label>
  <my-box id="box-host"></my-box>
  <form id="form" onsubmit="event.preventDefault()"><input name="q" value="typed"><button id="send">Send</button></form>
</main>
<script>
  buy.onclick = () => { buy.title = 'x' };
  const root = document.querySelector('my-box').attachShadow({mode: 'open'});
  root.innerHTML = '<button id="inner" onclick="this.title=1">In</button>';
</script>
"""


def test_clicks_tell_what_was_clicked_and_nothing_private(site: MeasuredSite, tab: Page) -> None:
    tab.goto(site.add("/", CLICKED))
    for target in (
        "#buy svg",
        "#out",
        "#file",
        "#mail",
        "#call",
        "#chart",
        "#tag",
        "#ignored",
        "#masked",
        "#label",
        "#inner",
        "#send",
    ):
        tab.locator(target).click(position={"x": 3, "y": 3})
        tab.wait_for_timeout(60)
    away(tab)
    site.must_store({"pageview": 1, "click": 10, "signup": 1, "form_submit": 1})
    clicks = {event["element"].rpartition(" > ")[2]: event for event in site.named("click")}
    assert list(clicks) == [
        "button#buy",
        "a#out",
        "a#file",
        "a#mail",
        "a#call",
        "a#chart",
        "button#masked",
        "label#label",
        "button#inner",
        "button#send",
    ]
    assert clicks["button#buy"]["element"] == "main > button#buy"
    assert clicks["button#buy"]["text"] == "Buy # for #"
    assert clicks["button#buy"]["x"] > 0
    assert 0 <= clicks["button#send"]["props"]["element_x"] <= 4
    assert clicks["a#call"]["props"]["link"] == "tel"
    assert clicks["a#chart"]["text"] == "Chart"
    assert clicks["a#out"]["props"].items() >= {("href", "https://other.example/p"), ("link", "outbound")}
    assert clicks["a#file"]["props"]["link"] == "download"
    assert clicks["a#mail"]["props"]["link"] == "mailto"
    assert "text" not in clicks["button#masked"]
    assert clicks["button#inner"]["element"] == "my-box#box-host > button#inner"
    assert site.named("signup")[0]["props"]["plan"] == "pro"
    assert site.named("form_submit")[0]["element"] == "main > form#form"
    for secret in ("anna", "secret", "typed", "Anna", "17612345"):
        assert secret not in str(site.bodies)


def test_rage_and_dead_clicks(site: MeasuredSite, tab: Page) -> None:
    tab.goto(
        site.add(
            "/", '<button id="dead">Save</button><button id="alive" onclick="this.title=Math.random()">Go</button>'
        )
    )
    tab.locator("#alive").click()
    tab.wait_for_timeout(2700)
    tab.locator("#dead").click()
    site.system.wait_for(lambda: site.named("dead_click"), "the dead click", 20)
    tab.locator("#alive").click(click_count=3, delay=40)
    tab.wait_for_timeout(2700)
    away(tab)
    site.must_store({"pageview": 1, "click": 5, "dead_click": 1, "rage_click": 1})
    assert site.named("dead_click")[0]["element"] == "button#dead"
    assert site.named("rage_click")[0]["element"] == "button#alive"


def test_entities_are_seen_as_long_as_half_of_them_is_shown(site: MeasuredSite, tab: Page) -> None:
    opened = time.monotonic()
    tab.goto(site.add("/", '<div data-entity="product:1" style="height:100px">1</div><div style="height:3000px"></div>'
                           '<div data-entity="product:2" style="height:100px">2</div>'))  # fmt: skip
    tab.wait_for_timeout(1200)
    added = time.monotonic()
    tab.evaluate(
        "document.body.insertAdjacentHTML('afterbegin', '<i style=\"display:block;height:50px\" data-entity=\"article:x:9\">x</i>')"
    )
    tab.wait_for_timeout(800)
    scrolled = time.monotonic()
    tab.mouse.wheel(0, 50_000)
    site.system.wait_for(lambda: tab.evaluate("scrollY > 2000"), "the end of the page")
    there = time.monotonic()
    tab.wait_for_timeout(700)
    away(tab)
    left = time.monotonic()
    site.must_store({"pageview": 1, "scroll": 1, "view": 3})
    seen = {event["entity"]["id"]: event["visible_ms"] for event in site.named("view")}
    # New elements are looked for every 200 ms; a busy machine takes longer over each step, never less.
    assert 1_600 <= seen["1"] <= (there - opened) * 1000
    assert 250 <= seen["x:9"] <= (there - added) * 1000
    assert 400 <= seen["2"] <= (left - scrolled) * 1000


def test_a_list_tells_what_was_shown_of_it(site: MeasuredSite, tab: Page) -> None:
    items = "".join(f'<li data-entity="product:{n}" style="height:300px">{n}</li>' for n in range(20))
    tab.goto(site.add("/", f'<ul style="margin:0;list-style:none">{items}</ul>'))
    tab.wait_for_timeout(600)
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    tab.wait_for_timeout(600)
    height = tab.evaluate("innerHeight")
    away(tab)
    shown = round(height / 300)
    site.system.wait_for(lambda: site.stored().get("view") == 2 * shown, f"{shown} of the first, {shown} of the last")
    seen = sorted(int(event["entity"]["id"]) for event in site.named("view"))
    assert seen == [*range(shown), *range(20 - shown, 20)]


PRODUCT = '{"@context": "https://schema.org", "@type": "Product", "sku": "42", "name": "Lamp"}'
NAMED = {
    "JSON-LD": f'<script type="application/ld+json">{PRODUCT}</script>',
    "a list of JSON-LD": f'<script type="application/ld+json">[{{"@type": "Organization"}}, {PRODUCT}]</script>',
    "a graph of JSON-LD": f'<script type="application/ld+json">{{"@graph": [{PRODUCT}]}}</script>',
    "meta": '<meta name="footfall:entity" content="product:42">',
}


@pytest.mark.parametrize("way", NAMED)
def test_a_product_that_the_page_itself_names_is_seen(site: MeasuredSite, tab: Page, way: str) -> None:
    tab.goto(site.add("/", head=NAMED[way], build="footfall.plus.js"))
    tab.wait_for_timeout(700)
    away(tab)
    site.must_store({"pageview": 1, "view": 1})
    assert site.named("view")[0]["entity"] == {"type": "product", "id": "42"}


def test_calls_work_before_and_after_the_script_has_loaded(site: MeasuredSite, tab: Page) -> None:
    stub = "<script>window.footfall=window.footfall||function(){(footfall.q=footfall.q||[]).push(arguments)};"
    tab.goto(site.add("/", head=stub + "footfall('event','early',{props:{a:1}})</script>"))
    tab.evaluate("""
      footfall('identify', 'u-17');
      footfall('event', 'signup', {props: {plan: 'pro'}, revenue: {amount: 9.9, currency: 'EUR'}});
      footfall('beforeSend', (event, page) => event.name !== 'dropped' && {...event, props: {...event.props, edited: true}});
      footfall('event', 'dropped'); footfall('event', 'kept'); footfall('nonsense'); footfall();
      footfall('pageview', {url: location.origin + '/virtual', title: 'V'}); footfall('view', 'product:7'); footfall('flush')
    """)
    tab.wait_for_timeout(400)
    away(tab)
    site.must_store({"pageview": 2, "early": 1, "signup": 1, "kept": 1, "view": 1})
    assert site.named("signup")[0]["revenue"] == {"amount": 9.9, "currency": "EUR"}
    assert site.named("kept")[0]["props"] == {"edited": True}
    assert {body.get("user") for body in site.bodies} == {None, "u-17"}


def test_two_sites_on_a_page_and_a_second_load(site: MeasuredSite, system: System, tab: Page) -> None:
    other = MeasuredSite(system)
    more = f'<script defer src="/s/footfall.js" data-site="{other.site.id}" data-endpoint="/s/events"></script>'
    again = f'<script defer src="/s/footfall.js" data-site="{site.site.id}" data-endpoint="/s/events"></script>'
    tab.goto(site.add("/", head="<script>window.footfall=function(){(footfall.q=footfall.q||[]).push(arguments)};footfall('event','early')</script>")
             .replace("/?", "/"))  # fmt: skip
    site.pages["/"] = site.pages["/"].replace("</head>", more + again + "</head>")
    tab.goto(site.url + "/?2")
    tab.evaluate("footfall('event', 'late')")
    away(tab)
    system.wait_for(lambda: other.stored() == {"pageview": 1, "early": 1, "late": 1}, "the other site's events")
    system.wait_for(lambda: site.stored() == {"pageview": 2, "early": 2, "late": 1}, "this site's events")
    other.close()


def test_nothing_is_stored_in_the_browser_unless_allowed(site: MeasuredSite, tab: Page) -> None:
    kept = "Promise.all([indexedDB.databases(), document.cookie, Object.keys(localStorage)]).then(all => all.flat().filter(Boolean).length)"
    tab.goto(site.add("/"))
    tab.wait_for_timeout(300)
    assert tab.evaluate(kept) == 0
    tab.evaluate("footfall('consent', true)")
    site.system.wait_for(lambda: tab.evaluate(kept) == 2, "an id and a journal")
    tab.evaluate("footfall('event', 'with')")
    away(tab)
    site.must_store({"pageview": 1, "with": 1})
    assert next(body for body in site.bodies if body["events"][0]["name"] == "with")["visitor"]
    tab.bring_to_front()
    tab.evaluate("footfall('consent', false)")
    assert tab.evaluate("localStorage.length") == 0


def test_a_first_party_id_lasts_where_storage_is_allowed(site: MeasuredSite, tab: Page) -> None:
    for path in ("/a", "/b"):
        tab.goto(site.add(path, storage="local"))
        tab.wait_for_timeout(300)
    away(tab)
    site.must_store({"pageview": 2})
    (visitor,) = {body.get("visitor") for body in site.bodies}
    assert visitor == tab.evaluate("localStorage.footfall")


def test_opted_out_and_excluded_pages_send_nothing(site: MeasuredSite, tab: Page) -> None:
    site.add("/admin/x", exclude="/admin/")
    site.add("/")
    tab.goto(site.url + "/admin/x")
    tab.wait_for_timeout(300)
    tab.goto(site.url + "/")
    tab.wait_for_timeout(300)
    tab.evaluate("footfall('optOut')")
    tab.goto(site.url + "/?out")
    tab.wait_for_timeout(300)
    tab.evaluate("footfall('optOut', false)")
    tab.goto(site.url + "/?in")
    tab.wait_for_timeout(300)
    away(tab)
    site.must_store({"pageview": 2})
    assert {event["url"].removeprefix(site.url) for event in site.named("pageview")} == {"/", "/?in"}


def test_strict_policies_are_kept(site: MeasuredSite, tab: Page) -> None:
    site.headers = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
                                               "require-trusted-types-for 'script'; trusted-types 'none'"}  # fmt: skip
    for build in ("footfall.core.js", "footfall.js", "footfall.plus.js"):
        tab.goto(site.add(f"/{build}", "<button>Go</button>", build=build, storage="local"))
        tab.locator("button").click()
        tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 3, "click": 2})


def test_web_vitals_are_a_file_of_their_own(site: MeasuredSite, tab: Page) -> None:
    site.add("/", "<p>text</p>")
    site.pages["/"] = site.pages["/"].replace("</head>", '<script defer src="/s/footfall.vitals.js"></script></head>')
    tab.goto(site.url + "/")
    tab.locator("p").click()
    tab.wait_for_timeout(500)
    away(tab)
    site.system.wait_for(lambda: len(site.named("web_vital")) >= 4, "the vitals")
    assert {event["props"]["metric"] for event in site.named("web_vital")} >= {"LCP", "FCP", "CLS", "TTFB"}


def test_other_interactions_are_a_file_of_their_own(site: MeasuredSite, tab: Page) -> None:
    site.add("/", '<input id="name"><button id="b" onclick="this.title=1">b</button>')
    site.pages["/"] = site.pages["/"].replace(
        "</head>", '<script defer src="/s/footfall.interactions.js"></script></head>'
    )
    tab.goto(site.url + "/")
    tab.locator("#name").press_sequentially("secret")
    tab.locator("#b").hover()
    tab.wait_for_timeout(1300)
    tab.locator("#name").press("Control+a")
    tab.locator("#name").press("Control+c")
    tab.locator("#b").focus()
    tab.wait_for_timeout(5200)
    away(tab)
    site.system.wait_for(
        lambda: {"input_change", "copy", "hover", "mouse_move", "keypress"} <= site.stored().keys(), "all kinds"
    )
    assert "secret" not in str(site.bodies)


@pytest.mark.parametrize("failure", [503, 429, 0])
def test_events_wait_while_the_collector_fails_and_come_once(site: MeasuredSite, tab: Page, failure: int) -> None:
    site.failure = failure
    tab.goto(site.add("/", storage="local"))
    tab.evaluate("footfall('event', 'kept')")
    tab.wait_for_timeout(1500)
    site.failure = None
    site.must_store({"pageview": 1, "kept": 1}, seconds=20)


def test_offline_events_are_sent_when_the_network_is_back(site: MeasuredSite, tab: Page) -> None:
    tab.goto(site.add("/"))
    site.must_store({"pageview": 1})
    tab.context.set_offline(True)
    tab.evaluate("footfall('event', 'offline'); footfall('flush')")
    tab.wait_for_timeout(500)
    tab.context.set_offline(False)
    site.must_store({"pageview": 1, "offline": 1})


def test_the_next_page_sends_what_a_closed_tab_could_not(site: MeasuredSite, tab: Page) -> None:
    url = site.add("/", storage="local")
    site.failure = 503
    second = tab.context.new_page()
    second.bring_to_front()
    second.goto(url)
    second.evaluate("footfall('event', 'lost')")
    second.wait_for_timeout(300)
    second.close(run_before_unload=True)
    time.sleep(15.2)  # rows younger than that may belong to a tab that lives
    site.failure = None
    tab.bring_to_front()
    tab.goto(url)
    site.must_store({"pageview": 2, "lost": 1})


def test_a_program_that_drives_the_browser_says_so_and_is_left_out_of_answers(site: MeasuredSite, tab: Page) -> None:
    tab.add_init_script("Object.defineProperty(navigator, 'webdriver', {get: () => true})")
    tab.goto(site.add("/", build="footfall.core.js"))
    tab.wait_for_timeout(300)
    away(tab)
    bots = {"include": {"bots": True}, "site_id": site.site.id}
    site.system.wait_for(
        lambda: site.system.rows(["visit:bot"], ["pageviews"], **bots) == {"webdriver": [1]}, "the robot's pageview"
    )
    assert site.stored() == {}


@pytest.mark.parametrize("signal", ["globalPrivacyControl", "doNotTrack"])
def test_privacy_signals_are_respected_where_the_site_says_so(site: MeasuredSite, tab: Page, signal: str) -> None:
    value = "true" if signal == "globalPrivacyControl" else "'1'"
    tab.add_init_script(f"Object.defineProperty(Navigator.prototype, '{signal}', {{get: () => {value}}})")
    site.add("/asked", respect="", storage="local")
    site.add("/unasked")
    for path in ("/asked", "/unasked"):
        tab.goto(site.url + path)
        tab.evaluate("footfall('event', 'done')")
        tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 1, "done": 1})
    assert {event["url"] for event in site.events} == {f"{site.url}/unasked"}


def test_a_hook_that_throws_drops_the_event_and_nothing_else(site: MeasuredSite, tab: Page) -> None:
    tab.goto(site.add("/", "<button onclick='this.title=1'>Go</button>"))
    tab.wait_for_timeout(200)
    tab.evaluate("footfall('beforeSend', event => { if (event.name === 'secret') throw Error('no'); return event })")
    tab.evaluate("footfall('event', 'secret'); footfall('event', 'open')")
    tab.locator("button").click()
    away(tab)
    site.must_store({"pageview": 1, "open": 1, "click": 1})


def test_a_click_is_told_as_it_was_before_the_page_answered_it(site: MeasuredSite, tab: Page) -> None:
    answers = """<script>
      save.onclick = () => { save.textContent = 'Saving 1 %'; footfall('event', 'saved') };
      gone.onclick = () => { gone.remove(); history.pushState(1, '', '/next') };
    </script>"""
    tab.goto(site.add("/", f'<button id="save">Save all</button><button id="gone">Remove</button>{answers}'))
    tab.locator("#save").click()
    tab.wait_for_timeout(200)
    tab.locator("#gone").click()
    tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 2, "click": 2, "saved": 1})
    clicks = site.named("click")
    assert [(click["element"], click["text"]) for click in clicks] == [
        ("button#save", "Save all"),
        ("button#gone", "Remove"),
    ]
    assert [click["url"] for click in clicks] == [f"{site.url}/", f"{site.url}/"]
    assert clicks[0]["seq"] < site.named("saved")[0]["seq"]


def test_a_page_in_a_frame_is_a_page_of_its_own(site: MeasuredSite, tab: Page) -> None:
    site.add("/inner", '<button id="in" onclick="this.title=1">In</button>')
    tab.goto(site.add("/outer", '<iframe src="/inner"></iframe>'))
    tab.frame_locator("iframe").locator("#in").click()
    tab.wait_for_timeout(200)
    away(tab)
    site.must_store({"pageview": 2, "click": 1})
    assert site.named("click")[0]["url"] == f"{site.url}/inner"


def test_a_sandboxed_frame_without_storage_is_measured_all_the_same(site: MeasuredSite, tab: Page) -> None:
    site.headers = {"Access-Control-Allow-Origin": "*"}
    site.add("/inner", storage="local")
    site.add("/outer", '<iframe sandbox="allow-scripts" src="/inner"></iframe>')
    tab.goto(site.url + "/outer")
    tab.wait_for_timeout(600)
    away(tab)
    site.must_store({"pageview": 2})


def test_a_body_over_the_quota_is_split_and_nothing_is_lost(site: MeasuredSite, tab: Page) -> None:
    tab.goto(site.add("/", build="footfall.core.js", storage="local"))
    tab.wait_for_timeout(200)
    tab.evaluate("for (let n = 0; n < 120; n++) footfall('event', 'large', {props: {text: 'x'.repeat(900), n}})")
    tab.close(run_before_unload=True)
    back = tab.context.new_page()
    back.bring_to_front()
    time.sleep(15.2)  # rows younger than that may belong to a tab that lives
    back.goto(site.url + "/")
    back.wait_for_timeout(500)
    back.close(run_before_unload=True)
    site.must_store({"pageview": 2, "large": 120}, seconds=20)
    assert max(len(str(body)) for body in site.bodies) < 65_536


def test_a_slow_collector_holds_nothing_up(site: MeasuredSite, tab: Page) -> None:
    site.delay_seconds = 1.5
    tab.goto(site.add("/", "<button onclick='this.title=Math.random()'>Go</button>", storage="local"))
    for _ in range(3):
        tab.locator("button").click()
        tab.wait_for_timeout(700)
    tab.goto(site.url + "/?next")
    tab.wait_for_timeout(300)
    tab.close(run_before_unload=True)
    site.must_store({"pageview": 2, "click": 3}, seconds=20)


def test_a_slow_processor_loses_nothing(site: MeasuredSite, tab: Page) -> None:
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    tab.goto(site.add("/", "<button onclick='this.title=Math.random()'>Go</button>", storage="local"))
    for _ in range(5):
        tab.locator("button").click()
        tab.wait_for_timeout(600)  # three of them take over a second: no rage
    away(tab)
    site.must_store({"pageview": 1, "click": 5}, seconds=20)
