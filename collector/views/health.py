"""/livez: the process answers. /readyz: it can do its work."""

from flask import Blueprint, current_app

from collector.errors import Problem
from collector.storage.connect import Client, StoreError

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> dict[str, str]:
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> dict[str, str]:
    client: Client = current_app.extensions["store"]
    try:
        client.ping()
    except StoreError as error:
        raise Problem("store_unavailable", f"the store does not answer: {error}", status=503) from error
    return {"status": "ok"}
