"""One state of the mirror, for the statements of one question: what comes meanwhile is in none of them."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import duckdb

from collector.errors import Problem

RunBlocking = Callable[..., Any]
"""Calls a function that keeps its thread busy, in a way that lets other requests go on."""

Values = Sequence[object] | Mapping[str, object]
"""Values bound to an SQL text, by number or by name."""


class Moment:
    """A transaction that reads. ``seconds``: what all of its statements may take together."""

    def __init__(self, database: Any, seconds: float, run_blocking: RunBlocking) -> None:
        self._cursor = database.cursor()
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._run_blocking = run_blocking
        self._is_cancelled = False
        self._is_closed = False
        self._lock = threading.Lock()
        self._cursor.begin()

    def run(self, sql: str, values: Values) -> list[tuple[Any, ...]]:
        """All rows. Raises Problem when the time is over, or when it was cancelled."""
        # Started here and not where the database works: a gevent timer lives in the thread of the server.
        timer = threading.Timer(max(self._until - time.monotonic(), 0), self._interrupt)
        timer.daemon = True
        timer.start()
        try:
            if self._is_cancelled:
                raise duckdb.InterruptException("before it began")
            rows: list[tuple[Any, ...]] = self._run_blocking(_fetch, self._cursor, sql, values)
            return rows
        except duckdb.InterruptException as error:
            if self._is_cancelled:
                raise Problem("cancelled", "somebody cancelled the question", status=409) from error
            raise Problem("too_slow", f"the question took longer than {self._seconds:g} s", status=503) from error
        finally:
            timer.cancel()

    def cancel(self) -> None:
        """End what runs, from another thread, if anything does; nothing runs afterwards."""
        self._is_cancelled = True
        self._interrupt()

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._cursor.close()

    def _interrupt(self) -> None:
        with self._lock:
            if not self._is_closed:
                self._cursor.interrupt()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _fetch(cursor: Any, sql: str, values: Values) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = cursor.execute(sql, values).fetchall()
    return rows
