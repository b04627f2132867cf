"""Asking about a site: who may, and with what the answer is made."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app

from collector.query.mirror import Mirror
from collector.query.named import Names
from collector.settings import Settings
from collector.storage.sites import Site
from collector.views.access import require_site


class Database:
    """The mirror of one site, brought up to now when the first statement comes: what is refused costs nothing."""

    def __init__(self, mirror: Mirror, site: Site, seconds: float) -> None:
        self._mirror = mirror
        self._site = site
        self._seconds = seconds
        self._is_fresh = False

    def run(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        self._refresh()
        return self._mirror.ask(sql, values, self._seconds)

    def earliest_ms(self) -> int | None:
        """Time of the site's first event."""
        self._refresh()
        return self._mirror.earliest_ms(self._site)

    def _refresh(self) -> None:
        if not self._is_fresh:
            self._mirror.refresh(self._site)
            self._is_fresh = True


def ask_site(ask: Callable[..., Mapping[str, Any]], body: Any) -> Mapping[str, Any]:
    """What ``ask`` (question.ask or a report's) answers to a body, about the site that it names. Raises Problem."""
    site = require_site("read", body.get("site_id") if isinstance(body, dict) else None)
    settings: Settings = current_app.extensions["settings"]
    database = Database(current_app.extensions["mirror"], site, settings.query_seconds)
    return ask(
        body,
        run=database.run,
        default_timezone=site.timezone,
        now_ms=time.time_ns() // 1_000_000,
        earliest_ms=database.earliest_ms() if body.get("date_range") == "all" else None,
        people=site.people,
        names=Names(site.goals, site.segments),
    )
