"""A middleware for every WSGI application, Flask's among them: ``app.wsgi_app = Middleware(app.wsgi_app, tracker)``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.util import request_uri

from footfall_tracker.current import CURRENT, Current
from footfall_tracker.tracker import Answer, Request, Tracker

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Middleware:
    """Tells the tracker of every answer, when its last byte is handed over."""

    def __init__(self, app: Application, tracker: Tracker) -> None:
        self._app = app
        self._tracker = tracker

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        request = _request_of(environ)  # before the application: it may change the environment
        current = Current()
        token = CURRENT.set(current)
        said: tuple[int, str] = (500, "")

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal said
            said = int(status[:3]), next((value for name, value in headers if name.lower() == "content-type"), "")
            return start_response(status, headers, *more)

        try:
            body = self._app(environ, start)
        finally:
            CURRENT.reset(token)

        def end() -> None:
            self._tracker.note(request, Answer(*said, time.perf_counter() - began), current)

        return _Body(body, current, end)


class _Body:
    """An answer's body, which may be made while it is read, and still speak of its request."""

    def __init__(self, body: Iterable[bytes], current: Current, end: Callable[[], None]) -> None:
        self._body = body
        self._current = current
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        parts = iter(self._body)
        while True:
            token = CURRENT.set(self._current)
            try:
                part = next(parts, None)
            finally:
                CURRENT.reset(token)
            if part is None:
                return
            yield part

    def close(self) -> None:
        close = getattr(self._body, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._end()


def _request_of(environ: dict[str, Any]) -> Request:
    headers = {name[5:].replace("_", "-"): str(value) for name, value in environ.items() if name.startswith("HTTP_")}
    path = str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", ""))
    path = path.encode("latin-1", "replace").decode("utf-8", "replace")
    address = str(environ.get("REMOTE_ADDR", ""))
    return Request(str(environ.get("REQUEST_METHOD", "")), path, request_uri(environ), address, headers)
