"""User agent → device, browser and system, by user-agents' rules over ua-parser's Rust engine: 50 µs, where the plain
way takes 980 µs."""

import re
from typing import NamedTuple

from ua_parser.core import Domain
from ua_parser.loaders import load_lazy_builtins
from ua_parser.regex import Resolver
from user_agents import parsers

from collector.enrich.bots import name_bot


class Agent(NamedTuple):
    """What a user agent says. Versions are major versions of browsers, full ones of systems; ``bot`` is its name."""

    device: str
    browser: str | None
    browser_version: str | None
    os: str | None
    os_version: str | None
    bot: str | None


# The parser's names of one browser on other devices, and names that people no longer use.
BROWSER_NAMES = {
    "Chrome Mobile": "Chrome", "Chrome Mobile iOS": "Chrome", "Chrome Mobile WebView": "Chrome WebView",
    "Mobile Safari": "Safari", "Mobile Safari UI/WKWebView": "Safari WebView",
    "Firefox Mobile": "Firefox", "Firefox iOS": "Firefox", "Edge Mobile": "Edge", "Opera Mobile": "Opera",
    "Android": "Android Browser", "IE Mobile": "Internet Explorer", "IE": "Internet Explorer", "Amazon Silk": "Silk",
    "MiuiBrowser": "Mi Browser", "QQ Browser Mobile": "QQ Browser", "VivoBrowser": "vivo Browser",
    "Edge WebView2": "Edge WebView", "Brave Mobile": "Brave", "Vivaldi Mobile": "Vivaldi", "Other": None,
}  # fmt: skip
OWN_TOKENS = {
    "YaBrowser": "Yandex Browser", "YandexSearchBrowser": "Yandex Browser", "YaSearchBrowser": "Yandex Browser",
    "YandexSearch": "Yandex Browser", "Quark": "Quark", "MZBrowser": "Meizu Browser", "MiuiBrowser": "Mi Browser",
    "SogouMobileBrowser": "Sogou Browser", "HuaweiBrowser": "Huawei Browser", "UCBrowser": "UC Browser",
    "SamsungBrowser": "Samsung Internet", "DuckDuckGo": "DuckDuckGo", "Ddg": "DuckDuckGo", "LG Browser": "LG Browser",
    "Whale": "Whale", "Instagram": "Instagram", "Brave": "Brave", "HeyTapBrowser": "HeyTap Browser",
}  # fmt: skip
"""Tokens that name a browser for sure, where the parser names the engine below it or the television around it."""
_OWN_TOKEN = re.compile(rf"({'|'.join(OWN_TOKENS)})/(?:v)?(\d+)")
_ENGINE_TOKEN = re.compile(r"(OPR|Opera|Chrome)/(\d+)")  # of a television whose standard (HbbTV) is no browser

OS_NAMES = {"Mac OS X": "macOS", "Web0S": "webOS", "Other": None} | dict.fromkeys(
    ("Ubuntu", "Debian", "Fedora", "Red Hat", "SUSE", "CentOS", "Gentoo", "Arch Linux", "Linux Mint", "Mandriva",
     "Kubuntu", "Slackware", "PCLinuxOS"),
    "Linux",
)  # fmt: skip

# Tried in order; the first that holds names the device.
ROBOT = "robot"  # that only the parser knows

DEVICE_RULES = (
    ("tablet", "is_tablet"),
    ("mobile", "is_mobile"),
    ("desktop", "is_pc"),
)
_TV = re.compile(
    r"smart-?tv|appletv|google ?tv|hbbtv|netcast|viera|\baft[a-z]+\b|roku|web0s|bravia|\btv\b|crkey|chromecast|\bmibox|"
    r"\bmitv|nettv|model/vestel|shield android|\bstb|\bbdplayer|nexus player|philips_|vidaa",
    re.IGNORECASE,
)
_PHONE_WITHOUT_A_WORD = re.compile(r"^Dalvik/|MIDP|UCWEB|Opera Mini")  # elsewhere no "Mobile" means an Android tablet

_resolve = Resolver(load_lazy_builtins())


class _Parsed(parsers.UserAgent):  # type: ignore[misc]
    """user-agents' view of a user agent, with the parts that the Rust engine found."""

    def __init__(self, text: str) -> None:
        found = _resolve(text, Domain.ALL)
        browser, system, device = found.user_agent, found.os, found.device
        self.ua_string = text
        self.browser = parsers.parse_browser(
            *((browser.family, browser.major, browser.minor, browser.patch) if browser else ("Other",))
        )
        self.os = parsers.parse_operating_system(
            *((system.family, system.major, system.minor, system.patch) if system else ("Other",))
        )
        self.device = parsers.parse_device(
            *((device.family, device.brand, device.model) if device else ("Other", None, None))
        )


def parse_agent(user_agent: str) -> Agent:
    """The agent of a whole user agent, uncached."""
    parsed = _Parsed(user_agent)
    browser, version = _find_browser(parsed)
    system = parsed.os
    return Agent(
        _find_device(parsed),
        browser,
        version,
        OS_NAMES.get(system.family, system.family),
        system.version_string or None,
        name_bot(user_agent) or (browser or ROBOT if parsed.is_bot else None),
    )


def _find_browser(parsed: _Parsed) -> tuple[str | None, str | None]:
    if own := _OWN_TOKEN.search(parsed.ua_string):
        return OWN_TOKENS[own[1]], own[2]
    family, version = parsed.browser.family, parsed.browser.version
    if family == "HbbTV" and (engine := _ENGINE_TOKEN.search(parsed.ua_string)):
        return "Chrome" if engine[1] == "Chrome" else "Opera", engine[2]
    return BROWSER_NAMES.get(family, family), str(version[0]) if version else None


def _find_device(parsed: _Parsed) -> str:
    if _TV.search(parsed.ua_string):
        return "tv"
    if _PHONE_WITHOUT_A_WORD.search(parsed.ua_string):
        return "mobile"
    return next((name for name, attribute in DEVICE_RULES if getattr(parsed, attribute)), "other")
