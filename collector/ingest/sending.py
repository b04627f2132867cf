"""What a step may look at: one sending, that is a beacon with who sent it, and the world around it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from collector.enrich.client_hints import NO_HINTS, Hints
from collector.enrich.place import Places
from collector.events.limits import most
from collector.events.model import Beacon, Event, Page
from collector.ingest.distinct import DistinctValues
from collector.storage.salts import Salts
from collector.storage.sites import Site


class World(NamedTuple):
    """What steps look things up in. Loaded when the process starts."""

    places: Places
    salts: Salts
    new_id: Callable[[], str]
    values: DistinctValues


class Sending(msgspec.Struct, frozen=True, gc=False):
    """A beacon as it arrived. ``is_trusted``: the sender showed a secret write key of the site.

    ``is_own_agent``: ``user_agent`` is the visitor's, and not that of a server that speaks for its visitors;
    ``is_own_address``: the same of ``address``.
    ``known``: columns that another system found out before us (exchange/convert.py).
    ``visitors`` holds what `put_visitor` worked out for one event of the beacon, for the others. It holds an address,
    so it lives no longer than the beacon.
    """

    site: Site
    beacon: Beacon
    page: Page
    address: str
    user_agent: str
    received_ms: int
    is_trusted: bool
    hints: Hints = NO_HINTS
    app_source: str | None = None
    is_own_agent: bool = True
    is_own_address: bool = True
    known: Mapping[str, Any] = {}
    visitors: dict[tuple[Any, ...], dict[str, Any]] = {}  # a new one in each

    @property
    def skew_ms(self) -> int:
        """What the sender's clock is behind ours, by the time it wrote on the beacon."""
        sent_at = self.beacon.sent_at
        return 0 if sent_at is None else self.received_ms - sent_at


class Refusal(NamedTuple):
    """An event that cannot be taken. ``field`` is a JSON pointer below the event."""

    code: str
    field: str
    detail: str


NO_PAGE = Page()


def of_event(sending: Sending, event: Event) -> Sending:
    """The sending as one event sees it, that brings an address, an agent or a page of its own."""
    page = sending.page
    if event.url is not None or event.referrer is not None:
        url = page.url if event.url is None else event.url
        page = msgspec.structs.replace(page, url=url, referrer=event.referrer, title=None)
    if event.ip is not None:
        sending = msgspec.structs.replace(sending, address=event.ip, is_own_address=True)
    if event.user_agent is None:
        return msgspec.structs.replace(sending, page=page)
    return msgspec.structs.replace(
        sending,
        page=page,
        user_agent=event.user_agent[: most("user_agent")],
        hints=NO_HINTS,
        is_own_agent=True,
    )
