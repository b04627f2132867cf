"""A question that was read and found good: what it means, and how it will be answered."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from collector.query.selection import Selection

Rows: TypeAlias = Sequence[Sequence[Any]]
Run: TypeAlias = Callable[[str, Mapping[str, object]], Rows]
"""Executes SQL with the values of its ``$names`` and gives all rows."""


class Prepared(NamedTuple):
    """``shown`` is the question with nothing left open. ``passes``: how often answering reads the range's events."""

    shown: Mapping[str, object]
    selection: Selection
    passes: float
    answer: Callable[[Run], dict[str, Any]]
