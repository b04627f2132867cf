"""Umami's ``website_event``, as CSV with a header: a pageview or a custom event a row.

Columns are taken by name. Those of ``session`` (browser, device, country, …) are used where the export has joined them.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from collector.enrich.screen import name_screen
from collector.exchange.found import Fault, Found, Options, Read, Skipped

PAGEVIEW, CUSTOM = "1", "2"
NEEDED = ("event_id", "session_id", "created_at", "url_path", "event_type")

BROWSERS = {
    "chrome": "Chrome", "crios": "Chrome", "chromium-webview": "Chrome WebView", "firefox": "Firefox",
    "fxios": "Firefox", "safari": "Safari", "ios": "Safari", "ios-webview": "Safari WebView", "edge": "Edge",
    "edge-chromium": "Edge", "edge-ios": "Edge", "opera": "Opera", "opera-mini": "Opera Mini",
    "samsung": "Samsung Internet", "yandexbrowser": "Yandex Browser", "silk": "Silk", "miui": "Mi Browser",
    "android": "Android Browser", "ie": "Internet Explorer", "facebook": "Facebook", "instagram": "Instagram",
}  # fmt: skip
DEVICES = {"laptop": "desktop", "desktop": "desktop", "mobile": "mobile", "tablet": "tablet"}
SYSTEMS = {"Mac OS": "macOS", "Android OS": "Android", "Chrome OS": "Chrome OS", "iOS": "iOS", "Linux": "Linux"}
_WINDOWS = re.compile(r"Windows (.+)")
_NOTHING = ("", "\\N", "NULL")

Row = dict[str, str]


def read_umami(file: BinaryIO, options: Options) -> Iterator[Read]:
    lines = io.TextIOWrapper(file, "utf-8", "replace", newline="")
    try:
        yield from _read_rows(csv.DictReader(lines, strict=True), options)
    finally:
        lines.detach()  # it is not ours to close


def _read_rows(rows: "csv.DictReader[str]", options: Options) -> Iterator[Read]:
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        yield Read(1, b"", Fault(f"the header has no {', '.join(missing)}"))
        return
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Read(rows.reader.line_num, b"", Fault(str(error)))
            continue
        if row is None:
            return
        yield Read(rows.line_num, (row["event_id"] or "").encode(), _read_row(row, options))


def _read_row(row: dict[Any, Any], options: Options) -> Found | Skipped | Fault:
    if None in row or None in row.values():
        return Fault("not as many cells as the header has")
    given: Row = {name: value for name, value in row.items() if value not in _NOTHING}
    if missing := [name for name in ("event_id", "session_id", "created_at") if name not in given]:
        return Fault(f"no {', '.join(missing)}")
    kind = given.get("event_type")
    if kind not in (PAGEVIEW, CUSTOM):
        return Skipped("neither a pageview nor a custom event")
    try:
        at = datetime.fromisoformat(given["created_at"])
    except ValueError as error:
        return Fault(str(error))
    at_ms = round((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
    name = "pageview" if kind == PAGEVIEW else given.get("event_name", "event")
    event: dict[str, Any] = {"name": name, "at": at_ms}
    if "tag" in given:
        event["props"] = {"tag": given["tag"]}
    who = {"visitor": given["session_id"]} | ({"user": given["distinct_id"]} if "distinct_id" in given else {})
    return Found({**who, "page": _page(given, options), "events": [event]}, _known(given))


def _page(given: Row, options: Options) -> Row:
    origin = f"https://{given['hostname']}" if "hostname" in given else options.origin
    query = f"?{given['url_query']}" if "url_query" in given else ""
    page = {"url": origin + given.get("url_path", "/") + query}
    if "page_title" in given:
        page["title"] = given["page_title"]
    if "language" in given:
        page["language"] = given["language"][:35]
    if "referrer_domain" in given:
        page["referrer"] = f"https://{given['referrer_domain']}{given.get('referrer_path', '/')}"
    return page


def _known(given: Row) -> dict[str, Any]:
    """What Umami knew of the session, in our words."""
    system = given.get("os")
    windows = _WINDOWS.fullmatch(system) if system else None
    width = given.get("screen", "").partition("x")[0]
    known = {
        "platform": "web",
        "is_bot": False,  # Umami leaves them out
        "browser": BROWSERS.get(given["browser"], given["browser"]) if "browser" in given else None,
        "device": DEVICES.get(given.get("device", "")),
        "os": "Windows" if windows else SYSTEMS.get(system, system) if system else None,
        "os_version": windows[1] if windows else None,
        "country": given.get("country"),
        "region": given.get("region", given.get("subdivision1")),
        "city": given.get("city"),
        "screen": name_screen(int(width)) if width.isdecimal() else None,
    }
    return {name: value for name, value in known.items() if value is not None}
