"""Small questions go straight in; large ones share a budget, wait in order, and are refused when too many wait."""

import threading
import time
from collections.abc import Callable

import pytest

from collector.errors import Problem
from collector.query.gate import Gate


class Visitors:
    """Threads that go in, each until it is told to leave."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.entered: list[str] = []
        self._leave: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []

    def come(self, name: str, cost: int) -> None:
        self._leave[name] = threading.Event()

        def visit() -> None:
            with self.gate.enter(cost, 30):
                self.entered.append(name)
                self._leave[name].wait(30)

        thread = threading.Thread(target=visit)
        thread.start()
        self._threads.append(thread)

    def leave(self, *names: str) -> None:
        for name in names:
            self._leave[name].set()

    def end(self) -> None:
        self.leave(*self._leave)
        for thread in self._threads:
            thread.join(30)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_the_large_ones_share_a_budget_and_go_in_as_they_came() -> None:
    gate = Gate(small=10, at_once=100, most_waiting=3)
    visitors = Visitors(gate)
    try:
        visitors.come("first", 60)
        until(lambda: visitors.entered == ["first"])
        visitors.come("too much beside it", 50)
        until(lambda: gate.waiting == 1)
        visitors.come("would fit, but came later", 20)
        until(lambda: gate.waiting == 2)
        with gate.enter(10, 0):
            pass
        assert visitors.entered == ["first"], "a small one passes all of them"
        visitors.leave("first")
        until(lambda: len(visitors.entered) == 3)
        assert visitors.entered == ["first", "too much beside it", "would fit, but came later"]
    finally:
        visitors.end()


def test_one_that_is_larger_than_the_budget_runs_alone() -> None:
    gate = Gate(small=10, at_once=100)
    with gate.enter(1000, 0), pytest.raises(Problem), gate.enter(11, 0.01):
        pass
    with gate.enter(11, 0):
        pass


@pytest.mark.parametrize(("most_waiting", "most_cost"), [(1, 1000), (5, 60)])
def test_a_full_line_is_refused_at_once_but_for_the_patient(most_waiting: int, most_cost: int) -> None:
    gate = Gate(small=10, at_once=100, most_waiting=most_waiting, most_waiting_cost=most_cost)
    visitors = Visitors(gate)
    try:
        visitors.come("inside", 100)
        until(lambda: visitors.entered == ["inside"])
        visitors.come("in the line", 50)
        until(lambda: gate.waiting == 1)
        with pytest.raises(Problem) as caught, gate.enter(50, 30):
            pass
        assert (caught.value.code, caught.value.status) == ("too_busy", 503)
        assert caught.value.retry_after_seconds == 1
        visitors.leave("inside")
        with gate.enter(50, 30, is_patient=True):
            until(lambda: visitors.entered == ["inside", "in the line"])
    finally:
        visitors.end()


def test_who_fails_inside_leaves_his_room() -> None:
    gate = Gate(small=10, at_once=100)
    with pytest.raises(ZeroDivisionError), gate.enter(100, 0):
        raise ZeroDivisionError
    with gate.enter(100, 0):
        pass
