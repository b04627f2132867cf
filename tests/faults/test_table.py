"""The short form of the harness: every fault of the table at least once, those of one kind together under one load.

`make faults` is the long form, with a round for each.
"""

from collections.abc import Iterator
from itertools import groupby
from random import Random, randrange

import pytest

from tests.faults.__main__ import Systems
from tests.faults.rounds import Fault, run_round
from tests.faults.table import FAULTS


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Systems]:
    systems = Systems(tmp_path_factory.mktemp("systems"))
    yield systems
    systems.close()


def by_name() -> list[list[Fault]]:
    """The faults in the order of the table, those together that differ in a step alone. A day is closed once."""
    groups = groupby(FAULTS, key=lambda fault: fault.name if fault.afterwards else fault.name.partition(":")[0])
    return [list(group) for _, group in groups]


@pytest.mark.parametrize("faults", by_name(), ids=lambda faults: faults[0].name)
def test_what_got_its_202_counts_once_and_nothing_twice(systems: Systems, faults: list[Fault]) -> None:
    seed = randrange(1 << 32)
    print(f"seed {seed}")
    figures = run_round(systems.get(faults[0].kind), faults, Random(seed))
    assert figures.verdict.is_clean, figures.verdict
    print(figures._replace(verdict=None))
