"""Questions that somebody comes back for: in order, cancelled, bounded, and forgotten after a while."""

import threading
import time
from collections.abc import Callable

import pytest

from collector.errors import Problem
from collector.query.jobs import KEPT_SECONDS, MOST_KEPT, MOST_WAITING, Jobs


class Work:
    """Waits until it may go on; gives its name."""

    def __init__(self, name: str = "", problem: Exception | None = None) -> None:
        self.name = name
        self.problem = problem
        self.may_end = threading.Event()
        self.is_cancelled = False

    def run(self) -> str:
        assert self.may_end.wait(30)
        if self.is_cancelled:
            raise Problem("cancelled", "it was", status=409)
        if self.problem is not None:
            raise self.problem
        return self.name

    def cancel(self) -> None:
        self.is_cancelled = True
        self.may_end.set()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_jobs_are_done_one_after_the_other_whatever_becomes_of_them() -> None:
    jobs = Jobs()
    works = [Work("a"), Work("b", Problem("too_slow", "it was", status=503)), Work("c", ZeroDivisionError()), Work("d")]
    made = [jobs.submit("shop", work) for work in works]
    until(lambda: made[0].state == "running")
    assert [job.state for job in made] == ["running", "waiting", "waiting", "waiting"]
    for work in works:
        work.may_end.set()
    until(lambda: made[3].state == "done")
    assert [job.state for job in made] == ["done", "failed", "failed", "done"]
    assert [job.result for job in made] == ["a", None, None, "d"]
    assert [job.problem and job.problem.code for job in made] == [None, "too_slow", "internal_error", None]


def test_a_cancelled_job_ends_and_is_forgotten_also_before_it_began() -> None:
    jobs = Jobs()
    running, waiting, last = (jobs.submit("shop", Work(name)) for name in "abc")
    until(lambda: running.state == "running")
    for job in (waiting, running):
        jobs.cancel(job)
        assert jobs.find(job.id) is None
    last.work.may_end.set()  # type: ignore[attr-defined]
    until(lambda: last.state == "done")
    assert (running.state, waiting.state) == ("failed", "waiting")


def test_so_many_may_wait_and_no_more() -> None:
    jobs = Jobs()
    works = [Work() for _ in range(MOST_WAITING + 1)]
    first = jobs.submit("shop", works[0])
    until(lambda: first.state == "running")
    made = [jobs.submit("shop", work) for work in works[1:]]
    with pytest.raises(Problem) as caught:
        jobs.submit("shop", Work())
    assert (caught.value.code, caught.value.status, caught.value.retry_after_seconds) == ("too_busy", 503, 30)
    for job in (*made, first):
        jobs.cancel(job)


def test_an_answer_is_kept_for_a_while_and_the_oldest_go_first() -> None:
    now = [0.0]
    jobs = Jobs(clock=lambda: now[0])

    def do() -> str:
        work = Work()
        work.may_end.set()
        job = jobs.submit("shop", work)
        until(lambda: job.ended is not None)
        return job.id

    first = do()
    now[0] = KEPT_SECONDS
    assert jobs.find(first) is not None
    now[0] += 1
    assert jobs.find(first) is None
    ids = []
    for _ in range(MOST_KEPT + 1):
        now[0] += 1
        ids.append(do())
    assert [jobs.find(each) is None for each in ids] == [True] + [False] * MOST_KEPT
