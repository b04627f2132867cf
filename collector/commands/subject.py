"""`footfall subject`: everything that is held about one visitor or user, as JSON."""

import json
from argparse import ArgumentParser, Namespace
from datetime import datetime
from itertools import islice
from typing import Any, get_args
from zoneinfo import ZoneInfo

from collector.events.erased import COLUMN_OF_KIND, Kind, name_entity
from collector.ingest.spool_search import read_payloads
from collector.sealing.segment_file import Workbench
from collector.sealing.subject import Row, Search, Subject
from collector.sealing.work import wall_clock_ms
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.dead_letters import DeadLetters
from collector.storage.segments import PAGE_ENTRIES, Segments
from collector.storage.sites import Sites

_WHO: dict[Kind, str] = {
    "entity": "type and id of a thing that is viewed: all its events",
    "visitor": "the first-party or install id that the sender gave",
    "user": "the id that the site gave with identify()",
    "event": "the sender's id of an event, or <page id>.<seq>; while ids are kept, that is 72 hours",
}


def add_who(parser: ArgumentParser, *kinds: Kind) -> None:
    """Arguments that say who is meant."""
    parser.add_argument("--site", required=True)
    who = parser.add_mutually_exclusive_group(required=True)
    for kind in kinds:
        is_pair = kind == "entity"
        who.add_argument(
            f"--{kind}", nargs=2 if is_pair else None, metavar=("TYPE", "ID") if is_pair else "ID", help=_WHO[kind]
        )


def subject_of(arguments: Namespace) -> Subject:
    given = {kind: getattr(arguments, kind, None) for kind in get_args(Kind)}
    kind, text = next((kind, text) for kind, text in given.items() if text is not None)
    return Subject(kind, name_entity(*text) if kind == "entity" else text)


def add_arguments(parser: ArgumentParser) -> None:
    add_who(parser, "visitor", "user")


def main(settings: Settings, arguments: Namespace) -> None:
    """Print all rows with all columns, where they are, and whom they lead to. Raises Problem."""
    client = connect(settings)
    site = Sites(client).find(arguments.site)
    subject = subject_of(arguments)
    dead_letters = DeadLetters(client)
    bench = Workbench(settings.data_dir / "sealing")
    events: list[dict[str, Any]] = []
    letters: list[dict[str, Any]] = []
    zone = ZoneInfo(site.timezone)
    try:
        search = Search(Segments(client), dead_letters, bench)
        # Before the log: what leaves the spool meanwhile is found there, perhaps twice.
        spooled = read_payloads(settings.data_dir / "spool", site.all_shards())
        for page in iter(lambda: list(islice(spooled, PAGE_ENTRIES)), []):
            events += [_as_json("spool", row, zone) for row in search.find_in_payloads(page, subject)]
        for shard in site.all_shards():
            held = search.find(shard, subject)
            places = [("segment", rows) for rows in held.segment_rows.values()] + [("log", held.log_rows)]
            events += [_as_json(place, row, zone) for place, rows in places for row in rows]
            letters += [
                {"died_at": _iso(letter.died_ms, zone), "reason": letter.reason, "payload": _text(letter.payload)}
                for letter in held.dead_letters
            ]
    finally:
        bench.close()
    events.sort(key=lambda event: (event["at_ms"], event["seq"] or 0))
    also = {
        kind: sorted({row[COLUMN_OF_KIND[kind]] for row in events if row[COLUMN_OF_KIND[kind]]})
        for kind in ("visitor", "user")
        if kind != subject.kind
    }
    print(
        json.dumps(
            {
                "site": site.id,
                subject.kind: subject.id,
                "read_at": _iso(wall_clock_ms(), zone),
                "also": also,
                "events": events,
                "dead_letters": letters,
            },
            indent=2,
            ensure_ascii=False,
        )
    )


def _as_json(place: str, row: Row, zone: ZoneInfo) -> dict[str, Any]:
    times = {"at": _iso(row["at_ms"], zone), "received": _iso(row["received_ms"], zone)}
    props = {"props": json.loads(row["props"])} if row["props"] else {}
    return {"place": place, **times, **row, **props}


def _iso(at_ms: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at_ms / 1000, zone).isoformat(timespec="milliseconds")


def _text(payload: bytes) -> str:
    return payload.decode("utf-8", "backslashreplace")
