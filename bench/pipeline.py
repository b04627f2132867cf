"""CPU µs of an event through decoding and all steps, without web server and store; and of each step.

    python -m bench.pipeline

Caches are warm, as in a worker that has run for a minute: 300 pages, 30 agents with client hints, 500 addresses. Where
pages are all new, a click id of its own makes each address one that was never seen. Each figure is the least of
``ROUNDS`` rounds: what else the machine does only adds.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from collector.enrich.client_hints import Hints
from collector.enrich.place import Places
from collector.events.decode import decode
from collector.ingest.counters import Counters
from collector.ingest.distinct import DistinctValues
from collector.ingest.pipeline import process
from collector.ingest.sending import NO_PAGE, Sending, World
from collector.ingest.steps import BEACON_STEPS, EVENT_STEPS
from collector.storage.sites import Site

ROUNDS = 7
BEACONS = 3000
NOW_MS = 1_763_800_000_000
CITIES = Path(__file__).parent.parent / "tests" / "data" / "GeoIP2-City-Test.mmdb"
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
BRANDS = '"Chromium";v="{0}", "Google Chrome";v="{0}", "Not?A_Brand";v="99"'
SITE = Site("bench", "Bench")


class OneSalt:
    """Salts without a store."""

    def get(self, *_: object) -> bytes:
        return b"sixteen bytes of"


VALUES = DistinctValues(100_000, Counters())
WORLD = World(Places(CITIES), OneSalt(), lambda: "id", VALUES)  # type: ignore[arg-type]


def build_body(number: int, events: int, query: str) -> bytes:
    page = {
        "id": f"k3v9{number:012d}", "url": f"https://shop.example/p/{number % 300}?{query}", "title": "A product",
        "referrer": "https://www.google.de/search", "language": "de", "width": 1440, "height": 900,
    }  # fmt: skip
    sent = [{"name": "pageview", "seq": seq, "at": NOW_MS - 5000} for seq in range(events)]
    return json.dumps({"site": SITE.id, "sent_at": NOW_MS, "page": page, "events": sent}).encode()


def build_sending(body: bytes, number: int) -> Sending:
    version = 120 + number % 30
    beacon = decode(body).beacon
    hints = Hints(BRANDS.format(version), None, "?0", '"Windows"')
    address = f"81.2.{69 + number % 2}.{number % 250}"
    return Sending(SITE, beacon, beacon.page or NO_PAGE, address, AGENT.format(version), NOW_MS, False, hints)


def cost(run: Callable[[], Any], times: int) -> float:
    """CPU µs of one of the ``times`` things that a run does."""
    run()
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        run()
        rounds.append((time.process_time() - started) / times * 1e6)
    return min(rounds)


def run_beacons(bodies: list[bytes]) -> None:
    for number, body in enumerate(bodies):
        sending = build_sending(body, number)
        process(sending, tuple(range(len(sending.beacon.events))), WORLD)


def measure_steps() -> dict[str, float]:
    sendings = [build_sending(build_body(number, 1, "utm_source=x"), number) for number in range(BEACONS)]
    costs = {
        step.__name__: cost(lambda step=step: [step(sending, WORLD, {}) for sending in sendings], BEACONS)  # type: ignore[misc]
        for step in BEACON_STEPS
    }
    pairs = [(sending, sending.beacon.events[0]) for sending in sendings]
    for step in EVENT_STEPS:
        costs[step.__name__] = cost(
            lambda step=step: [step(event, sending, WORLD, {"at_ms": NOW_MS}) for sending, event in pairs], BEACONS
        )  # type: ignore[misc]
    return costs


def main() -> None:
    for label, events, query in (("1 event", 1, "utm_source=x"), ("20 events", 20, "utm_source=x")):
        bodies = [build_body(number, events, query) for number in range(BEACONS // events)]
        whole = cost(lambda bodies=bodies: run_beacons(bodies), len(bodies) * events)  # type: ignore[misc]
        print(f"{label + ' a beacon':34} {whole:6.1f} µs an event")
    fresh = iter(range(10**9))
    new = cost(
        lambda: run_beacons([build_body(next(fresh), 1, f"gclid={next(fresh)}") for _ in range(BEACONS)]), BEACONS
    )
    print(f"{'1 event a beacon, pages all new':34} {new:6.1f} µs an event, making the beacons included")
    steps = measure_steps()
    for name, each in steps.items():
        print(f"  {name:32} {each:6.2f}")
    print(f"  {'all steps':32} {sum(steps.values()):6.1f}")


if __name__ == "__main__":
    main()
