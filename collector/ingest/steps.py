"""The steps that make stored columns out of a sending. Each is named after what it puts, or may drop.

A step puts what it finds out into ``columns``, or returns why the event is not taken. It changes nothing else.
"""

from functools import lru_cache
from typing import Any

import msgspec

from collector.enrich.agent import AGENTS_HELD, read_agent
from collector.enrich.bots import WEBDRIVER
from collector.enrich.channel import DIRECT, name_channel
from collector.enrich.network import cut_address
from collector.enrich.place import ADDRESSES_HELD, Place
from collector.enrich.platform import Platform, find_platform
from collector.enrich.screen import name_screen
from collector.enrich.source import CLICK_ID_MEANINGS, find_source
from collector.enrich.user_agent import Agent
from collector.enrich.visitor import hash_visitor
from collector.events.ids import number_id
from collector.events.limits import most
from collector.events.model import Event
from collector.events.secrets import clean_url
from collector.events.url import parse_address, strip_referrer
from collector.ingest.drop_reason import DropReason
from collector.ingest.rules import is_counted
from collector.ingest.sending import Refusal, Sending, World
from collector.storage.salts import QUARTER_MS, day_of

Columns = dict[str, Any]
Props = dict[str, str | int | float | bool | None]
NotTaken = DropReason | Refusal

MOST_TITLE, MOST_ELEMENT, MOST_TEXT = most("title"), most("element"), most("text")
MOST_PAST_MS, MOST_FUTURE_MS = most("past"), most("future")

_encode = msgspec.json.Encoder().encode


def without_nulls(columns: Columns) -> Columns:
    """The columns that have a value: what is not there is null."""
    return {name: value for name, value in columns.items() if value is not None}


