"""A shop's fortnight that fills every page of the dashboard: ways, goals, clicks with places, and hostile names."""

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from collector.storage.sites import NamedFilters, Site

DAY_MS = 86_400_000
MARKUP = "<img src=x onerror=alert(1)>"
"""What a stranger would like the dashboard to run; it comes as a source, a user, a button's text and a property."""

DESKTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
SCREENS = {DESKTOP: (1280, 900), PHONE: (390, 844)}
ADDRESSES = {DESKTOP: "81.2.69.142", PHONE: "89.160.20.112"}
SOURCES = ("?utm_source=newsletter", "", f"?utm_source={MARKUP}")

WAY = ("/", "/c/footwear", "/p/42", "/cart", "/thank-you")
BUTTONS = {
    "/": ("main > a#shop-now", "Shop now", 200, 480),
    "/c/footwear": ("main > a.card", "Ridge boots", 160, 620),
    "/p/42": ("main > button#buy", MARKUP, 300, 700),
    "/cart": ("main > button#checkout", "Check out", 280, 540),
    "/thank-you": ("footer > a", "Imprint", 60, 1400),
}

GOALS = (
    NamedFilters("Order", [["is", "event:name", ["purchase"]]]),
    NamedFilters("Basket <b>seen</b>", [["is", "event:page", ["/cart"]]]),
)
SEGMENTS = (NamedFilters("Phones", [["is", "visit:device", ["mobile"]]]),)


class Shop(NamedTuple):
    """The site and every beacon that was sent to it."""

    site: Site
    sent: tuple[dict[str, Any], ...]

    def visitors_of(self, name: str, path: str | None = None) -> set[str]:
        """Who sent an event of that name, on that page."""
        return {visitor for visitor, event, where in self.events() if event["name"] == name and path in (None, where)}

    def events(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Visitor, event and path of each."""
        for beacon in self.sent:
            path = beacon["page"]["url"].removeprefix("https://shop.example").partition("?")[0]
            for event in beacon["events"]:
                yield beacon["visitor"], event, path


def make_site(site_id: str) -> Site:
    return Site(site_id, "Waymark <b>shop</b>", "Europe/Berlin", goals=GOALS, segments=SEGMENTS)


def beacons(site_id: str, now_ms: int, visitors: int = 60, seed: int = 5) -> Iterator[dict[str, Any]]:
    """``visitors`` people over 14 days, each on one to four days; how far each comes on the way is drawn."""
    random_ = random.Random(seed)
    for number in range(visitors):
        agent = DESKTOP if number % 3 else PHONE
        first = random_.randrange(14)
        days = sorted({first, *(day for day in range(first) if random_.random() < 0.15)}, reverse=True)
        for visit, day in enumerate(days):
            begin = now_ms - day * DAY_MS - random_.randrange(20 * 60_000, 5 * 3_600_000)
            yield from _visit(site_id, f"person-{number}", visit, agent, begin, random_)


def _visit(
    site_id: str, visitor: str, visit: int, agent: str, at: int, random_: random.Random
) -> Iterator[dict[str, Any]]:
    width, height = SCREENS[agent]
    number = int(visitor.partition("-")[2])
    reach = 1 + min(4, int(random_.expovariate(0.5)))
    for step, path in enumerate(WAY[:reach]):
        seen_ms = random_.randrange(3_000, 70_000)
        element, text, x, y = BUTTONS[path]
        click = {"element": element, "text": text, "x": min(x, width - 40) + random_.randrange(60), "y": y}
        things: list[tuple[str, int, dict[str, Any]]] = [
            ("pageview", 0, {}),
            ("web_vital", 900, _vital("LCP", random_.randrange(900, 5200), 2500, 4000)),
            ("web_vital", 950, _vital("INP", random_.randrange(40, 620), 200, 500)),
            ("web_vital", 960, _vital("CLS", round(random_.random() * 0.3, 3), 0.1, 0.25)),
            ("click", seen_ms // 2, click),
            ("engagement", seen_ms, {
                "visible_ms": seen_ms, "active_ms": seen_ms // 2, "scroll_percent": random_.randrange(20, 101),
            }),
        ]  # fmt: skip
        if path == "/p/42":
            things.append(("view", 1200, {"entity": {"type": "product", "id": "42"}, "visible_ms": seen_ms // 2}))
            if number % 5 == 0:
                things.append(("dead_click", seen_ms // 2 + 500, {"element": element, "text": text}))
        if path == "/cart" and number % 7 == 0:
            things.append(("rage_click", seen_ms // 2 + 700, {"element": element, "text": text}))
        if path == "/thank-you":
            things.append(("purchase", 500, {
                "props": {"note": MARKUP}, "revenue": {"amount": 49.5, "currency": "EUR"},
            }))  # fmt: skip
        yield {
            "site": site_id,
            "visitor": visitor,
            **({"user": f"{MARKUP}{number}"} if number % 4 == 0 else {}),
            "page": {
                "id": f"{visitor}-{visit}-{step}-{at}",
                "url": f"https://shop.example{path}{SOURCES[number % len(SOURCES)] if step == 0 else ''}",
                "title": f"Waymark {path}",
                "width": width,
                "height": height,
            },
            "events": [
                {"name": name, "seq": seq, "at": at + after, "ip": ADDRESSES[agent], "user_agent": agent, **more}
                for seq, (name, after, more) in enumerate(things)
            ],
        }
        at += seen_ms + 1000


def _vital(metric: str, value: float, good: float, poor: float) -> dict[str, Any]:
    rating = "good" if value <= good else "poor" if value > poor else "needs-improvement"
    return {"props": {"metric": metric, "value": value, "rating": rating}}
