"""`footfall token`: make a token for a program."""

from argparse import ArgumentParser, Namespace

from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.tokens import Access, Tokens


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("scope", choices=("write", "read", "admin"))
    parser.add_argument("--site", action="append", default=[], help="a site it is good for; repeat; default: all")
    parser.add_argument("--note", default="", help="what it is for")


def main(settings: Settings, arguments: Namespace) -> None:
    """Print a new token. It is shown only now."""
    access = Access(arguments.scope, tuple(arguments.site), arguments.note)
    print(Tokens(connect(settings)).create(access))
