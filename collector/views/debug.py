"""POST /api/v1/events/debug: what the collector makes of a beacon, for who holds the site's secret write key."""

from flask import Blueprint, Response, current_app, request

from collector.ingest.receive import Receiver
from collector.settings import Settings
from collector.views.events import ALLOW_ANY_PAGE, TAKES_EVENTS, read_arrival
from collector.views.operation import Content, Operation, describe

blueprint = Blueprint("debug", __name__)


@blueprint.post("/api/v1/events/debug")
@describe(
    Operation(
        "Shows each event of a beacon as it would be stored, and stores nothing; needs a secret write key",
        "events",
        None,
        {200: Content("what would be stored, and what not and why", {"type": "object", "required": ["events"]})},
        problems=TAKES_EVENTS.problems,
        body=TAKES_EVENTS.body,
    )
)
def post_debug() -> Response:
    settings: Settings = current_app.extensions["settings"]
    receiver: Receiver = current_app.extensions["receiver"]
    answer = receiver.explain(read_arrival(request.environ, settings.trusted_proxies))
    name, value = ALLOW_ANY_PAGE
    return Response(answer, mimetype="application/json", headers={name: value, "Cache-Control": "no-store"})
