"""An id for every request, in its answer's ``X-Request-Id`` and in what is logged about it."""

import re
import secrets
from itertools import count
from typing import Any

from flask import Flask, Response, request

HEADER = "X-Request-Id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")  # of a proxy in front of us; anything else is not repeated
_FIELD = "footfall.request_id"


class RequestIds:
    """Gives ids out: one that came with the request, else a random part of this process and a number."""

    def __init__(self) -> None:
        self._process = secrets.token_hex(4)
        self._numbers = count(1)

    def find(self, environ: dict[str, Any]) -> str:
        """The id of the request with this WSGI environment; the same at each call."""
        found: str | None = environ.get(_FIELD)
        if found is None:
            given: str = environ.get("HTTP_X_REQUEST_ID", "")
            found = given if _GIVEN.fullmatch(given) else f"{self._process}-{next(self._numbers)}"
            environ[_FIELD] = found
        return found


def add_request_ids(app: Flask, ids: RequestIds) -> None:
    """Have Flask's answers carry the ids of their requests."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers[HEADER] = ids.find(request.environ)
        return response
