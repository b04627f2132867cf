"""GET /api/v1/events.gif: a beacon of one event for pages without JavaScript, as the address of a picture."""

from io import BytesIO

from flask import Blueprint, Response, current_app, request

from collector.ingest.receive import Receiver
from collector.ingest.unpack import build_body
from collector.settings import Settings
from collector.views.events import read_arrival
from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("pixel", __name__)

PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
TEXT = {"type": "string"}


@blueprint.get("/api/v1/events.gif")
@describe(
    Operation(
        "Takes one event, a pageview unless it has a name, and answers with a picture of one transparent pixel",
        "events",
        None,
        {200: Content("stored", types=("image/gif",))},
        problems=(400, 403, 429, 503),
        parameters=(
            Parameter("site", "the site's id", TEXT, is_needed=True),
            Parameter("name", "the event's name", TEXT),
            Parameter("url", "the page's address; else the one that the browser refers to", TEXT),
            Parameter("title", "the page's title", TEXT),
            Parameter("referrer", "where the visitor came from", TEXT),
        ),
    )
)
def get_pixel() -> Response:
    response = Response(PIXEL, mimetype="image/gif")
    response.headers["Cache-Control"] = "no-store"  # a picture that is kept is a view that is not counted
    if request.method != "HEAD" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        fields = {"name": "pageview"} | request.args.to_dict()
        if "url" not in fields and request.referrer:
            fields["url"] = request.referrer
        settings: Settings = current_app.extensions["settings"]
        receiver: Receiver = current_app.extensions["receiver"]
        body = build_body(fields.items())
        arrival = read_arrival(request.environ, settings.trusted_proxies)
        receiver.receive(arrival._replace(stream=BytesIO(body), length=len(body), content_type="", encoding=""))
    return response
