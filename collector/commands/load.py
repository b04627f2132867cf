"""`footfall load`: events out of a file of another system, or of `footfall export --events`. Safe to run again."""

import argparse
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import structs

from collector.errors import StartError
from collector.exchange.convert import Converter
from collector.exchange.formats import LOAD_FORMATS, LoadFormat
from collector.exchange.found import Options
from collector.exchange.load import NOTHING, Tally, Target, count_along, load
from collector.exchange.progress import Progress
from collector.exchange.site_logs import DryRun, SiteLogs
from collector.exchange.source_file import SourceFile, look_at
from collector.exchange.world import build_world
from collector.sealing.work import wall_clock_ms
from collector.settings import Settings
from collector.storage.connect import Client, connect, refuse_eviction
from collector.storage.loads import Load, Loads
from collector.storage.replication import find_unconfirmed
from collector.storage.sites import Site, Sites

REPLICAS_WAIT_MS = 8_000  # below the time that a node has for an answer


def add_arguments(parser: ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "formats:\n" + "\n".join(f"  {row.name:<10} {row.meaning}" for row in LOAD_FORMATS.values())
    parser.add_argument("file", type=Path, help="plain, or packed with gzip")
    parser.add_argument("--site", required=True)
    parser.add_argument("--format", required=True, choices=tuple(LOAD_FORMATS), metavar="FORMAT", help="see below")
    parser.add_argument("--dry-run", action="store_true", help="read it all, say what would be loaded, keep nothing")
    parser.add_argument(
        "--origin", default="", help="where pages are that the file names by path: https://shop.example"
    )
    parser.add_argument(
        "--all-requests", action="store_true", help="of access logs: also what is no page that was seen"
    )
    parser.add_argument("--again", action="store_true", help="load a file that was loaded to its end before")


def main(settings: Settings, arguments: Namespace) -> None:
    """Load, and say what became of every row. Raises StartError or Problem."""
    form = LOAD_FORMATS[arguments.format]
    client = connect(settings)
    refuse_eviction(client)
    site = Sites(client).find(arguments.site)
    options = Options(_read_origin(form, arguments.origin), site.timezone, arguments.all_requests)
    source = look_at(arguments.file)
    converter = Converter(site, build_world(settings, client), wall_clock_ms)
    if arguments.dry_run:
        with Progress(source.bytes) as progress:
            tally = _load(source, form, options, converter, DryRun(site), 0, progress)
        _tell(source, tally, "would be loaded")
        return
    loads = Loads(client, site)
    digest = f"{form.name}:{source.digest}"
    if arguments.again:
        loads.forget(digest)
    begun = loads.begin(digest, source.path.name, wall_clock_ms())
    if begun.finished_ms is not None:
        when = datetime.fromtimestamp(begun.finished_ms / 1000, UTC)
        raise StartError(
            f"{source.path} was loaded on {when:%Y-%m-%d at %H:%M} UTC, as {begun.name}. "
            "With --again it is loaded once more, and within 72 hours counts no event twice."
        )
    done = loads.read_done(digest, begun)
    with Progress(source.bytes) as progress:
        if done:
            progress.say(f"{done:,} rows were loaded before; it goes on behind them")
        logs = SiteLogs(client, site, loads, digest, begun, progress.say)
        tally = _load(source, form, options, converter, logs, done, progress)
    _finish(client, settings, site, loads, digest, begun)
    _tell(source, tally, "loaded")


def _read_origin(form: LoadFormat, text: str) -> str:
    """Raises StartError on what is no scheme and host."""
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/")):
        raise StartError(f"--origin {text} is no scheme and host, such as https://shop.example.")
    if not text and form.needs_origin:
        print("no --origin: pages that the file names by path alone will have no host", file=sys.stderr)
    return text.rstrip("/")


def _load(
    source: SourceFile,
    form: LoadFormat,
    options: Options,
    converter: Converter,
    target: Target,
    done: int,
    progress: Progress,
) -> Tally:
    seen = NOTHING

    def note(tally: Tally) -> None:
        nonlocal seen
        seen = tally

    with source.opened() as (content, file):
        reads = count_along(form.read(content, options), lambda: progress.show(file.tell(), seen))
        try:
            return load(reads, converter, target, done, note)
        except (EOFError, OSError) as error:  # gzip's, too
            raise StartError(f"{source.path} cannot be read as {form.name}: {error}") from error


def _finish(client: Client, settings: Settings, site: Site, loads: Loads, digest: str, load: Load) -> None:
    """Wait for replicas, and note that all of the file is here. Raises StartError."""
    logs = [shard.log for shard in site.all_shards()]
    unconfirmed = find_unconfirmed(client, logs, settings.replicas_to_wait, REPLICAS_WAIT_MS)
    if unconfirmed:
        raise StartError(
            f"Everything is written, but no replica of {', '.join(unconfirmed)} has all of it yet. See to the "
            "replicas, and run the same command again to be sure."
        )
    loads.finish(digest, structs.replace(load, finished_ms=wall_clock_ms()))


def _tell(source: SourceFile, tally: Tally, what: str) -> None:
    print(f"{source.path}: {tally.rows:,} rows, {tally.events:,} events {what}")
    for reason, count in tally.skipped.most_common():
        print(f"  {count:,} left out: {reason}")
    if tally.faulty:
        print(f"  {tally.faulty:,} not understood:")
        for place, fault in tally.faults:
            print(f"    line {place}: {fault}")
        if tally.faulty > len(tally.faults):
            print("    …")
