"""enrich/source.py: hosts match by label. A substring match calls walmart.com X, because it contains t.co."""

import pytest

from collector.enrich.source import name_host, name_source


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.google.de", "Google"),
        ("google.co.uk", "Google"),
        ("news.google.com", "Google"),
        ("mail.google.com", "Gmail"),
        ("t.co", "X"),
        ("walmart.com", "walmart.com"),
        ("notgoogle.com", "notgoogle.com"),
        ("google.evil.example", "google.evil.example"),
        ("facebook.com.evil.example", "facebook.com.evil.example"),
        ("m.facebook.com", "Facebook"),
        ("news.ycombinator.com", "Hacker News"),
        ("ycombinator.com", "ycombinator.com"),
        ("www.blog.example", "blog.example"),
        ("localhost", "localhost"),
        ("[::1]", "[::1]"),
    ],
)
def test_a_host_has_the_name_that_its_labels_say(host: str, name: str) -> None:
    assert name_host(host) == name


@pytest.mark.parametrize(
    ("utm_source", "host", "expected"),
    [
        (None, None, None),
        (None, "www.bing.com", "Bing"),
        ("newsletter", "www.bing.com", "newsletter"),
        ("GOOGLE", None, "Google"),
        ("", "t.co", "X"),
    ],
)
def test_the_tag_on_a_link_wins_over_the_referrer(utm_source, host, expected) -> None:
    assert name_source(utm_source, host) == expected