def put_arrival(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    columns["received_ms"] = sending.received_ms
    return None


def _platform_of(sending: Sending) -> Platform:
    return find_platform(
        says_app=sending.beacon.app is not None,
        app_source=sending.app_source,
        user_agent=sending.user_agent,
        has_key=sending.is_trusted and not sending.page.url,
    )


def put_agent(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    """Device, browser, system and app; and whether a robot sent it: apps use the libraries that robots use."""
    app = sending.beacon.app
    platform = _platform_of(sending)
    agent = read_agent(sending.user_agent, sending.hints)
    bot = WEBDRIVER if sending.page.webdriver else agent.bot if platform == "web" and sending.is_own_agent else None
    columns.update(_agent_columns(agent if bot == agent.bot else agent._replace(bot=bot), platform))
    if app is not None:
        columns.update(without_nulls({"app_name": app.name, "app_version": app.version}))
    elif platform == "app" and sending.app_source:
        columns["app_name"] = sending.app_source[: most("name")]
    return None


@lru_cache(maxsize=AGENTS_HELD)
def _agent_columns(agent: Agent, platform: Platform) -> Columns:
    return {"platform": platform, "is_bot": agent.bot is not None} | without_nulls(agent._asdict())


def put_place(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    columns.update(_place_columns(world.places.find(sending.address)))
    return None


@lru_cache(maxsize=ADDRESSES_HELD)
def _place_columns(place: Place) -> Columns:
    return without_nulls(place._asdict())


def put_what_is_kept(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    """Address and user agent as they came, which only a site that asked for them stores."""
    site = sending.site
    if site.keep_address != "none" and sending.is_own_address:
        address = sending.address if site.keep_address == "full" else cut_address(sending.address)
        if address:
            columns["ip_address"] = address
    if site.keep_user_agent and sending.is_own_agent and sending.user_agent:
        columns["user_agent"] = sending.user_agent
    return None


def put_page(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    page = sending.page
    if page.id is not None:
        columns["pageview_id"] = number_id(page.id)
    if page.title:
        columns["title"] = page.title[:MOST_TITLE]
    if page.language:
        columns["language"] = page.language
    if page.width is not None:
        columns["viewport_width"] = page.width
        if page.width:
            columns["screen"] = name_screen(page.width)
    if page.height is not None:
        columns["viewport_height"] = page.height
    if page.url is None:
        return None
    address = parse_address(page.url)
    if address is None:
        return Refusal("invalid_field", "/page/url", "no http address, and no path that begins with /")
    if address.hostname is not None:
        columns["hostname"] = address.hostname
    columns["path"] = address.path
    columns.update(address.utm)
    return None


def drop_foreign_host(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    allowed = sending.site.hostnames
    if not allowed or sending.is_trusted or sending.page.url is None:
        return None
    address = parse_address(sending.page.url)
    host = address.hostname if address else None
    return None if host in allowed else DropReason.HOSTNAME_NOT_ALLOWED


def drop_by_rule(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    rules = sending.site.rules
    if not rules:
        return None
    address = parse_address(sending.page.url) if sending.page.url else None
    is_wanted = is_counted(rules, _platform_of(sending), address.path if address else None)
    return None if is_wanted else DropReason.EXCLUDED_BY_RULE


def put_source(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    page = sending.page
    address = parse_address(page.url) if page.url else None
    referrer = strip_referrer(page.referrer) if page.referrer else None
    if referrer and address and referrer[0] == address.hostname:
        referrer = None  # from one page of the site to another
    found = _source_columns(
        address.utm.get("utm_source") if address else None,
        address.utm.get("utm_medium") if address else None,
        address.utm.get("utm_campaign") if address else None,
        address.click_id if address else None,
        referrer[0] if referrer else None,
    )
    columns.update(found)
    if referrer:
        columns["referrer"] = referrer[1]
    return None


@lru_cache(maxsize=8192)
def _source_columns(
    tag: str | None, medium: str | None, campaign: str | None, click_id: str | None, referring_host: str | None
) -> Columns:
    source = find_source(tag, click_id, referring_host)
    meant = CLICK_ID_MEANINGS[click_id].medium if click_id and not tag and not medium else None
    channel = name_channel(
        source.kind if source else None, tag or (source.name if source else None), medium or meant, campaign
    )
    return without_nulls(
        {
            "source": source.name if source else None,
            "channel": None if channel == DIRECT else channel,
            "utm_medium": medium or meant,
        }
    )


def put_known(sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    columns.update(sending.known)
    return None


BEACON_STEPS = (
    put_arrival,
    put_agent,
    put_place,
    put_what_is_kept,
    put_page,
    drop_foreign_host,
    drop_by_rule,
    put_source,
    put_known,
)


def drop_uncounted_visitor(event: Event, sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    count = sending.site.count
    if count == "all":
        return None
    has_user = event.user is not None or sending.beacon.user is not None
    return None if has_user == (count == "users") else DropReason.VISITOR_NOT_COUNTED


def put_time(event: Event, sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    at_ms, received_ms = event.at, sending.received_ms
    if at_ms is None:
        columns["at_ms"] = received_ms
        return None
    if not sending.is_trusted:
        at_ms += sending.skew_ms
        if received_ms - at_ms > MOST_PAST_MS:
            return Refusal("too_old", "/at", "older than 72 hours; only a secret write key may send older events")
    columns["at_ms"] = min(at_ms, received_ms + MOST_FUTURE_MS)
    return None


def put_identity(event: Event, sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    page_id, seq = sending.page.id, event.seq
    if event.id is not None:
        event_id = event.id
    elif page_id is not None and seq is not None:
        event_id = f"{page_id}.{seq}"
    else:
        event_id = world.new_id()
    columns["event_id"] = number_id(event_id)
    if seq is not None:
        columns["seq"] = seq
    return None


def put_visitor(event: Event, sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    """Who it was. Most events of a beacon are of one visitor and one day, and share what the first of them found."""
    visitor = sending.beacon.visitor if event.visitor is None else event.visitor
    user = sending.beacon.user if event.user is None else event.user
    at_ms = columns["at_ms"]
    who = (visitor, user, at_ms // QUARTER_MS, sending.address, sending.user_agent)
    found = sending.visitors.get(who)
    if found is None:
        found = sending.visitors[who] = _find_visitor(visitor, user, at_ms, sending, world)
    columns.update(found)
    return None


def _find_visitor(visitor: str | None, user: str | None, at_ms: int, sending: Sending, world: World) -> Columns:
    site = sending.site
    day = day_of(at_ms, site.timezone)
    salt = b"" if visitor or user else world.salts.get(site.id, site.timezone, day, sending.received_ms)
    number = hash_visitor(site.id, visitor, user, salt=salt, day=day, address=sending.address, agent=sending.user_agent)
    return without_nulls({"visitor": number, "visitor_id": visitor, "user_id": user})


def put_facts(event: Event, sending: Sending, world: World, columns: Columns) -> NotTaken | None:
    columns["name"] = event.name
    if event.element is not None:
        columns["element"] = event.element[:MOST_ELEMENT]
    if event.text is not None:
        columns["text"] = event.text[:MOST_TEXT]
    if event.x is not None:
        columns["x"] = event.x
    if event.y is not None:
        columns["y"] = event.y
    if event.visible_ms is not None:
        columns["visible_ms"] = event.visible_ms
    if event.active_ms is not None:
        columns["active_ms"] = event.active_ms
    if event.scroll_percent is not None:
        columns["scroll_percent"] = event.scroll_percent
    if event.entity is not None:
        columns["entity_type"] = event.entity.type
        columns["entity_id"] = event.entity.id
    if event.props:
        props = world.values.cap_props(sending.site.id, sending.received_ms, _clean(event.props))
        columns["props"] = _encode(props).decode()
    if event.revenue is not None:
        columns["revenue_amount"] = event.revenue.amount
        columns["revenue_currency"] = event.revenue.currency
    return None


def _clean(props: Props) -> Props:
    """The properties with secrets taken out of those that are addresses."""
    return {name: clean_url(value) if isinstance(value, str) else value for name, value in props.items()}


EVENT_STEPS = (drop_uncounted_visitor, put_time, put_identity, put_visitor, put_facts)
