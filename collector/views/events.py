"""POST /api/v1/events: where beacons arrive."""

import time

from flask import Blueprint, Response, current_app, request
from flask_cors import CORS

from collector.ingest.client_address import find_client_address
from collector.ingest.receive import Arrival, Receiver
from collector.settings import Settings
from collector.views.bearer import read_bearer

blueprint = Blueprint("events", __name__)
# A beacon is public by nature and carries no credentials, so any page may send one.
CORS(
    blueprint,
    origins="*",
    send_wildcard=True,
    supports_credentials=False,
    methods=["POST"],
    expose_headers=["Retry-After"],
)


@blueprint.post("/api/v1/events", strict_slashes=False)
def post_events() -> Response:
    settings: Settings = current_app.extensions["settings"]
    receiver: Receiver = current_app.extensions["receiver"]
    arrival = Arrival(
        request.get_data(cache=False),
        find_client_address(
            request.remote_addr or "", request.headers.get("X-Forwarded-For"), settings.trusted_proxies
        ),
        request.headers.get("User-Agent", ""),
        read_bearer(),
        time.time_ns() // 1_000_000,
    )
    return Response(receiver.receive(arrival), 202, mimetype="application/json")
