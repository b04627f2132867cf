"""From a request that was answered to the events that are sent of it."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from footfall_tracker.current import Current
from footfall_tracker.post import Collector
from footfall_tracker.rules import EXCLUDED, EntityRule, Rules
from footfall_tracker.sender import Counts, Sender

log = logging.getLogger("footfall_tracker")

COUNTS = ("all", "guests", "users")
Receiver = Callable[["dict[str, Any]"], "dict[str, Any] | None"]


class Request(NamedTuple):
    """What there is to know of a request. ``url`` has its query; ``address`` is the client's."""

    method: str
    path: str
    url: str
    address: str
    headers: Mapping[str, str]


class Answer(NamedTuple):
    """``seconds``: from the request's arrival to the end of its answer."""

    status: int
    content_type: str
    seconds: float


class Tracker:
    """Measures a site. ``key`` is its secret write key; it never leaves the server.

    ``count``: all, guests (nobody was identified) or users. ``receivers`` get every event before it waits to be sent,
    and give it back, changed or not, or None to drop it. ``trusted_hops``: how many proxies of yours add to
    X-Forwarded-For; with 0 it is not believed.
    """

    def __init__(
        self,
        url: str,
        site: str,
        key: str,
        *,
        exclude: Sequence[str] = EXCLUDED,
        entities: Sequence[EntityRule | tuple[str, ...]] = (),
        count: str = "all",
        receivers: Sequence[Receiver] = (),
        trusted_hops: int = 0,
        most_waiting: int = 10_000,
        flush_seconds: float = 3.0,
    ) -> None:
        if count not in COUNTS:
            raise ValueError(f"count is one of {', '.join(COUNTS)}")
        self._rules = Rules(exclude, entities)
        self._count = count
        self._receivers = tuple(receivers)
        self._trusted_hops = trusted_hops
        self._sender = Sender(Collector(url, site, key).post, most_waiting, flush_seconds)

    @property
    def counts(self) -> Counts:
        """What became of events so far in this process."""
        return self._sender.counts

    def flush(self, seconds: float = 3.0) -> bool:
        """Wait until everything is sent; False when it is not within ``seconds``."""
        return self._sender.flush(seconds)

    def close(self) -> None:
        """Send what waits, and take no more."""
        self._sender.close()

    def track(self, name: str, **fields: Any) -> None:
        """Send one event, outside of any request: ``track("renewed", user="u-17", revenue={…})`` (docs/events.md)."""
        self._put({"name": name, **fields}, "")

    def note(self, request: Request, answer: Answer, current: Current) -> None:
        """Send what a request that is answered stands for. Raises nothing."""
        try:
            self._note(request, answer, current)
        except Exception:  # a page must not fail because it could not be counted
            log.exception("a request was not counted")

    def _note(self, request: Request, answer: Answer, current: Current) -> None:
        if self._rules.excludes(request.path) or answer.status >= 400 or not self._is_counted(current):
            return
        headers = {name.lower(): value for name, value in request.headers.items()}
        app = headers.get("x-app-source", "")
        told = [*current.events]
        is_page = request.method == "GET" and (bool(app) or answer.content_type.startswith("text/html"))
        if is_page and "prefetch" not in headers.get("sec-purpose", headers.get("purpose", "")):
            told.insert(0, {"name": "pageview", "props": {"response_ms": round(answer.seconds * 1000)}})
            entity = self._rules.entity_of(request.path)
            if entity is not None:
                told.append({"name": "view", "entity": entity})
        who = {
            "url": request.url,
            "ip": self._address_of(request, headers),
            "user_agent": headers.get("user-agent"),
            "referrer": headers.get("referer"),
            "user": current.user,
            "visitor": current.visitor,
        }
        shared = {name: value for name, value in who.items() if value}
        for each in told:
            self._put({**each, **shared}, app)

    def _is_counted(self, current: Current) -> bool:
        return self._count == "all" or (self._count == "users") == (current.user is not None)

    def _address_of(self, request: Request, headers: Mapping[str, str]) -> str:
        """The address that the outermost proxy of ours saw."""
        hops = [part.strip() for part in headers.get("x-forwarded-for", "").split(",") if part.strip()]
        if not self._trusted_hops or len(hops) < self._trusted_hops:
            return request.address
        return hops[-self._trusted_hops]

    def _put(self, event: dict[str, Any], app: str) -> None:
        told: dict[str, Any] | None = {"id": uuid.uuid4().hex, "at": int(time.time() * 1000), **event}
        for receiver in self._receivers:
            try:
                told = receiver(told)  # type: ignore[arg-type]
            except Exception:  # of the site's own code; the next ones still get the event
                log.exception("a receiver failed")
            if told is None:
                return
        self._sender.put(told, app)  # type: ignore[arg-type]
