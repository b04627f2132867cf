"""Reading filters: from the JSON of a question to the tree of filters.py.

A filter is ``[operator, dimension, [value, …]]``, with ``{"case_sensitive": false}`` as fourth if case does
not matter; or ``["and", [filter, …]]``, ``["or", [filter, …]]`` or ``["not", filter]``.
"""

from collector.query.dimensions import DIMENSIONS
from collector.query.fields import Path, read_flag, read_list, read_object, read_text, refuse, refuse_unknown
from collector.query.filters import GROUPS, NOT, OPERATORS, Comparison, Filter, Group, Not, list_filters
from collector.query.limits import MAX_FILTER_DEPTH, MAX_FILTERS, MAX_VALUE_CHARACTERS, MAX_VALUES


def parse_filters(value: object, at: Path) -> tuple[Filter, ...]:
    """The filters of a question, all of which must match."""
    members = read_list(value, at, most=MAX_FILTERS)
    filters = tuple(_parse_filter(member, (*at, i), 1) for i, member in enumerate(members))
    every = list_filters(filters)
    if len(every) > MAX_FILTERS:
        raise refuse("too_many", f"{len(every)} filters are too many; at most {MAX_FILTERS}", at)
    values = sum(len(each.values) for each in every if isinstance(each, Comparison))
    if values > MAX_VALUES:
        raise refuse("too_many", f"{values} values are too many; at most {MAX_VALUES} in all filters", at)
    return filters


def _parse_filter(value: object, at: Path, depth: int) -> Filter:
    if depth > MAX_FILTER_DEPTH:
        raise refuse("too_deep", f"filters may nest {MAX_FILTER_DEPTH} levels deep", at)
    parts = read_list(value, at, least=1, most=4)
    word = read_text(parts[0], (*at, 0))
    if word in OPERATORS:
        return _parse_comparison(parts, at)
    if word not in GROUPS and word != NOT:
        raise refuse_unknown("operator", word, (*OPERATORS, *GROUPS, NOT), (*at, 0))
    if len(parts) != 2:
        raise refuse("invalid_filter", f'{word} has one operand, as in ["{word}", …]', at)
    if word == NOT:
        return Not(_parse_filter(parts[1], (*at, 1), depth + 1))
    inside = read_list(parts[1], (*at, 1), least=1, most=MAX_FILTERS)
    return Group(word, tuple(_parse_filter(each, (*at, 1, i), depth + 1) for i, each in enumerate(inside)))


def _parse_comparison(parts: list[object], at: Path) -> Comparison:
    if len(parts) < 3:
        detail = f'{parts[0]} needs a dimension and values, as in ["{parts[0]}", "event:page", ["/"]]'
        raise refuse("invalid_filter", detail, at)
    name = read_text(parts[1], (*at, 1))
    if name not in DIMENSIONS:
        raise refuse_unknown("dimension", name, DIMENSIONS, (*at, 1))
    operator = OPERATORS[str(parts[0])]
    members = read_list(parts[2], (*at, 2), least=1, most=operator.most_values)
    values = tuple(_parse_value(member, (*at, 2, i)) for i, member in enumerate(members))
    modifiers = read_object(parts[3], ("case_sensitive",), (*at, 3)) if len(parts) == 4 else {}
    is_case_sensitive = read_flag(modifiers.get("case_sensitive", True), (*at, 3, "case_sensitive"))
    return Comparison(operator, DIMENSIONS[name], values, is_case_sensitive)


def _parse_value(value: object, at: Path) -> str:
    text = read_text(value, at)
    if len(text) > MAX_VALUE_CHARACTERS:
        raise refuse("too_long", f"a value has at most {MAX_VALUE_CHARACTERS} characters", at)
    return text
