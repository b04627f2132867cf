"""GET /js/<name>: the built tracker and its extra files, which are in the repository."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("script", __name__)

FOLDER = Path(__file__).parent.parent / "static"
MAX_AGE_SECONDS = 3600


@blueprint.get("/js/<name>")
@describe(
    Operation(
        "The tracker and its extra files",
        "events",
        None,
        {200: Content("the script", types=("text/javascript",)), 304: Content("as before", types=())},
        problems=(404,),
        parameters=(Parameter("name", "such as footfall.js", {"type": "string"}, "path"),),
    )
)
def script(name: str) -> Response:
    response = send_from_directory(FOLDER, name, mimetype="text/javascript", max_age=MAX_AGE_SECONDS)
    # Pages of other origins load it, and may check its hash (integrity=…), which needs CORS.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
