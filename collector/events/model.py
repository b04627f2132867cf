"""The events body as senders write it: one format for the tracker, apps and servers.

The types carry the limits, so one pass of msgspec decodes and validates. Fields that only a holder of a
secret write key may set are named in ``TRUSTED_FIELDS``.
"""

from typing import Annotated

from msgspec import Meta, Struct

from collector.events.limits import most


def _text(limit: str, shortest: int = 0) -> Meta:
    return Meta(min_length=shortest, max_length=most(limit))


def _cut(limit: str) -> Meta:
    return Meta(description=f"{most(limit):,} characters count; what is behind them is cut off.")


def _whole(limit: str) -> Meta:
    return Meta(ge=0, le=most(limit))


def _either_side(limit: str) -> Meta:
    return Meta(ge=-most(limit), le=most(limit))


Milliseconds = Annotated[int, Meta(ge=0, le=4_102_444_800_000)]  # 1970 to 2100
PageviewId = Annotated[str, Meta(min_length=8, max_length=most("id"))]
EventId = Annotated[str, _text("id", 1)]
Visitor = Annotated[str, _text("visitor", 1)]
User = Annotated[str, _text("user", 1)]
Pixels = Annotated[int, _whole("pixels")]
VisibleMs = Annotated[int, _whole("visible_ms")]
PropName = Annotated[str, _text("prop_name", 1)]
PropText = Annotated[str, _text("prop_value")]
PropWhole = Annotated[int, _either_side("prop_number")]
Url = Annotated[str, _cut("url")]


class Entity(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A thing with a type and an id that is viewed."""

    type: Annotated[str, _text("entity", 1)]
    id: Annotated[str, _text("entity", 1)]


class Revenue(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An amount of money. ``currency`` is an ISO 4217 code."""

    amount: Annotated[float, _either_side("revenue")]
    # The length as well: to Python's expressions ``$`` also stands before a line feed at the end.
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$", max_length=3)]


class Page(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The page instance that the events of a beacon belong to. Width and height: viewport, CSS px.

    ``webdriver``: ``navigator.webdriver``, which is true where a program drives the browser.
    """

    id: PageviewId | None = None
    url: Url | None = None
    title: Annotated[str, _cut("title")] | None = None
    referrer: Url | None = None
    language: Annotated[str, _text("language")] | None = None
    width: Pixels | None = None
    height: Pixels | None = None
    webdriver: bool | None = None


class App(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The app that sends."""

    name: Annotated[str, _text("name", 1)]
    version: Annotated[str, _text("name")] | None = None


class Event(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One thing that happened. Times are ms since 1970 UTC by the sender's clock."""

    name: Annotated[str, _text("name", 1)]
    seq: Annotated[int, _whole("seq")] | None = None
    at: Milliseconds | None = None
    id: EventId | None = None
    element: Annotated[str, _cut("element")] | None = None
    text: Annotated[str, _cut("text")] | None = None
    x: Pixels | None = None
    y: Pixels | None = None
    entity: Entity | None = None
    visible_ms: VisibleMs | None = None
    active_ms: VisibleMs | None = None
    scroll_percent: Annotated[int, _whole("scroll_percent")] | None = None
    props: Annotated[
        dict[PropName, PropText | PropWhole | float | bool | None], Meta(max_length=most("props"))
    ] | None = None  # fmt: skip
    revenue: Revenue | None = None
    url: Url | None = None
    user: User | None = None
    visitor: Visitor | None = None
    ip: Annotated[str, _text("ip")] | None = None
    user_agent: Annotated[str, _cut("user_agent")] | None = None
    referrer: Url | None = None


TRUSTED_FIELDS = ("url", "user", "visitor", "ip", "user_agent", "referrer")


class Beacon(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One request of a sender: 1..N events of at most one page."""

    site: Annotated[str, _text("site", 1)]
    events: Annotated[list[Event], Meta(min_length=1, max_length=most("events"))]
    sent_at: Milliseconds | None = None
    visitor: Visitor | None = None
    user: User | None = None
    app: App | None = None
    page: Page | None = None
