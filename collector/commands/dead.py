"""`footfall dead`: log entries that could not be sealed: list them, send them back into the log, throw them away."""

import re
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from collector.errors import Problem
from collector.events.log_line import find_fault
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.dead_letters import DeadLetter, DeadLetters
from collector.storage.keys import Shard
from collector.storage.sites import Site, Sites

SHOWN_BYTES = 120
_LETTER_ID = re.compile(r"[0-9]{1,19}-[0-9]{1,19}")


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="one a line: site, id, when, bytes, reason, how it begins")
    listing.add_argument("--site", help="only this one; default: all")
    redrive = actions.add_parser("redrive", help="back into the log, if they can be sealed by now")
    redrive.add_argument("--site", required=True)
    redrive.add_argument("id", nargs="*", help="as `list` shows it; default: all that can be sealed")
    drop = actions.add_parser("drop", help="throw away")
    drop.add_argument("--site", required=True)
    drop.add_argument("id", nargs="+", help="as `list` shows it")


def main(settings: Settings, arguments: Namespace) -> None:
    """Do what ``action`` says. Raises Problem."""
    client = connect(settings)
    letters = DeadLetters(client)
    if arguments.action == "list":
        for site in [Sites(client).find(arguments.site)] if arguments.site else Sites(client).read_all():
            for shard in site.all_shards():
                for letter in letters.read(shard):
                    print(_line(shard, letter))
        return
    site = Sites(client).find(arguments.site)
    chosen = [_find(letters, site, each) for each in arguments.id]
    if arguments.action == "drop":
        for shard, letter in chosen:
            letters.drop(shard, [letter.id])
        print(f"{len(chosen)} dropped")
    else:
        _redrive(letters, chosen or [(shard, letter) for shard in site.all_shards() for letter in letters.read(shard)])


def _redrive(letters: DeadLetters, chosen: list[tuple[Shard, DeadLetter]]) -> None:
    moved = 0
    for shard, letter in chosen:
        fault = find_fault(letter.payload)
        if fault is None:
            moved += letters.redrive(shard, letter.id)
        else:
            print(f"{shard.number}/{letter.id}\tstays: {fault}")
    print(f"{moved} back in the log, {len(chosen) - moved} stay")


def _find(letters: DeadLetters, site: Site, text: str) -> tuple[Shard, DeadLetter]:
    """The letter that `list` shows under this id. Raises Problem."""
    number, _, letter_id = text.partition("/")
    for shard in site.all_shards() if _LETTER_ID.fullmatch(letter_id) else ():
        if str(shard.number) == number and (letter := letters.find(shard, letter_id)):
            return shard, letter
    raise Problem("unknown_dead_letter", f"site {site.id} has no dead letter {text}")


def _line(shard: Shard, letter: DeadLetter) -> str:
    died_at = datetime.fromtimestamp(letter.died_ms / 1000, UTC).isoformat(timespec="seconds")
    begins = ascii(letter.payload[:SHOWN_BYTES].decode("utf-8", "replace"))
    columns = (shard.site, f"{shard.number}/{letter.id}", died_at, str(len(letter.payload)), letter.reason, begins)
    return "\t".join(columns)
