"""Referrer, utm_source and click ids → the source of a visit. Hosts match by label, never by substring.

``data/sources.tsv`` has a row a source. ``kind`` decides about the channel (channel.py).
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

SOURCES_FILE = Path(__file__).parent / "data" / "sources.tsv"
HOSTS_HELD = 8192  # referring hosts, and values of utm_source, kept looked up
ANY_SUFFIX = ".*"
SECOND_LEVEL = ("co", "com", "org", "net", "ac", "gov", "or", "ne")  # as in google.co.uk, google.com.br


class Source(NamedTuple):
    """Where a visit came from. ``kind``: search, social, video, shopping, email, ai or referral."""

    name: str
    kind: str


class ClickId(NamedTuple):
    """What a click id says of the click. ``medium`` None: the platform puts the id on unpaid links, too."""

    source: str
    medium: str | None


CLICK_ID_MEANINGS = {
    "gclid": ClickId("Google", "cpc"),
    "gbraid": ClickId("Google", "cpc"),
    "wbraid": ClickId("Google", "cpc"),
    "dclid": ClickId("DoubleClick", "display"),
    "msclkid": ClickId("Bing", "cpc"),
    "yclid": ClickId("Yandex", "cpc"),
    "fbclid": ClickId("Facebook", None),
    "igshid": ClickId("Instagram", None),
    "ttclid": ClickId("TikTok", "paid_social"),
    "twclid": ClickId("X", "paid_social"),
    "li_fat_id": ClickId("LinkedIn", "paid_social"),
    "rdt_cid": ClickId("Reddit", "paid_social"),
    "epik": ClickId("Pinterest", "paid_social"),
    "ScCid": ClickId("Snapchat", "paid_social"),
    "mc_cid": ClickId("Mailchimp", "email"),
    "_kx": ClickId("Klaviyo", "email"),
}
"""By the name of the parameter. The id itself, which names one click of one person, is not kept."""


def _load() -> tuple[dict[str, Source], dict[str, Source], dict[str, Source]]:
    hosts: dict[str, Source] = {}
    brands: dict[str, Source] = {}
    names: dict[str, Source] = {}
    for line in SOURCES_FILE.read_text().splitlines():
        if line.startswith("#"):
            continue
        name, kind, all_hosts, others = line.split("\t")
        source = Source(name, kind)
        for host in all_hosts.split():
            table, key = (brands, host.removesuffix(ANY_SUFFIX)) if host.endswith(ANY_SUFFIX) else (hosts, host)
            table[key] = source
        for each in (name.lower(), *others.split(), *(host for host in all_hosts.split() if host[-1] != "*")):
            names.setdefault(each, source)
    return hosts, brands, brands | names


_HOSTS, _BRANDS, _NAMES = _load()
SOURCES = {source.name: source for source in _NAMES.values()}


@lru_cache(maxsize=HOSTS_HELD)
def name_host(host: str) -> Source:
    """The source of a referring host, or of an app's package: a known one, else the host without ``www.``."""
    labels = host.split(".")
    for start in range(len(labels)):
        if source := _HOSTS.get(".".join(labels[start:])):
            return source
    if len(labels) >= 2:
        at = -3 if len(labels) >= 3 and labels[-2] in SECOND_LEVEL else -2
        if source := _BRANDS.get(labels[at]):
            return source
    return Source(host.removeprefix("www."), "referral")


@lru_cache(maxsize=HOSTS_HELD)
def name_tag(utm_source: str) -> Source:
    """The source that a tag means: a known one, else the tag as it is."""
    tag = utm_source.lower()
    if known := _NAMES.get(tag):
        return known
    named = name_host(tag) if "." in tag else None  # utm_source=google.de
    return named if named and named.name in SOURCES else Source(utm_source, "referral")


def find_source(utm_source: str | None, click_id: str | None, referrer_host: str | None) -> Source | None:
    """Where a visit came from: the tag on the link if there is one, else the click id, else the referrer."""
    if utm_source:
        return name_tag(utm_source)
    if click_id:
        clicked = SOURCES[CLICK_ID_MEANINGS[click_id].source]
        # fbclid comes with Instagram's links as well: a referrer of the same kind knows better.
        seen = name_host(referrer_host) if referrer_host else clicked
        return seen if seen.kind == clicked.kind else clicked
    return name_host(referrer_host) if referrer_host else None
