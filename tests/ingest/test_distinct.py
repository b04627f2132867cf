"""ingest/distinct.py: a flood of invented values is called (other), and every number stays exact."""

import json
from itertools import count
from typing import Any

import pytest

from collector.events.decode import decode
from collector.events.url import LONGEST_HELD, PARSED_HELD, parse_address, strip_referrer
from collector.ingest.distinct import (
    DAY_MS,
    MOST_FACTOR,
    OF_BEACONS,
    OF_EVENTS,
    OTHER,
    OWN_NAMES,
    PARTS,
    DistinctValues,
)
from collector.ingest.pipeline import Processed, process
from collector.ingest.sending import Sending, World
from collector.storage.sites import Site
from tests.beacons import read_metrics
from tests.ingest.test_pipeline import COUNTERS, FIREFOX, NOW_MS, OneSalt, rows_of
from tests.service import Service, running_service

MOST = 1000


def build_world(most: int = MOST) -> World:
    class NoPlaces:
        def find(self, address: str) -> Any:
            from collector.enrich.place import NOWHERE

            return NOWHERE

    numbers = count(1)
    return World(NoPlaces(), OneSalt(), lambda: f"id-{next(numbers)}", DistinctValues(most, COUNTERS))  # type: ignore[arg-type]


def send(world: World, event: dict[str, Any], *, site: str = "a", day: int = 0, **page: Any) -> Processed:
    decoded = decode(json.dumps({"site": site, "events": [event]}).encode())
    beacon = decode(json.dumps({"site": site, "page": page or {"url": "/"}, "events": [event]}).encode()).beacon
    assert beacon.page is not None
    sending = Sending(Site(site, "A"), beacon, beacon.page, "192.0.2.1", FIREFOX, NOW_MS + day * DAY_MS, True)
    return process(sending, decoded.places, world)


def values_of(column: str, sent: list[Processed]) -> list[Any]:
    rows = [row for processed in sent for row in rows_of(processed)]
    assert len(rows) == len(sent), "no event is dropped"
    return [row[column] for row in rows]


BUILDERS: dict[str, Any] = {
    "path": lambda number: ({"name": "x"}, {"url": f"/p/{number}"}),
    "title": lambda number: ({"name": "x"}, {"title": f"T {number}"}),
    "referrer": lambda number: ({"name": "x"}, {"referrer": f"https://r.example/{number}"}),
    "source": lambda number: ({"name": "x"}, {"referrer": f"https://r{number}.example/"}),
    "hostname": lambda number: ({"name": "x"}, {"url": f"https://h{number}.example/"}),
    "language": lambda number: ({"name": "x"}, {"language": f"x-{number}"}),
    "utm_campaign": lambda number: ({"name": "x"}, {"url": f"https://a.example/?utm_campaign=c{number}"}),
    "name": lambda number: ({"name": f"n{number}"}, {}),
    "element": lambda number: ({"name": "x", "element": f"e{number}"}, {}),
    "text": lambda number: ({"name": "x", "text": f"t{number}"}, {}),
    "entity_type": lambda number: ({"name": "x", "entity": {"type": f"t{number}", "id": "1"}}, {}),
    "entity_id": lambda number: ({"name": "x", "entity": {"type": "product", "id": f"i{number}"}}, {}),
}


@pytest.mark.parametrize("dimension", BUILDERS)
def test_a_dimension_has_so_many_values_a_day_and_no_event_is_lost(dimension: str) -> None:
    world, most = build_world(), MOST // PARTS[dimension]
    sent = [send(world, event, **page) for event, page in map(BUILDERS[dimension], range(most + 50))]
    values = values_of(dimension, sent)
    assert values[most:] == [OTHER] * 50
    assert OTHER not in values[:most]
    event, page = BUILDERS[dimension](0)
    assert values_of(dimension, [send(world, event, **page)]) == values[:1], "what is known stays known"
    event, page = BUILDERS[dimension](most + 1)
    assert values_of(dimension, [send(world, event, **page, site="b")]) != [OTHER], "another site has its own"
    assert values_of(dimension, [send(world, event, **page, day=1)]) != [OTHER], "and so has another day"


