"""`footfall import`: sites from a copy into a system that does not have them. Safe to run again."""

import secrets
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from collector.backup.manifest import read_manifest
from collector.backup.progress import Progress
from collector.backup.restore import check_files, restore
from collector.settings import Settings
from collector.storage.connect import connect, refuse_eviction
from collector.storage.restoring import Restoring
from collector.storage.snapshot import Snapshots


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="what `footfall export` wrote")


def main(settings: Settings, arguments: Namespace) -> None:
    """Check the copy, write it, and say what is there now. Raises StartError."""
    manifest, copy = read_manifest(arguments.folder)
    client = connect(settings)
    refuse_eviction(client)
    tell = Progress()
    for step in check_files(manifest, arguments.folder):
        tell(*step)
    restoring = Restoring(client, copy, secrets.token_hex(8))
    tell = Progress()
    present = Snapshots(client).read_sites()
    for step in restore(manifest, arguments.folder, restoring, present, time.time_ns() // 1_000_000):
        tell(*step)
    print(
        f"{len(manifest.sites)} sites of {manifest.made_at} are here: {manifest.rows:,} sealed events, "
        f"{manifest.entries:,} log entries, {manifest.dead:,} dead letters, {len(manifest.tokens)} tokens"
    )
