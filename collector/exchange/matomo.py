"""Visits as Matomo's ``Live.getLastVisitsDetails`` answers them: one JSON array, or a visit or an array a line.

Reference: developer.matomo.org/guides/log-data.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from collector.exchange.found import Fault, Found, Options, Read, Skipped

DEVICES = {
    "Desktop": "desktop", "Smartphone": "mobile", "Phablet": "mobile", "Feature phone": "mobile", "Tablet": "tablet",
    "TV": "tv",
}  # fmt: skip
SYSTEMS = {"Mac": "macOS", "GNU/Linux": "Linux", "Ubuntu": "Linux", "Debian": "Linux", "Fedora": "Linux"}
BROWSERS = {
    "Mobile Safari": "Safari", "Chrome Mobile": "Chrome", "Chrome Mobile iOS": "Chrome", "Firefox Mobile": "Firefox",
    "Microsoft Edge": "Edge", "Samsung Browser": "Samsung Internet",
}  # fmt: skip
CHANNELS = {"search": "Organic Search", "social": "Organic Social"}
"""Where Matomo has the name alone, because the address of a search is not told any more."""

Visit = dict[str, Any]

_decode = msgspec.json.Decoder().decode


def read_matomo(file: BinaryIO, options: Options) -> Iterator[Read]:
    for place, visit in _read_visits(file):
        if isinstance(visit, Fault):
            yield Read(place, b"", visit)
            continue
        try:
            yield from _read_visit(place, visit)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield Read(place, b"", Fault(f"not a visit as Matomo gives it: {error!r}"))


def _read_visits(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Every visit with its line; with its number where the whole file is one text over many lines."""
    first = file.readline()
    try:
        _decode(first)
    except msgspec.MsgspecError:
        try:
            yield from enumerate(_decode(first + file.read()), 1)
        except (msgspec.MsgspecError, TypeError) as error:
            yield 1, Fault(str(error))
        return
    line, place = first, 1
    while line:
        try:
            document = _decode(line)
            yield from ((place, visit) for visit in (document if isinstance(document, list) else [document]))
        except msgspec.MsgspecError as error:
            yield place, Fault(str(error))
        line, place = file.readline(), place + 1


def _read_visit(place: int, visit: Visit) -> Iterator[Read]:
    number = visit["idVisit"]
    known = _known(visit)
    who = {"visitor": visit["visitorId"]} | ({"user": visit["userId"]} if visit.get("userId") else {})
    referrer = visit.get("referrerUrl")
    reads = []
    for position, action in enumerate(visit["actionDetails"]):
        event = _read_action(action)
        key = f"matomo.{number}.{position}".encode()
        if isinstance(event, Skipped):
            reads.append(Read(place, key, event))
            continue
        page = _page(action, number)
        if referrer:
            page["referrer"], referrer = referrer, None  # of the visit, so of its first page
        reads.append(Read(place, key, Found({**who, "page": page, "events": [event]}, known)))
    yield from reads


def _page(action: dict[str, Any], visit: object) -> dict[str, Any]:
    page: dict[str, Any] = {}
    if action.get("url"):
        page["url"] = action["url"]
    if action.get("pageTitle"):
        page["title"] = action["pageTitle"]
    if action.get("idpageview"):
        page["id"] = f"matomo.{visit}.{action['idpageview']}"
    return page


def _read_action(action: dict[str, Any]) -> dict[str, Any] | Skipped:
    """The event of an action, in the form of docs/events.md."""
    at = {"at": int(action["timestamp"]) * 1000}
    kind = action["type"]
    if kind == "action":
        return {"name": "pageview", **at}
    if kind == "event":
        names = {"category": "eventCategory", "label": "eventName", "value": "eventValue"}
        props = {name: action[field] for name, field in names.items() if action.get(field) is not None}
        return {"name": action["eventAction"], "props": props, **at}
    if kind == "search":
        return {"name": "search", "props": {"keyword": action["siteSearchKeyword"]}, **at}
    if kind in ("download", "outlink"):
        return {"name": kind, "props": {"url": action["url"]}, **at}
    if kind == "goal":
        return {"name": action["goalName"], **at}
    if kind == "ecommerceOrder":
        revenue = {"amount": float(action["revenue"]), "currency": action.get("currency", "USD")}
        return {"name": "purchase", "revenue": revenue, **at}
    return Skipped(f"action of type {kind}")


def _known(visit: Visit) -> dict[str, Any]:
    """What Matomo knew of the visit, in our words."""
    country = (visit.get("countryCode") or "").upper()
    is_country = len(country) == 2 and country != "XX"
    region = visit.get("regionCode")
    kind, name = visit.get("referrerType"), visit.get("referrerName")
    known = {
        "platform": "web",
        "is_bot": False,
        "browser": BROWSERS.get(visit.get("browserName", ""), visit.get("browserName")),
        "browser_version": (visit.get("browserVersion") or "").partition(".")[0],
        "os": SYSTEMS.get(visit.get("operatingSystemName", ""), visit.get("operatingSystemName")),
        "os_version": visit.get("operatingSystemVersion"),
        "device": DEVICES.get(visit.get("deviceType") or ""),
        "language": visit.get("languageCode"),
        "country": country if is_country else None,
        "region": f"{country}-{region}" if is_country and region and region != "xx" else None,
        "region_name": visit.get("region"),
        "city": visit.get("city"),
        "source": name if kind in CHANNELS else None,
        "channel": CHANNELS.get(kind or ""),
        "utm_campaign": name if kind == "campaign" else None,
    }
    return {column: value for column, value in known.items() if value and value != "Unknown"} | {"is_bot": False}
