"""events/url.py: what an address tells, and what it must not tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.events.url import parse_address, strip_referrer


@pytest.mark.parametrize(
    ("url", "hostname", "path"),
    [
        ("https://shop.example/p/42", "shop.example", "/p/42"),
        ("https://shop.example", "shop.example", "/"),
        ("HTTPS://SHOP.EXAMPLE/P/42", "shop.example", "/P/42"),
        ("https://shop.example:8443/a/../b", "shop.example", "/b"),
        ("https://shop.example./a", "shop.example", "/a"),
        ("https://user:secret@shop.example/a?token=secret#secret", "shop.example", "/a"),
        ("https://bücher.example/ä", "xn--bcher-kva.example", "/%C3%A4"),
        ("http://[::1]:8000/a", "[::1]", "/a"),
        ("/screen/cart?token=secret#x", None, "/screen/cart"),
    ],
)
def test_an_address_gives_host_and_path_and_no_secret(url: str, hostname: str | None, path: str) -> None:
    address = parse_address(url)
    assert address is not None
    assert (address.hostname, address.path) == (hostname, path)
    assert "secret" not in str(address)


@pytest.mark.parametrize(
    "url", ["", "shop.example", "about:blank", "javascript:alert(1)", "file:///etc/passwd", "http://["]
)
def test_what_names_no_page_is_no_address(url: str) -> None:
    assert parse_address(url) is None


def test_utm_parameters_are_read_first_one_wins_and_empty_ones_are_none() -> None:
    address = parse_address("https://a.example/?utm_source=news&utm_source=other&utm_medium=&utm_term=%C3%A4+b&x=1")
    assert address is not None
    assert address.utm == {"utm_source": "news", "utm_term": "ä b"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.google.de/search?q=private#x", ("www.google.de", "www.google.de/search")),
        ("https://user:secret@a.example/b", ("a.example", "a.example/b")),
        ("android-app://com.google.android.gm/", None),
        ("garbage", None),
    ],
)
def test_a_referrer_keeps_host_and_path_only(url: str, expected: tuple[str, str] | None) -> None:
    assert strip_referrer(url) == expected


@given(st.text() | st.text().map("https://a.example/".__add__))
def test_any_text_is_an_address_or_none(url: str) -> None:
    address = parse_address(url)
    assert address is None or isinstance(address.path, str)
    assert strip_referrer(url) is None or "?" not in strip_referrer(url)[1]
