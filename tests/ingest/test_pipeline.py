"""ingest/pipeline.py: every event of a beacon ends in exactly one of accepted, rejected and dropped."""

import json
from datetime import date
from itertools import count

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.enrich.country import Countries
from collector.events.decode import decode
from collector.events.ids import number_id
from collector.events.log_line import find_fault
from collector.ingest.pipeline import Processed, process
from collector.ingest.sending import NO_PAGE, Sending, World
from collector.storage.sites import Site

NOW_MS = 1_763_800_000_000
HOUR_MS = 3_600_000


class OneSalt:
    """Salts that never change."""

    def get(self, site: str, timezone: str, day: date, now_ms: int) -> bytes:
        return b"salt"


def send(beacon: dict, *, is_trusted: bool = False, site: Site | None = None) -> Processed:
    numbers = count(1)
    world = World(Countries(None), OneSalt(), lambda: f"id-{next(numbers)}")  # type: ignore[arg-type]
    decoded = decode(json.dumps({"site": "a", **beacon}).encode())
    page = decoded.beacon.page or NO_PAGE
    sending = Sending(site or Site("a", "A"), decoded.beacon, page, "192.0.2.1", "Firefox", NOW_MS, is_trusted)
    return process(sending, decoded.places, world)


def rows_of(processed: Processed) -> list[dict]:
    rows = []
    for line in filter(None, processed.payload.split(b"\n")):
        shared = msgspec.json.decode(line)
        events = shared.pop("events")
        rows += [shared | event for event in events]
    return rows


@pytest.mark.parametrize(
    ("at", "sent_at", "is_trusted", "expected"),
    [
        (None, None, False, NOW_MS),
        (NOW_MS - 5000, None, False, NOW_MS - 5000),
        (NOW_MS - 5000, NOW_MS, False, NOW_MS - 5000),
        # The sender's clock is an hour behind, or ahead: sent_at tells, and the event is put right.
        (NOW_MS - HOUR_MS - 5000, NOW_MS - HOUR_MS, False, NOW_MS - 5000),
        (NOW_MS + HOUR_MS - 5000, NOW_MS + HOUR_MS, False, NOW_MS - 5000),
        (NOW_MS + HOUR_MS, None, False, NOW_MS + 60_000),
        (NOW_MS - 72 * HOUR_MS, None, False, NOW_MS - 72 * HOUR_MS),
        (NOW_MS - 72 * HOUR_MS - 1, None, False, None),
        (1431857103000, None, True, 1431857103000),
        (NOW_MS - 5000, NOW_MS - HOUR_MS, True, NOW_MS - 5000),
        (NOW_MS + HOUR_MS, None, True, NOW_MS + 60_000),
    ],
)
def test_the_time_of_an_event(at, sent_at, is_trusted, expected) -> None:
    event = {"name": "x"} if at is None else {"name": "x", "at": at}
    processed = send({"events": [event], **({"sent_at": sent_at} if sent_at else {})}, is_trusted=is_trusted)
    if expected is None:
        assert [(each.code, each.pointer) for each in processed.rejected] == [("too_old", "/events/0/at")]
    else:
        assert [row["at_ms"] for row in rows_of(processed)] == [expected]


def test_the_id_of_an_event() -> None:
    page = {"id": "pageview-1"}
    processed = send({"page": page, "events": [{"name": "a", "seq": 3}, {"name": "b", "id": "mine"}, {"name": "c"}]})
    assert [row["event_id"] for row in rows_of(processed)] == [
        number_id("pageview-1.3"), number_id("mine"), number_id("id-1"),
    ]  # fmt: skip
    assert {row["pageview_id"] for row in rows_of(processed)} == {number_id("pageview-1")}


def test_a_page_of_its_own_names_its_own_field_when_it_is_bad() -> None:
    events = [{"name": "a", "url": "/a"}, {"name": "b", "url": "*"}, {"name": "c"}]
    processed = send({"events": events}, is_trusted=True)
    assert processed.accepted == 2
    assert [(each.place, each.pointer) for each in processed.rejected] == [(1, "/events/1/url")]


def test_a_page_of_its_own_takes_nothing_from_the_beacons_page() -> None:
    page = {
        "id": "pageview-1",
        "url": "https://a.example/?utm_source=news",
        "title": "T",
        "referrer": "https://b.example/",
    }
    events = [{"name": "a"}, {"name": "b", "url": "https://a.example/other"}]
    first, second = rows_of(send({"page": page, "events": events}, is_trusted=True))
    assert (first["path"], first["title"], first["source"]) == ("/", "T", "news")
    assert (second["path"], second.get("title"), second.get("source"), second.get("referrer")) == (
        "/other",
        None,
        None,
        None,
    )


def test_a_link_within_the_site_is_no_source() -> None:
    page = {"url": "https://a.example/b", "referrer": "https://a.example/"}
    (row,) = rows_of(send({"page": page, "events": [{"name": "pageview"}]}))
    assert "source" not in row
    assert "referrer" not in row


EVENTS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["pageview", "click", "x" * 121, ""])},
        optional={
            "at": st.sampled_from([NOW_MS, NOW_MS - 80 * HOUR_MS, 5]),
            "seq": st.integers(0, 3),
            "url": st.sampled_from(["/a", "*", "https://other.example/"]),
            "user": st.sampled_from(["u-1", "u-2"]),
            "props": st.dictionaries(st.text(max_size=3), st.none() | st.integers() | st.text(max_size=3), max_size=3),
        },
    ),
    min_size=1,
    max_size=8,
)


@given(EVENTS, st.booleans(), st.sampled_from(["https://a.example/", "https://evil.example/", "nonsense"]))
def test_accepted_rejected_and_dropped_add_up_to_what_was_sent(events, is_trusted: bool, url: str) -> None:
    site = Site("a", "A", hostnames=("a.example",))
    body = {"site": "a", "page": {"url": url}, "events": events}
    from collector.errors import Problem

    try:
        decoded = decode(json.dumps(body).encode())
    except Problem:
        return  # nothing of it could be taken, and the sender was told so
    processed = send(body, is_trusted=is_trusted, site=site)
    rejected = {each.place for each in (*decoded.rejected, *processed.rejected)}
    dropped = {each.place for each in processed.dropped}
    assert processed.accepted + len(rejected) + len(dropped) == len(events)
    assert not rejected & dropped
    rows = rows_of(processed)
    assert len(rows) == processed.accepted
    assert all(None not in row.values() for row in rows)
    assert processed.payload == b"" or find_fault(processed.payload) is None