def test_properties_have_so_many_names_and_texts() -> None:
    world = build_world()
    names = [send(world, {"name": "x", "props": {f"p{number}": 1}}) for number in range(15)]
    found = [json.loads(text) for text in values_of("props", names)]
    assert found[8:12] == [
        {"p8": 1},
        {"p9": 1},
        {OTHER: 1},
        {OTHER: 1},
    ]
    texts = [send(world, {"name": "x", "props": {"p1": f"v{number}", "p2": number}}) for number in range(MOST + 5)]
    kept = [json.loads(text) for text in values_of("props", texts)]
    assert kept[MOST - 1] == {"p1": f"v{MOST - 1}", "p2": MOST - 1}
    assert kept[MOST] == {"p1": OTHER, "p2": MOST}, "numbers are counted with, not told apart"


def test_no_flood_of_names_comes_before_those_that_reports_are_made_of() -> None:
    world = build_world()
    for number in range(MOST):
        send(world, {"name": f"n{number}"})
    assert set(values_of("name", [send(world, {"name": name}) for name in OWN_NAMES])) == OWN_NAMES


def test_visitors_are_never_other() -> None:
    world = build_world(100)
    sent = [send(world, {"name": "x", "visitor": f"v{number}"}) for number in range(500)]
    assert len(set(values_of("visitor", sent))) == 500


def test_without_a_cap_everything_keeps_its_name() -> None:
    world = build_world(0)
    sent = [send(world, {"name": f"n{number}"}) for number in range(200)]
    assert OTHER not in values_of("name", sent)


def test_all_sites_together_hold_no_more_than_so_many_values() -> None:
    values = DistinctValues(10, COUNTERS)
    for number in range(1000):
        for site in ("a", f"s{number}"):
            day = values.find_day(site, NOW_MS)
            assert day is not None
            values.cap(day, {"path": f"/{number}", "title": f"{number}", "name": "x"}, OF_BEACONS + OF_EVENTS)
            assert sum(day.held for day in values._days.values()) == values._held <= 10 * MOST_FACTOR


def test_a_beacon_that_goes_on_after_its_site_was_forgotten_counts_for_nothing() -> None:
    values = DistinctValues(10, COUNTERS)
    for number in range(100):
        old = values.find_day("a", NOW_MS)
        assert old is not None
        for other in range(30):
            day = values.find_day(f"s{number}-{other}", NOW_MS)
            assert day is not None
            values.cap(day, {"path": "/a", "title": "b", "text": "c", "element": "d"}, OF_BEACONS + OF_EVENTS)
        values.cap(old, {"path": f"/{number}", "title": "a"}, OF_BEACONS)
        assert sum(day.held for day in values._days.values()) == values._held <= 10 * MOST_FACTOR


def test_addresses_that_strangers_invent_fill_no_cache_with_long_ones() -> None:
    for parse in (parse_address, strip_referrer):
        held = parse.__closure__[0].cell_contents  # type: ignore[attr-defined]
        before = held.cache_info().currsize
        for number in range(100):
            parse(f"https://a.example/{number}".ljust(LONGEST_HELD + 1, "x"))
        assert held.cache_info().currsize == before
        assert held.cache_info().maxsize == PARSED_HELD


def test_a_flood_leaves_totals_visitors_and_good_pages_exact(embedded_service: Service, tmp_path: Any) -> None:
    settings = {"FOOTFALL_DISTINCT_VALUES": "200"}
    with running_service(embedded_service.settings.redis_nodes, tmp_path, **settings) as service:
        site = service.new_site()
        key = service.write_key(site)
        good = {"name": "pageview", "visitor": "ada", "url": "https://shop.example/good"}
        flood = [good | {"visitor": f"v{number}", "url": f"https://shop.example/{number}"} for number in range(900)]
        for events in ([good], flood[:450], flood[450:], [good]):
            answer = service.post({"site": site.id, "events": events}, Authorization=f"Bearer {key}")
            assert answer.body["accepted"] == len(events)
        assert service.numbers(site, "pageviews", "visitors", "events") == [902, 901, 902]
        pages = service.rows(site, "event:page", "pageviews")
        assert sum(pageviews for (pageviews,) in pages.values()) == 902
        assert (pages["/good"], pages[OTHER], len(pages)) == ([2], [701], 201)
        assert read_metrics(service)['footfall_values_other_total{dimension="path"}'] == 701
