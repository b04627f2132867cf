"""One URL parser for everything (WHATWG rules, by ada-url): what a page's address tells.

A host has one form: lower case, without the last dot, and other scripts as A-labels (bücher.example is
xn--bcher-kva.example). That is what the rules give, what certificates and logs have, and what cannot be mistaken for
another host that looks alike.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar
from urllib.parse import parse_qsl

import ada_url

from collector.events.limits import most
from collector.events.secrets import hide_personal

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
CLICK_IDS = frozenset(
    ("gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "fbclid", "igshid", "ttclid", "twclid", "li_fat_id",
     "rdt_cid", "epik", "ScCid", "mc_cid", "_kx"),
)  # fmt: skip
"""Parameters by which advertising platforms know a click; enrich/source.py says what each means."""

PARSED_HELD = 4096  # addresses kept parsed; parsing one takes 8 µs
LONGEST_HELD = 512  # characters of one: strangers write them, and could fill the memory with long ones
LONGEST_HOST = 253  # characters that the name system allows
APP_SCHEME = "android-app://"


class Address(NamedTuple):
    """Parts of a page's address. ``utm`` has the parameters of ``UTM`` that are there and not empty.

    ``click_id`` is the name of the first parameter of ``CLICK_IDS``; its value is not kept.
    """

    hostname: str | None
    path: str
    utm: dict[str, str]
    click_id: str | None = None


Parsed = TypeVar("Parsed")


def _hold(parse: Callable[[str], Parsed]) -> Callable[[str], Parsed]:
    """The function with a memory that is bounded in bytes, too."""
    held = lru_cache(maxsize=PARSED_HELD)(parse)
    return lambda url: held(url) if len(url) <= LONGEST_HELD else parse(url)


@_hold
def parse_address(url: str) -> Address | None:
    """The parts of an absolute URL, or of the name of an app's screen; None when it is neither.

    User, password, query and fragment do not get through, nor do addresses of people in the path: they can be secrets.
    """
    url = url[: most("url")]
    try:
        parts = ada_url.parse_url(url, attributes=("protocol", "hostname", "pathname", "search"))
    except ValueError:
        screen = url.partition("?")[0].partition("#")[0]
        return Address(None, hide_personal(screen), {}) if url.startswith("/") else None
    if not 0 < len(parts["hostname"]) <= LONGEST_HOST:
        return None  # about:blank, data:, file: and the like name no page of a site
    utm, click_id = _read_campaign(parts["search"][1:])
    return Address(parts["hostname"].removesuffix(".") or None, hide_personal(parts["pathname"]), utm, click_id)


def _read_campaign(search: str) -> tuple[dict[str, str], str | None]:
    utm: dict[str, str] = {}
    click_id = None
    for name, value in parse_qsl(search) if search else ():
        if name in UTM and value.strip():
            utm.setdefault(name, hide_personal(value.strip()[: most("campaign")]))
        elif name in CLICK_IDS:
            click_id = click_id or name
    return utm, click_id


def parse_host(text: str) -> str | None:
    """A host in its one form; None when the text is none."""
    try:
        url = ada_url.URL(f"http://{text}/")
    except ValueError:
        return None
    is_host_alone = url.pathname == "/" and not (url.port or url.username or url.search or url.hash)
    return url.hostname.removesuffix(".") or None if is_host_alone else None


@_hold
def strip_referrer(url: str) -> tuple[str, str] | None:
    """(host, address without credentials, query and fragment) of a referrer; None for anything else.

    Android's apps refer as ``android-app://<package>/``: the package stands for the host.
    """
    lowered = url[: len(APP_SCHEME)].lower()
    if lowered == APP_SCHEME:
        package = url[len(APP_SCHEME) :].partition("/")[0][: most("name")]
        return (package, f"{APP_SCHEME}{package}") if package else None
    address = parse_address(url) if lowered.startswith(("http://", "https://")) else None
    if address is None or not address.hostname:
        return None
    return address.hostname, f"{address.hostname}{address.path}"[: most("url")]
