"""Source, medium and campaign → channel: the ordered rules of Google Analytics 4 and Plausible, with assistants added.

https://support.google.com/analytics/answer/9756891. The first row all of whose conditions hold names the channel.
"""

import re
from functools import lru_cache
from typing import NamedTuple

DIRECT = "Direct"
CHANNELS_HELD = 8192

_PAID = r"(.*cp.*|ppc|retargeting|paid.*)"
_SHOP = r"(.*(([^a-df-z]|^)shop|shopping).*)"
_EMAIL = r"(e[-_ ]?mail|newsletter)"
_SOCIAL = r"(social([-_ ](network|media))?|sm)"
_ANY = r".+"


class Rule(NamedTuple):
    """Conditions on a visit, each the pattern of a whole text; None = whatever it is."""

    channel: str
    kind: str | None = None
    source: str | None = None
    medium: str | None = None
    campaign: str | None = None


RULES = (
    Rule("Cross-network", campaign=r".*cross-network.*"),
    Rule("Paid Shopping", kind="shopping", medium=_PAID),
    Rule("Paid Shopping", campaign=_SHOP, medium=_PAID),
    Rule("Paid Search", kind="search", medium=_PAID),
    Rule("Paid Social", kind="social", medium=_PAID),
    Rule("Paid Video", kind="video", medium=_PAID),
    Rule("Display", medium=r"(display|banner|expandable|interstitial|cpm)"),
    Rule("Paid Audio", medium=r"paid[-_ ]?audio"),
    Rule("Paid Other", medium=_PAID),
    Rule("Organic Shopping", kind="shopping"),
    Rule("Organic Shopping", campaign=_SHOP),
    Rule("Organic Social", kind="social"),
    Rule("Organic Social", medium=_SOCIAL),
    Rule("Organic Video", kind="video"),
    Rule("Organic Video", medium=r".*video.*"),
    Rule("Organic Search", kind="search"),
    Rule("Organic Search", medium="organic"),
    Rule("AI Assistants", kind="ai"),
    Rule("Email", kind="email"),
    Rule("Email", source=_EMAIL),
    Rule("Email", medium=_EMAIL),
    Rule("Affiliates", medium=r"affiliates?"),
    Rule("Audio", medium="audio"),
    Rule("SMS", source="sms"),
    Rule("SMS", medium="sms"),
    Rule("Mobile Push", medium=r"(.*push|.*(mobile|notification).*)"),
    Rule("Mobile Push", source="firebase"),
    Rule("Referral", source=_ANY),
    Rule("Referral", medium=_ANY),
)
CHANNELS = tuple(dict.fromkeys((DIRECT, *(rule.channel for rule in RULES))))

_COMPILED = [
    (rule.channel, [(place, re.compile(pattern)) for place, pattern in enumerate(rule[1:]) if pattern is not None])
    for rule in RULES
]


@lru_cache(maxsize=CHANNELS_HELD)
def name_channel(kind: str | None, source: str | None, medium: str | None, campaign: str | None) -> str:
    """The channel of a visit. ``kind`` is that of its source (source.py), ``source`` the tag or the name."""
    facts = (kind or "", (source or "").lower(), (medium or "").lower(), (campaign or "").lower())
    for channel, conditions in _COMPILED:
        if all(pattern.fullmatch(facts[place]) for place, pattern in conditions):
            return channel
    return DIRECT
