"""Made-up traffic that looks like a shop's: visitors, visits, pages, clicks, engagement; the same for a seed."""

import random
from collections.abc import Iterator
from typing import Any

from collector.enrich.agent import read_agent
from collector.events.ids import number_id
from collector.events.log_line import encode_line

DAY_MS = 86_400_000
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{}.1 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/{}.0",
)
SOURCES = (None, None, None, None, "Google", "Google", "Google", "Bing", "Hacker News", "newsletter")
COUNTRIES = ("DE", "DE", "DE", "AT", "CH", "US", "GB", "FR", "IR", "NL")
LANGUAGES = ("de", "de-AT", "en-US", "en-GB", "fr", "fa")
SCREENS = ((1440, 900), (1920, 1080), (390, 844), (412, 915), (820, 1180))
PAGES = 400
ELEMENTS = 60


def _visitor(random_: random.Random) -> dict[str, Any]:
    agent = read_agent(random_.choice(AGENTS).format(random_.randint(120, 131)))
    width, height = random_.choice(SCREENS)
    return {
        "visitor": random_.getrandbits(63),
        **{name: value for name, value in agent._asdict().items() if value is not None},
        "country": random_.choice(COUNTRIES),
        "language": random_.choice(LANGUAGES),
        "viewport_width": width,
        "viewport_height": height,
    }


def _page(random_: random.Random) -> tuple[str, str]:
    number = int(PAGES * random_.random() ** 3)
    return f"/c/{number % 12}/product-{number}", f"Product number {number} of the shop, in all its sizes"


def log_entries(events: int, days: int, until_ms: int, seed: int = 1, regulars: int = 0) -> Iterator[bytes]:
    """Entries of the log, one a beacon, in the order of arrival within a day; ``events`` events over ``days`` days.

    ``regulars`` are visitors with an id of their own, ``regular-0`` and so on, who come every day.
    """
    random_ = random.Random(seed)
    for day in range(days, 0, -1):
        start_ms = until_ms - day * DAY_MS
        beacons: list[tuple[int, bytes]] = []
        made = visits = 0
        while made < events // days:
            at_ms = start_ms + int(random_.betavariate(2, 2) * (DAY_MS - 7_200_000))
            for received_ms, entry, count in _visit(random_, at_ms, f"regular-{visits}" if visits < regulars else None):
                beacons.append((received_ms, entry))
                made += count
            visits += 1
        beacons.sort()
        yield from (entry for _, entry in beacons)


def _visit(random_: random.Random, at_ms: int, regular: str | None) -> Iterator[tuple[int, bytes, int]]:
    """Beacons of one visit: received, entry, number of events."""
    context = _visitor(random.Random(regular) if regular else random_)
    who = {"visitor": context.pop("visitor"), **({"visitor_id": regular} if regular else {})}
    source = random_.choice(SOURCES)
    for number in range(min(1 + int(random_.expovariate(0.45)), 15)):
        path, title = _page(random_)
        page_id = f"{random_.getrandbits(128):022x}"
        stay_ms = int(random_.expovariate(1 / 40_000)) + 300
        clicks = min(int(random_.expovariate(0.9)), 4)
        shared = {
            **context, "pageview_id": number_id(page_id), "hostname": "shop.example", "path": path, "title": title,
            **({"source": source, "referrer": f"{source}/x"} if source and number == 0 else {}),
        }  # fmt: skip
        visible_ms = int(stay_ms * random_.uniform(0.4, 1))
        late: list[dict[str, Any]] = []
        for _ in range(clicks):
            spot = random_.randrange(ELEMENTS)
            late.append(
                {
                    "name": "click", "at_ms": at_ms + random_.randrange(stay_ms), "element": f"main > button#b{spot}",
                    "text": f"Button {spot}",
                    "x": 40 + spot * 17 + random_.randrange(90), "y": 60 * spot + random_.randrange(40),
                }
            )  # fmt: skip
        if stay_ms > 5_000 and random_.random() < 0.6:
            late.append(
                {"name": "scroll", "at_ms": at_ms + stay_ms // 2, "scroll_percent": random_.choice((25, 50, 75))}
            )
        late.append(
            {
                "name": "engagement", "at_ms": at_ms + stay_ms, "visible_ms": visible_ms,
                "active_ms": int(visible_ms * random_.uniform(0.5, 1)), "scroll_percent": random_.randint(20, 100),
            }
        )  # fmt: skip
        late.sort(key=lambda event: event["at_ms"])
        first = [{"name": "pageview", "at_ms": at_ms}]
        for received_ms, batch, seq in ((at_ms + 90, first, 0), (at_ms + stay_ms + 40, late, 1)):
            named = [
                {**event, **who, "seq": seq + place, "event_id": number_id(f"{page_id}.{seq + place}")}
                for place, event in enumerate(batch)
            ]
            yield received_ms, encode_line({**shared, "received_ms": received_ms}, named), len(named)
        at_ms += stay_ms
