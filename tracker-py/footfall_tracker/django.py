"""``MIDDLEWARE = ["footfall_tracker.django.Middleware", …]``, with ``FOOTFALL = {"url": …, "site": …, "key": …}``."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from footfall_tracker.current import CURRENT, Current
from footfall_tracker.tracker import Answer, Request, Tracker


class Middleware:
    """Tells a tracker of every answer; whoever is logged in is the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse], tracker: Tracker | None = None) -> None:
        self._get_response = get_response
        self.tracker = tracker or Tracker(**settings.FOOTFALL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        current = Current()
        token = CURRENT.set(current)
        try:
            response = self._get_response(request)
        finally:
            CURRENT.reset(token)
        if current.user is None:
            current.user = _user_of(request)
        answer = Answer(response.status_code, response.get("Content-Type", ""), time.perf_counter() - began)
        address = str(request.META.get("REMOTE_ADDR", ""))
        url = request.build_absolute_uri()
        self.tracker.note(Request(request.method or "", request.path, url, address, request.headers), answer, current)
        return response


def _user_of(request: Any) -> str | None:
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else None
