"""Reading filters: from the JSON of a question to the tree of filters.py.

A filter is ``[operator, dimension, [value, …]]``, with ``{"case_sensitive": false}`` as fourth if case does
not matter; ``["and", [filter, …]]``, ``["or", [filter, …]]`` or ``["not", filter]``; ``["has_done", filter]``
or ``["has_not_done", filter]``; or ``["is", "segment", [name, …]]``.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from collector.query.dimensions import DIMENSIONS, LOCAL_PARTS, LOOKUPS, PROPERTY, Property
from collector.query.fields import Path, read_flag, read_list, read_object, read_text, refuse, refuse_unknown, show
from collector.query.filters import (
    BEHAVIOURS,
    GOAL,
    GROUPS,
    NOT,
    SEGMENT,
    Behaviour,
    Comparison,
    EventTime,
    Filter,
    Goals,
    Group,
    Label,
    Not,
    Segments,
    inside,
    walk_filters,
)
from collector.query.judge import find_fault, list_fitting
from collector.query.limits import (
    MAX_DONE,
    MAX_EXPANDED,
    MAX_FILTER_DEPTH,
    MAX_FILTERS,
    MAX_NUMBER,
    MAX_PATTERNS,
    MAX_VALUE_CHARACTERS,
    MAX_VALUES,
)
from collector.query.named import NOTHING, Names, read_name
from collector.query.operators import OPERATORS, PATTERN_OPERATORS, Operator
from collector.query.periods import parse_span

EVENT_TIME = EventTime()

LABELS = (*DIMENSIONS, *LOOKUPS, *LOCAL_PARTS, GOAL, f"{PROPERTY}NAME")
"""Names of what filters may look at."""


def parse_filters(value: object, at: Path, names: Names = NOTHING) -> tuple[Filter, ...]:
    """The filters of a question, all of which must match. ``names``: what of the site they may name."""
    members = read_list(value, at, most=MAX_FILTERS)
    filters = tuple(_parse_filter(member, (*at, i), 1, names) for i, member in enumerate(members))
    # Never more than what is one too many: segments in segments' places make large trees of few words.
    every = list(islice(walk_filters(filters), MAX_EXPANDED + 1))
    compared = [each for each in every if isinstance(each, Comparison)]
    patterns = [each for each in compared if each.operator.name in PATTERN_OPERATORS]
    for found, most, what in (
        (len(list(islice(_walk_written(filters), MAX_FILTERS + 1))), MAX_FILTERS, "filters"),
        (len(every), MAX_EXPANDED, "filters with those of goals and segments"),
        (sum(len(each.values) for each in compared), MAX_VALUES, "values"),
        (sum(len(each.values) for each in patterns), MAX_PATTERNS, "regular expressions"),
        (sum(isinstance(each, Behaviour) for each in every), MAX_DONE, "has_done"),
    ):
        if found > most:
            raise refuse("too_many", f"too many {what}: at most {most} in all filters", at)
    for pattern in (str(each) for comparison in patterns for each in comparison.values):
        fault = find_fault(pattern)
        if fault is not None:
            raise refuse("invalid_pattern", f"{show(pattern)} is no pattern that RE2 takes: {fault[:200]}", at)
    return filters


def _walk_written(filters: Iterable[Filter]) -> Iterator[Filter]:
    """The filters that stand in the question itself."""
    for each in filters:
        yield each
        if not isinstance(each, Comparison | Segments):
            yield from _walk_written(inside(each))


def find_label(name: str, at: Path, names: Names) -> Label | None:
    """The dimension of a name, beside the buckets of time; None when there is none. Raises Problem on a long name."""
    if name == GOAL:
        return names.read_goals(parse_filters)
    if name.startswith(PROPERTY) and name != PROPERTY:
        read_name(name.removeprefix(PROPERTY), at)
        return Property(name)
    return DIMENSIONS.get(name) or LOOKUPS.get(name) or LOCAL_PARTS.get(name)


def read_label(value: object, at: Path, names: Names) -> Label:
    """A dimension that filters may look at. Raises Problem."""
    name = read_text(value, at)
    label = find_label(name, at, names)
    if label is None:
        raise refuse_unknown("dimension", name, LABELS, at)
    return label


def _parse_filter(value: object, at: Path, depth: int, names: Names) -> Filter:
    if depth > MAX_FILTER_DEPTH:
        raise refuse("too_deep", f"filters may nest {MAX_FILTER_DEPTH} levels deep", at)
    parts = read_list(value, at, least=1, most=4)
    word = read_text(parts[0], (*at, 0))
    if word in OPERATORS:
        return _parse_comparison(OPERATORS[word], parts, at, names)
    if word not in GROUPS and word not in BEHAVIOURS and word != NOT:
        raise refuse_unknown("operator", word, (*OPERATORS, *GROUPS, NOT, *BEHAVIOURS), (*at, 0))
    if len(parts) != 2:
        raise refuse("invalid_filter", f'{word} has one operand, as in ["{word}", …]', at)
    if word in GROUPS:
        members = read_list(parts[1], (*at, 1), least=1, most=MAX_FILTERS)
        return Group(word, tuple(_parse_filter(each, (*at, 1, i), depth + 1, names) for i, each in enumerate(members)))
    inside = _parse_filter(parts[1], (*at, 1), depth + 1, names)
    return Not(inside) if word == NOT else Behaviour(word, inside)


def _parse_comparison(operator: Operator, parts: list[object], at: Path, names: Names) -> Filter:
    if len(parts) < 3:
        detail = f'{operator.name} needs a dimension and values, as in ["{operator.name}", "event:page", ["/"]]'
        raise refuse("invalid_filter", detail, at)
    if parts[1] == SEGMENT:
        return _parse_segments(operator, parts, at, names)
    is_time = operator.takes == "date" and parts[1] == EVENT_TIME.name
    label = EVENT_TIME if is_time else read_label(parts[1], (*at, 1), names)
    if operator.takes == "date" and isinstance(label, Goals):
        raise refuse("invalid_filter", f"a goal is no time, so it takes no {operator.name}", at)
    members = read_list(parts[2], (*at, 2), least=1, most=operator.most_values)
    values = tuple(_parse_value(operator, member, (*at, 2, i)) for i, member in enumerate(members))
    modifiers = read_object(parts[3], ("case_sensitive",), (*at, 3)) if len(parts) == 4 else {}
    is_case_sensitive = read_flag(modifiers.get("case_sensitive", True), (*at, 3, "case_sensitive"))
    if isinstance(label, Goals):
        label = _parse_goals(label, operator, values, is_case_sensitive, at)
    return Comparison(operator, label, values, is_case_sensitive)


def _parse_goals(
    goals: Goals, operator: Operator, values: tuple[str | float, ...], is_case_sensitive: bool, at: Path
) -> Goals:
    """The goals whose names fit."""
    known = [goal.name for goal in goals.goals]
    if operator.name in ("is", "is_not") and is_case_sensitive:
        fitting: Collection[str | float] = values
        for i, name in enumerate(values):
            if name not in known:
                raise refuse_unknown("goal", name, known, (*at, 2, i))
    elif operator.name in PATTERN_OPERATORS and any(find_fault(str(value)) for value in values):
        raise refuse("invalid_pattern", "no pattern that RE2 takes", (*at, 2))
    else:
        fitting = list_fitting(known, operator, values, is_case_sensitive)
    return Goals(tuple(goal for goal in goals.goals if goal.name in fitting))


def _parse_segments(operator: Operator, parts: list[object], at: Path, names: Names) -> Filter:
    if operator.name not in ("is", "is_not") or len(parts) != 3:
        raise refuse("invalid_filter", 'segments are named as in ["is", "segment", ["buyers"]]', at)
    members = read_list(parts[2], (*at, 2), least=1, most=MAX_FILTERS)
    wanted = tuple(read_text(member, (*at, 2, i)) for i, member in enumerate(members))
    found = [names.read_segment(name, (*at, 2, i), parse_filters) for i, name in enumerate(wanted)]
    any_of_them = Group("or", tuple(Group("and", filters) for filters in found))
    return Segments(operator.name, wanted, Not(any_of_them) if operator.is_negated else any_of_them)


def _parse_value(operator: Operator, value: object, at: Path) -> str | float:
    if operator.takes == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refuse("wrong_type", "must be a number", at)
        if not abs(value) <= MAX_NUMBER:
            raise refuse("out_of_bounds", f"must be between -{MAX_NUMBER:g} and {MAX_NUMBER:g}", at)
        return float(value)
    text = read_text(value, at)
    if len(text) > MAX_VALUE_CHARACTERS:
        raise refuse("too_long", f"a value has at most {MAX_VALUE_CHARACTERS} characters", at)
    if operator.takes == "date":
        parse_span(text, ZoneInfo("UTC"), at)
    return text
