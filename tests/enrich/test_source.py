"""enrich/source.py: hosts match by label. A substring match calls walmart.com X, because it contains t.co."""

import pytest

from collector.enrich.source import CLICK_ID_MEANINGS, SOURCES, find_source, name_host
from collector.events.url import CLICK_IDS


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.google.de", "Google"),
        ("google.co.uk", "Google"),
        ("news.google.com", "Google News"),
        ("encrypted.google.com", "Google"),
        ("mail.google.com", "Gmail"),
        ("t.co", "X"),
        ("walmart.com", "Walmart"),
        ("google.com.br", "Google"),
        ("com.google.android.gm", "Gmail"),
        ("mstdn.social", "Mastodon"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
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
    assert name_host(host).name == name


@pytest.mark.parametrize(
    ("utm_source", "host", "expected"),
    [
        (None, None, None),
        (None, "www.bing.com", "Bing"),
        ("newsletter", "www.bing.com", "newsletter"),
        ("GOOGLE", None, "Google"),
        ("google.de", None, "Google"),
        ("fb", None, "Facebook"),
        ("Shop.example", None, "Shop.example"),
        ("", "t.co", "X"),
    ],
)
def test_the_tag_on_a_link_wins_over_the_referrer(utm_source, host, expected) -> None:
    found = find_source(utm_source, None, host)
    assert (found.name if found else None) == expected


def test_the_table_knows_many_sources_of_every_kind() -> None:
    assert len(SOURCES) >= 240
    assert {source.kind for source in SOURCES.values()} == {
        "search", "social", "video", "shopping", "email", "ai", "referral",
    }  # fmt: skip


def test_every_click_id_that_is_read_means_a_known_source() -> None:
    assert set(CLICK_ID_MEANINGS) == CLICK_IDS
    assert {meaning.source for meaning in CLICK_ID_MEANINGS.values()} <= set(SOURCES)
