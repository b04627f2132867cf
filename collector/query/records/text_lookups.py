"""Lookups of texts, numbers, flags and states."""

import re

from collector.query.records.context import Context
from collector.query.records.lookup import Build, Lookup, parse_flag, read_list
from collector.query.statement import Statement

TEXT_TESTS: dict[str, tuple[str, str]] = {
    "exact": ("{sql} = {value}", "is the value"),
    "iexact": ("lower({sql}) = lower({value})", "is the value, whatever the case"),
    "contains": ("contains({sql}, {value})", "has the value in it"),
    "icontains": ("contains(lower({sql}), lower({value}))", "has the value in it, whatever the case"),
    "startswith": ("starts_with({sql}, {value})", "begins with the value"),
    "istartswith": ("starts_with(lower({sql}), lower({value}))", "begins with the value, whatever the case"),
    "endswith": ("ends_with({sql}, {value})", "ends with the value"),
    "iendswith": ("ends_with(lower({sql}), lower({value}))", "ends with the value, whatever the case"),
}
"""Tests of a text: their SQL, and what they mean."""

NUMBER_TESTS = {"exact": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
STATES = ("active", "idle", "ended")


def parse_number(text: str) -> float:
    """A finite number. Raises ValueError."""
    if not re.fullmatch(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,2})?", text):
        raise ValueError("a number is needed")
    return float(text)


def _text(template: str) -> Build:
    def build(sql: str, name: str, text: str, context: Context) -> Statement:
        return Statement(template.format(sql=sql, value=f"${name}"), {name: text})

    return build


def _is_in(sql: str, name: str, text: str, context: Context) -> Statement:
    return Statement(f"{sql} in (select unnest(${name}::varchar[]))", {name: read_list(text)})


def _is_name_in(sql: str, name: str, text: str, context: Context) -> Statement:
    return _is_in(f"lower({sql})", name, text.lower(), context)


def _is_null(sql: str, name: str, text: str, context: Context) -> Statement:
    return Statement(f"{sql} is {'' if parse_flag(text) else 'not '}null", {})


def _number(operator: str) -> Build:
    def build(sql: str, name: str, text: str, context: Context) -> Statement:
        return Statement(f"{sql} {operator} ${name}", {name: parse_number(text)})

    return build


def _is_flag(sql: str, name: str, text: str, context: Context) -> Statement:
    return Statement(f"({sql}) = ${name}", {name: parse_flag(text)})


def _is_state(sql: str, name: str, text: str, context: Context) -> Statement:
    if not set(read_list(text)) <= set(STATES):
        raise ValueError(f"one of {', '.join(STATES)}, or several by commas")
    return _is_in(sql, name, text, context)


NULL_LOOKUPS = {"isnull": Lookup(_is_null, "true: there is none; false: there is one")}
TEXT_LOOKUPS = {
    **{name: Lookup(_text(template), meaning) for name, (template, meaning) in TEXT_TESTS.items()},
    "in": Lookup(_is_in, "is one of the values, by commas"),
    **NULL_LOOKUPS,
}
NAME_LOOKUPS = {
    **{name: lookup for name, lookup in TEXT_LOOKUPS.items() if name != "isnull"},
    "exact": TEXT_LOOKUPS["iexact"],
    "in": Lookup(_is_name_in, "is one of the values, by commas, whatever the case"),
}
NUMBER_LOOKUPS = {
    **{name: Lookup(_number(operator), f"{operator} the value") for name, operator in NUMBER_TESTS.items()},
    **NULL_LOOKUPS,
}
FLAG_LOOKUPS = {"exact": Lookup(_is_flag, "true or false")}
STATE_LOOKUPS = {"exact": Lookup(_is_state, f"{', '.join(STATES)}; several by commas")}
