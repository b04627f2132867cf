"""Referrer and utm_source → the name of where a visit came from. Hosts match by label, never by substring."""

from functools import lru_cache

# Brands with one domain a country: google.de, google.co.uk, news.google.com.
BRANDS = {
    "google": "Google", "bing": "Bing", "yahoo": "Yahoo!", "yandex": "Yandex", "baidu": "Baidu",
    "duckduckgo": "DuckDuckGo", "ecosia": "Ecosia", "qwant": "Qwant", "startpage": "Startpage",
    "facebook": "Facebook", "instagram": "Instagram", "linkedin": "LinkedIn", "pinterest": "Pinterest",
    "reddit": "Reddit", "tiktok": "TikTok", "youtube": "YouTube", "github": "GitHub", "amazon": "Amazon",
    "wikipedia": "Wikipedia", "stackoverflow": "Stack Overflow", "medium": "Medium", "twitter": "X",
}  # fmt: skip

# Single hosts, with everything below them.
HOSTS = {
    "x.com": "X", "t.co": "X", "lnkd.in": "LinkedIn", "fb.me": "Facebook", "youtu.be": "YouTube",
    "news.ycombinator.com": "Hacker News", "search.brave.com": "Brave", "t.me": "Telegram",
    "bsky.app": "Bluesky", "com.google.android.gm": "Gmail", "mail.google.com": "Gmail",
    "chatgpt.com": "ChatGPT", "perplexity.ai": "Perplexity", "lobste.rs": "Lobsters", "msn.com": "MSN",
}  # fmt: skip

SECOND_LEVEL = ("co", "com", "org", "net", "ac", "gov")  # as in google.co.uk, google.com.br

_BY_NAME = {name.lower(): name for name in (*BRANDS.values(), *HOSTS.values())} | BRANDS


@lru_cache(maxsize=4096)
def name_host(host: str) -> str:
    """The name of a referring host: a known one's, else the host itself without ``www.``."""
    labels = host.split(".")
    for start in range(len(labels)):
        if name := HOSTS.get(".".join(labels[start:])):
            return name
    if len(labels) >= 2:
        at = -3 if len(labels) >= 3 and labels[-2] in SECOND_LEVEL else -2
        if name := BRANDS.get(labels[at]):
            return name
    return host.removeprefix("www.")


def name_source(utm_source: str | None, referrer_host: str | None) -> str | None:
    """Where a visit came from: the tag on the link if there is one, else the referrer; None = direct."""
    if utm_source:
        return _BY_NAME.get(utm_source.lower(), utm_source)
    return name_host(referrer_host) if referrer_host else None
