"""GET /api/v1/events.schema.json: the form of an events body, for validators and code generators."""

import msgspec
from flask import Blueprint, Response

from collector.events.schema import build_schema
from collector.views.operation import Content, Operation, describe

blueprint = Blueprint("schema", __name__)

TYPE = "application/schema+json"

_DOCUMENT = msgspec.json.format(msgspec.json.encode(build_schema()), indent=1)


@blueprint.get("/api/v1/events.schema.json")
@describe(
    Operation(
        "The form of a beacon, as a JSON Schema",
        "events",
        None,
        {200: Content("the schema", {"type": "object"}, (TYPE,))},
    )
)
def get_schema() -> Response:
    return Response(_DOCUMENT, mimetype=TYPE, headers={"Access-Control-Allow-Origin": "*"})
