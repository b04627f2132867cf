"""One URL parser for everything (WHATWG rules, by ada-url): what a page's address tells."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl

import ada_url

from collector.events.limits import most

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
PARSED_HELD = 4096  # addresses kept parsed; parsing one takes 8 µs


class Address(NamedTuple):
    """Parts of a page's address. ``utm`` has the parameters of ``UTM`` that are there and not empty."""

    hostname: str | None
    path: str
    utm: dict[str, str]


@lru_cache(maxsize=PARSED_HELD)
def parse_address(url: str) -> Address | None:
    """The parts of an absolute URL, or of the name of an app's screen; None when it is neither.

    User, password, query and fragment do not get through: they can hold secrets.
    """
    url = url[: most("url")]
    try:
        parts = ada_url.parse_url(url, attributes=("protocol", "hostname", "pathname", "search"))
    except ValueError:
        return Address(None, url.partition("?")[0].partition("#")[0], {}) if url.startswith("/") else None
    if not parts["hostname"]:
        return None  # about:blank, data:, file: and the like name no page of a site
    utm: dict[str, str] = {}
    if "utm_" in parts["search"]:
        for name, value in parse_qsl(parts["search"][1:], max_num_fields=None):
            if name in UTM and value.strip():
                utm.setdefault(name, value.strip()[:200])
    return Address(parts["hostname"].removesuffix(".") or None, parts["pathname"], utm)


@lru_cache(maxsize=PARSED_HELD)
def strip_referrer(url: str) -> tuple[str, str] | None:
    """(host, address without credentials, query and fragment) of a web referrer; None for anything else."""
    address = parse_address(url)
    if address is None or not address.hostname or not url.lower().startswith(("http://", "https://")):
        return None
    return address.hostname, f"{address.hostname}{address.path}"[: most("url")]
