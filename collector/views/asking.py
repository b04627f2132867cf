"""Asking about a site: who may, and with what the answer is made."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2s
from importlib.metadata import version
from typing import Any, NamedTuple, Self

import msgspec
from flask import Response, current_app, request

from collector.query.gate import Gate
from collector.query.jobs import Jobs
from collector.query.mirror import Mirror
from collector.query.moment import Moment
from collector.query.named import Names
from collector.query.prepared import Prepared
from collector.query.sizes import Sizes
from collector.settings import Settings
from collector.storage.sites import Site
from collector.views.access import require_site
from collector.views.answers import make_answer, make_ticket, make_unchanged, read_format

CODE = version("footfall")

PATIENCE = 10
"""How many times as long a question may take that nobody waits for."""

Version = tuple[tuple[str, str], ...]


class Database:
    """The mirror of one site, brought up to now when it is first needed: what is refused costs nothing.

    All statements see the same rows. ``version``: what the mirror holds of the site, at the least; None before, as is
    ``fresh_ms``: all that was accepted before is there.
    """

    def __init__(self, mirror: Mirror, site: Site, seconds: float) -> None:
        self._mirror = mirror
        self._site = site
        self._moment: Moment | None = None
        self._is_cancelled = False
        self.seconds = seconds
        self.version: Version | None = None
        self.fresh_ms = 0

    def refresh(self) -> None:
        """Bring the mirror up to now."""
        if self.version is None:
            self.fresh_ms = time.time_ns() // 1_000_000
            self._mirror.refresh(self._site)
            self.version = self._mirror.version(self._site)

    def run(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        return self._open().run(sql, values)

    def earliest_ms(self) -> int | None:
        """Time of the site's first event."""
        self.refresh()
        return self._mirror.earliest_ms(self._site)

    def estimate(self, sizes: Sizes, prepared: Prepared) -> int:
        """The events that answering reads, about."""
        self.refresh()
        run = partial(self._mirror.ask, seconds=self.seconds)
        return round(prepared.passes * sizes.estimate(self._site.id, prepared.selection.range, run))

    def last_accepted_ms(self) -> int | None:
        """When the newest of the site's beacons that are here was accepted."""
        return self._mirror.last_accepted_ms(self._site)

    def cancel(self) -> None:
        """End what runs, from another thread; nothing runs afterwards."""
        self._is_cancelled = True
        if self._moment is not None:
            self._moment.cancel()

    def close(self) -> None:
        if self._moment is not None:
            self._moment.close()

    def _open(self) -> Moment:
        if self._moment is None:
            self.refresh()
            self._moment = self._mirror.open(self.seconds)
        if self._is_cancelled:
            self._moment.cancel()
        return self._moment

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class Answered(NamedTuple):
    """An answer, the form in which it was asked for, and its tag."""

    answer: Mapping[str, Any]
    form: str
    tag: str


class Asking:
    """A question that is ready to be answered. ``is_patient``: somebody will come back for the answer."""

    def __init__(self, site: Site, prepared: Prepared, form: str, database: Database, *, is_patient: bool) -> None:
        self._site = site
        self._prepared = prepared
        self._form = form
        self._database = database
        self._is_patient = is_patient
        self._gate: Gate = current_app.extensions["gate"]
        self._sizes: Sizes = current_app.extensions["sizes"]

    @property
    def tag(self) -> str:
        """All that the answer depends on, in a few characters."""
        self._database.refresh()
        site, prepared = self._site, self._prepared
        span = prepared.selection.range
        named = (site.people, site.goals, site.segments)
        held = self._database.version
        whole = (CODE, held, prepared.shown, span.start_ms, span.end_ms, named, self._form)
        return blake2s(msgspec.json.encode(whole), digest_size=12).hexdigest()

    def run(self) -> Answered:
        """The answer. Raises Problem."""
        database = self._database
        with database:
            cost = database.estimate(self._sizes, self._prepared)
            with self._gate.enter(cost, database.seconds, is_patient=self._is_patient):
                answer = self._prepared.answer(database.run)
        freshness = {"as_of": _show(database.fresh_ms), "last_accepted": _show(database.last_accepted_ms())}
        answer["meta"]["freshness"] = freshness
        return Answered(answer, self._form, self.tag)

    def cancel(self) -> None:
        self._database.cancel()


def answer_site(prepare: Callable[..., Prepared], body: Any) -> Response:
    """The response to what a body asks about the site that it names; ``prepare`` reads it. Raises Problem.

    Nothing is asked of the database when the client has the answer: the same question to the same rows.
    """
    form = read_format()
    is_patient = "respond-async" in request.headers.get("Prefer", "")
    site = require_site("read", body.get("site_id") if isinstance(body, dict) else None)
    settings: Settings = current_app.extensions["settings"]
    seconds = settings.query_seconds * (PATIENCE if is_patient else 1)
    database = Database(current_app.extensions["mirror"], site, seconds)
    prepared = prepare(
        body,
        default_timezone=site.timezone,
        now_ms=time.time_ns() // 1_000_000,
        earliest_ms=database.earliest_ms() if body.get("date_range") == "all" else None,
        people=site.people,
        names=Names(site.goals, site.segments),
    )
    asking = Asking(site, prepared, form, database, is_patient=is_patient)
    if is_patient:
        jobs: Jobs = current_app.extensions["jobs"]
        return make_ticket(jobs.submit(site.id, asking))
    tag = asking.tag
    if request.if_none_match.contains_weak(tag):
        return make_unchanged(tag)
    return make_answer(*asking.run())


def _show(at_ms: int | None) -> str | None:
    return None if at_ms is None else datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
