"""How far a load is: a bar on a terminal, else a line now and then that a log can hold."""

import sys
import time
from types import TracebackType
from typing import Any, TextIO

from tqdm import tqdm

from collector.exchange.load import Tally

SECONDS_A_LINE = 5.0


class Progress:
    """``total``: bytes of the file. Used with ``with``."""

    def __init__(self, total: int, file: TextIO = sys.stderr) -> None:
        self._total = total
        self._file = file
        self._bar: Any = tqdm(total=total, unit="B", unit_scale=True, file=file) if file.isatty() else None
        self._next_at = time.monotonic() + SECONDS_A_LINE

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, position: int, tally: Tally) -> None:
        """``position``: bytes of the file that were read."""
        if self._bar is not None:
            self._bar.set_postfix_str(f"{tally.rows:,} rows, {tally.events:,} events", refresh=False)
            self._bar.update(position - self._bar.n)
        elif time.monotonic() >= self._next_at:
            self._next_at = time.monotonic() + SECONDS_A_LINE
            percent = 100 * position // max(1, self._total)
            self.say(f"{percent} %: {tally.rows:,} rows, {tally.events:,} events")

    def say(self, text: str) -> None:
        """A line of its own."""
        if self._bar is not None:
            self._bar.write(text, file=self._file)
        else:
            print(text, file=self._file, flush=True)
