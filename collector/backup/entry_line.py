"""A stream's entry as one line of JSON: ``{"id": "1763800005120-0", "fields": {"b": "…"}}``.

Bytes that are no UTF-8 (only damaged entries have any) stand as ``{"base64": "…"}``.
"""

from base64 import b64decode, b64encode
from itertools import chain

import msgspec

from collector.storage.snapshot import Entry


class _Line(msgspec.Struct):
    id: str
    fields: dict[str, str | dict[str, str]]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Line).decode


def encode_entry(entry: Entry) -> bytes:
    """The line, with its end."""
    names = map(bytes.decode, entry.values[::2])
    fields = dict(zip(names, map(_as_json, entry.values[1::2]), strict=True))
    return _encode(_Line(entry.id, fields)) + b"\n"


def parse_entry(line: bytes) -> Entry:
    """The entry of a line. Raises msgspec.MsgspecError."""
    parsed = _decode(line)
    pairs = ((name.encode(), _as_bytes(value)) for name, value in parsed.fields.items())
    return Entry(parsed.id, tuple(chain.from_iterable(pairs)))


def _as_json(value: bytes) -> str | dict[str, str]:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(value).decode()}


def _as_bytes(value: str | dict[str, str]) -> bytes:
    return value.encode() if isinstance(value, str) else b64decode(value["base64"])
