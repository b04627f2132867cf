"""What the database itself says about texts of a question, asked before the question starts.

RE2 has no backtracking, so the time of a pattern grows with the text alone; it refuses what would grow too large.
"""

from collections.abc import Sequence
from threading import Lock

import duckdb

from collector.query.operators import Operator

_lock = Lock()
_judge = duckdb.connect(config={"threads": 1})


def find_fault(pattern: str) -> str | None:
    """What is wrong with a regular expression; None when it is good."""
    try:
        _ask("select regexp_matches('', $pattern)", {"pattern": pattern})
    except duckdb.InvalidInputException as error:
        return str(error).removeprefix("Invalid Input Error: ")
    return None


def list_fitting(
    texts: Sequence[str], operator: Operator, values: Sequence[str | float], is_case_sensitive: bool
) -> list[str]:
    """Those of the texts that fit any of the values."""
    names = {f"value_{i}": value for i, value in enumerate(values)}
    fits = operator.fits_any("text", [f"${name}" for name in names], is_case_sensitive)
    rows = _ask(f"select text from (select unnest($texts::varchar[]) as text) where {fits}", {"texts": texts, **names})
    return [text for (text,) in rows]


def _ask(sql: str, values: dict[str, object]) -> list[tuple[str]]:
    with _lock:
        rows: list[tuple[str]] = _judge.execute(sql, values).fetchall()
    return rows
