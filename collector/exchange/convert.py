"""A row of a file → lines of the log: by the ordinary steps, or as it is when it has been through them."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from collector.events.columns import EVENT_COLUMNS
from collector.events.decode import locate
from collector.events.ids import number_id
from collector.events.log_line import encode_line, find_fault
from collector.events.model import Beacon
from collector.exchange.found import Fault, Found, Read, Skipped, Stored
from collector.ingest.pipeline import process
from collector.ingest.sending import NO_PAGE, Sending, World
from collector.storage.sites import Site

KEYS_HELD = 200_000  # rows among which equal ones are told apart; in a log they stand near each other


class Converted(NamedTuple):
    """``lines`` of the log for the visitor's shard; empty when nothing is to be stored."""

    lines: bytes
    visitor: int
    events: int
    skipped: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


class Converter:
    """Rows of one file, in their order. An event's id is made of its row, so the same file gives the same ids."""

    def __init__(self, site: Site, world: World, clock_ms: Callable[[], int]) -> None:
        self._site = site
        self._world = world
        self._clock_ms = clock_ms
        self._seen: OrderedDict[bytes, int] = OrderedDict()

    def convert(self, read: Read) -> Converted:
        what = read.what
        if isinstance(what, Skipped):
            return Converted(b"", 0, 0, (what.reason,))
        if isinstance(what, Fault):
            return Converted(b"", 0, 0, faults=(what.detail,))
        row_id = self._identify(read.key)
        return self._store(what, row_id) if isinstance(what, Stored) else self._process(what, row_id)

    def pass_by(self, read: Read) -> None:
        """A row that was loaded before; those behind it get the ids that they would have had."""
        if isinstance(read.what, Found | Stored):
            self._identify(read.key)

    def _identify(self, key: bytes) -> str:
        """Equal rows happen, such as two requests in one second: they are counted."""
        digest = blake2b(key, digest_size=15).digest()
        copy = self._seen.pop(digest, 0)
        self._seen[digest] = copy + 1
        if len(self._seen) > KEYS_HELD:
            self._seen.popitem(last=False)
        return f"row:{digest.hex()}.{copy}"

    def _store(self, stored: Stored, row_id: str) -> Converted:
        columns = stored.columns
        own = {name: value for name, value in columns.items() if name in EVENT_COLUMNS}
        own.setdefault("event_id", number_id(row_id))
        shared = {name: value for name, value in columns.items() if name not in EVENT_COLUMNS}
        shared["received_ms"] = self._clock_ms()
        line = _without_nul(encode_line(shared, [own]))
        if fault := find_fault(line):
            return Converted(b"", 0, 0, faults=(fault,))
        return Converted(line, own["visitor"], 1)

    def _process(self, found: Found, row_id: str) -> Converted:
        events: list[dict[str, Any]] = [
            {"id": f"{row_id}.{number}", **event} for number, event in enumerate(found.beacon["events"])
        ]
        try:
            beacon = msgspec.convert({**found.beacon, "site": self._site.id, "events": events}, Beacon)
        except msgspec.ValidationError as error:
            what, pointer = locate(error)
            return Converted(b"", 0, 0, faults=(f"{pointer}: {what}",))
        sending = Sending(
            self._site,
            beacon,
            beacon.page or NO_PAGE,
            address="",
            user_agent="",
            received_ms=self._clock_ms(),
            is_trusted=True,
            is_own_agent=False,
            known=found.known,
        )
        done = process(sending, tuple(range(len(events))), self._world)
        faults = tuple(f"{rejection.pointer}: {rejection.detail}" for rejection in done.rejected)
        skipped = tuple(str(dropped.reason) for dropped in done.dropped)
        return Converted(_without_nul(done.payload), done.visitor, done.accepted, skipped, faults)


def _without_nul(lines: bytes) -> bytes:
    """U+0000 is of no use to anybody, and several tools behind us end a text at it; as in events/decode.py."""
    return lines.replace(b"\\u0000", b"\\ufffd") if b"\\u0000" in lines else lines
