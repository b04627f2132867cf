"""`footfall import`: sites from a copy into a system that does not have them. Safe to run again."""

import secrets
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from collector.backup.manifest import read_manifest
from collector.backup.progress import Progress
from collector.backup.restore import check_files, restore
from collector.errors import StartError
from collector.settings import Settings
from collector.storage.connect import connect, refuse_eviction
from collector.storage.keys import SITES, TOKENS
from collector.storage.replication import find_unconfirmed
from collector.storage.restoring import Restoring
from collector.storage.snapshot import Snapshots

REPLICAS_WAIT_MS = 8_000  # below the time that a node has for an answer


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="what `footfall export` wrote")


def main(settings: Settings, arguments: Namespace) -> None:
    """Check the copy, write it, wait for replicas, and say what is there now. Raises StartError."""
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
    shards = [copy.shard for copy in manifest.shards]
    written = [SITES, TOKENS, *(shard.state for shard in shards)]
    unconfirmed = find_unconfirmed(client, written, settings.replicas_to_wait, REPLICAS_WAIT_MS)
    if unconfirmed:
        raise StartError(
            f"Everything is written, but no replica of {', '.join(unconfirmed)} has all of it yet: a failover "
            "now would lose some. See to the replicas, and run the import again to be sure."
        )
    print(
        f"{len(manifest.sites)} sites of {manifest.made_at} are here: {manifest.rows:,} sealed events, "
        f"{manifest.entries:,} log entries, {manifest.dead:,} dead letters, {len(manifest.tokens)} tokens"
    )
