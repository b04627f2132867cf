"""The stream of events: each once, as it comes, with nothing that says who."""

import json
from typing import Any

from collector.query.live import COLUMNS, HEARTBEAT_SECONDS, MOST_EVENTS, stream_events

from .site import NOW_MS, SITE, Site, build_event

MOST_SECONDS = 45


class Clock:
    """Time that passes only while somebody sleeps; ``script`` says what has come by which second."""

    def __init__(self, site: Site, script: dict[int, list[dict[str, Any]]]) -> None:
        self.site = site
        self.script = script
        self.seconds = 0.0
        self.events: list[dict[str, Any]] = []
        self._load()

    def now(self) -> float:
        return NOW_MS / 1000 + self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        self._load()

    def _load(self) -> None:
        come = self.script.pop(int(self.seconds), None)
        if come is not None:
            self.events += come
            self.site.load(self.events)


def arrival(number: int, second: int, **columns: Any) -> dict[str, Any]:
    at_ms = NOW_MS + second * 1000
    return build_event(at_ms, event_id=number, received_ms=at_ms, path=f"/{number}", visitor=number, **columns)


def listen(clock: Clock, people: tuple[str, ...] = ()) -> list[bytes]:
    return list(stream_events(SITE, people, clock.site.run, clock.now, clock.sleep, MOST_SECONDS))


def pages(messages: list[bytes]) -> list[str]:
    return [json.loads(each[6:])["page"] for each in messages if each.startswith(b"data: ")]


def test_each_event_is_told_once_in_the_order_of_coming_also_one_that_was_late(site: Site) -> None:
    script = {
        0: [arrival(1, -3)],
        2: [arrival(2, 2), arrival(3, 2)],
        4: [arrival(4, 1)],
        5: [arrival(5, 5, is_bot=True), arrival(6, 5, name="engagement"), arrival(7, 5)],
        30: [arrival(8, 30)],
    }
    assert pages(listen(Clock(site, script))) == ["/2", "/3", "/4", "/7", "/8"]


def test_a_robot_that_the_site_counts_is_told(site: Site) -> None:
    clock = Clock(site, {0: [], 1: [arrival(1, 1, is_bot=True, bot="Embedly"), arrival(2, 1, is_bot=True, bot="Bad")]})
    assert pages(listen(clock, ("Embedly",))) == ["/1"]


def test_nothing_says_who_it_was(site: Site) -> None:
    personal = {
        "user_id": "u-17",
        "visitor_id": "install-17",
        "props": '{"mail": "u-17"}',
        "city": "u-17",
        "title": "u-17",
    }
    messages = listen(Clock(site, {0: [], 1: [arrival(17, 1, **personal)]}))
    (told,) = [each for each in messages if each.startswith(b"data: ")]
    assert tuple(json.loads(told[6:])) == COLUMNS
    assert b"u-17" not in told
    assert b"install" not in told


def test_silence_is_broken_by_comments_and_the_stream_ends(site: Site) -> None:
    messages = listen(Clock(site, {0: []}))
    assert messages[0] == b"retry: 5000\n\n"
    assert len(messages) == 1 + int(MOST_SECONDS / HEARTBEAT_SECONDS) - 1
    assert set(messages[1:]) == {b": still here\n\n"}


def test_of_too_many_events_the_newest_are_told(site: Site) -> None:
    clock = Clock(site, {0: [], 1: [arrival(number, 1) for number in range(MOST_EVENTS + 50)]})
    assert pages(listen(clock)) == [f"/{number}" for number in range(50, MOST_EVENTS + 50)]
