"""Follows what becomes of sessions and of the log, and tells each site's webhook.

A message is delivered when it was answered with 2xx; only then the cursor moves, so whoever dies in between tells it
again. A webhook that takes nothing is tried again later and later; nothing is lost, for all of it follows from events.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from collector.errors import FootfallError
from collector.query.mirror import Mirror
from collector.query.records.changes import list_changes
from collector.query.records.context import Context
from collector.query.records.public_id import Place, write_cursor
from collector.settings import Settings
from collector.storage.connect import Client, StoreError
from collector.storage.segments import Segments, place_of
from collector.storage.sites import Site, Sites
from collector.storage.webhooks import Delivered, Webhook, Webhooks
from collector.webhooks.post import post

ROUND_SECONDS = 5.0
MOST_SESSIONS = 100  # of one message
MOST_MESSAGES = 20  # to one webhook in a round, so that others have their turn
MOST_PAUSE_SECONDS = 600.0

log = logging.getLogger("footfall.webhooks")


class Message(NamedTuple):
    """What is told, and how far the site's news has come with it."""

    body: dict[str, Any]
    then: Delivered


def begin_now() -> Delivered:
    """What a new webhook has been told of: everything until now."""
    return Delivered(write_cursor(Place(time.time_ns() // 1_000_000, "0" * 16)))


class Deliverer:
    """Delivers for all sites, from the mirror of a query process."""

    def __init__(
        self, settings: Settings, client: Client, mirror: Mirror, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._webhooks, self._sites, self._segments = Webhooks(client), Sites(client), Segments(client)
        self._mirror = mirror
        self._clock = clock
        self._holder = secrets.token_hex(8)
        self._failures: dict[str, int] = {}
        self._next_try: dict[str, float] = {}

    def run(self) -> int:
        """Tell all webhooks their news, unless another process does; how many messages were taken."""
        webhooks = self._webhooks.read_all()
        if not webhooks or not self._webhooks.hold(self._holder):
            return 0
        taken = 0
        for webhook in webhooks:
            try:
                taken += self._tell(webhook)
            except FootfallError as error:  # what one site cannot be asked must not keep others waiting
                self._pause(webhook, str(error))
        return taken

    def run_for_ever(self) -> None:
        """A round every ``ROUND_SECONDS``. What fails is tried again in the next one."""
        while True:
            time.sleep(ROUND_SECONDS)
            try:
                self.run()
            except StoreError as error:
                log.warning("webhooks wait: %s", error)
            except Exception:  # a thread that ends would be missed by nobody
                log.exception("webhooks wait")

    def _tell(self, webhook: Webhook) -> int:
        site = self._sites.get(webhook.site)
        if site is None or self._clock() < self._next_try.get(webhook.url, 0.0):
            return 0
        taken = 0
        for message in self._find_news(webhook, site):
            if not self._webhooks.hold(self._holder):
                break
            body = msgspec.json.encode(message.body)
            fault = post(webhook.url, webhook.secret, body, may_be_private=self._settings.webhook_private == "on")
            if fault is not None:
                self._pause(webhook, fault)
                break
            self._failures.pop(webhook.url, None)
            self._webhooks.note(site.id, message.then)
            taken += 1
        return taken

    def _find_news(self, webhook: Webhook, site: Site) -> Iterator[Message]:
        """Messages in their order; each is read when the one before was taken."""
        told = self._webhooks.read_delivered(site.id)
        waiting_ms = self._waiting_ms(site)
        is_behind = waiting_ms > webhook.behind_seconds * 1000
        if is_behind != told.is_behind:
            told = Delivered(told.cursor, is_behind)
            kind = "log_behind" if is_behind else "log_caught_up"
            yield Message({"type": kind, "site": site.id, "waiting_ms": waiting_ms}, told)
        self._mirror.refresh(site)
        for _ in range(MOST_MESSAGES):
            sessions, cursor = self._read_ended(site, told.cursor)
            if not sessions:
                return
            told = Delivered(cursor, told.is_behind)
            yield Message({"type": "session_ended", "site": site.id, "sessions": sessions}, told)

    def _read_ended(self, site: Site, cursor: str) -> tuple[list[dict[str, Any]], str]:
        now_ms = int(self._clock() * 1000)
        context = Context(site.id, ZoneInfo(site.timezone), now_ms, site.people, site.single_session)
        asked = [("state", "ended"), ("limit", str(MOST_SESSIONS)), *([("cursor", cursor)] if cursor else [])]
        seconds = self._settings.query_seconds
        found = list_changes(asked, context, lambda sql, values: self._mirror.ask(sql, values, seconds))
        return found.sessions, found.cursor

    def _waiting_ms(self, site: Site) -> int:
        """How long the oldest event has waited for the sealer."""
        pages = (self._segments.read(shard, "", "0-0", 1).page for shard in site.all_shards())
        waiting = [place_of(page.first_id)[0] for page in pages if page is not None]
        return max(0, int(self._clock() * 1000) - min(waiting)) if waiting else 0

    def _pause(self, webhook: Webhook, fault: str) -> None:
        failures = self._failures[webhook.url] = self._failures.get(webhook.url, 0) + 1
        seconds = min(MOST_PAUSE_SECONDS, ROUND_SECONDS * 2 ** min(failures, 10))
        self._next_try[webhook.url] = self._clock() + seconds
        log.warning("the webhook of %s took nothing: %s; again in %.0f s", webhook.site, fault, seconds)


def start_delivering(settings: Settings, client: Client, mirror: Mirror) -> None:
    """Deliver from a thread of its own, as long as the process lives."""
    deliverer = Deliverer(settings, client, mirror)
    threading.Thread(target=deliverer.run_for_ever, name="webhooks", daemon=True).start()
