"""The beacon's own way in, in front of Flask: what a view costs is a third of what a whole beacon may.

Flask's request and response objects, its contexts and its router take 50 µs a request; a beacon's decoding, enrichment
and line take as much again. So ``POST /api/v1/events`` is answered here, from the WSGI environment. Everything else
goes on to Flask, and what is refused here is answered by the same lines as there.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from collector.ingest.receive import Receiver
from collector.settings import Network
from collector.views.events import ALLOW_ANY_PAGE, PATH, let_any_page_read, read_arrival
from collector.views.problems import answer_error
from collector.views.request_id import HEADER, RequestIds

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATHS = frozenset((PATH, f"{PATH}/"))


class Door:
    """A WSGI application: takes beacons in, and hands every other request to the one ``behind`` it."""

    def __init__(
        self, receiver: Receiver, trusted_proxies: tuple[Network, ...], ids: RequestIds, behind: "WSGIApplication"
    ) -> None:
        self._receiver = receiver
        self._trusted_proxies = trusted_proxies
        self._ids = ids
        self.behind = behind

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] not in PATHS or environ["REQUEST_METHOD"] != "POST":
            return self.behind(environ, start_response)
        try:
            answer = self._receiver.receive(read_arrival(environ, self._trusted_proxies))
        except Exception as error:  # the one place that answers it, as Flask's handlers do
            response = let_any_page_read(answer_error(error, self._ids.find(environ)))
            response.headers[HEADER] = self._ids.find(environ)
            return response(environ, start_response)
        length, request_id = ("Content-Length", str(len(answer))), (HEADER, self._ids.find(environ))
        start_response("202 ACCEPTED", [("Content-Type", "application/json"), length, ALLOW_ANY_PAGE, request_id])
        return (answer,)
