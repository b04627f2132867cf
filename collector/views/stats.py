"""POST /api/v1/query: questions about a site."""

from flask import Blueprint, Response

from collector.query.question import ask
from collector.views.answers import make_answer, read_format
from collector.views.asking import ask_site
from collector.views.json_body import read_json

blueprint = Blueprint("stats", __name__)


@blueprint.post("/api/v1/query", strict_slashes=False)
def post_query() -> Response:
    form = read_format()
    return make_answer(ask_site(ask, read_json()), form)
