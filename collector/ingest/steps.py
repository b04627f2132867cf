"""The steps that make stored columns out of a sending. Each is named after what it puts, or may drop.

A step returns columns to add, or a ``DropReason``, or a ``Refusal``. It changes nothing it is given.
"""

from typing import Any

import msgspec

from collector.enrich.device import parse_agent
from collector.enrich.source import name_source
from collector.enrich.visitor import hash_visitor
from collector.events.ids import number_id
from collector.events.limits import most
from collector.events.model import Event
from collector.events.url import parse_address, strip_referrer
from collector.ingest.drop_reason import DropReason
from collector.ingest.sending import Refusal, Sending, World
from collector.storage.salts import day_of

Columns = dict[str, Any]
Outcome = Columns | DropReason | Refusal

_encode = msgspec.json.Encoder().encode


def without_nulls(columns: Columns) -> Columns:
    """The columns that have a value: what is not there is null."""
    return {name: value for name, value in columns.items() if value is not None}


def put_arrival(sending: Sending, world: World) -> Outcome:
    return {"received_ms": sending.received_ms}


def put_agent(sending: Sending, world: World) -> Outcome:
    agent = parse_agent(sending.user_agent)
    return without_nulls(agent._asdict())


def put_country(sending: Sending, world: World) -> Outcome:
    country = world.countries.find(sending.address)
    return {"country": country} if country else {}


def put_app(sending: Sending, world: World) -> Outcome:
    app = sending.beacon.app
    return {} if app is None else without_nulls({"app_name": app.name, "app_version": app.version})


def put_page(sending: Sending, world: World) -> Outcome:
    page = sending.page
    columns = without_nulls(
        {
            "pageview_id": None if page.id is None else number_id(page.id),
            "title": page.title[: most("title")] if page.title else None,
            "language": page.language or None,
            "viewport_width": page.width,
            "viewport_height": page.height,
        }
    )
    if page.url is None:
        return columns
    address = parse_address(page.url)
    if address is None:
        return Refusal("invalid_field", "/page/url", "no http address, and no path that begins with /")
    if address.hostname is not None:
        columns["hostname"] = address.hostname
    return columns | {"path": address.path} | address.utm


def drop_foreign_host(sending: Sending, world: World) -> Outcome:
    allowed = sending.site.hostnames
    if not allowed or sending.is_trusted or sending.page.url is None:
        return {}
    address = parse_address(sending.page.url)
    host = address.hostname if address else None
    return {} if host in allowed else DropReason.HOSTNAME_NOT_ALLOWED


def put_source(sending: Sending, world: World) -> Outcome:
    page = sending.page
    address = parse_address(page.url) if page.url else None
    referrer = strip_referrer(page.referrer) if page.referrer else None
    if referrer and address and referrer[0] == address.hostname:
        referrer = None  # from one page of the site to another
    host = referrer[0] if referrer else None
    source = name_source(address.utm.get("utm_source") if address else None, host)
    return without_nulls({"referrer": referrer[1] if referrer else None, "source": source})


BEACON_STEPS = (put_arrival, put_agent, put_country, put_app, put_page, drop_foreign_host, put_source)


def put_time(event: Event, so_far: Columns, sending: Sending, world: World) -> Outcome:
    received = sending.received_ms
    if event.at is None:
        return {"at_ms": received}
    if sending.is_trusted:
        return {"at_ms": min(event.at, received + most("future"))}
    at_ms = min(event.at + sending.skew_ms, received + most("future"))
    if received - at_ms > most("past"):
        return Refusal("too_old", "/at", "older than 72 hours; only a secret write key may send older events")
    return {"at_ms": at_ms}


def put_identity(event: Event, so_far: Columns, sending: Sending, world: World) -> Outcome:
    page_id = sending.page.id
    if event.id is not None:
        event_id = event.id
    elif page_id is not None and event.seq is not None:
        event_id = f"{page_id}.{event.seq}"
    else:
        event_id = world.new_id()
    columns = {"event_id": number_id(event_id)}
    if event.seq is not None:
        columns["seq"] = event.seq
    return columns


def put_visitor(event: Event, so_far: Columns, sending: Sending, world: World) -> Outcome:
    beacon, site = sending.beacon, sending.site
    visitor = event.visitor if event.visitor is not None else beacon.visitor
    user = event.user if event.user is not None else beacon.user
    day = day_of(so_far["at_ms"], site.timezone)
    salt = b"" if visitor or user else world.salts.get(site.id, site.timezone, day, sending.received_ms)
    number = hash_visitor(site.id, visitor, user, salt=salt, day=day, address=sending.address, agent=sending.user_agent)
    columns: Columns = {"visitor": number}
    if visitor is not None:
        columns["visitor_id"] = visitor
    if user is not None:
        columns["user_id"] = user
    return columns


def put_facts(event: Event, so_far: Columns, sending: Sending, world: World) -> Outcome:
    columns: Columns = {"name": event.name}
    if event.element is not None:
        columns["element"] = event.element[: most("element")]
    if event.text is not None:
        columns["text"] = event.text[: most("text")]
    for name in ("x", "y", "visible_ms", "active_ms", "scroll_percent"):
        value = getattr(event, name)
        if value is not None:
            columns[name] = value
    if event.entity is not None:
        columns |= {"entity_type": event.entity.type, "entity_id": event.entity.id}
    if event.props:
        columns["props"] = _encode(event.props).decode()
    if event.revenue is not None:
        columns |= {"revenue_amount": event.revenue.amount, "revenue_currency": event.revenue.currency}
    return columns


EVENT_STEPS = (put_time, put_identity, put_visitor, put_facts)
