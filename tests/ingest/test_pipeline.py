"""ingest/pipeline.py: every event of a beacon ends in exactly one of accepted, rejected and dropped."""

import json
from datetime import date
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.enrich.client_hints import Hints
from collector.enrich.place import Places
from collector.events.decode import decode
from collector.events.ids import number_id
from collector.events.log_line import find_fault
from collector.ingest.counters import Counters
from collector.ingest.distinct import DistinctValues
from collector.ingest.pipeline import Processed, process
from collector.ingest.sending import NO_PAGE, Sending, World
from collector.storage.sites import Site

COUNTERS = Counters()
NOW_MS = 1_763_800_000_000
HOUR_MS = 3_600_000
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


class OneSalt:
    """Salts that never change."""

    def get(self, site: str, timezone: str, day: date, now_ms: int) -> bytes:
        return b"salt"


def send(beacon: dict, *, is_trusted: bool = False, site: Site | None = None, **facts: Any) -> Processed:
    numbers = count(1)
    values = DistinctValues(0, COUNTERS)
    world = World(Places(None), OneSalt(), lambda: f"id-{next(numbers)}", values)  # type: ignore[arg-type]
    decoded = decode(json.dumps({"site": "a", **beacon}).encode())
    page = decoded.beacon.page or NO_PAGE
    sending = Sending(site or Site("a", "A"), decoded.beacon, page, "192.0.2.1", FIREFOX, NOW_MS, is_trusted)
    sending = msgspec.structs.replace(sending, is_own_agent=not is_trusted, **facts)
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


@pytest.mark.parametrize(
    ("beacon", "facts", "expected"),
    [
        ({}, {}, {"platform": "web", "is_bot": False, "browser": "Firefox", "browser_version": "130", "os": "Linux"}),
        ({}, {"user_agent": "Wget/1.21"}, {"platform": "web", "is_bot": True, "bot": "Wget"}),
        ({}, {"user_agent": ""}, {"is_bot": True, "bot": "no user agent", "device": "other"}),
        ({"page": {"webdriver": True}}, {}, {"is_bot": True, "bot": "webdriver", "browser": "Firefox"}),
        ({"page": {"webdriver": False}}, {}, {"is_bot": False}),
        ({}, {"hints": Hints('"HeadlessChrome";v="130"')}, {"is_bot": True, "bot": "HeadlessChrome"}),
        # An app uses the libraries that robots use.
        ({"app": {"name": "shop", "version": "3.2"}}, {"user_agent": "okhttp/4.12"},
         {"platform": "app", "is_bot": False, "app_name": "shop", "app_version": "3.2"}),
        ({}, {"user_agent": "Dart/3.5 (dart:io)"}, {"platform": "app", "is_bot": False, "app_name": None}),
        ({}, {"app_source": "shop-ios"}, {"platform": "app", "app_name": "shop-ios"}),
        ({}, {"app_source": "web", "user_agent": "Dart/3.5 (dart:io)"}, {"platform": "web", "is_bot": True}),
        # A server speaks for its visitors; if it says nothing of their agent, its own is no robot's.
        ({"page": {"url": "https://a.example/"}}, {"is_trusted": True, "user_agent": "python-requests/2.32"},
         {"platform": "web", "is_bot": False, "bot": None}),
        ({"page": {"width": 390, "height": 800}}, {}, {"screen": "mobile", "viewport_width": 390}),
        ({"page": {"width": 0}}, {}, {"screen": None}),
    ],
)  # fmt: skip
def test_agent_platform_and_screen_of_a_beacon_s2_20_s2_24(beacon: dict, facts: dict, expected: dict) -> None:
    is_trusted = facts.get("is_trusted", False)
    others = {name: value for name, value in facts.items() if name != "is_trusted"}
    (row,) = rows_of(send({**beacon, "events": [{"name": "pageview"}]}, is_trusted=is_trusted, **others))
    assert {name: row.get(name) for name in expected} == expected


def test_a_server_may_name_a_robot() -> None:
    event = {"name": "pageview", "user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
    (row,) = rows_of(send({"events": [event]}, is_trusted=True, hints=Hints('"Brave";v="1"')))
    assert (row["bot"], row.get("browser")) == ("Googlebot", "Googlebot")


@pytest.mark.parametrize(
    ("url", "referrer", "expected"),
    [
        ("https://a.example/", None, (None, None, None)),
        ("https://a.example/", "https://www.google.de/", ("Google", "Organic Search", None)),
        ("https://a.example/?gclid=x", "https://www.google.de/", ("Google", "Paid Search", "cpc")),
        ("https://a.example/?gclid=x&utm_medium=email", None, ("Google", "Organic Search", "email")),
        ("https://a.example/?utm_source=newsletter&gclid=x", None, ("newsletter", "Email", None)),
        ("https://a.example/?fbclid=x", "https://l.instagram.com/", ("Instagram", "Organic Social", None)),
        ("https://a.example/", "android-app://com.google.android.gm/", ("Gmail", "Email", None)),
        ("https://a.example/", "https://a.example/before", (None, None, None)),
    ],
)
def test_source_channel_and_medium_of_a_beacon(url: str, referrer: str | None, expected: tuple[Any, ...]) -> None:
    page = {"url": url, **({"referrer": referrer} if referrer else {})}
    (row,) = rows_of(send({"page": page, "events": [{"name": "pageview"}]}))
    assert (row.get("source"), row.get("channel"), row.get("utm_medium")) == expected
    assert "clid" not in str(row)


def test_secrets_in_properties_are_not_stored() -> None:
    props = {"to": "https://user:pw@b.example/x?token=t0p&page=2#t0p", "plan": "pro", "seats": 3}
    (row,) = rows_of(send({"events": [{"name": "outbound", "props": props}]}))
    assert json.loads(row["props"]) == {"to": "https://b.example/x?page=2", "plan": "pro", "seats": 3}


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
