"""`footfall site`: add and list sites."""

from argparse import Namespace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collector.errors import Problem
from collector.storage.connect import Client
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Access, Tokens


def add(client: Client, arguments: Namespace) -> None:
    """Add a site; print its script tag and a secret write key. Raises Problem."""
    try:
        ZoneInfo(arguments.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Problem(
            "invalid_timezone", f"{arguments.timezone!r} is no IANA time zone, such as Europe/Berlin"
        ) from error
    hostnames = tuple(name.lower().rstrip(".") for name in arguments.hostname)
    site = Site(arguments.id, arguments.name or arguments.id, arguments.timezone, hostnames, arguments.shards)
    if not Sites(client).add(site):
        raise Problem("site_exists", f"there is a site {site.id} already", pointer="/id")
    key = Tokens(client).create(Access("write", (site.id,), "made with the site"))
    print(f'script tag        <script defer src="https://YOUR-HOST/js/footfall.js" data-site="{site.id}"></script>')
    print(f"secret write key  {key}   (for servers and apps; it is shown only now)")


def list_all(client: Client) -> None:
    """One site a line: id, time zone, shards, name."""
    for site in Sites(client).read_all():
        print(f"{site.id}\t{site.timezone}\t{site.shards}\t{site.name}")
