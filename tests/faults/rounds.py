"""One round: a new site under load, faults one after another, and then the count of every event."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from collector.storage import keys
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.faults.load import Label, Load, labels_of, running_load
from tests.faults.oracle import Verdict, count_in_answers, count_in_segments, events_of, judge
from tests.faults.system import System
from tests.stores import wait_until

BETWEEN = 100  # beacons that get their 202 before, between and after the faults of a round
ASK_SECONDS = 0.1  # between two questions of the dashboard that is open meanwhile
DOUBLED = 0.05  # share of the acknowledged beacons that is sent once more
OVERTIME_SECONDS = 15.0  # an answer may take so much longer than FOOTFALL_COMMIT_SECONDS on a busy machine


@dataclass
class Round:
    """What a fault gets to work with. ``kept``: events beside the load that must count."""

    system: System
    site: Site
    load: Load
    chance: Random
    kept: set[Label] = field(default_factory=set)

    @property
    def shard(self) -> Shard:
        return self.site.all_shards()[0]

    def epoch(self) -> str:
        """The shard's epoch: another one after every commit of a sealer."""
        return self.system.service.segments.read(self.shard, "", "0-0", 1).epoch

    def wait_for_change(self, what: str) -> None:
        """Return when somebody has committed since now."""
        before = self.epoch()
        wait_until(lambda: self.epoch() != before, what)


class Fault(NamedTuple):
    """One row of the table. ``afterwards``: what is done when all is sent and sealed, instead of under load.

    ``answers``: what senders may see beside the durability of an undisturbed system.
    """

    name: str
    kind: str
    inflict: Callable[[Round], None]
    answers: frozenset[str] = frozenset()
    afterwards: bool = False
    ingest: tuple[tuple[str, str], ...] = ()
    site: tuple[tuple[str, object], ...] = ()


UNDISTURBED = {"embedded": {"fsync"}, "run": {"fsync"}, "cluster": {"replica"}}  # what a 202 says


class Figures(NamedTuple):
    """What became of the beacons and events of a round."""

    sent: int
    acknowledged: int
    sent_again: int
    verdict: Verdict
    lost_after: Counter[str]  # what the lost ones had been answered
    safeties: Counter[str]
    longest_seconds: float
    seconds: float


def run_round(system: System, faults: Sequence[Fault], chance: Random) -> Figures:
    """Inflict the faults, all of which must be of the system's kind and of one set-up."""
    began = time.monotonic()
    first = faults[0]
    system.set_up_ingest(dict(first.ingest))
    site = system.service.new_site(**dict(first.site))
    with running_load(system.ingest.port, site) as load, open_dashboard(system, site):
        round_ = Round(system, site, load, chance)
        load.wait_for(BETWEEN)
        for fault in faults:
            if not fault.afterwards:
                fault.inflict(round_)
                load.wait_for(BETWEEN)
    sent, acknowledged = load.sent, load.acknowledged
    safeties, longest = load.safeties(), load.longest_seconds()
    allowed = UNDISTURBED[first.kind].union(*(fault.answers for fault in faults))
    assert set(safeties) <= allowed, f"{dict(safeties)}: senders may see {sorted(allowed)}"
    assert longest < system.service.settings.commit_seconds + OVERTIME_SECONDS, f"an answer took {longest:.1f} s"
    system.wait_until_well()
    verdict = judge(
        count_in_answers(system.service, site),
        must=events_of(acknowledged) | round_.kept,
        may=events_of(load.unacknowledged),
    ).tell("answered before anything was sent again")
    load.resend(DOUBLED, chance)
    assert load.unacknowledged == set(), "what was sent again got its 202"
    system.wait_until_well()
    must = events_of(sent)
    verdict |= judge(count_in_answers(system.service, site), must=must | round_.kept).tell("answered")
    wait_until_sealed(system, site)
    for fault in faults:
        if fault.afterwards:
            fault.inflict(round_)
    in_segments = count_in_segments(system.service, site, system.folder / "oracle")
    verdict |= judge(in_segments, must=must | round_.kept).tell("in the segments")
    verdict |= judge(count_in_answers(system.service, site), must=must | round_.kept).tell("answered, sealed")
    system.service.store.hdel(keys.SITES, site.id)  # the next round's sealer has no more to look after than this one's
    lost_after = Counter(each.safety for each in load.answers if verdict.lost.intersection(labels_of(each.number)))
    return Figures(
        len(sent),
        len(acknowledged),
        load.sent_again,
        verdict,
        lost_after,
        safeties,
        longest,
        time.monotonic() - began,
    )


def wait_until_sealed(system: System, site: Site) -> None:
    for shard in site.all_shards():
        wait_until(lambda s=shard: system.service.store.xlen(s.log) == 0, "the log is sealed")
        assert system.service.store.xlen(shard.dead) == 0, "every entry could be sealed"


@contextmanager
def open_dashboard(system: System, site: Site) -> Iterator[None]:
    """Somebody asks all the time, so that the mirror follows every step of the store."""
    is_closed = threading.Event()

    def ask() -> None:
        while not is_closed.wait(ASK_SECONDS):
            with suppress(OSError, ValueError):  # nobody answers while it is killed
                system.service.query(site, "events")

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        is_closed.set()
        thread.join()
