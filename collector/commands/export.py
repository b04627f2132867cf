"""`footfall export`: a copy of sites in a folder, or the events of one in a file; made while everything runs."""

import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from collector.backup.export import export
from collector.backup.progress import Progress
from collector.errors import StartError
from collector.exchange.export import Exporter
from collector.exchange.export_formats import EXPORT_FORMATS
from collector.exchange.window import parse_window
from collector.query.mirror import run_here
from collector.sealing.work import wall_clock_ms
from collector.settings import Settings
from collector.storage.connect import Client, connect
from collector.storage.segments import Segments
from collector.storage.sites import Sites
from collector.storage.snapshot import Snapshots

STDOUT = Path("-")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("target", type=Path, metavar="FOLDER|FILE", help="a new or empty folder; with --events a file")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="every site")
    which.add_argument("--site", help="this site alone")
    events = parser.add_argument_group("events of one site, for other programs")
    events.add_argument("--events", choices=tuple(EXPORT_FORMATS), help="no copy to import again, but a file like this")
    events.add_argument("--from", dest="first", metavar="DAY", help="first day, such as 2026-01-31")
    events.add_argument("--to", dest="last", metavar="DAY", help="last day, both in the site's time zone")
    events.add_argument(
        "--after", metavar="CURSOR", help="what arrived since; 0 to begin, then what the last one printed"
    )


def main(settings: Settings, arguments: Namespace) -> None:
    """Copy, and say what is in the copy. Raises StartError or Problem."""
    client = connect(settings)
    if arguments.events:
        _export_events(settings, client, arguments)
        return
    if arguments.first or arguments.last or arguments.after:
        raise StartError("--from, --to and --after choose events: name a form with --events.")
    manifest = export(Snapshots(client), arguments.target, arguments.site, datetime.now(UTC), Progress())
    print(
        f"{arguments.target}: {len(manifest.sites)} sites, {manifest.rows:,} sealed events, "
        f"{manifest.entries:,} log entries, {manifest.dead:,} dead letters, {len(manifest.tokens)} tokens"
    )


def _export_events(settings: Settings, client: Client, arguments: Namespace) -> None:
    """Write the file, which has its name only when it is whole."""
    if arguments.all:
        raise StartError("--events gives the events of one site: name it with --site.")
    site = Sites(client).find(arguments.site)
    window = parse_window(arguments.first, arguments.last, arguments.after, site.timezone)
    exporter = Exporter(
        Segments(client), settings.data_dir / "export", settings.commit_seconds, wall_clock_ms, run_here
    )
    until_ms, pieces = exporter.begin(site, window, EXPORT_FORMATS[arguments.events])
    size = 0
    unfinished = arguments.target.with_name(arguments.target.name + ".part")
    opened = nullcontext(sys.stdout.buffer) if arguments.target == STDOUT else unfinished.open("wb")
    with closing(pieces), opened as file:
        for piece in pieces:
            size += file.write(piece)
    if arguments.target != STDOUT:
        os.replace(unfinished, arguments.target)
    said = f"{arguments.target}: {size:,} bytes"
    print(said if until_ms is None else f"{said}; go on with --after {until_ms}", file=sys.stderr)
