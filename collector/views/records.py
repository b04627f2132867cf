"""/api/v1/sessions, /pageviews and /interactions: records one by one, as the earlier systems gave them."""

import time
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from flask import Blueprint, Response, request

from collector.errors import Problem
from collector.query.question_schema import ref
from collector.query.records.changes import list_changes
from collector.query.records.context import Context
from collector.query.records.listing import RESOURCES, list_records, retrieve_record
from collector.query.records.lookups import LOOKUPS
from collector.query.records.parameters import DEFAULT_LIMIT, MAX_LIMIT, refuse_parameter
from collector.query.records.resource import Resource
from collector.query.records.schemas import NAME_OF
from collector.query.records.sessions import SESSIONS
from collector.storage.sites import Site
from collector.views.mirrored import open_mirror
from collector.views.named_site import SITE_PARAMETER, require_named_site
from collector.views.operation import Content, Operation, Parameter, describe
from collector.views.record_hooks import shape_record

blueprint = Blueprint("records", __name__)

_TEXT = {"type": "string"}
EXPAND = Parameter("expand", "show the whole session of each", {"type": "string", "enum": ["session"]})
PAGE_PARAMETERS = (
    Parameter(
        "limit", "records a page", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    ),
    Parameter("offset", "records in front of the page", {"type": "integer", "minimum": 0, "default": 0}),
    Parameter("cursor", "instead of an offset: empty, then as `next` has it", _TEXT),
    Parameter("ordering", "fields by commas, - in front for the largest first", _TEXT),
    Parameter("search", "words that must be in the record", _TEXT),
    Parameter("bots", "robots, too", {"type": "boolean"}),
)
RECORD_ID = Parameter("record_id", "the record's id", _TEXT, "path")


def context_of(site: Site) -> Context:
    return Context(site.id, ZoneInfo(site.timezone), time.time_ns() // 1_000_000, site.people, site.single_session)


def answer_json(body: object, status: int = 200) -> Response:
    """JSON that nobody keeps."""
    response = Response(msgspec.json.encode(body), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _filters_of(resource: Resource) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(field.name, f"{field.meaning}; {field.name}__…: {', '.join(LOOKUPS[field.kind])}", _TEXT)
        for field in resource.fields.values()
    )


def _list_operation(resource: Resource) -> Operation:
    expand = () if resource.alias == "visit" else (EXPAND,)
    return Operation(
        f"The {resource.name} of a site, the newest first",
        "records",
        "read",
        {200: Content("a page of them", ref(f"{NAME_OF[resource.name]}Page"))},
        problems=(400, 401, 403, 404, 503),
        parameters=(SITE_PARAMETER, *PAGE_PARAMETERS, *expand, *_filters_of(resource)),
    )


def _add_routes(resource: Resource) -> None:
    path = f"/api/v1/{resource.name}"

    @blueprint.get(path, strict_slashes=False, endpoint=f"list_{resource.name}")
    @describe(_list_operation(resource))
    def list_of() -> Response:
        site = require_named_site("read")
        listed = list_records(resource, request.args.items(multi=True), context_of(site), open_mirror(site))
        body: dict[str, Any] = {
            "count": listed.total,
            "next": _link(listed.next),
            "previous": _link(listed.previous),
            "results": [shape_record(resource.name, record) for record in listed.records],
        }
        return answer_json(body)

    expand = () if resource.alias == "visit" else (EXPAND,)

    @blueprint.get(f"{path}/<record_id>", strict_slashes=False, endpoint=f"one_of_{resource.name}")
    @describe(
        Operation(
            f"One of the {resource.name}",
            "records",
            "read",
            {200: Content("the record", ref(NAME_OF[resource.name]))},
            problems=(400, 401, 403, 404, 503),
            parameters=(RECORD_ID, SITE_PARAMETER, *expand),
        )
    )
    def one_of(record_id: str) -> Response:
        site = require_named_site("read")
        known = {"site", *(parameter.name for parameter in expand)}
        for name in request.args:
            if name not in known:
                raise refuse_parameter(name, f"known here: {', '.join(sorted(known))}", "unknown_parameter")
        expands = request.args.get("expand") == "session"
        record = retrieve_record(resource, record_id, expands, context_of(site), open_mirror(site))
        if record is None:
            raise Problem("not_found", f"none of the {resource.name} has this id", status=404)
        return answer_json(shape_record(resource.name, record))


@blueprint.get("/api/v1/session-changes", strict_slashes=False)
@describe(
    Operation(
        "What became of sessions since the cursor: began, went on, fell idle, ended; the first change first",
        "records",
        "read",
        {200: Content("each session as it is now", ref("SessionChanges"))},
        problems=(400, 401, 403, 404, 503),
        parameters=(
            SITE_PARAMETER,
            Parameter("cursor", "where the last answer ended; from the beginning without one", _TEXT),
            *(each for each in PAGE_PARAMETERS if each.name in ("limit", "search", "bots")),
            *_filters_of(SESSIONS),
        ),
    )
)
def list_session_changes() -> Response:
    site = require_named_site("read")
    changes = list_changes(request.args.items(multi=True), context_of(site), open_mirror(site))
    shown = [shape_record("sessions", session) for session in changes.sessions]
    return answer_json({"results": shown, "cursor": changes.cursor})


for each_resource in RESOURCES.values():
    _add_routes(each_resource)


def _link(changed: dict[str, str] | None) -> str | None:
    """The address of another page: the query string of this one, with what is another there."""
    if changed is None:
        return None
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changed]
    return f"{request.base_url}?{urlencode([*kept, *changed.items()])}"
