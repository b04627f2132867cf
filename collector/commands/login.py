"""`footfall login`: an address that logs in to the dashboard, once, within the hour."""

from argparse import ArgumentParser, Namespace

from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.sites import Sites
from collector.storage.tokens import Access, Tokens


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--as", dest="scope", choices=("read", "edit", "admin"), default="admin", help="default: admin")
    parser.add_argument("--site", action="append", default=[], help="a site to be seen; repeat; default: all")


def main(settings: Settings, arguments: Namespace) -> None:
    """Print the address. Raises Problem."""
    client = connect(settings)
    for site_id in arguments.site:
        Sites(client).find(site_id)
    access = Access(arguments.scope, tuple(arguments.site), "dashboard")
    print(f"{settings.local_url}/login?token={Tokens(client).create_login(access)}")
