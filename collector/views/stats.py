"""POST /api/v1/query: questions about a site."""

from flask import Blueprint, Response

from collector.query.question import prepare
from collector.views.answers import HEADERS, TICKET, UNCHANGED
from collector.views.asking import answer_site
from collector.views.json_body import read_json
from collector.views.operation import Content, Operation, describe

blueprint = Blueprint("stats", __name__)

_OBJECT = {"type": "object"}


@blueprint.post("/api/v1/query", strict_slashes=False)
@describe(
    Operation(
        "Answers a question about a site",
        "questions",
        "read",
        {
            200: Content("rows, and the question with nothing left open", _OBJECT),
            202: TICKET,
            304: UNCHANGED,
        },
        problems=(400, 401, 403, 404, 413, 503),
        parameters=HEADERS,
        body=Content("the question", {"type": "object", "required": ["site_id", "metrics", "date_range"]}),
    )
)
def post_query() -> Response:
    return answer_site(prepare, read_json())
