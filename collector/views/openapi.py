"""The API as a document and as a page, from what its views say of themselves and from the types they decode."""

import re
from importlib.metadata import version
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app, render_template, request

from collector.events.model import Beacon
from collector.query.question_schema import QUESTION_SCHEMAS
from collector.query.records.schemas import RECORD_SCHEMAS
from collector.query.report_schemas import REPORT_SCHEMAS
from collector.query.shortcuts.schemas import SHORTCUT_SCHEMAS
from collector.views import record_entry, sites, tokens
from collector.views.operation import Content, Operation, Parameter, describe, find_operation

blueprint = Blueprint("openapi", __name__, template_folder="../dashboard/templates")

COMPONENTS = "#/components/schemas/{name}"
PROBLEM = "#/components/schemas/Problem"
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457: what was refused, and why.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "for programs"},
        "detail": {"type": "string", "description": "for people"},
        "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) of the field that is wrong"},
    },
}
WHY = {
    400: "the request is malformed, or a field of it is wrong",
    401: "no token, or one that is not good (any more)",
    403: "the token has not this right",
    404: "there is no such thing, for this token at least",
    408: "the request took too long to arrive",
    409: "it is there already",
    411: "the body's length is not said",
    413: "the body is too long",
    415: "the body is of a type that is not taken here",
    429: "too many requests; Retry-After says when to come again",
    503: "the store does not answer, or the question takes too long",
}
"""What a status of an error means, wherever it is answered."""

SCHEMAS: dict[str, Any] = {
    **QUESTION_SCHEMAS,
    **REPORT_SCHEMAS,
    **RECORD_SCHEMAS,
    **SHORTCUT_SCHEMAS,
    "Problem": PROBLEM_SCHEMA,
}
"""Components that are written down, beside those of the types that bodies are decoded by."""

_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


def build_document(app: Flask, prefix: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of what ``app`` serves below a path ``prefix``."""
    _, components = msgspec.json.schema_components(
        (Beacon, *sites.TYPES, *tokens.TYPES, *record_entry.BODIES), ref_template=COMPONENTS
    )
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        operation = find_operation(app.view_functions[rule.endpoint])
        if operation is None:
            continue
        path = paths.setdefault(_VARIABLE.sub(r"{\1}", rule.rule), {})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            name = "_".join((method.lower(), *re.findall(r"\w+", _VARIABLE.sub(r"\1", rule.rule))))
            path[method.lower()] = {"operationId": name, **_build_operation(operation)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Footfall", "version": version("footfall")},
        "servers": [{"url": prefix or "/"}],
        "security": [],
        "paths": paths,
        "components": {
            "schemas": {**components, **SCHEMAS},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _build_operation(operation: Operation) -> dict[str, Any]:
    answers = {str(status): _build_content(content) for status, content in operation.answers.items()}
    of_every_token = () if operation.right is None else (429,)
    for status in sorted((*operation.problems, *of_every_token)):
        schema = {"application/problem+json": {"schema": {"$ref": PROBLEM}}}
        answers[str(status)] = {"description": WHY[status], "content": schema}
    built: dict[str, Any] = {"summary": operation.summary, "tags": [operation.group], "responses": answers}
    if operation.parameters:
        built["parameters"] = [_build_parameter(parameter) for parameter in operation.parameters]
    if operation.body is not None:
        built["requestBody"] = {"required": True, **_build_content(operation.body)}
    if operation.right is not None:
        built["security"] = [{"token": []}]
        built["x-footfall-right"] = operation.right
    return built


def _build_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_needed or parameter.place == "path",
        "description": parameter.meaning,
        "schema": parameter.schema,
    }


def _build_content(content: Content) -> dict[str, Any]:
    schema = {} if content.schema is None else {"schema": content.schema}
    built: dict[str, Any] = {"description": content.meaning}
    if content.types:
        built["content"] = dict.fromkeys(content.types, schema)
    return built


@blueprint.get("/api/openapi.json")
@describe(Operation("This document", "operations", None, {200: Content("the document", {"type": "object"})}))
def get_document() -> Response:
    return Response(msgspec.json.encode(build_document(current_app, request.script_root)), mimetype="application/json")


@blueprint.get("/api/docs")
def show_document() -> str:
    return render_template("api.html", api=build_document(current_app, request.script_root))
