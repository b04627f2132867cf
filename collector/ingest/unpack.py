"""A body in any of the forms that senders have → the JSON that the decoder takes.

A body is taken for JSON whatever its type says, as ``curl -d`` and sendBeacon send it, unless it is a form.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import msgspec
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from collector.errors import Problem
from collector.events.limits import most

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
GZIP = 16 + zlib.MAX_WBITS
BEACON = "beacon"
"""The field of a form that holds a whole body as JSON."""

OF_BEACON = frozenset(("site", "sent_at", "visitor", "user"))
OF_PAGE = frozenset(("url", "title", "referrer", "language", "width", "height", "webdriver"))
GROUPS_OF_BEACON = ("page", "app")
GROUPS_OF_EVENT = ("entity", "revenue", "props")
"""Objects of a body; a form writes their fields as ``group.field``."""

NUMBERS = frozenset(
    ("sent_at", "seq", "at", "x", "y", "visible_ms", "active_ms", "scroll_percent", "width", "height", "page.width",
     "page.height", "revenue.amount"),
)  # fmt: skip
BOOLEANS = frozenset(("webdriver", "page.webdriver"))

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?")


def unpack(body: bytes, content_type: str, encoding: str) -> bytes:
    """The JSON of a body. Raises Problem when it is packed in a way that is not known, or not well."""
    if encoding:
        body = _unpack_gzip(body, encoding)
    kind = content_type[: len(FORM)].lower()
    is_form = kind == FORM or kind.startswith(MULTIPART)
    if not is_form or body.lstrip()[:1] == b"{":
        return body
    fields = dict(_read_form(body, content_type))
    return fields[BEACON].encode() if BEACON in fields else build_body(fields.items())


def _unpack_gzip(body: bytes, encoding: str) -> bytes:
    if encoding.lower() not in ("gzip", "x-gzip"):
        if encoding.lower() == "identity":
            return body
        raise Problem("unsupported_encoding", "a body may be packed with gzip and nothing else", status=415)
    unpacker = zlib.decompressobj(GZIP)
    try:
        unpacked = unpacker.decompress(body, most("body") + 1)  # whatever is in it, it gives no more than that
    except zlib.error as error:
        raise Problem("malformed_gzip", f"the body is not packed with gzip: {error}", pointer="") from error
    if len(unpacked) > most("body"):
        raise Problem("request_entity_too_large", f"unpacked, a body has at most {most('body')} bytes", status=413)
    if not unpacker.eof or unpacker.unused_data:
        raise Problem("malformed_gzip", "the packed body is broken off, or something is behind it", pointer="")
    return unpacked


def _in_memory(*_: object, **__: object) -> BytesIO:
    """Where a file's bytes go that will be refused: the whole body is small, and no stranger writes on our disk."""
    return BytesIO()


def _read_form(body: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    mimetype, options = parse_options_header(content_type)
    parser = FormDataParser(_in_memory, max_form_memory_size=most("body"), max_form_parts=most("events"), silent=False)
    try:
        _, form, files = parser.parse(BytesIO(body), mimetype, len(body), options)
        names = [*form, *files]
    except (ValueError, RequestEntityTooLarge) as error:
        raise Problem("malformed_form", "the body is no form of the type that it says it is", pointer="") from error
    if None in names:
        raise Problem("malformed_form", "a part of the form has no name", pointer="")
    for name in files:
        raise Problem("invalid_field", "a file is no field of an event", pointer=f"/{name}")
    yield from form.items()


def build_body(fields: Iterable[tuple[str, str]]) -> bytes:
    """A body of one event, out of flat fields such as ``name``, ``url`` and ``props.plan``.

    A field that nobody knows stays where the decoder finds and names it.
    """
    event: dict[str, Any] = {}
    body: dict[str, Any] = {"events": [event]}
    for name, text in fields:
        value = _read_value(name, text)
        group, dot, field = name.partition(".")
        if dot and group in GROUPS_OF_BEACON + GROUPS_OF_EVENT:
            home = (body if group in GROUPS_OF_BEACON else event).setdefault(group, {})
            if isinstance(home, dict):
                home[field] = value
        elif name in OF_BEACON:
            body[name] = value
        elif name in OF_PAGE:
            body.setdefault("page", {})[name] = value
        else:
            event[name] = value
    return msgspec.json.encode(body)


def _read_value(name: str, text: str) -> object:
    """The value that a text stands for. One that is not what its field needs is left for the decoder to refuse."""
    if name in NUMBERS and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if name in BOOLEANS and text in ("true", "false"):
        return text == "true"
    return text
