"""One batch of events over HTTP, and what is to be done with it then."""

from __future__ import annotations

import gzip
import json
import logging
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, NamedTuple

log = logging.getLogger("footfall_tracker")

ANSWER_SECONDS = 10.0
WORTH_PACKING = 1024  # bytes
MAY_PASS = (408, 429, 500, 502, 503, 504)
"""Answers after which the same may be sent again: its ids make it count once."""


class Outcome(NamedTuple):
    """``is_over``: these events need not be sent again; ``taken`` of them were accepted."""

    is_over: bool
    taken: int = 0
    retry_after_seconds: float = 0.0


class Collector:
    """A collector that takes events of a site, for the holder of its secret write key."""

    def __init__(self, url: str, site: str, key: str) -> None:
        self._url = f"{url.rstrip('/')}/api/v1/events"
        self._site = site
        self._key = key

    def post(self, events: list[dict[str, Any]], app: str) -> Outcome:
        """Send them as one beacon."""
        beacon = {"site": self._site, "sent_at": int(time.time() * 1000), "events": events}
        body = json.dumps(beacon, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        if app:
            headers["X-App-Source"] = app
        if len(body) >= WORTH_PACKING:
            body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        try:
            request = urllib.request.Request(self._url, body, headers, method="POST")
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return _refused(error)
        except (OSError, HTTPException, ValueError) as error:
            log.debug("no answer from %s: %s", self._url, error)
            return Outcome(is_over=False)
        return Outcome(is_over=True, taken=int(answer.get("accepted", 0)))


def _refused(error: urllib.error.HTTPError) -> Outcome:
    if error.code in MAY_PASS:
        after = error.headers.get("Retry-After", "")
        return Outcome(is_over=False, retry_after_seconds=float(after) if after.isdigit() else 0.0)
    log.error("events were refused with %d: %s", error.code, error.read(500).decode("utf-8", "replace"))
    return Outcome(is_over=True)
