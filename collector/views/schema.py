"""GET /api/v1/events.schema.json: the form of an events body, for validators and code generators."""

import msgspec
from flask import Blueprint, Response

from collector.events.schema import build_schema

blueprint = Blueprint("schema", __name__)

_DOCUMENT = msgspec.json.format(msgspec.json.encode(build_schema()), indent=1)


@blueprint.get("/api/v1/events.schema.json")
def get_schema() -> Response:
    return Response(_DOCUMENT, mimetype="application/schema+json", headers={"Access-Control-Allow-Origin": "*"})
