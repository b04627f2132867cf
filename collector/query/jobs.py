"""Questions whose answers somebody comes back for: answered one after the other, and kept for a while.

They live in the process that answers questions, and end with it.
"""

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Literal, Protocol

from collector.errors import Problem

MOST_WAITING = 20
MOST_KEPT = 50
KEPT_SECONDS = 900.0

State = Literal["waiting", "running", "done", "failed"]

log = logging.getLogger("footfall")


class Work(Protocol):
    """What a job does. ``cancel`` may come from another thread, also before ``run``, and ends it with a Problem."""

    def run(self) -> Any: ...
    def cancel(self) -> None: ...


class Job:
    """One question. ``result`` is there when it is done, ``problem`` when it failed."""

    def __init__(self, site_id: str, work: Work) -> None:
        self.id = secrets.token_urlsafe(12)
        self.site_id = site_id
        self.work = work
        self.state: State = "waiting"
        self.result: Any = None
        self.problem: Problem | None = None
        self.ended: float | None = None


class Jobs:
    """All jobs of this process, and the one thread that does them, while there are any."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()
        self._jobs: dict[str, Job] = {}
        self._is_working = False

    def submit(self, site_id: str, work: Work) -> Job:
        """Put a job into the line. Raises Problem (503) when that is full."""
        with self._lock:
            self._forget_old()
            if len(self._waiting) >= MOST_WAITING:
                detail = f"{MOST_WAITING} questions wait already"
                raise Problem("too_busy", detail, status=503, retry_after_seconds=30)
            job = Job(site_id, work)
            self._jobs[job.id] = job
            self._waiting.append(job)
            if not self._is_working:
                self._is_working = True
                threading.Thread(target=self._work, name="questions", daemon=True).start()
        return job

    def find(self, job_id: str) -> Job | None:
        with self._lock:
            self._forget_old()
            return self._jobs.get(job_id)

    def cancel(self, job: Job) -> None:
        """End a job that waits or runs, and forget it."""
        with self._lock:
            self._jobs.pop(job.id, None)
            if job in self._waiting:
                self._waiting.remove(job)
        job.work.cancel()

    def _forget_old(self) -> None:
        ended = [job for job in self._jobs.values() if job.ended is not None]
        too_many = len(ended) - MOST_KEPT
        for place, job in enumerate(sorted(ended, key=lambda job: job.ended or 0)):
            if place < too_many or self._clock() - (job.ended or 0) > KEPT_SECONDS:
                del self._jobs[job.id]

    def _work(self) -> None:
        while True:
            with self._lock:
                self._is_working = bool(self._waiting)
                if not self._is_working:
                    return
                job = self._waiting.popleft()
                job.state = "running"
            try:
                job.result = job.work.run()
                job.state = "done"
            except Problem as problem:
                job.problem, job.state = problem, "failed"
            except Exception:
                log.exception("a question failed")
                job.problem = Problem("internal_error", "Something went wrong here; it is logged.", status=500)
                job.state = "failed"
            job.ended = self._clock()
