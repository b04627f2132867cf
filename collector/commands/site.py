"""`footfall site`: add, list and change sites."""

import argparse
import time
from argparse import ArgumentParser, Namespace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from collector.commands import site_counting
from collector.errors import Problem
from collector.events.url import parse_host
from collector.script_tag import write_script_tag
from collector.settings import Settings
from collector.storage.connect import Client, connect, node_of
from collector.storage.sites import COPY_SECONDS, Site, Sites
from collector.storage.tokens import Access, Tokens

MARGIN_SECONDS = 1.0


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="every site, one a line")
    add = actions.add_parser("add", help="a new site; prints its script tag and its secret write key")
    add.add_argument("id", help="1 to 64 of a-z, 0-9 and -")
    add.add_argument("--name", default="", help="shown in the dashboard; default: the id")
    add.add_argument("--timezone", default="UTC", help="IANA name, such as Europe/Berlin; default: UTC")
    add.add_argument("--hostname", action="append", default=[], help="a host whose pages count; repeat; default: any")
    add.add_argument("--shards", type=int, default=1, help="shards of the site's log; default: 1")
    change = actions.add_parser("set", help="change a site")
    change.add_argument("id")
    change.add_argument("--shards", type=int, metavar="N", help="shards that take new events; others keep theirs")
    for action in (add, change):
        action.add_argument(
            "--retention-days", type=_parse_days, metavar="N", default=argparse.SUPPRESS,
            help="whole days before today whose events are kept, or `all`; default: all",
        )  # fmt: skip
        site_counting.add_arguments(action)


def _parse_days(text: str) -> int | None:
    return None if text == "all" else int(text)


def main(settings: Settings, arguments: Namespace) -> None:
    """Do what ``action`` says. Raises Problem."""
    client = connect(settings)
    if arguments.action == "add":
        _add(client, settings.url_prefix, arguments)
    elif arguments.action == "set":
        site = Sites(client).change(arguments.id, lambda site: _set(site, arguments))
        print("\n".join((f"{site.id} keeps {_kept(site)}", *site_counting.show_counting(site))))
        if arguments.shards is not None:
            _set_shards(client, arguments.id, arguments.shards)
    else:
        for site in Sites(client).read_all():
            print(f"{site.id}\t{site.timezone}\t{site.shards}\t{site.name}\t{_kept(site)}")


def _set(site: Site, arguments: Namespace) -> Site:
    days = getattr(arguments, "retention_days", site.retention_days)
    return site_counting.change_counting(msgspec.structs.replace(site, retention_days=days), arguments)


def _change(client: Client, site_id: str, **changes: Any) -> Site:
    """The site as it is now, with the changes. Raises Problem."""
    return Sites(client).change(site_id, lambda site: msgspec.structs.replace(site, **changes))


def _set_shards(client: Client, site_id: str, shards: int) -> None:
    """Let readers know of new shards before anything is written to them. May be killed, and run again."""
    site = Sites(client).find(site_id)
    held = max(shards, len(site.all_shards()))
    if shards > site.shards:
        _change(client, site_id, shards_held=held)
        time.sleep(COPY_SECONDS + MARGIN_SECONDS)
    site = _change(client, site_id, shards=shards, shards_held=held)
    print(f"{site.id} writes to {site.shards} shards, and reads {len(site.all_shards())}")
    for shard in site.all_shards()[: site.shards]:
        print(f"{shard.site}.{shard.number} is on {node_of(client, shard)}")


def _kept(site: Site) -> str:
    return "everything" if site.retention_days is None else f"{site.retention_days} days"


def _read_host(text: str) -> str:
    """A host in the form in which pages' hosts are stored."""
    host = parse_host(text)
    if host is None:
        raise Problem("invalid_hostname", f"{text!r} is no host, such as shop.example")
    return host


def _add(client: Client, prefix: str, arguments: Namespace) -> None:
    try:
        ZoneInfo(arguments.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        name = arguments.timezone
        raise Problem("invalid_timezone", f"{name!r} is no IANA time zone, such as Europe/Berlin") from error
    site = Site(
        arguments.id, arguments.name or arguments.id, arguments.timezone,
        tuple(_read_host(name) for name in arguments.hostname), arguments.shards,
        getattr(arguments, "retention_days", None),
    )  # fmt: skip
    site = site_counting.change_counting(site, arguments)
    if not Sites(client).add(site):
        raise Problem("site_exists", f"there is a site {site.id} already", pointer="/id")
    key = Tokens(client).create(Access("write", (site.id,), "made with the site"))
    print(f"script tag        {write_script_tag(f'https://YOUR-HOST{prefix}', prefix, site.id)}")
    print(f"secret write key  {key}   (for servers and apps; it is shown only now)")
