"""How far a load is: a bar for people, lines for logs."""

from collections import Counter
from io import StringIO

import pytest

from collector.exchange import progress
from collector.exchange.load import Tally
from collector.exchange.progress import Progress

HALF = Tally(1234, 1200, Counter(), (), 0)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_a_bar_with_rows_and_events() -> None:
    terminal = Terminal()
    with Progress(2_000_000, terminal) as shown:
        shown.show(1_000_000, HALF)
        shown.say("the log is long")
    drawn = terminal.getvalue()
    assert "50%" in drawn
    assert "1,234 rows, 1,200 events" in drawn
    assert "the log is long\n" in drawn


def test_a_log_has_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    log = StringIO()
    with Progress(2_000_000, log) as shown:
        shown.show(500_000, HALF)
        now[0] += progress.SECONDS_A_LINE
        shown.show(1_000_000, HALF)
        shown.show(1_500_000, HALF)
        shown.say("the log is long")
    assert log.getvalue() == "50 %: 1,234 rows, 1,200 events\nthe log is long\n"


def test_an_empty_file_is_no_division_by_zero() -> None:
    log = StringIO()
    with Progress(0, log) as shown:
        shown.show(0, HALF)
    assert log.getvalue() == ""
