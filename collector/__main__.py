"""The `footfall` command: a table of commands, each a module of collector/commands."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from collector.errors import FootfallError
from collector.settings import load_settings

COMMANDS = {
    "run": "the whole system on one machine, until Ctrl-C",
    "serve": "the web server of one role",
    "seal": "the sealer: log → segments",
    "site": "add, list or change sites",
    "token": "a new token; it is shown once",
    "login": "a new address that logs in to the dashboard once",
    "subject": "everything that is held about one visitor or user",
    "erase": "forget one visitor, user, entity or event",
    "retention": "take out the days that sites keep no longer",
    "verify": "count again what sites hold, and name what is not as it should be",
    "webhook": "where a site's news is told: sessions that ended, a sealer that is behind",
    "dead": "log entries that could not be sealed",
    "export": "a copy of sites in a folder, or the events of one in a file; made while everything runs",
    "import": "sites from such a copy",
    "load": "events from a file: access logs, Plausible, Umami, Matomo, GA4, or our own",
    "openapi": "the API as a document, for code generators",
    "check": "whether the store and this machine are fit",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0, or 1 with one clear sentence on stderr."""
    parser = argparse.ArgumentParser(prog="footfall", description="Self-hosted web and product analytics.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    words = list(sys.argv[1:] if argv is None else argv)
    for name, help_text in COMMANDS.items():
        subparser = commands.add_parser(name, help=help_text, description=help_text)
        if words[:1] == [name]:  # a command loads only its own part of the program
            import_module(f"collector.commands.{name}").add_arguments(subparser)
    arguments = parser.parse_args(words)
    try:
        import_module(f"collector.commands.{arguments.command}").main(load_settings(), arguments)
    except FootfallError as error:
        print(f"footfall: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
