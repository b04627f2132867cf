"""GET /metrics: what ingest counts about itself, for Prometheus."""

from flask import Blueprint, Response, current_app

from collector.ingest.counters import Counters
from collector.views.operation import Content, Operation, describe

blueprint = Blueprint("metrics", __name__)

_OPERATION = Operation(
    "What ingest counts about itself", "operations", None, {200: Content("Prometheus text", types=("text/plain",))}
)


@blueprint.get("/metrics")
@describe(
    Operation(
        "What ingest counts about itself", "operations", None, {200: Content("Prometheus text", types=("text/plain",))}
    )
)
def metrics() -> Response:
    counters: Counters = current_app.extensions["counters"]
    return Response(counters.as_text(), content_type="text/plain; version=0.0.4; charset=utf-8")
