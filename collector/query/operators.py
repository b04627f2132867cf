"""What a comparison may say about a label, one row each."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from collector.query.limits import MAX_PARTS, MAX_PATTERNS, MAX_VALUES


class Operator(NamedTuple):
    """One operator: the SQL of "the label fits any of the values", and whether that is to be false.

    ``fits_any`` takes the label, the names of the values and whether case matters. ``takes``: the one value of a
    ``number`` or a ``date`` is one, and a label that is none does not fit. Of a date the label is given in ms since
    1970 UTC, and the names are those of its first ms and of the one after its last.
    """

    name: str
    fits_any: Callable[[str, Sequence[str], bool], str]
    is_negated: bool
    most_values: int
    meaning: str
    takes: Literal["text", "number", "date"] = "text"


def _is(label: str, values: Sequence[str], is_case_sensitive: bool) -> str:
    label, values = _fold(label, values, is_case_sensitive)
    return f"{label} in ({', '.join(values)})"


def _contains(label: str, values: Sequence[str], is_case_sensitive: bool) -> str:
    label, values = _fold(label, values, is_case_sensitive)
    return " or ".join(f"contains({label}, {value})" for value in values)


def _matches(label: str, values: Sequence[str], is_case_sensitive: bool) -> str:
    options = "" if is_case_sensitive else ", 'i'"
    return " or ".join(f"regexp_matches({label}, {value}{options})" for value in values)


def _fold(label: str, values: Sequence[str], is_case_sensitive: bool) -> tuple[str, Sequence[str]]:
    return (label, values) if is_case_sensitive else (f"lower({label})", [f"lower({value})" for value in values])


def _compare(sign: str) -> Callable[[str, Sequence[str], bool], str]:
    # What is no number is null, which is neither more nor less than anything.
    return lambda label, values, _: f"coalesce(try_cast({label} as double) {sign} {values[0]}, false)"


def _lies(where: str) -> Callable[[str, Sequence[str], bool], str]:
    return lambda label, ends, _: f"coalesce({where.format(label=label, start=ends[0], end=ends[1])}, false)"


OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("is", _is, False, MAX_VALUES, "the label is one of the values"),
        Operator("is_not", _is, True, MAX_VALUES, "the label is none of the values"),
        Operator("contains", _contains, False, MAX_PARTS, "the label contains one of the values"),
        Operator("contains_not", _contains, True, MAX_PARTS, "the label contains none of the values"),
        Operator("matches", _matches, False, MAX_PATTERNS, "one of the patterns (RE2) is found in the label"),
        Operator("matches_not", _matches, True, MAX_PATTERNS, "none of the patterns is found in the label"),
        Operator("greater_than", _compare(">"), False, 1, "the label is a number above the value", "number"),
        Operator("less_than", _compare("<"), False, 1, "the label is a number below the value", "number"),
        Operator("at_least", _compare(">="), False, 1, "the label is a number, the value or above", "number"),
        Operator("at_most", _compare("<="), False, 1, "the label is a number, the value or below", "number"),
        Operator(
            "on",
            _lies("{label} >= {start} and {label} < {end}"),
            False,
            1,
            "the label is a time within the value",
            "date",
        ),
        Operator("before", _lies("{label} < {start}"), False, 1, "the label is a time before the value", "date"),
        Operator("after", _lies("{label} >= {end}"), False, 1, "the label is a time after the value", "date"),
    )
}

PATTERN_OPERATORS = ("matches", "matches_not")
