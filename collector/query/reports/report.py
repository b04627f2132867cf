"""What a report is: a name, fields of its own, and how it becomes SQL and rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from collector.query.dimensions import Dimension
from collector.query.fields import read_list, read_text, read_whole, refuse, refuse_unknown
from collector.query.filter_language import parse_filters, read_label
from collector.query.filters import Filter, Goals, Label
from collector.query.named import Names
from collector.query.selection import Selection
from collector.query.statement import Statement

Row = Sequence[Any]

MOST_ROWS = 10_000
"""That a report may be asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked: which events count, and the values of its own fields."""

    selection: Selection
    fields: Mapping[str, Any]
    names: Names

    def filter(self, field: str) -> tuple[Filter, ...]:
        """A field that holds one filter; nothing when it is not there."""
        return parse_filters([self.fields[field]], (field,), self.names) if field in self.fields else ()

    def filters(self, field: str, *, least: int, most: int) -> tuple[Filter, ...]:
        """A field that holds some filters, each for itself."""
        read_list(self.fields[field], (field,), least=least, most=most)
        return parse_filters(self.fields[field], (field,), self.names)

    def number(self, field: str, default: int, *, least: int, most: int) -> int:
        return read_whole(self.fields.get(field, default), (field,), least=least, most=most)

    def text(self, field: str) -> str:
        """A text that must be there."""
        return read_text(self.fields[field], (field,))

    def choice(self, field: str, known: Sequence[str]) -> str:
        """One of some words; the first when it is not there."""
        word = read_text(self.fields.get(field, known[0]), (field,))
        if word not in known:
            raise refuse_unknown("choice", word, known, (field,))
        return word

    def label(self, field: str, default: str | None = None) -> Label | None:
        """A dimension to break down by; goals are several at once, so they are none."""
        if field not in self.fields and default is None:
            return None
        label = read_label(self.fields.get(field, default), (field,), self.names)
        if isinstance(label, Goals):
            raise refuse(
                "unknown_dimension", "a report has one label an event, and of goals there may be several", (field,)
            )
        return label

    def visit_label(self, field: str, default: str) -> Dimension:
        """A dimension of visits."""
        label = self.label(field, default)
        if not isinstance(label, Dimension) or label.relation != "visit":
            raise refuse("unknown_dimension", "this report breaks down by dimensions of visits (visit:…)", (field,))
        return label


class Column(NamedTuple):
    """A column of a report's rows."""

    name: str
    meaning: str


class Plan(NamedTuple):
    """``statement`` gives the rows; ``shape`` makes of them the rows to show, and what belongs in ``meta``."""

    statement: Statement
    shape: Callable[[Sequence[Row]], tuple[Sequence[Row], Mapping[str, object]]] = lambda rows: (rows, {})


class Report(NamedTuple):
    """One report. ``fields``: its own, with their meaning; those of ``needed`` must be there.

    ``range_seconds``: it is about that many seconds up to now, and takes no date_range.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    plan: Callable[[Asked], Plan]
    fields: Mapping[str, str] = {}
    needed: tuple[str, ...] = ()
    range_seconds: int | None = None
