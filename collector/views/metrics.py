"""GET /metrics: what ingest counts about itself, for Prometheus."""

from flask import Blueprint, Response, current_app

from collector.ingest.counters import Counters

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    counters: Counters = current_app.extensions["counters"]
    return Response(counters.as_text(), content_type="text/plain; version=0.0.4; charset=utf-8")
