"""`footfall export`: a copy of sites in a folder, made while everything runs."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from collector.backup.export import export
from collector.backup.progress import Progress
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.snapshot import Snapshots


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where to; a new or empty folder")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="every site")
    which.add_argument("--site", help="this site alone")


def main(settings: Settings, arguments: Namespace) -> None:
    """Copy, and say what is in the copy. Raises StartError."""
    snapshots = Snapshots(connect(settings))
    manifest = export(snapshots, arguments.folder, arguments.site, datetime.now(UTC), Progress())
    print(
        f"{arguments.folder}: {len(manifest.sites)} sites, {manifest.rows:,} sealed events, "
        f"{manifest.entries:,} log entries, {manifest.dead:,} dead letters, {len(manifest.tokens)} tokens"
    )
