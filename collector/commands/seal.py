"""`footfall seal`: the sealer, until a signal ends it."""

import signal
import threading
from argparse import ArgumentParser, Namespace

from collector.commands.log_lines import set_up_logging
from collector.sealing.work import SealingRound, work_until
from collector.settings import Settings
from collector.storage.connect import PATIENCE_SECONDS, connect
from collector.storage.segments import Segments
from collector.storage.sites import Sites


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="seal what is there, and end")


def main(settings: Settings, arguments: Namespace) -> None:
    """Seal. Raises StartError without a store."""
    set_up_logging()
    client = connect(settings, PATIENCE_SECONDS)
    if arguments.once:
        round_ = SealingRound(settings, Sites(client), Segments(client))
        print(f"{round_.run()} log entries sealed")
        round_.close()
        return
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    work_until(stop, settings, Sites(client), Segments(client))
