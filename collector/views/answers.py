"""How an answer leaves: as JSON, or as CSV where the client asks for it."""

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Response, request

from collector.errors import Problem
from collector.query.jobs import Job
from collector.query.table_csv import tabulate, write_csv
from collector.views.operation import Content, Parameter

UNCHANGED = Content("the answer is the one of the ETag in If-None-Match", types=())
TICKET = Content("with Prefer: respond-async: where the answer will be", {"type": "object"})
HEADERS = (
    Parameter("If-None-Match", "the ETag of an answer that the client has", {"type": "string"}, "header"),
    Parameter("Prefer", "respond-async: the answer is fetched later", {"type": "string"}, "header"),
)
FORMATS = ("json", "csv")
FORMAT_PARAMETER = Parameter("format", "csv for a table, else JSON", {"type": "string", "enum": list(FORMATS)})


def read_format() -> str:
    """``?format=``, else what ``Accept`` prefers, else json. Known before any work starts; raises Problem."""
    asked = request.args.get("format")
    if asked is None:
        return "csv" if request.accept_mimetypes.best_match(["application/json", "text/csv"]) == "text/csv" else "json"
    if asked not in FORMATS:
        raise Problem("unknown_format", f"known: {', '.join(FORMATS)}", pointer="/format")
    return asked


def make_answer(answer: Mapping[str, Any], form: str, tag: str) -> Response:
    """The response. Nothing on the way keeps it, and the client may only after it asked with ``tag`` again."""
    if form == "csv":
        response = Response(write_csv(*tabulate(answer)), mimetype="text/csv")
        response.headers["Content-Disposition"] = 'attachment; filename="footfall.csv"'
    else:
        response = Response(msgspec.json.encode(answer), mimetype="application/json")
    return _add_tag(response, tag)


def make_unchanged(tag: str) -> Response:
    """The response that the client has the answer already."""
    return _add_tag(Response(status=304), tag)


def make_ticket(job: Job) -> Response:
    """The response while a job waits or runs: where its answer will be."""
    address = f"{request.script_root}/api/v1/questions/{job.id}"
    response = Response(msgspec.json.encode({"id": job.id, "state": job.state, "url": address}), 202)
    response.mimetype = "application/json"
    response.headers.update({"Location": address, "Retry-After": "1", "Cache-Control": "no-store"})
    return response


def _add_tag(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)  # the same numbers, but for when they were asked
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept, Authorization, Cookie"
    return response
