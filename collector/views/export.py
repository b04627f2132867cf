"""GET /api/v1/export: every event of a site, streamed."""

from flask import Blueprint, Response, current_app, request

from collector.errors import Problem
from collector.exchange.export import Exporter
from collector.exchange.export_formats import EXPORT_FORMATS
from collector.exchange.window import parse_window
from collector.views.access import require_site
from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("export", __name__)

CURSOR_HEADER = "X-Footfall-Cursor"
DAY = {"type": "string", "format": "date"}


@blueprint.get("/api/v1/export", strict_slashes=False)
@describe(
    Operation(
        "Gives every event of a site, with all its columns",
        "events",
        "read",
        {200: Content("the events", None, tuple(form.media_type for form in EXPORT_FORMATS.values()))},
        problems=(400, 401, 403, 404, 503),
        parameters=(
            Parameter("site", "id of the site", {"type": "string"}, is_needed=True),
            Parameter("format", "form of the answer", {"enum": list(EXPORT_FORMATS), "default": "ndjson"}),
            Parameter("from", "first day, in the site's time zone", DAY),
            Parameter("to", "last day, in the site's time zone", DAY),
            Parameter(
                "after",
                f"0, or the {CURSOR_HEADER} of an answer: events that arrived since, each exactly once",
                {"type": "string", "pattern": "^[0-9]{1,15}$"},
            ),
        ),
    )
)
def get_export() -> Response:
    site = require_site("read", request.args.get("site"))
    name = request.args.get("format", "ndjson")
    form = EXPORT_FORMATS.get(name)
    if form is None:
        known = ", ".join(EXPORT_FORMATS)
        raise Problem("unknown_format", f"{name!r} is no format; known: {known}", pointer="/format")
    first, last, after = (request.args.get(part) for part in ("from", "to", "after"))
    window = parse_window(first, last, after, site.timezone)
    exporter: Exporter = current_app.extensions["exporter"]
    until_ms, pieces = exporter.begin(site, window, form)
    response = Response(pieces, content_type=form.media_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="{site.id}.{form.name}"'
    if until_ms is not None:
        response.headers[CURSOR_HEADER] = str(until_ms)
    return response
