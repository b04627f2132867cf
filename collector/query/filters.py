"""Filters: which events match. A tree of comparisons, behaviour and names under and, or and not.

A comparison looks at the shown label of a dimension, so what an answer shows can be filtered by as it
stands, "Direct / None" and "(not set)" included. conditions.py makes SQL of a tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from collector.query.dimensions import Dimension, LocalPart, Lookup, Property
from collector.query.operators import Operator

GROUPS: dict[str, str] = {
    "and": "all of the filters match",
    "or": "at least one of the filters matches",
}

NOT = "not"

BEHAVIOURS: dict[str, bool] = {"has_done": False, "has_not_done": True}
"""Words for what the event's visit did in the range, and whether it must not have done it."""

SEGMENT = "segment"
GOAL = "event:goal"


class Goal(NamedTuple):
    """What a site wants to happen: an event that all of ``filters`` match."""

    name: str
    filters: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Goals:
    """The dimension ``event:goal``: the names of the goals that an event reaches, none, one or several."""

    goals: tuple[Goal, ...]
    name: str = GOAL
    relation = "event"


@dataclass(frozen=True, slots=True)
class EventTime:
    """``time`` in a filter: when the event happened."""

    name: str = "time"
    relation = "event"


Label: TypeAlias = Dimension | Property | LocalPart | Lookup | Goals | EventTime
"""What a comparison may look at, and a question break down by beside time."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of ``event:goal`` the dimension has those goals whose names fit the values, and an event must reach one."""

    operator: Operator
    dimension: Label
    values: tuple[str | float, ...]
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


@dataclass(frozen=True, slots=True)
class Behaviour:
    """``word`` is a key of BEHAVIOURS: the event's visit has an event in the range that ``filter`` matches, or none."""

    word: str
    filter: "Filter"

    def as_json(self) -> list[object]:
        return [self.word, self.filter.as_json()]


@dataclass(frozen=True, slots=True)
class Segments:
    """Saved segments by name: ``filter`` is what stands for them."""

    word: str
    names: tuple[str, ...]
    filter: "Filter"

    def as_json(self) -> list[object]:
        return [self.word, SEGMENT, list(self.names)]


Filter: TypeAlias = Comparison | Group | Not | Behaviour | Segments


def inside(each: Filter) -> tuple[Filter, ...]:
    """The filters directly inside one, those of its goals or segments included."""
    if isinstance(each, Group):
        return each.filters
    if isinstance(each, Comparison):
        goals = each.dimension.goals if isinstance(each.dimension, Goals) else ()
        return tuple(part for goal in goals for part in goal.filters)
    return (each.filter,)


def walk_filters(filters: Sequence[Filter]) -> Iterator[Filter]:
    """All filters of the trees, each before those inside it."""
    for each in filters:
        yield each
        yield from walk_filters(inside(each))


def list_labels(filters: Sequence[Filter]) -> Iterator[Label]:
    """Every dimension that the trees look at of the event itself; what a visit has done elsewhere is not of it."""
    for each in filters:
        if isinstance(each, Comparison):
            yield from expand_label(each.dimension)
        elif not isinstance(each, Behaviour):
            yield from list_labels(inside(each))


def expand_label(label: Label) -> Iterator[Label]:
    """The dimension, and those that its goals look at."""
    yield label
    if isinstance(label, Goals):
        for goal in label.goals:
            yield from list_labels(goal.filters)
