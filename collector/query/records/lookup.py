"""One lookup: a word of django-filter behind ``__``, and the condition that it makes of a field and a value."""

from collections.abc import Callable
from typing import NamedTuple

from collector.query.records.context import Context
from collector.query.statement import Statement

Build = Callable[[str, str, str, Context], Statement]
"""(SQL of the field, name to bind values under, text of the value, context) → condition.

A text that cannot be meant is a ValueError, whose sentence the sender gets.
"""

MOST_LISTED = 200  # values of one __in


class Lookup(NamedTuple):
    """What it builds, and what it means."""

    build: Build
    meaning: str


def read_list(text: str) -> list[str]:
    """Values by commas. Raises ValueError when they are too many."""
    values = text.split(",")
    if len(values) > MOST_LISTED:
        raise ValueError(f"at most {MOST_LISTED} values, by commas")
    return values


def parse_flag(text: str) -> bool:
    """true or false, as Python and JavaScript write them. Raises ValueError."""
    try:
        return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
    except KeyError:
        raise ValueError("true or false is needed") from None
