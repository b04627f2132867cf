"""events/url.py: what an address tells, and what it must not tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.events.url import parse_address, parse_host, strip_referrer


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
        ("https://shop.example/unsubscribe/secret@person.example/now", "shop.example", "/unsubscribe/(hidden)/now"),
        ("https://social.example/@ada@other.example", "social.example", "/@ada@other.example"),
        ("/verify/secret%40person.example", None, "/verify/(hidden)"),
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
        ("android-app://com.google.android.gm/", ("com.google.android.gm", "android-app://com.google.android.gm")),
        ("android-app://com.example/https/x/?secret", ("com.example", "android-app://com.example")),
        ("android-app://", None),
        ("garbage", None),
    ],
)
def test_a_referrer_keeps_host_and_path_only(url: str, expected: tuple[str, str] | None) -> None:
    assert strip_referrer(url) == expected


@pytest.mark.parametrize(
    ("search", "click_id"),
    [("gclid=abc", "gclid"), ("a=1&fbclid=x&gclid=y", "fbclid"), ("gclid=", None), ("notgclid=1", None), ("", None)],
)
def test_a_click_id_is_named_and_its_value_is_gone(search: str, click_id: str | None) -> None:
    address = parse_address(f"https://a.example/?{search}")
    assert address is not None
    assert address.click_id == click_id
    assert "abc" not in str(address)


def test_a_tag_loses_the_address_of_a_person() -> None:
    address = parse_address("https://a.example/?utm_source=list&utm_term=ada%40person.example")
    assert address is not None
    assert address.utm == {"utm_source": "list", "utm_term": "(hidden)"}


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Shop.Example.", "shop.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("a.example/path", None),
        ("a.example:8080", None),
        ("user@a.example", None),
        ("", None),
        ("a b", None),
    ],
)
def test_a_host_has_one_form(text: str, host: str | None) -> None:
    assert parse_host(text) == host


@given(st.text() | st.text().map("https://a.example/".__add__))
def test_any_text_is_an_address_or_none(url: str) -> None:
    address = parse_address(url)
    assert address is None or isinstance(address.path, str)
    assert strip_referrer(url) is None or "?" not in strip_referrer(url)[1]
