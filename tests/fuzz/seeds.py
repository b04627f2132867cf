"""Inputs to begin with, and the words that bodies are made of."""

import gzip
import json
from typing import Any

from tests.public_suites import load_json_files, load_naughty_strings, load_url_cases

NOW_MS = 1_763_800_000_000
EVENT = {
    "name": "pageview", "seq": 1, "at": NOW_MS, "id": "e1", "element": "a > b", "text": "Buy", "x": 1, "y": 2,
    "entity": {"type": "product", "id": "42"}, "visible_ms": 5, "active_ms": 4, "scroll_percent": 50,
    "props": {"plan": "pro", "to": "https://user:pw@a.example/?token=x#y", "n": 1.5, "no": None, "yes": True},
    "revenue": {"amount": 9.9, "currency": "EUR"},
}  # fmt: skip
TRUSTED = {
    "name": "x", "url": "https://shop.example/?utm_source=a&gclid=b", "user": "u", "visitor": "v", "ip": "2001:db8::1",
    "user_agent": "Mozilla/5.0", "referrer": "android-app://com.example/",
}  # fmt: skip
PAGE = {
    "id": "pageview-1", "url": "https://shop.example/p?utm_medium=cpc&fbclid=1", "title": "T", "width": 390,
    "referrer": "https://www.google.de/", "language": "de", "height": 800, "webdriver": False,
}  # fmt: skip
BODY = {
    "site": "a", "sent_at": NOW_MS + 500, "visitor": "v", "user": "u", "app": {"name": "shop", "version": "3.2"},
    "page": PAGE,
    "events": [EVENT, TRUSTED, {"name": "click"}],
}  # fmt: skip

FORMS = (
    b"site=a&name=x&props.plan=pro&entity.type=product&entity.id=4&revenue.amount=9.9&url=%2Fa&seq=3",
    b'--x\r\nContent-Disposition: form-data; name="site"\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name="name"'
    b"\r\n\r\nx\r\n--x--\r\n",
)


def build_seeds() -> list[bytes]:
    """Whole inputs: good bodies in every form, and bodies with every string and address of the public suites."""
    full = json.dumps(BODY).encode()
    found = [bytes([how]) + full for how in range(0, 256, 5)]
    found += [bytes([how]) + gzip.compress(full, mtime=0) for how in (0, 64)]
    found += [bytes([how]) + form for form in FORMS for how in (16, 32, 80, 96)]
    found += [b"\x00" + text[:5000] for text in load_json_files().values()]
    for text in [*load_naughty_strings(), *(case["input"] for case in load_url_cases())]:
        event = {"name": text[:120], "url": text, "referrer": text, "props": {text[:100]: text}}
        page = {"url": "/", "title": text, "referrer": text}
        found.append(b"\x40" + json.dumps({"site": "a", "page": page, "events": [event]}).encode())
    return found


def build_words() -> list[bytes]:
    """Pieces that a change of bytes may put in: names of fields, numbers at edges, escapes and brackets."""
    names = {*BODY, *EVENT, *TRUSTED, *PAGE, "type", "amount", "currency", "version"}
    edges = (
        rb"null true -1 0 1e400 1.0 9223372036854775808 100000000000 \u0000 \ud83d \ude00 %00 ** http:// https://xn--"
    )
    marks = rb"""" \ [ ] { } , : & = / ? # @ utm_source= gclid= --x"""
    raw = [b"\xf0\x9f\x98\x80", b"\xff", b"\r\n", b"\x1f\x8b\x08", b"\0", b"\xef\xbb\xbf"]
    return [f'"{name}":'.encode() for name in sorted(names)] + edges.split() + marks.split() + raw


def build_values() -> list[Any]:
    """Values that may stand in the place of any other."""
    numbers = [
        0,
        1,
        -1,
        0.5,
        100,
        101,
        10**6,
        2**53,
        2**63,
        -(2**63),
        10**30,
        1e300,
        NOW_MS,
        NOW_MS - 10**9,
        4_102_444_800_001,
    ]
    small: list[Any] = [None, True, False, "", [], {}, [[]], {"": ""}, "pageview", "x" * 121, "x" * 5000]
    texts = [*load_naughty_strings(), *(case["input"] for case in load_url_cases())]
    return numbers * 8 + small * 10 + texts
