"""Google Analytics 4 as its BigQuery export has it: an event a line of JSON.

The schema is at support.google.com/analytics/answer/7029846. BigQuery writes whole numbers as text; other tools write
them as numbers. Both are read.
"""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, BinaryIO
from urllib.parse import urlencode

import msgspec

from collector.exchange.found import Fault, Found, Options, Read, Skipped
from collector.query.country_names import COUNTRY_NAMES

OF_GA_ITSELF = frozenset(("session_start", "first_visit", "first_open", "app_remove", "os_update", "app_update"))
"""Events that say what follows from the others."""

NAMES = {"page_view": "pageview", "screen_view": "pageview", "user_engagement": "engagement"}
DEVICES = {"desktop": "desktop", "mobile": "mobile", "tablet": "tablet", "smart tv": "tv"}
SYSTEMS = {"Macintosh": "macOS"}
BROWSERS = {"Safari (in-app)": "Safari WebView", "Android Webview": "Chrome WebView"}
UNTAGGED = frozenset(("organic", "referral", "(none)", "(not set)", ""))
"""Mediums that GA4 finds out by the referrer, as we do."""

_OF_THE_PAGE = frozenset(
    ("page_location", "page_title", "page_referrer", "ga_session_id", "ga_session_number", "engagement_time_msec",
     "percent_scrolled", "session_engaged", "engaged_session_event", "entrances", "ignore_referrer", "source", "medium",
     "campaign", "term", "content", "value", "currency", "debug_mode", "firebase_screen", "firebase_screen_class",
     "batch_page_id", "batch_ordering_id"),
)  # fmt: skip
MOST_PROPS = 30
_CODES = {name.lower(): code for code, name in COUNTRY_NAMES.items()}

Row = dict[str, Any]
Params = dict[str, Any]

_decode = msgspec.json.Decoder(dict[str, Any]).decode


def read_ga4(file: BinaryIO, options: Options) -> Iterator[Read]:
    for place, line in enumerate(file, 1):
        try:
            what = _read_event(_decode(line))
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError, AttributeError) as error:
            what = Fault(f"not an event as BigQuery exports it: {error!r}")
        yield Read(place, line, what)


def _read_event(row: Row) -> Found | Skipped | Fault:
    name = row["event_name"]
    if name in OF_GA_ITSELF:
        return Skipped("GA4's own event, which follows from the others")
    params = {each["key"]: _value_of(each["value"]) for each in row.get("event_params") or ()}
    event: dict[str, Any] = {"name": NAMES.get(name, name), "at": int(row["event_timestamp"]) // 1000}
    if name == "scroll" and "percent_scrolled" in params:
        event["scroll_percent"] = min(100, int(params["percent_scrolled"]))
    if name == "user_engagement" and "engagement_time_msec" in params:
        event["visible_ms"] = int(params["engagement_time_msec"])
    if name in ("purchase", "in_app_purchase") and params.get("value") is not None and params.get("currency"):
        event["revenue"] = {"amount": float(params["value"]), "currency": params["currency"]}
    if name not in NAMES:
        props = {key: value for key, value in params.items() if key not in _OF_THE_PAGE and value is not None}
        event |= {"props": dict(list(props.items())[:MOST_PROPS])} if props else {}
    beacon: Row = {"page": _page(row, params), "events": [event]}
    if row.get("user_pseudo_id"):
        beacon["visitor"] = row["user_pseudo_id"]
    if row.get("user_id"):
        beacon["user"] = row["user_id"]
    app = row.get("app_info") or {}
    if app.get("id"):
        version = {"version": app["version"]} if app.get("version") else {}
        beacon["app"] = {"name": app["id"], **version}
    return Found(beacon, _known(row))


def _value_of(value: Row) -> Any:
    """The one of the four types that is there."""
    if value.get("int_value") is not None:
        return int(value["int_value"])
    return next((value[kind] for kind in ("string_value", "double_value", "float_value") if value.get(kind)), None)


def _page(row: Row, params: Params) -> Row:
    url = params.get("page_location")
    if not url and params.get("firebase_screen"):
        url = f"/{params['firebase_screen']}"
    page: Row = {}
    if url:
        page["url"] = _tag(url, row)
        # GA4 does not tell the pageviews of one address in one session apart.
        place = f"{row.get('user_pseudo_id')}.{params.get('ga_session_id')}.{url}"
        page["id"] = f"ga4.{blake2b(place.encode(), digest_size=15).hexdigest()}"
    if params.get("page_title"):
        page["title"] = params["page_title"]
    if params.get("page_referrer"):
        page["referrer"] = params["page_referrer"]
    return page


def _tag(url: str, row: Row) -> str:
    """The address with the campaign that GA4 collected, where it does not show one itself."""
    said = row.get("collected_traffic_source") or {}
    source, medium = said.get("manual_source"), said.get("manual_medium") or ""
    if not source or medium in UNTAGGED or "utm_source=" in url or source == "(direct)":
        return url
    tags = {"utm_source": source, "utm_medium": medium, "utm_campaign": said.get("manual_campaign_name")}
    tagged = urlencode({name: value for name, value in tags.items() if value})
    path, hash_, fragment = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{tagged}{hash_}{fragment}"


def _known(row: Row) -> dict[str, Any]:
    """What GA4 knew of the device and the place, in our words."""
    device, geo = row.get("device") or {}, row.get("geo") or {}
    web = device.get("web_info") or {}
    browser, system = web.get("browser") or device.get("browser"), device.get("operating_system")
    known = {
        "platform": "web" if row.get("platform", "WEB") == "WEB" else "app",
        "device": DEVICES.get(device.get("category") or ""),
        "browser": BROWSERS.get(browser or "", browser),
        "browser_version": (web.get("browser_version") or device.get("browser_version") or "").partition(".")[0],
        "os": SYSTEMS.get(system or "", system),
        "os_version": (device.get("operating_system_version") or "").removeprefix(f"{system} "),
        "language": device.get("language"),
        "country": _CODES.get((geo.get("country") or "").lower()),
        "region_name": geo.get("region"),
        "city": geo.get("city"),
    }
    nothing = (None, "", "(not set)", "<Other>", "Web")
    return {name: value for name, value in known.items() if value not in nothing} | {"is_bot": False}
