"""What processes write to stderr: one line an event, whatever a sender wrote into it."""

import logging
import sys

import pytest

from collector.commands.log_lines import LineFormatter, write_value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("footfall.ingest", "footfall.ingest"),
        ("2026-11-23T00:16:22.123+00:00", "2026-11-23T00:16:22.123+00:00"),
        ("", '""'),
        ("two words", '"two words"'),
        ("level=error", '"level=error"'),
        ('say "no"', r'"say \"no\""'),
        ("a\nat=2026 level=error", r'"a\nat=2026 level=error"'),
        ("a\r\n\x1b[2J", r'"a\r\n\u001b[2J"'),
        ("\u2028\u0085\u202e", r'"\u2028\u0085\u202e"'),
        ("\udcff", r'"\udcff"'),
        ("größe", r'"gr\u00f6\u00dfe"'),
    ],
)
def test_a_value_is_a_word_or_is_quoted(text: str, written: str) -> None:
    assert write_value(text) == written


def test_an_event_is_one_line_also_with_a_traceback() -> None:
    try:
        raise ValueError("bad\nthing")
    except ValueError:
        error = sys.exc_info()
    record = logging.LogRecord("footfall", logging.ERROR, "file.py", 1, "from %s", ("a\nb",), error)
    record.request = "edge-7"
    line = LineFormatter().format(record)
    assert " request=edge-7 " in line
    assert "\n" not in line
    assert " level=error logger=footfall pid=" in line
    assert r'message="from a\nb"' in line
    assert r"ValueError: bad\nthing" in line
