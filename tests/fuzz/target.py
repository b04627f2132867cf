"""One input of the fuzzer: bytes of a request → what the collector makes of them, without a server or a store.

The first byte says who sends it and how; the others are the body. Whatever they are, it is taken or refused with a
named reason, every event ends in one of accepted, rejected and dropped, and every line can become rows.
"""

from itertools import count
from types import SimpleNamespace
from typing import Any

from collector.enrich.client_hints import Hints
from collector.enrich.place import NOWHERE
from collector.errors import Problem
from collector.events.decode import decode
from collector.events.log_line import find_fault
from collector.ingest.counters import Counters
from collector.ingest.distinct import DistinctValues
from collector.ingest.pipeline import process, refuse_if_nothing_left
from collector.ingest.sending import NO_PAGE, Sending, World
from collector.ingest.unpack import FORM, unpack
from collector.storage.sites import Rule, Site
from tests.fuzz.seeds import NOW_MS

SITES = (
    Site("a", "A"),
    Site("a", "A", "America/St_Johns", hostnames=("shop.example",), count="guests"),
    Site("a", "A", rules=(Rule(False, "/a*b**c/"), Rule(True, "**x**", "app"), Rule(False, "**"))),
    Site("a", "A", count="users", people=("Embedly",)),
)
TYPES = ("text/plain", FORM, "multipart/form-data; boundary=x", "application/json")
AGENTS = ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "", "Dart/3.5 (dart:io)", "curl/8")
HINTS = (Hints(), Hints('"HeadlessChrome";v="130"', None, "?1", '"Windows"', '"13"', '"x'))

_numbers = count()
_world = World(
    SimpleNamespace(find=lambda _: NOWHERE),  # type: ignore[arg-type]
    SimpleNamespace(get=lambda *_: b"salt"),  # type: ignore[arg-type]
    lambda: f"id-{next(_numbers)}",
    DistinctValues(100, Counters()),
)


def run(data: bytes) -> str:
    """What became of the input: ``taken``, or the code of the refusal. Raises whatever is nobody's intention."""
    how, body = data[0] if data else 0, data[1:]
    site, agent = SITES[how & 3], AGENTS[how >> 2 & 3]
    try:
        decoded = decode(unpack(body, TYPES[how >> 4 & 3], "gzip" if body[:2] == b"\x1f\x8b" else ""))
        beacon = decoded.beacon
        is_trusted = bool(how & 64)
        sending = Sending(
            site, beacon, beacon.page or NO_PAGE, "192.0.2.1", agent, NOW_MS, is_trusted, HINTS[how >> 7],
            body[:9].decode("latin-1") if how & 1 else None, is_own_agent=not is_trusted,
        )  # fmt: skip
        processed = process(sending, decoded.places, _world)
        refuse_if_nothing_left(processed, decoded.rejected)
    except Problem as problem:
        if not 400 <= problem.status < 500:
            raise
        return problem.code
    check(decoded, processed)
    return "taken"


def check(decoded: Any, processed: Any) -> None:
    """Raise AssertionError unless every event ended once, and what is left can become rows."""
    ends = [each.place for each in (*decoded.rejected, *processed.rejected, *processed.dropped)]
    assert len(set(ends)) == len(ends)
    assert processed.accepted + len(ends) == len(decoded.beacon.events) + len(decoded.rejected)
    assert bool(processed.payload) == bool(processed.accepted)
    if processed.payload:
        assert find_fault(processed.payload) is None
        assert b"\x00" not in processed.payload
        processed.payload.decode()
