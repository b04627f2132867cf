"""The `footfall` command."""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence

from collector.errors import FootfallError
from collector.settings import Settings, load_settings


def _run(settings: Settings, arguments: argparse.Namespace) -> None:
    from collector.commands.run import run

    run(settings)


def _serve(settings: Settings, arguments: argparse.Namespace) -> None:
    from collector.commands.serve import serve

    serve(settings, arguments.role)


def _seal(settings: Settings, arguments: argparse.Namespace) -> None:
    from collector.sealing.work import SealingRound, work_until
    from collector.storage.connect import PATIENCE_SECONDS, connect
    from collector.storage.segments import Segments
    from collector.storage.sites import Sites

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    client = connect(settings, PATIENCE_SECONDS)
    if arguments.once:
        round_ = SealingRound(settings, Sites(client), Segments(client))
        print(f"{round_.run()} log entries sealed")
        round_.close()
        return
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    work_until(stop, settings, Sites(client), Segments(client))


def _site(settings: Settings, arguments: argparse.Namespace) -> None:
    from collector.commands import site
    from collector.storage.connect import connect

    client = connect(settings)
    if arguments.action == "add":
        site.add(client, arguments)
    else:
        site.list_all(client)


def _token(settings: Settings, arguments: argparse.Namespace) -> None:
    from collector.storage.connect import connect
    from collector.storage.tokens import Access, Tokens

    access = Access(arguments.scope, tuple(arguments.site), arguments.note)
    print(Tokens(connect(settings)).create(access))


def _login(settings: Settings, arguments: argparse.Namespace) -> None:
    from collector.storage.connect import connect
    from collector.storage.tokens import Tokens

    token = Tokens(connect(settings)).create_login()
    print(f"http://{settings.host}:{settings.port}/login?token={token}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="footfall", description="Self-hosted web and product analytics.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="the whole system on one machine, until Ctrl-C")
    run.set_defaults(do=_run)
    serve = commands.add_parser("serve", help="the web server of one role")
    serve.add_argument("--role", choices=("ingest", "query", "all"), default="all")
    serve.set_defaults(do=_serve)
    seal = commands.add_parser("seal", help="the sealer: log → segments")
    seal.add_argument("--once", action="store_true", help="seal what is there, and end")
    seal.set_defaults(do=_seal)
    site = commands.add_parser("site", help="add or list sites")
    actions = site.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="every site, one a line")
    add = actions.add_parser("add", help="a new site; prints its script tag and its secret write key")
    add.add_argument("id", help="1 to 64 of a-z, 0-9 and -")
    add.add_argument("--name", default="", help="shown in the dashboard; default: the id")
    add.add_argument("--timezone", default="UTC", help="IANA name, such as Europe/Berlin")
    add.add_argument("--hostname", action="append", default=[], help="a host whose pages count; repeat; default: any")
    add.add_argument("--shards", type=int, default=1, help="shards of the site's log; default: 1")
    site.set_defaults(do=_site)
    token = commands.add_parser("token", help="a new token; it is shown once")
    token.add_argument("scope", choices=("write", "read", "admin"))
    token.add_argument("--site", action="append", default=[], help="a site it is good for; repeat; default: all")
    token.add_argument("--note", default="", help="what it is for")
    token.set_defaults(do=_token)
    login = commands.add_parser("login", help="a new address that logs in to the dashboard once")
    login.set_defaults(do=_login)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0, or 1 with one clear sentence on stderr."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.do(load_settings(), arguments)
    except FootfallError as error:
        print(f"footfall: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
