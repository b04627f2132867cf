"""/livez: the process answers. /readyz: it can do its work."""

from flask import Blueprint, current_app

from collector.errors import Problem
from collector.storage.connect import Client, StoreError
from collector.views.operation import Content, Operation, describe

blueprint = Blueprint("health", __name__)

_OK = {200: Content("it is so", {"type": "object", "properties": {"status": {"const": "ok"}}})}


@blueprint.get("/livez")
@describe(Operation("Whether the process answers", "operations", None, _OK))
def livez() -> dict[str, str]:
    return {"status": "ok"}


@blueprint.get("/readyz")
@describe(Operation("Whether it can do its work", "operations", None, _OK, problems=(503,)))
def readyz() -> dict[str, str]:
    client: Client = current_app.extensions["store"]
    try:
        client.ping()
    except StoreError as error:
        raise Problem("store_unavailable", f"the store does not answer: {error}", status=503) from error
    return {"status": "ok"}
