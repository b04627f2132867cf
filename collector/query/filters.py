"""Filters: which events match. A tree of comparisons under and, or and not, and the SQL of each.

A comparison looks at the shown label of a dimension, so what an answer shows can be filtered by as it
stands, "Direct / None" and "(not set)" included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from collector.query.dimensions import Dimension
from collector.query.limits import MAX_PARTS, MAX_VALUES
from collector.query.statement import Statement


class Operator(NamedTuple):
    """One operator: the SQL of "the label fits any of the values", and whether that is to be false."""

    name: str
    fits_any: Callable[[str, Sequence[str]], str]
    is_negated: bool
    most_values: int
    meaning: str


def _is(label: str, values: Sequence[str]) -> str:
    return f"{label} in ({', '.join(values)})"


def _contains(label: str, values: Sequence[str]) -> str:
    return " or ".join(f"contains({label}, {value})" for value in values)


OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("is", _is, False, MAX_VALUES, "the label is one of the values"),
        Operator("is_not", _is, True, MAX_VALUES, "the label is none of the values"),
        Operator("contains", _contains, False, MAX_PARTS, "the label contains one of the values"),
        Operator("contains_not", _contains, True, MAX_PARTS, "the label contains none of the values"),
    )
}

GROUPS: dict[str, str] = {
    "and": "all of the filters match",
    "or": "at least one of the filters matches",
}

NOT = "not"


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: Operator
    dimension: Dimension
    values: tuple[str, ...]
    is_case_sensitive: bool = True

    def as_json(self) -> list[object]:
        modifiers = [] if self.is_case_sensitive else [{"case_sensitive": False}]
        return [self.operator.name, self.dimension.name, list(self.values), *modifiers]


@dataclass(frozen=True, slots=True)
class Group:
    """``word`` is a key of GROUPS."""

    word: str
    filters: tuple["Filter", ...]

    def as_json(self) -> list[object]:
        return [self.word, [each.as_json() for each in self.filters]]


@dataclass(frozen=True, slots=True)
class Not:
    filter: "Filter"

    def as_json(self) -> list[object]:
        return [NOT, self.filter.as_json()]


Filter: TypeAlias = Comparison | Group | Not


def list_filters(filters: Sequence[Filter]) -> list[Filter]:
    """All filters of the trees, each before those inside it."""
    found: list[Filter] = []
    for each in filters:
        inside = each.filters if isinstance(each, Group) else (each.filter,) if isinstance(each, Not) else ()
        found += [each, *list_filters(inside)]
    return found


def filter_sql(each: Filter, name: str) -> Statement:
    """A filter's condition. Its values are bound to names that start with ``name``, so they stay apart."""
    if isinstance(each, Comparison):
        return _comparison_sql(each, name)
    if isinstance(each, Not):
        condition, values = filter_sql(each.filter, f"{name}_0")
        return Statement(f"not {condition}", values)
    parts = [filter_sql(part, f"{name}_{i}") for i, part in enumerate(each.filters)]
    condition = f" {each.word} ".join(part.sql for part in parts)
    return Statement(f"({condition})", {key: value for part in parts for key, value in part.values.items()})


def _comparison_sql(comparison: Comparison, name: str) -> Statement:
    values = {f"{name}_{i}": value for i, value in enumerate(comparison.values)}
    names = [f"${key}" for key in values]
    label = comparison.dimension.sql
    if not comparison.is_case_sensitive:
        label, names = f"lower({label})", [f"lower({each})" for each in names]
    condition = comparison.operator.fits_any(label, names)
    return Statement(f"{'not ' if comparison.operator.is_negated else ''}({condition})", values)
