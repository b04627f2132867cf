"""What goes out comes in again: an empty system that loaded an export answers every question alike."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from collector.query.dimensions import DIMENSIONS
from collector.query.metrics import METRICS
from collector.sealing.segment_file import DAY_MS
from collector.storage.sites import Site
from tests.backup.site import HOUR_MS, PHONE, append, build_events, fill, now_ms, seal_of
from tests.exchange.loading import load_file
from tests.service import CHROME, Service, request, running_service
from tests.stores import running_store

TIMES = ("time:hour", "time:day", "time:week", "time:month")
ZONES = ("Asia/Kathmandu", "America/St_Johns")
FILTERS: tuple[list[Any], ...] = (
    ["is", "event:page", ["/1", "/p/3"]],
    ["contains", "event:name", ["ign"]],
    ["is_not", "visit:country", ["DE", "(not set)"]],
    ["not", ["is", "visit:browser", ["Chrome"]]],
    ["or", [["is", "visit:source", ["news"]], ["contains", "event:element", ["buy"]]]],
    ["and", [["is", "visit:device", ["mobile"]], ["is_not", "visit:entry_page", ["/1"]]]],
    ["contains", "visit:entry_page", ["/P"], {"case_sensitive": False}],
)
NAMED: tuple[dict[str, Any], ...] = (
    {},
    {"include": {"bots": True}},
    *({"dimensions": [name]} for name in DIMENSIONS),
    *({"dimensions": [name]} for name in TIMES),
    *({"dimensions": ["time:day"], "timezone": zone} for zone in ZONES),
    *({"dimensions": ["event:page", "visit:source"], "filters": [each]} for each in FILTERS),
    {"dimensions": ["time:day", "event:name"], "include": {"bots": True, "total_rows": True}},
    {"dimensions": ["visit:os", "visit:language"], "filters": [FILTERS[0]], "timezone": ZONES[0]},
)


def post_traffic(service: Service, site: Site) -> int:
    """Visits with all that a beacon can say, of the last five weeks; how many events were taken."""
    random_ = Random(3)
    headers = {"Authorization": f"Bearer {service.write_key(site)}"}
    taken = 0
    for number in range(120):
        at = now_ms() - random_.randint(HOUR_MS, 35 * DAY_MS)
        page = {
            "id": f"pageview-{number}",
            "url": f"https://shop.example/p/{number % 5}?utm_source={random_.choice(('Google', 'news', ''))}",
            "title": f'Title, "{number % 3}"\n=1+1 \u00e4\u2028',
            "referrer": random_.choice(("https://www.google.de/", "https://a.example/x?y", "")),
            "language": random_.choice(("de", "pt-BR")), "width": random_.choice((390, 1440)), "height": 900,
        }  # fmt: skip
        events: list[dict[str, Any]] = [
            {"name": "pageview", "seq": 0, "at": at},
            {"name": "click", "seq": 1, "at": at + 900, "element": "main > button#buy", "text": "-Buy", "x": 1, "y": 2},
            {"name": "engagement", "seq": 2, "at": at + 4000, "visible_ms": 3900, "active_ms": 1, "scroll_percent": 60},
            {"name": "view", "seq": 3, "at": at + 1, "entity": {"type": "product", "id": f"{number}"}},
            {"name": "signup", "seq": 4, "at": at + 5000, "props": {"plan": "pro", "n": 1.5, "no": None, "yes": True}},
            {"name": "order", "seq": 5, "at": at + 9000, "revenue": {"amount": 0.1 + number, "currency": "EUR"}},
        ]
        body = {"site": site.id, "visitor": f"v{number % 20}", "page": page, "events": events[: 1 + number % 6]}
        if number % 7 == 0:
            body |= {"user": f"u{number % 3}", "app": {"name": "shop-android", "version": "3.2"}}
        sent = {**headers, "User-Agent": random_.choice((CHROME, PHONE))}
        answer = request(f"{service.url}/api/v1/events", body, headers=sent)
        assert answer.status == 202, answer.body
        taken += answer.body["accepted"]
    return taken


def ask_all(service: Service, site: Site) -> list[Any]:
    """Every metric in every question, with the range fixed."""
    days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + shift * 86_400)) for shift in (-40, 2)]
    given = []
    for question in NAMED:
        metrics = list(METRICS)
        answer = service.query(site, *metrics, **{"date_range": days, **question})
        assert answer.status == 200, (question, answer.body)
        assert answer.body["meta"].pop("freshness")["last_accepted"]  # when: no fact of the events
        given.append(answer.body)
    return given


@pytest.fixture(scope="module")
def source(embedded_service: Service) -> Site:
    """A site with closed and open days, of two shards."""
    service = embedded_service
    site = service.new_site(shards=2, bot_days=None, timezone="Europe/Berlin")
    fill(service, site)
    now = now_ms()
    append(service, site, build_events(Random(9), 900, 60, now - 30 * DAY_MS, now - 10 * DAY_MS), now - 5 * DAY_MS)
    assert post_traffic(service, site) == 120 * 7 // 2
    round_ = seal_of(service, site)
    round_.run()
    round_.close()
    segments = [each for shard in site.all_shards() for each in service.segments.read(shard, "", "0-0").segments or ()]
    assert {segment.is_closed for segment in segments} == {True, False}
    return site


@pytest.fixture
def empty_system(tmp_path: Path) -> Iterator[Service]:
    with running_store("embedded", tmp_path / "data") as nodes, running_service(nodes, tmp_path / "more") as service:
        yield service


@pytest.mark.parametrize("form", ["ndjson", "parquet"])
def test_an_export_that_was_loaded_answers_fifty_questions_alike(
    embedded_service: Service, source: Site, empty_system: Service, tmp_path: Path, form: str
) -> None:
    assert len(NAMED) >= 50
    expected = ask_all(embedded_service, source)
    answer = request(
        f"{embedded_service.url}/api/v1/export?site={source.id}&format={form}",
        headers={"Authorization": f"Bearer {embedded_service.reader}"},
    )
    path = tmp_path / f"events.{form}"
    path.write_bytes(answer.body)
    site = Site(source.id, "Loaded", source.timezone, bot_days=None)
    assert empty_system.sites.add(site)
    tally = load_file(empty_system, site, form, path).tally
    assert (tally.faulty, tally.events) == (0, tally.rows)
    assert json.dumps(ask_all(empty_system, site)) == json.dumps(expected)
    empty_system.seal()
    assert json.dumps(ask_all(empty_system, site)) == json.dumps(expected)


def test_what_was_loaded_goes_out_as_it_came_in(embedded_service: Service, source: Site, tmp_path: Path) -> None:
    """But for when it arrived, and ids that it did not bring."""
    service = embedded_service

    def pull(site: Site) -> list[dict[str, Any]]:
        headers = {"Authorization": f"Bearer {service.reader}"}
        answer = request(f"{service.url}/api/v1/export?site={site.id}", headers=headers)
        path.write_bytes(answer.body)
        rows = [json.loads(line) for line in answer.body.splitlines()]
        for row in rows:
            row.pop("received_ms")
            row.pop("event_id", None)
        return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))

    path = tmp_path / "events.ndjson"
    before = pull(source)
    site = service.new_site(bot_days=None)
    load_file(service, site, "ndjson", path)
    service.seal()
    assert pull(site) == before
