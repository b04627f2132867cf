"""A path in front of every address of ours, for who serves Footfall below one: https://example.com/stats/."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound

from collector.views.problems import answer_error
from collector.views.request_id import HEADER, RequestIds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Prefix:
    """A WSGI application: what is below ``path`` goes on to the one ``behind``, which is told where it is mounted."""

    def __init__(self, path: str, ids: RequestIds, behind: "WSGIApplication") -> None:
        self._path = path
        self._ids = ids
        self._behind = behind

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked: str = environ["PATH_INFO"]
        if asked != self._path and not asked.startswith(f"{self._path}/"):
            response = answer_error(NotFound("Nothing is served here; FOOTFALL_URL_PREFIX says where."), "")
            response.headers[HEADER] = self._ids.find(environ)
            return response(environ, start_response)
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + self._path
        environ["PATH_INFO"] = asked[len(self._path) :] or "/"
        return self._behind(environ, start_response)
