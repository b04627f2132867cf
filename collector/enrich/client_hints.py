"""User-agent client hints: what Chromium browsers say in headers instead of in the user agent, which they freeze.

https://wicg.github.io/ua-client-hints/. Brand, mobile and platform come with every request over https. The others
come only where the page lets them (docs/events.md), so each may be missing.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from collector.enrich.user_agent import Agent

MOST_HEADER = 512  # characters of one


class Hints(NamedTuple):
    """The headers as they came; None = was not sent."""

    brands: str | None = None
    full_versions: str | None = None
    mobile: str | None = None
    platform: str | None = None
    platform_version: str | None = None
    model: str | None = None


NO_HINTS = Hints()
HEADERS = (
    "Sec-CH-UA", "Sec-CH-UA-Full-Version-List", "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform",
    "Sec-CH-UA-Platform-Version", "Sec-CH-UA-Model",
)  # fmt: skip
_VARIABLES = tuple(f"HTTP_{header.upper().replace('-', '_')}" for header in HEADERS)

# Brands that name a browser; the first that is there counts. ``Chromium`` and made-up brands name none.
BRANDS = {
    "Brave": "Brave", "Microsoft Edge": "Edge", "Microsoft Edge WebView2": "Edge WebView", "Opera": "Opera",
    "Opera GX": "Opera GX", "Opera Mobile": "Opera", "OperaMobile": "Opera", "Opera Mini": "Opera Mini",
    "Samsung Internet": "Samsung Internet", "Vivaldi": "Vivaldi", "YaBrowser": "Yandex Browser",
    "Yandex": "Yandex Browser", "DuckDuckGo": "DuckDuckGo", "Whale": "Whale", "Silk": "Silk",
    "Amazon Silk": "Silk", "Huawei Browser": "Huawei Browser", "HuaweiBrowser": "Huawei Browser",
    "Android WebView": "Chrome WebView", "HeadlessChrome": "Chrome", "Google Chrome": "Chrome",
}  # fmt: skip
HEADLESS = "HeadlessChrome"
PLATFORMS = {"Chromium OS": "Chrome OS", "Mac OS X": "macOS", "Unknown": None, "": None}

# Windows says the version of its API contract: https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11
WINDOWS_11 = 13
WINDOWS_BEFORE_10 = {"0.1": "7", "0.2": "8", "0.3": "8.1"}

# What browsers say of every system of this kind, whatever its version is.
FROZEN = {("macOS", "10.15.7"), ("macOS", "10.15")}
_REDUCED_ANDROID = re.compile(r"Android 10; K\)")

_BRAND = re.compile(r'"((?:[^"\\]|\\.)*)"\s*;\s*v="?([\d.]*)')
_TABLET = re.compile(r"^(?:SM-[TX]\d|Lenovo TB|KF[A-Z]{3,}$)|\b(?:Pad|Tab|Tablet)\b", re.IGNORECASE)


def read_hints(environ: Mapping[str, str]) -> Hints:
    """The hints of a request's WSGI environment."""
    if "HTTP_SEC_CH_UA" not in environ:
        return NO_HINTS
    values = (environ.get(name) for name in _VARIABLES)
    return Hints(*(value[:MOST_HEADER] if value is not None else None for value in values))


def correct(agent: Agent, hints: Hints, user_agent: str) -> Agent:
    """The agent with what the hints know better."""
    if (agent.os, agent.os_version) in FROZEN or _REDUCED_ANDROID.search(user_agent):
        agent = agent._replace(os_version=None)
    if hints == NO_HINTS:
        return agent
    brands = dict(_BRAND.findall(hints.full_versions or "")) or dict(_BRAND.findall(hints.brands or ""))
    agent = _correct_browser(agent, brands)
    agent = _correct_system(agent, hints)
    return _correct_device(agent, hints)


def _correct_browser(agent: Agent, brands: Mapping[str, str]) -> Agent:
    if HEADLESS in brands:
        agent = agent._replace(bot=agent.bot or HEADLESS)
    brand = next((brand for brand in BRANDS if brand in brands), None)
    if brand is None or (BRANDS[brand] == "Chrome" and agent.browser not in (None, "Chrome")):
        return agent  # a browser over Chromium that has no brand of its own names itself in the user agent
    return agent._replace(browser=BRANDS[brand], browser_version=brands[brand].partition(".")[0] or None)


def _correct_system(agent: Agent, hints: Hints) -> Agent:
    if hints.platform is None:
        return agent
    said = hints.platform.strip('" ')
    system = PLATFORMS.get(said, said)
    if system is None:
        return agent
    version = (hints.platform_version or "").strip('" ')
    if system != agent.os:
        return agent._replace(os=system, os_version=_name_version(system, version))
    return agent._replace(os_version=_name_version(system, version) or agent.os_version)


def _name_version(system: str, version: str) -> str | None:
    if system != "Windows":
        return re.sub(r"(?:\.0)+$", "", version) or None
    major = version.partition(".")[0]
    if not major.isdecimal():
        return None
    if int(major) >= WINDOWS_11:
        return "11"
    return "10" if int(major) else WINDOWS_BEFORE_10.get(".".join(version.split(".")[:2]))


def _correct_device(agent: Agent, hints: Hints) -> Agent:
    if agent.os != "Android" or agent.device == "tv":
        return agent
    if _TABLET.search((hints.model or "").strip('" ')):
        return agent._replace(device="tablet")
    if hints.mobile in ("?0", "?1"):
        return agent._replace(device="mobile" if hints.mobile == "?1" else "tablet")
    return agent
