"""The one shape of every error: RFC 9457 problem+json."""

import logging

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from collector.errors import Problem, StoreUnavailable
from collector.storage.connect import StoreError
from collector.views.request_id import RequestIds

RETRY_AFTER_SECONDS = 2

log = logging.getLogger("footfall")


def make_response(problem: Problem) -> Response:
    """The answer for a problem."""
    status = problem.status
    response = Response(msgspec.json.encode(problem.as_json()), status, mimetype="application/problem+json")
    after = problem.retry_after_seconds or (RETRY_AFTER_SECONDS if status == 503 else None)
    if after is not None:
        response.headers["Retry-After"] = str(after)
    return response


def answer_error(error: Exception, request_id: str) -> Response:
    """The answer for any error. What nobody foresaw is logged, and told only there."""
    if isinstance(error, Problem):
        return make_response(error)
    if isinstance(error, StoreUnavailable):
        return make_response(Problem("store_unavailable", str(error), status=503))
    if isinstance(error, StoreError):
        log.warning("the store failed: %s", error, extra={"request": request_id})
        return make_response(Problem("store_unavailable", "the store does not answer", status=503))
    if isinstance(error, HTTPException):
        return _answer_status(error)
    log.exception("unexpected error", exc_info=error, extra={"request": request_id})
    return make_response(Problem("internal_error", "Something went wrong here; it is logged.", status=500))


def _answer_status(error: HTTPException) -> Response:
    code = error.name.lower().replace(" ", "_")
    response = make_response(Problem(code, error.description or error.name, status=error.code or 500))
    response.headers.extend((name, value) for name, value in error.get_headers() if name in ("Allow", "Location"))
    return response


def answer_problems(app: Flask, ids: RequestIds) -> None:
    """Have Flask answer every error so."""
    app.register_error_handler(Exception, lambda error: answer_error(error, ids.find(request.environ)))
