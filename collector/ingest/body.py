"""The body of a request, as it comes from the web server."""

from typing import Protocol

from collector.errors import Problem
from collector.events.limits import most

MOST_BYTES = most("body")


class Readable(Protocol):
    """Bytes that may still be on their way. ``read`` raises TimeoutError or another OSError when they stop."""

    def read(self, size: int, /) -> bytes: ...


def read_body(stream: Readable, length: int | None) -> bytes:
    """All of a body. ``length`` None: it is known when the body is at its end (chunked).

    Raises Problem when it is too long, too slow or broken off.
    """
    wanted = MOST_BYTES + 1 if length is None else min(length, MOST_BYTES + 1)
    try:
        body = stream.read(wanted)
    except TimeoutError as error:
        raise Problem("request_timeout", str(error), status=408) from error
    except OSError as error:
        raise Problem("incomplete_body", "the body's chunks are broken off, or are no chunks") from error
    if length is not None and len(body) < wanted:
        raise Problem("incomplete_body", "the body is shorter than its Content-Length")
    if len(body) > MOST_BYTES:
        raise Problem("request_entity_too_large", f"a body has at most {MOST_BYTES} bytes", status=413)
    return body
