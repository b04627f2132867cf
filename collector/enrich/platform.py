"""Web or app: what a sender says of itself wins over what its user agent looks like (INVENTORY S2-20)."""

import re
from functools import lru_cache
from typing import Literal

Platform = Literal["web", "app"]

# Frameworks of apps, by the words in their user agents. Dart is what Flutter sends with.
_FRAMEWORK = re.compile(r"\b(?:flutter|dart|react[-_ ]?native|cordova|phonegap|ionic|capacitor)\b", re.IGNORECASE)
_BROWSER = re.compile(r"^(?:Mozilla|Opera)/")


@lru_cache(maxsize=4096)
def _looks_like(user_agent: str, has_key: bool) -> Platform:
    is_app = _FRAMEWORK.search(user_agent) or (has_key and user_agent and not _BROWSER.match(user_agent))
    return "app" if is_app else "web"


def find_platform(*, says_app: bool, app_source: str | None, user_agent: str, has_key: bool) -> Platform:
    """Whether an app or a web page sent it.

    ``says_app``: the beacon names its app. ``app_source``: the header ``X-App-Source``, whose value ``web`` means a
    page. ``has_key``: it came with a secret key, and with no page; that alone makes no browser an app.
    """
    if says_app:
        return "app"
    if app_source:
        return "web" if app_source.lower() == "web" else "app"
    return _looks_like(user_agent, has_key)
