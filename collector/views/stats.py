"""POST /api/v1/query: questions about a site."""

from flask import Blueprint, Response

from collector.query.question import prepare
from collector.query.question_schema import ref
from collector.views.answers import FORMAT_PARAMETER, HEADERS, TICKET, UNCHANGED
from collector.views.asking import answer_site
from collector.views.json_body import read_json
from collector.views.operation import Content, Operation, describe

blueprint = Blueprint("stats", __name__)


@blueprint.post("/api/v1/query", strict_slashes=False)
@describe(
    Operation(
        "Answers a question about a site",
        "questions",
        "read",
        {
            200: Content(
                "rows, and the question with nothing left open", ref("Answer"), ("application/json", "text/csv")
            ),
            202: TICKET,
            304: UNCHANGED,
        },
        problems=(400, 401, 403, 404, 413, 503),
        parameters=(FORMAT_PARAMETER, *HEADERS),
        body=Content("the question", ref("Question")),
    )
)
def post_query() -> Response:
    return answer_site(prepare, read_json())
