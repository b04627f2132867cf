"""CSV: every answer as a table, and no cell that a spreadsheet would run."""

import csv
import io
from typing import Any

import pytest

from collector.query.table_csv import tabulate, write_csv

from .site import NOW_MS, Site, build_event


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        ('say "x", y\nz', 'say "x", y\nz'),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        (1.5, "1.5"),
        ({"value": 9.9, "currency": "EUR"}, "9.9 EUR"),
    ],
)
def test_a_cell_is_never_a_formula(value: Any, cell: str) -> None:
    text = write_csv(["event:props:=x", "value"], [["first", value]])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["event:props:=x", "value"], ["first", cell]]


def test_a_question_is_a_table_of_dimensions_metrics_and_what_they_were_before(site: Site) -> None:
    site.load([build_event(NOW_MS, path="=cmd|' /C calc'!A0"), build_event(NOW_MS - 86_400_000, path="/")])
    include = {"comparisons": {"mode": "previous_period"}}
    answer = site.ask(date_range="day", dimensions=["event:page"], metrics=["events"], include=include)
    assert write_csv(*tabulate(answer)).splitlines() == [
        "event:page,events,events before,events change",
        "'=cmd|' /C calc'!A0,1,0,100",
    ]
