"""What waits is sent once the collector is there, in a forked process and at the end of one, too. S2-12, S2-13."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from footfall_tracker.post import Collector, Outcome
from footfall_tracker.sender import MOST_AT_ONCE, Sender

from tests.listening import listening
from tests.service import Service

PACKAGE = Path(__file__).parents[2] / "tracker-py"


class Store:
    """Takes batches as a collector does, or answers what it is told to."""

    def __init__(self, *answers: Outcome) -> None:
        self.answers = list(answers)
        self.batches: list[tuple[str, list[Any]]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def post(self, events: list[Any], app: str) -> Outcome:
        self.may_go_on.wait(30)
        if self.answers:
            return self.answers.pop(0)
        self.batches.append((app, events))
        return Outcome(is_over=True, taken=len(events))

    @property
    def numbers(self) -> list[int]:
        return [event["n"] for _, events in self.batches for event in events]


@pytest.fixture
def store() -> Store:
    return Store()


def put(sender: Sender, numbers: range, app: str = "") -> None:
    for number in numbers:
        sender.put({"n": number}, app)


def test_everything_is_sent_in_its_order_in_batches_of_one_app(store: Store) -> None:
    sender = Sender(store.post)
    store.may_go_on.clear()
    put(sender, range(3))
    put(sender, range(3, 5), "shop-android")
    put(sender, range(5, 5 + 2 * MOST_AT_ONCE))
    store.may_go_on.set()
    assert sender.flush(20)
    assert store.numbers == list(range(5 + 2 * MOST_AT_ONCE))
    assert max(len(events) for _, events in store.batches) == MOST_AT_ONCE
    of_app = [event["n"] for app, events in store.batches if app == "shop-android" for event in events]
    assert of_app == [3, 4]
    assert (sender.counts.sent, sender.counts.dropped) == (5 + 2 * MOST_AT_ONCE, 0)
    sender.close()


def test_what_may_pass_is_tried_again_and_what_is_refused_is_not(store: Store) -> None:
    store.answers = [Outcome(is_over=False), Outcome(is_over=True, taken=0)]
    sender = Sender(store.post)
    sender.put({"n": 0})
    assert sender.flush(20)
    assert (sender.counts.tries_failed, sender.counts.refused, sender.counts.sent) == (1, 1, 0)
    sender.put({"n": 1})
    assert sender.flush(20)
    assert store.numbers == [1]
    sender.close()


def test_a_full_queue_drops_what_comes_and_counts_it(store: Store) -> None:
    """S2-15."""
    sender = Sender(store.post, most_waiting=5)
    store.may_go_on.clear()
    put(sender, range(9))
    assert (sender.counts.queued, sender.counts.dropped) == (5, 4)
    store.may_go_on.set()
    assert sender.flush(20)
    assert store.numbers == [0, 1, 2, 3, 4]
    sender.close()
    assert not sender.put({"n": 9}), "it is closed"


def test_a_mistake_in_sending_costs_its_batch_and_no_more(store: Store) -> None:
    failures = [ValueError("once")]

    def post(events: list[Any], app: str) -> Outcome:
        if failures:
            raise failures.pop()
        return store.post(events, app)

    sender = Sender(post)
    sender.put({"n": 0})
    assert sender.flush(20)
    sender.put({"n": 1})
    assert sender.flush(20)
    assert (store.numbers, sender.counts.refused) == ([1], 1)
    sender.close()


def test_a_close_without_a_collector_ends_in_its_time_and_tells(caplog: pytest.LogCaptureFixture) -> None:
    sender = Sender(lambda events, app: Outcome(is_over=False), flush_seconds=0.2)
    put(sender, range(3))
    sender.close()
    assert sender.counts.dropped == 3
    assert "3 events were not sent" in caplog.text


class _Answers(BaseHTTPRequestHandler):
    """Answers that a collector, or what stands before it, gives: one after the other."""

    given: list[tuple[int, str, bytes]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, after, body = self.given.pop(0)
        self.send_response(status)
        self.send_header("Retry-After", after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def answering(*given: tuple[int, str, bytes]) -> Iterator[str]:
    handler = type("Given", (_Answers,), {"given": list(given)})
    with listening(handler) as url:
        yield f"{url}/"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((202, "", b'{"accepted": 1}'), Outcome(True, 1)),
        ((202, "", b'{"accepted": 0}'), Outcome(True, 0)),
        ((202, "", b"<html>"), Outcome(False)),
        ((429, "7", b""), Outcome(False, 0, 7.0)),
        ((503, "soon", b""), Outcome(False)),
        ((400, "", b"{}"), Outcome(True)),
        ((403, "", b"{}"), Outcome(True)),
    ],
)
def test_an_answer_says_what_is_to_be_done(answer: tuple[int, str, bytes], outcome: Outcome) -> None:
    with answering(answer) as url:
        assert Collector(url, "shop", "key").post([{"name": "x"}], "") == outcome


def test_nobody_there_may_pass() -> None:
    assert Collector("http://127.0.0.1:9", "shop", "key").post([{"name": "x"}], "") == Outcome(False)


PROGRAM = """
import json, os, sys
from footfall_tracker import Tracker
given = json.loads(sys.argv[1])
tracker = Tracker(given["url"], given["site"], given["key"], flush_seconds=20)
tracker.track("parent")
if given["forks"]:
    child = os.fork()
    tracker.track("after")
    if child:
        assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.parametrize(("forks", "expected"), [(False, {"parent": [1]}), (True, {"parent": [1], "after": [2]})])
def test_a_process_sends_what_waits_when_it_ends_and_a_forked_one_only_its_own(
    embedded_service: Service, forks: bool, expected: dict[str, list[int]]
) -> None:
    site = embedded_service.new_site()
    given = {
        "url": embedded_service.url, "site": site.id, "key": embedded_service.write_key(site), "forks": forks,
    }  # fmt: skip
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", PROGRAM, json.dumps(given)]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert embedded_service.rows(site, "event:name", "events") == expected


def test_it_needs_nothing_but_the_standard_library() -> None:
    program = "import sys, footfall_tracker; print({'flask', 'django', 'werkzeug', 'msgspec'} & set(sys.modules))"
    command = [sys.executable, "-S", "-c", program]
    done = subprocess.run(command, env={"PYTHONPATH": str(PACKAGE)}, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
