"""/api/v1/reports/<name>: ready reports, asked by POST with JSON or by GET with the same fields in the address."""

from functools import partial
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from collector.errors import Problem
from collector.query.report_schemas import ANY_ANSWER, ANY_QUESTION
from collector.query.reports.ask import prepare_report
from collector.query.reports.catalogue import REPORTS
from collector.query.reports.report import Report
from collector.views.answers import FORMAT_PARAMETER, HEADERS, TICKET, UNCHANGED
from collector.views.asking import answer_site
from collector.views.json_body import read_json
from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("reports", __name__)

PATH = "/api/v1/reports/<name>"

_REPORT = Content("columns and rows", ANY_ANSWER, ("application/json", "text/csv"))
_PROBLEMS = (400, 401, 403, 404, 413, 503)
_NAME = Parameter("name", "which report", {"type": "string", "enum": list(REPORTS)}, "path")
_SITE = Parameter("site_id", "the site's id", {"type": "string"}, is_needed=True)
_RANGE = Parameter("date_range", "as in a question; realtime has its own", {"type": "string"})


@blueprint.post(PATH, strict_slashes=False)
@describe(
    Operation(
        "A report about a site",
        "questions",
        "read",
        {200: _REPORT, 202: TICKET, 304: UNCHANGED},
        _PROBLEMS,
        (_NAME, FORMAT_PARAMETER, *HEADERS),
        Content("site_id, date_range, and the report's own fields", ANY_QUESTION),
    )
)
def post_report(name: str) -> Response:
    return _answer(_find(name), read_json())


@blueprint.get(PATH, strict_slashes=False)
@describe(
    Operation(
        "The same, with the fields in the address",
        "questions",
        "read",
        {200: _REPORT, 202: TICKET, 304: UNCHANGED},
        _PROBLEMS,
        (_NAME, _SITE, _RANGE, FORMAT_PARAMETER, *HEADERS),
    )
)
def get_report(name: str) -> Response:
    fields = {key: _read(value) for key, value in request.args.items() if key != "format"}
    return _answer(_find(name), fields)


@blueprint.get("/api/v1/reports", strict_slashes=False)
@describe(
    Operation(
        "What reports there are, with their fields and columns",
        "questions",
        None,
        {200: Content("reports", {"type": "object", "required": ["reports"]})},
    )
)
def list_reports() -> Response:
    """What reports there are, with their fields and columns."""
    shown = [
        {
            "name": report.name,
            "meaning": report.meaning,
            "fields": dict(report.fields),
            "needed": report.needed,
            "columns": {column.name: column.meaning for column in report.columns},
        }
        for report in REPORTS.values()
    ]
    return Response(msgspec.json.encode({"reports": shown}), mimetype="application/json")


def _answer(report: Report, body: Any) -> Response:
    return answer_site(partial(prepare_report, report), body)


def _find(name: str) -> Report:
    if name not in REPORTS:
        raise Problem("unknown_report", f"known: {', '.join(REPORTS)}", status=404)
    return REPORTS[name]


def _read(text: str) -> Any:
    """A value of the address: JSON where it is an array, an object, a number or a truth value, else the text itself."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return text
    return text if isinstance(value, str) or value is None else value
