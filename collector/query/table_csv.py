"""Answers as CSV. A cell is never a formula: what a spreadsheet would run begins with an apostrophe here.

See owasp.org/www-community/attacks/CSV_Injection.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180, with a line of names first. Null is an empty cell, money is ``9.9 EUR``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def tabulate(answer: Mapping[str, Any]) -> tuple[list[str], list[list[object]]]:
    """The columns and rows of the answer to a question, or of a report's."""
    results = answer["results"]
    if "metrics" not in answer["query"]:
        return list(answer["columns"]), [list(row.values()) for row in results]
    dimensions, metrics = answer["query"]["dimensions"], answer["query"]["metrics"]
    columns = [*dimensions, *metrics]
    rows = [[*row["dimensions"], *row["metrics"]] for row in results]
    if any("comparison" in row for row in results):
        columns += [f"{name} {word}" for word in ("before", "change") for name in metrics]
        for shown, row in zip(rows, results, strict=True):
            shown += [*row["comparison"]["metrics"], *row["comparison"]["change"]]
    return columns, rows


def _cell(value: object) -> object:
    if isinstance(value, Mapping):
        return f"{value['value']} {value['currency']}"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
