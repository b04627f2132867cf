"""Requests out of web servers' access logs: which of them are pageviews, and the events these are."""

from typing import NamedTuple

from collector.exchange.found import Found, Options, Skipped

# What a page brings along, by the end of its path.
ASSETS = (
    ".avif", ".bmp", ".css", ".eot", ".gif", ".gz", ".ico", ".jpeg", ".jpg", ".js", ".json", ".map", ".mjs", ".mp3",
    ".mp4", ".otf", ".png", ".svg", ".ttf", ".txt", ".webm", ".webmanifest", ".webp", ".woff", ".woff2", ".xml", ".zip",
)  # fmt: skip
SHOWN = frozenset((*range(200, 207), 304))
"""Statuses with which a page is seen; 304 is one that the browser had."""


class Request(NamedTuple):
    """One request. ``target`` is what was asked for, with its query; ``host`` is None where the log does not say it."""

    address: str
    at_ms: int
    method: str
    target: str
    status: int
    referrer: str | None
    user_agent: str
    host: str | None = None


def find_pageview(request: Request, options: Options) -> Found | Skipped:
    """The pageview of a request, unless it is of something else than a page."""
    if not options.is_everything:
        if request.method != "GET":
            return Skipped("not a GET")
        if request.status not in SHOWN:
            return Skipped("status other than 2xx and 304")
        if request.target.partition("?")[0].lower().endswith(ASSETS):
            return Skipped("not a page but a part of one")
    url = request.target
    if url.startswith("/"):
        url = (f"https://{request.host}" if request.host else options.origin) + url
    page = {"url": url} if request.referrer is None else {"url": url, "referrer": request.referrer}
    event = {"name": "pageview", "at": request.at_ms, "ip": request.address, "user_agent": request.user_agent}
    return Found({"page": page, "events": [event]})
