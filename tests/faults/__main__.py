"""The long form of the fault harness: rounds of faults in turn, and what became of every beacon, as a table.

`python -m tests.faults --rounds 200 --seed 7`. Exit status 1 when anything was lost, counted twice or
counted though nobody may find it, or when a round could not be carried out.
"""

import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import cycle, islice, takewhile
from pathlib import Path
from random import Random, randrange

from tests.faults.rounds import Fault, Figures, run_round
from tests.faults.system import System, running_system
from tests.faults.table import FAULTS

HEADINGS = ("rounds", "failed", "sent", "acknowledged", "sent again", "lost", "twice", "uncalled", "seconds")


class Systems:
    """One running system of each kind, started when it is first needed, and anew after a round that failed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, tuple[System, ExitStack]] = {}
        self._started = 0

    def get(self, kind: str) -> System:
        if kind not in self._running:
            self._started += 1
            stack = ExitStack()
            system = stack.enter_context(running_system(kind, self._folder / f"{kind}-{self._started}"))
            self._running[kind] = system, stack
        return self._running[kind][0]

    def drop(self, kind: str) -> None:
        if kind in self._running:
            self._running.pop(kind)[1].close()

    def close(self) -> None:
        for kind in list(self._running):
            self.drop(kind)


class Line:
    """One line of the table: a fault and the sums of its rounds."""

    def __init__(self) -> None:
        self.sums = dict.fromkeys(HEADINGS, 0.0)

    def add(self, figures: Figures | None, seconds: float) -> None:
        self.sums["rounds"] += 1
        self.sums["seconds"] += seconds
        if figures is None:
            self.sums["failed"] += 1
            return
        for heading, value in (
            ("sent", figures.sent),
            ("acknowledged", figures.acknowledged),
            ("sent again", figures.sent_again),
            *((name, len(labels)) for name, labels in figures.verdict._asdict().items()),
        ):
            self.sums[heading] += value

    def __str__(self) -> str:
        return " | ".join(f"{self.sums[heading]:,.0f}" for heading in HEADINGS)


def run(faults: Iterable[Fault], chance: Random, folder: Path) -> dict[str, Line]:
    """The faults in turn, a round each; a line a fault."""
    lines: dict[str, Line] = {}
    systems = Systems(folder)
    try:
        for number, fault in enumerate(faults, 1):
            began = time.monotonic()
            figures = None
            try:
                figures = run_round(systems.get(fault.kind), [fault], chance)
            except Exception:
                traceback.print_exc()
                systems.drop(fault.kind)
            seconds = time.monotonic() - began
            lines.setdefault(fault.name, Line()).add(figures, seconds)
            said = "failed" if figures is None else "" if figures.verdict.is_clean else str(figures)[:2000]
            print(f"{number:>4}  {seconds:5.1f} s  {fault.name}  {said}", file=sys.stderr, flush=True)
    finally:
        systems.close()
    return lines


def print_table(lines: dict[str, Line]) -> None:
    total = Line()
    for line in lines.values():
        for heading, value in line.sums.items():
            total.sums[heading] += value
    print(f"| fault | {' | '.join(HEADINGS)} |\n|---|{'---|' * len(HEADINGS)}")
    for name, line in (*lines.items(), ("all", total)):
        print(f"| {name} | {line} |")


def main() -> int:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=randrange(1 << 32), help="of the order and the moments")
    parser.add_argument("--minutes", type=float, default=1e6, help="begin no round after so long")
    parser.add_argument("--only", action="append", help="faults with this in their name, or of this kind of system")
    given = parser.parse_args()
    chance = Random(given.seed)
    wanted = given.only or [""]
    chosen = [fault for fault in FAULTS if any(text in fault.name or text == fault.kind for text in wanted)]
    chance.shuffle(chosen)
    print(f"seed {given.seed}, {given.rounds} rounds of {len(chosen)} faults", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        end = time.monotonic() + given.minutes * 60
        in_time = takewhile(lambda _: time.monotonic() < end, cycle(chosen))
        lines = run(islice(in_time, given.rounds), chance, Path(folder))
    print_table(lines)
    sums = [line.sums for line in lines.values()]
    return int(any(each[heading] for each in sums for heading in ("failed", "lost", "twice", "uncalled")))


if __name__ == "__main__":
    sys.exit(main())
