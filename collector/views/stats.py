"""POST /api/v1/query: questions about a site."""

import time

import msgspec
from flask import Blueprint, Response, current_app

from collector.query.mirror import Mirror
from collector.query.named import Names
from collector.query.question import ask
from collector.settings import Settings
from collector.views.access import require_site
from collector.views.json_body import read_json
from collector.views.operation import Content, Operation, describe

blueprint = Blueprint("stats", __name__)


@blueprint.post("/api/v1/query", strict_slashes=False)
@describe(
    Operation(
        "Answers a question about a site",
        "questions",
        "read",
        {200: Content("rows, and the question with nothing left open", {"type": "object"})},
        problems=(400, 401, 403, 404, 413, 503),
        body=Content("the question", {"type": "object", "required": ["site_id", "metrics", "date_range"]}),
    )
)
def post_query() -> Response:
    body = read_json()
    site = require_site("read", body.get("site_id") if isinstance(body, dict) else None)
    mirror: Mirror = current_app.extensions["mirror"]
    settings: Settings = current_app.extensions["settings"]
    mirror.refresh(site)
    answer = ask(
        body,
        run=lambda sql, values: mirror.ask(sql, values, settings.query_seconds),
        default_timezone=site.timezone,
        now_ms=time.time_ns() // 1_000_000,
        earliest_ms=mirror.earliest_ms(site),
        people=site.people,
        names=Names(site.goals, site.segments),
    )
    response = Response(msgspec.json.encode(answer), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
