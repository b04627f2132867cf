"""GET /api/v1/session-changes: a reader that goes on from its cursor hears of everything that becomes of a session."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from collector import create_app
from collector.query.live import LATE_MS
from collector.query.records.changes import list_changes
from collector.query.records.context import Context
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.lines import log_fields
from tests.service import Service, request

NOW_MS = time.time_ns() // 1_000_000
MINUTE_MS = 60_000


class Reader:
    """Follows the sessions of a site by its cursor; the clock is ours."""

    def __init__(self, app: Flask, service: Service, site: Site, **filters: str) -> None:
        self._mirror, self._service, self._site = app.extensions["mirror"], service, site
        self._filters, self.cursor = list(filters.items()), ""

    def read(self, now_ms: int, limit: int = 100) -> list[dict[str, Any]]:
        self._mirror.refresh(self._site)
        context = Context(self._site.id, ZoneInfo("UTC"), now_ms + LATE_MS, (), self._site.single_session)
        cursor = [("cursor", self.cursor)] if self.cursor else []
        arguments = [("limit", str(limit)), *cursor, *self._filters]
        found = list_changes(arguments, context, lambda sql, values: self._mirror.ask(sql, values, 10))
        self.cursor = found.cursor
        return found.sessions

    def states(self, now_ms: int) -> list[tuple[str, str, str | None]]:
        return [(each["session_id"], each["state"], each["end_reason"]) for each in self.read(now_ms)]


@pytest.fixture(scope="module")
def app(embedded_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = create_app(replace(embedded_service.settings, data_dir=tmp_path_factory.mktemp("changes")))
    yield made
    made.extensions["mirror"].close()


def append(service: Service, site: Site, *events: dict[str, Any]) -> None:
    for event in events:
        received = event.pop("received_ms", event["at_ms"])
        facts = {"visitor": hash(event["visitor_id"]) >> 1, "event_id": random.getrandbits(62), "name": "click"}
        service.store.xadd(Shard(site.id, 0).log, log_fields(received, [{**facts, **event}]))


def test_a_session_begins_falls_idle_and_ends_and_each_is_told_once(embedded_service: Service, app: Flask) -> None:
    """S1-20, S1-21."""
    service = embedded_service
    site = service.new_site()
    reader = Reader(app, service, site)
    assert reader.states(NOW_MS) == []
    append(service, site, {"visitor_id": "ann", "at_ms": NOW_MS})
    assert reader.states(NOW_MS - 1) == [], "not before everything that came with it is there"
    assert reader.states(NOW_MS) == [("ann", "active", None)]
    assert reader.states(NOW_MS + MINUTE_MS) == []
    assert reader.states(NOW_MS + 6 * MINUTE_MS) == [("ann", "idle", None)]
    service.seal()
    assert reader.states(NOW_MS + 7 * MINUTE_MS) == []
    append(service, site, {"visitor_id": "ann", "at_ms": NOW_MS + 8 * MINUTE_MS})
    assert reader.states(NOW_MS + 8 * MINUTE_MS) == [("ann", "active", None)]
    assert reader.states(NOW_MS + 60 * MINUTE_MS) == [("ann", "ended", "timeout")]
    assert reader.states(NOW_MS + 600 * MINUTE_MS) == []


def test_an_end_by_call_and_a_replacement_are_told_with_their_reason(embedded_service: Service, app: Flask) -> None:
    """S1-22, S1-23."""
    service = embedded_service
    site = service.new_site(single_session=True)
    reader, of_ended = Reader(app, service, site), Reader(app, service, site, state="ended")
    append(service, site, {"visitor_id": "ann", "user_id": "u", "at_ms": NOW_MS})
    append(service, site, {"visitor_id": "bob", "at_ms": NOW_MS + 1})
    assert reader.states(NOW_MS + 10) == [("ann", "active", None), ("bob", "active", None)]
    append(service, site, {"visitor_id": "ann-2", "user_id": "u", "at_ms": NOW_MS + MINUTE_MS})
    assert sorted(reader.states(NOW_MS + MINUTE_MS)) == [("ann", "ended", "replaced"), ("ann-2", "active", None)]
    end = {"visitor_id": "bob", "name": "session_end", "props": '{"reason":"logout"}', "at_ms": NOW_MS + 2 * MINUTE_MS}
    append(service, site, end)
    assert reader.states(NOW_MS + 2 * MINUTE_MS) == [("bob", "ended", "logout")]
    append(service, site, {"visitor_id": "bob", "at_ms": NOW_MS + 3 * MINUTE_MS})
    assert reader.states(NOW_MS + 3 * MINUTE_MS) == [("bob", "active", None)], "it is another session"
    assert of_ended.states(NOW_MS + 3 * MINUTE_MS) == [("ann", "ended", "replaced"), ("bob", "ended", "logout")]


def test_an_event_that_comes_late_is_told_when_it_came(embedded_service: Service, app: Flask) -> None:
    service = embedded_service
    site = service.new_site()
    reader = Reader(app, service, site)
    append(service, site, {"visitor_id": "ann", "at_ms": NOW_MS})
    reader.read(NOW_MS)
    append(service, site, {"visitor_id": "bob", "at_ms": NOW_MS - 90 * MINUTE_MS, "received_ms": NOW_MS + 1000})
    assert reader.states(NOW_MS + 1000) == [("bob", "ended", "timeout")]


@pytest.mark.parametrize("seed", range(4))
def test_whoever_goes_on_from_the_cursor_knows_every_session_as_it_is(
    embedded_service: Service, app: Flask, seed: int
) -> None:
    service, random_ = embedded_service, random.Random(seed)
    site = service.new_site(single_session=bool(seed % 2))
    reader, known, now_ms = Reader(app, service, site), {}, NOW_MS
    for _ in range(30):
        now_ms += random_.choice((1, 1000, 4 * MINUTE_MS, 20 * MINUTE_MS))
        for _ in range(random_.randint(0, 3)):
            visitor = random_.choice("abcd")
            event = {
                "visitor_id": visitor,
                "at_ms": now_ms - random_.choice((0, 0, 10 * MINUTE_MS)),
                "received_ms": now_ms,
            }
            name = random_.choice(("click", "pageview", "engagement", "session_end"))
            append(service, site, {**event, "name": name, "user_id": "u" if visitor < "c" else None})
        if random_.random() < 0.3:
            service.seal()
        while found := reader.read(now_ms, limit=2):
            known |= {each["id"]: {**each, "changed_at": ""} for each in found}
    whole = {each["id"]: {**each, "changed_at": ""} for each in Reader(app, service, site).read(now_ms)}
    stale = {
        key: [
            (name, known.get(key, {}).get(name), value)
            for name, value in each.items()
            if known.get(key, {}).get(name) != value
        ]
        for key, each in whole.items()
    }
    assert {key: each for key, each in stale.items() if each} == {}
    assert len(whole) > 3


def test_it_is_asked_over_http_and_says_what_it_does_not_take(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    headers = {"Authorization": f"Bearer {embedded_service.reader}"}
    url = f"{embedded_service.url}/api/v1/session-changes?site={site.id}"
    first = request(url, headers=headers)
    assert (first.status, first.body["results"]) == (200, [])
    assert request(f"{url}&cursor={first.body['cursor']}", headers=headers).body == first.body
    for wrong, pointer in (
        ("ordering=id", "/ordering"),
        ("offset=3", "/offset"),
        ("cursor=x", "/cursor"),
        ("mood=1", "/mood"),
    ):
        refused = request(f"{url}&{wrong}", headers=headers)
        assert (refused.status, refused.body["pointer"]) == (400, pointer)
