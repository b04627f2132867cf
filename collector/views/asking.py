"""Asking about a site: who may, and with what the answer is made."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import blake2s
from importlib.metadata import version
from typing import Any, Self

import msgspec
from flask import Response, current_app, request

from collector.query.mirror import Mirror, read_earliest_ms
from collector.query.moment import Moment
from collector.query.named import Names
from collector.query.prepared import Prepared
from collector.settings import Settings
from collector.storage.sites import Site
from collector.views.access import require_site
from collector.views.answers import make_answer, make_unchanged, read_format

CODE = version("footfall")

Version = tuple[tuple[str, str], ...]


class Database:
    """The mirror of one site, brought up to now when it is first needed: what is refused costs nothing.

    All statements see the same rows. ``version``: what the mirror holds of the site, at the least; None before.
    """

    def __init__(self, mirror: Mirror, site: Site, seconds: float) -> None:
        self._mirror = mirror
        self._site = site
        self._seconds = seconds
        self._moment: Moment | None = None
        self.version: Version | None = None

    def refresh(self) -> None:
        """Bring the mirror up to now."""
        if self.version is None:
            self._mirror.refresh(self._site)
            self.version = self._mirror.version(self._site)

    def run(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        return self._open().run(sql, values)

    def earliest_ms(self) -> int | None:
        """Time of the site's first event."""
        return read_earliest_ms(self._open(), self._site.id)

    def last_accepted_ms(self) -> int | None:
        """When the newest of the site's beacons that are here was accepted."""
        return self._mirror.last_accepted_ms(self._site)

    def close(self) -> None:
        if self._moment is not None:
            self._moment.close()

    def _open(self) -> Moment:
        if self._moment is None:
            self.refresh()
            self._moment = self._mirror.open(self._seconds)
        return self._moment

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def answer_site(prepare: Callable[..., Prepared], body: Any) -> Response:
    """The response to what a body asks about the site that it names; ``prepare`` reads it. Raises Problem.

    Nothing is asked of the database when the client has the answer: the same question to the same rows.
    """
    form = read_format()
    site = require_site("read", body.get("site_id") if isinstance(body, dict) else None)
    settings: Settings = current_app.extensions["settings"]
    now_ms = time.time_ns() // 1_000_000
    with Database(current_app.extensions["mirror"], site, settings.query_seconds) as database:
        prepared = prepare(
            body,
            default_timezone=site.timezone,
            now_ms=now_ms,
            earliest_ms=database.earliest_ms() if body.get("date_range") == "all" else None,
            people=site.people,
            names=Names(site.goals, site.segments),
        )
        database.refresh()
        tag = _tag(site, prepared, database.version, form)
        if request.if_none_match.contains_weak(tag):
            return make_unchanged(tag)
        answer = prepared.answer(database.run)
        answer["meta"]["freshness"] = _show_freshness(now_ms, database.last_accepted_ms())
    return make_answer(answer, form, tag)


def _tag(site: Site, prepared: Prepared, held: object, form: str) -> str:
    """All that an answer depends on, in a few characters."""
    span = prepared.selection.range
    whole = (CODE, held, prepared.shown, span.start_ms, span.end_ms, site.people, site.goals, site.segments, form)
    return blake2s(msgspec.json.encode(whole), digest_size=12).hexdigest()


def _show_freshness(now_ms: int, last_accepted_ms: int | None) -> dict[str, str | None]:
    """All that was accepted before ``as_of`` counts."""
    return {"as_of": _show(now_ms), "last_accepted": None if last_accepted_ms is None else _show(last_accepted_ms)}


def _show(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
