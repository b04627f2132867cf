"""`footfall webhook`: where a site's news is told."""

import secrets
from argparse import ArgumentParser, Namespace

from collector.errors import Problem
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.sites import Sites
from collector.storage.webhooks import Webhook, Webhooks
from collector.webhooks.deliver import begin_now
from collector.webhooks.post import parse_target

BEHIND_SECONDS = 60


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="one a line: site, address, seconds")
    put = actions.add_parser("set", help="tell a site's news there from now on; prints the secret of its signatures")
    put.add_argument("--site", required=True)
    put.add_argument("--url", required=True)
    put.add_argument(
        "--behind-seconds", type=int, default=BEHIND_SECONDS, metavar="N",
        help=f"how long events may wait for the sealer before that is told; default: {BEHIND_SECONDS}",
    )  # fmt: skip
    remove = actions.add_parser("remove", help="tell nothing more")
    remove.add_argument("--site", required=True)


def main(settings: Settings, arguments: Namespace) -> None:
    """Do what ``action`` says. Raises Problem."""
    client = connect(settings)
    webhooks = Webhooks(client)
    if arguments.action == "list":
        for each in webhooks.read_all():
            print(f"{each.site}\t{each.url}\t{each.behind_seconds}")
        return
    site = Sites(client).find(arguments.site)
    if arguments.action == "remove":
        if not webhooks.remove(site.id):
            raise Problem("unknown_webhook", f"site {site.id} has no webhook")
        return
    parse_target(arguments.url, may_be_private=settings.webhook_private == "on")
    if arguments.behind_seconds < 1:
        raise Problem("invalid_field", "--behind-seconds is a whole number from 1 on")
    secret = secrets.token_urlsafe(32)
    webhooks.put(Webhook(site.id, arguments.url, secret, arguments.behind_seconds), begin_now())
    print(f"{secret}   (signs every message; it is shown only now)")
