"""The one shape of every error: RFC 9457 problem+json."""

import logging

import msgspec
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from collector.errors import Problem, StoreUnavailable
from collector.storage.connect import StoreError

RETRY_AFTER_SECONDS = 2

log = logging.getLogger("footfall")


def make_response(problem: Problem) -> Response:
    """The answer for a problem."""
    status = problem.status
    response = Response(msgspec.json.encode(problem.as_json()), status, mimetype="application/problem+json")
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def answer_problems(app: Flask) -> None:
    """Register the handlers that turn every error into a problem document."""

    @app.errorhandler(Problem)
    def refused(problem: Problem) -> Response:
        return make_response(problem)

    @app.errorhandler(StoreUnavailable)
    def unavailable(error: StoreUnavailable) -> Response:
        return make_response(Problem("store_unavailable", str(error), status=503))

    def store_failed(error: Exception) -> Response:
        log.warning("the store failed: %s", error)
        return make_response(Problem("store_unavailable", "the store does not answer", status=503))

    for error_class in StoreError:
        app.register_error_handler(error_class, store_failed)

    @app.errorhandler(HTTPException)
    def by_status(error: HTTPException) -> Response:
        code = error.name.lower().replace(" ", "_")
        response = make_response(Problem(code, error.description or error.name, status=error.code or 500))
        response.headers.extend((name, value) for name, value in error.get_headers() if name in ("Allow", "Location"))
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.exception("unexpected error", exc_info=error)
        return make_response(Problem("internal_error", "Something went wrong here; it is logged.", status=500))
