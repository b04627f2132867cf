"""`footfall token`: make, list and revoke tokens."""

import time
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from collector.errors import Problem
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.sites import Sites
from collector.storage.tokens import RIGHTS, SCOPES, Access, KnownToken, Tokens

MS_A_DAY = 86_400_000
HELP = {
    "write": "a new secret key that sends events, for servers and apps",
    "read": "a new token of a viewer",
    "edit": "a new token of an editor: reads, adds, changes and deletes",
    "admin": "a new token that may do everything",
}


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for scope in SCOPES:
        make = actions.add_parser(scope, help=HELP[scope])
        make.add_argument("--site", action="append", default=[], help="a site it is good for; repeat; default: all")
        make.add_argument("--note", default="", help="what it is for")
        make.add_argument("--days", type=float, help="days that it is good for; default: until it is revoked")
        make.add_argument(
            "--deny",
            action="append",
            default=[],
            choices=RIGHTS[scope],
            help="a right that it has not; repeat",
        )
    actions.add_parser("list", help="every token, one a line: its id, what it may do, where, until when, its note")
    actions.add_parser("revoke", help="take a token back").add_argument("id", help="as `footfall token list` says it")


def main(settings: Settings, arguments: Namespace) -> None:
    """Do what ``action`` says. Raises Problem."""
    client = connect(settings)
    tokens = Tokens(client)
    if arguments.action == "list":
        for token in tokens.read_all():
            print(_show(token))
    elif arguments.action == "revoke":
        revoked = tokens.revoke(arguments.id)
        if revoked is None:
            raise Problem("unknown_token", f"there is no token {arguments.id}; `footfall token list` shows all")
        print(f"revoked: {_show(revoked)}")
    else:
        for site_id in arguments.site:
            Sites(client).find(site_id)
        print(tokens.create(_read_access(arguments)))


def _read_access(arguments: Namespace) -> Access:
    if arguments.days is not None and not arguments.days > 0:
        raise Problem("invalid_days", "a token is good for more than 0 days", pointer="/days")
    expires_ms = None if arguments.days is None else int(time.time() * 1000 + arguments.days * MS_A_DAY)
    return Access(
        arguments.action, tuple(arguments.site), arguments.note, tuple(sorted(set(arguments.deny))), expires_ms
    )


def _show(token: KnownToken) -> str:
    access = token.access
    rights = " ".join((access.scope, *(f"-{right}" for right in access.denied)))
    return "\t".join((token.id, rights, ",".join(access.sites) or "all sites", _show_end(access), access.note))


def _show_end(access: Access) -> str:
    if access.expires_ms is None:
        return "for good"
    return f"until {datetime.fromtimestamp(access.expires_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"
