"""`footfall erase`: forget one visitor, user, entity or event, and print a certificate of it."""

import json
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from typing import Any

from collector.commands.subject import add_who, subject_of
from collector.errors import FootfallError
from collector.events.erased import hash_subject
from collector.ingest.spool_erasure import count_erased, drop_erased
from collector.sealing.erase import Eraser
from collector.sealing.segment_file import Workbench
from collector.sealing.work import wall_clock_ms
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.sites import Sites
from collector.storage.tombstones import Tombstone


def add_arguments(parser: ArgumentParser) -> None:
    add_who(parser, "visitor", "user", "entity", "event")
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")


def main(settings: Settings, arguments: Namespace) -> None:
    """Erase, and print what was done as JSON. Raises FootfallError when something is left."""
    client = connect(settings)
    site = Sites(client).find(arguments.site)
    subject = subject_of(arguments)
    bench = Workbench(settings.data_dir / "sealing")
    try:
        eraser = Eraser(client, bench, settings.seal_entries, wall_clock_ms)
        began_ms = wall_clock_ms()
        head: dict[str, Any] = {"site": site.id, "kind": subject.kind, "began_at": _iso(began_ms)}
        stone = Tombstone(subject.kind, "", hash_subject(subject.kind, "", subject.id), began_ms)
        here = (settings.data_dir / "spool", site.all_shards(), [stone])
        if arguments.dry_run:
            found = eraser.count(site, subject, began_ms)._asdict() | {"spool_events": count_erased(*here)}
            print(json.dumps(head | {"dry_run": True, "would_erase": found}, indent=2))
            return
        spool_events = drop_erased(*here)  # before the log is searched: what is here would come into it
        done = eraser.erase(site, subject)
        spool_events += drop_erased(*here)
        left = done.found_afterwards._asdict() | {"spool_events": count_erased(*here)}
    finally:
        bench.close()
    certificate = head | {
        "salt": done.tombstone.salt,
        "hash": done.tombstone.digest,
        "erased_until": _iso(done.tombstone.before_ms),
        "erased": done.found._asdict() | {"spool_events": spool_events, "segments_rewritten": done.segments_rewritten},
        "streams_rewritten": done.are_streams_rewritten,
        "append_only_files": done.files,
        "found_afterwards": left,
        "ended_at": _iso(wall_clock_ms()),
    }
    print(json.dumps(certificate, indent=2))
    if any(left.values()):
        raise FootfallError("something is left, for it came while it was erased: run it again")


def _iso(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
