"""A month of a busy site, sent by a server with a secret key, and what the dashboard makes of it."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from collector.storage.sites import Site
from collector.storage.tokens import Access, Tokens
from e2e.system import System
from tests.service import request

DAY_MS = 86_400_000
AGENTS = (
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", 40),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", 30),
    ("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36", 15),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", 10),
    ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1", 5),
)  # fmt: skip
ADDRESSES = (("81.2.69.142", 45), ("216.160.83.56", 30), ("89.160.20.112", 15), ("2001:218::1", 10))
PAGES = (
    ("/", 40),
    ("/c/footwear", 20),
    ("/p/42", 15),
    ("/p/23", 10),
    ("/journal/winter", 8),
    ("/about", 4),
    ("/cart", 3),
)
REFERRERS = ((None, 45), ("https://www.google.com/", 30), ("https://news.ycombinator.com/", 10), ("https://www.bing.com/", 6),
             ("https://blog.example/boots", 5), ("https://www.reddit.com/r/hiking", 4))  # fmt: skip


ELEMENTS = (("main > button#buy", 5), ("nav > a#footwear", 3), ("footer > a.imprint", 1))


def pick(random_: random.Random, weighted):
    values, weights = zip(*weighted, strict=True)
    return random_.choices(values, weights)[0]


def month_of_visits(random_: random.Random, now_ms: int) -> Iterator[tuple[str, dict]]:
    """Beacons of some 700 visits over the last thirty days, each with its path; some days are quieter."""
    for visit in range(700):
        day = random_.randrange(30)
        if day % 7 in (2, 3) and random_.random() < 0.5:
            continue
        at = now_ms - day * DAY_MS - int(random_.betavariate(2, 2) * 0.9 * DAY_MS)
        ip, user_agent, referrer = pick(random_, ADDRESSES), pick(random_, AGENTS), pick(random_, REFERRERS)
        visitor = f"reader-{random_.randrange(450)}"
        for step in range(min(1 + int(random_.expovariate(0.6)), 8)):
            path = pick(random_, PAGES)
            seen_ms = int(random_.expovariate(1 / 35_000)) + 500
            names = [("pageview", at, {}), ("engagement", at + seen_ms, {
                "visible_ms": seen_ms, "active_ms": seen_ms * 3 // 4, "scroll_percent": random_.randint(20, 100),
            })]  # fmt: skip
            if random_.random() < 0.5:
                names.append(("click", at + seen_ms // 2, {"element": pick(random_, ELEMENTS)}))
            if path == "/cart" and random_.random() < 0.6:
                names.append(("purchase", at + seen_ms, {}))
            events = [
                {"name": name, "seq": seq, "at": when, "ip": ip, "user_agent": user_agent, **more}
                for seq, (name, when, more) in enumerate(names)
            ]
            page = {"id": f"pageview-{visit}-{step}", "url": f"https://shop.example{path}"}
            if step == 0 and referrer:
                page["referrer"] = referrer
            yield path, {"site": "waymark", "visitor": visitor, "page": page, "events": events}
            at += seen_ms


def choose_period(dashboard: Page, name: str) -> None:
    dashboard.locator("#period-menu summary").click()
    dashboard.locator(f'[data-period="{name}"]').click()


def test_a_month_adds_up_and_looks_good(visitor: BrowserContext, system: System, pictures: Path) -> None:
    site = Site("waymark", "Waymark", "Europe/Berlin")
    assert system.sites.add(site)
    tokens = Tokens(system.store)
    key = tokens.create(Access("write", (site.id,)))
    now_ms = time.time_ns() // 1_000_000
    sent = list(month_of_visits(random.Random(7), now_ms))
    for _, beacon in sent:
        answer = request(f"{system.url}/api/v1/events", beacon, headers={"Authorization": f"Bearer {key}"})
        assert (answer.status, answer.body["accepted"]) == (202, len(beacon["events"]))

    pages = Counter(path for path, _ in sent)
    dashboard = visitor.new_page()
    dashboard.goto(f"{system.url}/login?token={tokens.create_login()}")
    dashboard.goto(f"{system.url}/sites/{site.id}")
    choose_period(dashboard, "all")
    expect(dashboard.locator('.tile[data-metric="pageviews"]')).to_have_attribute(
        "data-value", str(sum(pages.values())), timeout=30_000
    )
    expect(dashboard.locator("html")).to_have_attribute("data-state", "ready", timeout=30_000)
    for path, count in pages.items():
        shown = dashboard.locator(f'tr[data-dimension="event:page"][data-label="{path}"] [data-metric="pageviews"]')
        assert shown.get_attribute("data-value") == str(count)
    assert dashboard.locator('tr[data-dimension="visit:country"]').count() == len(ADDRESSES)

    choose_period(dashboard, "30d")
    dashboard.wait_for_url("**period=30d**")
    expect(dashboard.locator("html")).to_have_attribute("data-state", "ready", timeout=30_000)
    dashboard.wait_for_timeout(500)  # the chart draws in an animation frame
    dashboard.screenshot(path=pictures / "dashboard.png", full_page=True)
    assert (pictures / "dashboard.png").stat().st_size > 20_000
