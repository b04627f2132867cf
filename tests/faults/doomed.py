"""A command of `footfall` that ends at one step of its work, as if the machine had: the step sends itself a signal.

`python -m tests.faults.doomed --at "has committed" --time 2 --signal SIGKILL -- seal`
"""

import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, NamedTuple

from collector.__main__ import main as footfall
from collector.sealing.segment_file import Workbench, Written
from collector.sealing.staging import Staging
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.settings import load_settings
from collector.storage.compact import Compaction
from collector.storage.connect import connect
from collector.storage.dead_letters import DeadLetters
from collector.storage.segments import Segments
from collector.storage.sites import Sites
from collector.storage.tombstones import Tombstones

CLOSING_HOURS = 24 + 73  # by then no sender may send today's events again


class Step(NamedTuple):
    """One moment of the work: just before or after a call that any version of it makes."""

    name: str
    room: type
    method: str
    moment: Literal["before", "after"]


ABOUT_TO_REPLACE = Step("is about to replace", Segments, "replace", "before")
HAS_REPLACED = Step("has replaced", Segments, "replace", "after")
HAS_COMMITTED = Step("has committed", Segments, "commit_seal", "after")
SEAL_STEPS = (
    Step("has read the log", Segments, "read", "after"),
    Step("has loaded the log", Staging, "load", "after"),
    Step("has removed doubles", Staging, "choose", "after"),
    Step("has written a segment", Written, "as_segment", "before"),
    Step("is about to commit", Segments, "commit_seal", "before"),
    HAS_COMMITTED,
    Step("has read a segment", Segments, "read_bytes", "after"),
    ABOUT_TO_REPLACE,
    HAS_REPLACED,
)
CLOSE_STEPS = (
    Step("has written a closed segment", Workbench, "write_closed", "after"),
    ABOUT_TO_REPLACE,
    HAS_REPLACED,
)
RETENTION_STEPS = (
    ABOUT_TO_REPLACE,
    HAS_REPLACED,
    Step("is about to note it", Segments, "note_retention", "before"),
)
ERASE_STEPS = (
    Step("has put the tombstone", Tombstones, "put", "after"),
    HAS_COMMITTED,
    ABOUT_TO_REPLACE,
    HAS_REPLACED,
    Step("has dropped dead letters", DeadLetters, "drop", "after"),
    Step("has copied a part of a stream", Compaction, "_copy_step", "after"),
    Step("has rewritten streams", Compaction, "rewrite_streams", "after"),
)
STEPS = {step.name: step for step in (*SEAL_STEPS, *CLOSE_STEPS, *RETENTION_STEPS, *ERASE_STEPS)}


def doom(step: Step, time: int, number: signal.Signals) -> None:
    """Make the ``time``-th call of the step the one at which this process gets the signal."""
    calls = 0
    method: Callable[..., Any] = getattr(step.room, step.method)

    @wraps(method)
    def doomed(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == time and step.moment == "before":
            os.kill(os.getpid(), number)
        result = method(*arguments, **named)
        if calls == time and step.moment == "after":
            os.kill(os.getpid(), number)
        return result

    setattr(step.room, step.method, doomed)


def close_days() -> int:
    """A round of the sealer when today is closed."""
    settings = load_settings()
    client = connect(settings)
    round_ = SealingRound(
        settings, Sites(client), Segments(client), lambda: wall_clock_ms() + CLOSING_HOURS * 3_600_000
    )
    round_.run()
    round_.close()
    client.close()
    return 0


def main() -> int:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--at", choices=STEPS)
    parser.add_argument("--time", type=int, default=1, help="the how manieth such call")
    parser.add_argument("--signal", choices=("SIGKILL", "SIGSTOP"), default="SIGKILL")
    parser.add_argument("command", nargs="+", help="of footfall; or `close`: a sealer's round days from now")
    given = parser.parse_args()
    if given.at:
        doom(STEPS[given.at], given.time, signal.Signals[given.signal])
    return close_days() if given.command == ["close"] else footfall(given.command)


if __name__ == "__main__":
    sys.exit(main())
