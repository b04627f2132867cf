"""A sealer that stops itself, as SIGSTOP does, right before its first commit: `python -m tests.sealing.stopped_sealer`.

When it goes on it prints what became of that commit, and seals on.
"""

import logging
import os
import signal
import threading

from collector.sealing.work import work_until
from collector.settings import load_settings
from collector.storage.connect import connect
from collector.storage.segments import Segments
from collector.storage.sites import Sites


class StoppingSegments(Segments):
    """The real segments; the process stops between reading and writing, once."""

    has_stopped = False

    def commit_seal(self, *arguments):
        if self.has_stopped:
            return super().commit_seal(*arguments)
        self.has_stopped = True
        os.kill(os.getpid(), signal.SIGSTOP)
        is_taken = super().commit_seal(*arguments)
        print("taken" if is_taken else "refused", flush=True)
        return is_taken


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    settings = load_settings()
    client = connect(settings)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    work_until(stop, settings, Sites(client), StoppingSegments(client))
