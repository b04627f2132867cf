"""GET /api/v1/live: a site's events as they come, as server-sent events."""

import time
from collections.abc import Mapping
from threading import BoundedSemaphore
from typing import Any

from flask import Blueprint, Response, current_app, request

from collector.errors import Problem
from collector.query.live import stream_events
from collector.settings import Settings
from collector.views.access import require_site
from collector.views.asking import Database
from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("live", __name__)

MOST_LISTENERS = 4
"""Of one process: each keeps one of the query server's threads."""

_places = BoundedSemaphore(MOST_LISTENERS)


@blueprint.get("/api/v1/live", strict_slashes=False)
@describe(
    Operation(
        "A site's events as they come",
        "questions",
        "read",
        {200: Content("server-sent events, without an end", types=("text/event-stream",))},
        problems=(401, 403, 404, 503),
        parameters=(Parameter("site_id", "the site's id", {"type": "string"}, is_needed=True),),
    )
)
def live() -> Response:
    site = require_site("read", request.args.get("site_id"))
    settings: Settings = current_app.extensions["settings"]
    mirror = current_app.extensions["mirror"]

    def look(sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        with Database(mirror, site, settings.query_seconds) as database:
            return database.run(sql, values)

    if not _places.acquire(blocking=False):
        raise Problem("too_many_listeners", f"{MOST_LISTENERS} streams are open; try again later", status=503)
    response = Response(
        stream_events(
            site.id,
            site.people,
            look,
            time.time,
            time.sleep,
        ),
        mimetype="text/event-stream",
    )
    response.call_on_close(_places.release)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep events until its buffer is full
    return response
