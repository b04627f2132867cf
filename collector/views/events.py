"""POST /api/v1/events: where beacons arrive. In a server the door (door.py) takes them before Flask does."""

import time
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_cors import CORS
from werkzeug.wsgi import get_content_length

from collector.enrich.client_hints import read_hints
from collector.events.limits import most
from collector.ingest.client_address import find_client_address
from collector.ingest.receive import Arrival, Receiver
from collector.settings import Network, Settings
from collector.views.bearer import parse_bearer
from collector.views.operation import Content, Operation, describe

PATH = "/api/v1/events"
MOST_AGENT = most("user_agent")
ALLOW_ANY_PAGE = ("Access-Control-Allow-Origin", "*")

TAKES_EVENTS = Operation(
    "Takes a beacon of 1 to 500 events; a secret write key lets it say more",
    "events",
    None,
    {202: Content("stored; what was not taken is named", {"type": "object", "required": ["accepted"]})},
    problems=(400, 403, 408, 411, 413, 415, 429, 503),
    body=Content("the beacon", {"$ref": "#/components/schemas/Beacon"}, ("application/json", "text/plain")),
)

blueprint = Blueprint("events", __name__)
preflight = Blueprint("events_preflight", __name__)

# A beacon is public by nature and carries no credentials, so any page may send one. Browsers ask first only when a
# sender is fancier than our tracker, so what costs a sixth of a beacon's time is done for that question alone.
CORS(preflight, origins="*", send_wildcard=True, supports_credentials=False, methods=["POST"])


@preflight.route(PATH, methods=["OPTIONS"], strict_slashes=False)
def answer_preflight() -> Response:
    return Response(status=204)


@blueprint.after_request
def let_any_page_read(response: Response) -> Response:
    name, value = ALLOW_ANY_PAGE
    response.headers[name] = value
    if response.status_code >= 400:
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


@blueprint.route(PATH, methods=["POST"], strict_slashes=False, provide_automatic_options=False)
@describe(TAKES_EVENTS)
def post_events() -> Response:
    settings: Settings = current_app.extensions["settings"]
    receiver: Receiver = current_app.extensions["receiver"]
    arrival = read_arrival(request.environ, settings.trusted_proxies)
    return Response(receiver.receive(arrival), 202, mimetype="application/json")


def read_arrival(environ: dict[str, Any], trusted_proxies: Sequence[Network]) -> Arrival:
    """What a request's WSGI environment tells."""
    return Arrival(
        environ["wsgi.input"],
        get_content_length(environ),
        find_client_address(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR"), trusted_proxies),
        environ.get("HTTP_USER_AGENT", "")[:MOST_AGENT],
        parse_bearer(environ["HTTP_AUTHORIZATION"]) if "HTTP_AUTHORIZATION" in environ else None,
        time.time_ns() // 1_000_000,
        read_hints(environ),
        environ.get("HTTP_X_APP_SOURCE"),
        environ.get("CONTENT_TYPE", ""),
        environ.get("HTTP_CONTENT_ENCODING", ""),
    )
