"""ingest/unpack.py: a body as JSON, as a form or packed, and what is none of them."""

import gzip
import json
import zlib
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import Problem
from collector.events.limits import most
from collector.ingest.unpack import FORM, build_body, unpack

BOUNDARY = "----x"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
BODY = b'{"site":"a","events":[{"name":"x"}]}'


def build_multipart(fields: dict[str, str], filename: str = "") -> bytes:
    named = f'; filename="{filename}"' if filename else ""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()


@pytest.mark.parametrize(
    "content_type", ["", "text/plain;charset=UTF-8", "application/json", FORM, "image/png", "x" * 500]
)
@pytest.mark.parametrize("body", [BODY, b"  \n" + BODY])
def test_json_is_json_whatever_its_type_says(body: bytes, content_type: str) -> None:
    assert unpack(body, content_type, "") == body


FIELDS: dict[str, tuple[dict[str, str], Any]] = {
    "the least": ({"site": "a", "name": "x"}, {"site": "a", "events": [{"name": "x"}]}),
    "a page": (
        {"site": "a", "name": "pageview", "url": "https://a.example/", "width": "390", "page.id": "12345678",
         "webdriver": "true"},
        {"site": "a", "page": {"url": "https://a.example/", "width": 390, "id": "12345678", "webdriver": True},
         "events": [{"name": "pageview"}]},
    ),
    "groups": (
        {"site": "a", "name": "x", "props.plan": "12", "props.a.b": "c", "entity.type": "product", "entity.id": "42",
         "revenue.amount": "9.90", "revenue.currency": "EUR", "app.name": "shop", "seq": "3"},
        {"site": "a", "app": {"name": "shop"},
         "events": [{"name": "x", "props": {"plan": "12", "a.b": "c"}, "entity": {"type": "product", "id": "42"},
                     "revenue": {"amount": 9.9, "currency": "EUR"}, "seq": 3}]},
    ),
    "what nobody knows stays for the decoder": (
        {"site": "a", "colour": "red", "x.y": "1", "seq": "three", "at": "1e3", "webdriver": "1"},
        {"site": "a", "page": {"webdriver": "1"},
         "events": [{"colour": "red", "x.y": "1", "seq": "three", "at": "1e3"}]},
    ),
    "a group that is a field, too": ({"props": "1", "props.a": "2"}, {"events": [{"props": "1"}]}),
    "a field that is a group, too": ({"props.a": "2", "props": "1"}, {"events": [{"props": "1"}]}),
    "names that are places": ({"events": "1", "page": "2"}, {"events": [{"events": "1", "page": "2"}]}),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_form_is_one_event_s3_35(fields: dict[str, str], expected: Any) -> None:
    from urllib.parse import urlencode

    assert json.loads(unpack(urlencode(fields).encode(), FORM, "")) == expected
    assert json.loads(unpack(build_multipart(fields), MULTIPART, "")) == expected
    assert json.loads(build_body(fields.items())) == expected


def test_a_form_may_bring_a_whole_body_s3_35() -> None:
    assert unpack(build_multipart({"beacon": BODY.decode()}), MULTIPART, "") == BODY


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"x", "multipart/form-data", "malformed_form"),
        (b"x", MULTIPART, "malformed_form"),
        (build_multipart({"site": "a"})[:-20], MULTIPART, "malformed_form"),
        (build_multipart({"site": "a"}).replace(b"; name=", b"; x="), MULTIPART, "malformed_form"),
        (build_multipart({"site": "a"}, filename="a.txt"), MULTIPART, "invalid_field"),
        (build_multipart({f"f{number}": "" for number in range(600)}), MULTIPART, "malformed_form"),
    ],
)
def test_what_is_no_good_form_is_refused_s3_35(body: bytes, content_type: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        unpack(body, content_type, "")
    assert (refused.value.code, refused.value.status) == (code, 400)


pack = partial(gzip.compress, mtime=0)  # or rows would be named after the time


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_a_packed_body_is_unpacked_s3_35(encoding: str) -> None:
    assert unpack(gzip.compress(BODY), "text/plain", encoding) == BODY
    assert json.loads(unpack(gzip.compress(b"site=a&name=x"), FORM, encoding))["site"] == "a"
    assert unpack(BODY, "text/plain", "identity") == BODY


@pytest.mark.parametrize(
    ("body", "encoding", "status", "code"),
    [
        (pack(b" " * most("body") + BODY), "gzip", 413, "request_entity_too_large"),
        (pack(bytes(30_000_000)), "gzip", 413, "request_entity_too_large"),
        (pack(BODY)[:-1], "gzip", 400, "malformed_gzip"),
        (pack(BODY) + b"more", "gzip", 400, "malformed_gzip"),
        (BODY, "gzip", 400, "malformed_gzip"),
        (b"", "gzip", 400, "malformed_gzip"),
        (zlib.compress(BODY), "gzip", 400, "malformed_gzip"),
        (zlib.compress(BODY), "deflate", 415, "unsupported_encoding"),
        (pack(pack(BODY)), "gzip, gzip", 415, "unsupported_encoding"),
    ],
)  # fmt: skip
def test_bombs_and_other_packings_are_refused_s3_35(body: bytes, encoding: str, status: int, code: str) -> None:
    with pytest.raises(Problem) as refused:
        unpack(body, "text/plain", encoding)
    assert (refused.value.status, refused.value.code) == (status, code)


def test_the_most_that_may_be_packed_is_taken() -> None:
    body = BODY.ljust(most("body"))
    assert unpack(gzip.compress(body), "", "gzip") == body


@given(
    st.binary(max_size=300) | st.binary(max_size=300).map(gzip.compress),
    st.sampled_from([FORM, MULTIPART, 'multipart/form-data; boundary="\x00', f"{FORM}; charset=utf-7", "", "\xff"]),
    st.sampled_from(["", "gzip", "br"]),
)
def test_any_bytes_of_any_type_are_unpacked_or_refused(body: bytes, content_type: str, encoding: str) -> None:
    try:
        unpacked = unpack(body, content_type, encoding)
    except Problem as problem:
        unpacked, status = None, problem.status
    assert unpacked is not None or 400 <= status < 500
