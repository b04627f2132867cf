"""Conditions on records: a field, a lookup and the texts of its values become SQL."""

from collections.abc import Sequence

from collector.query.records.context import Context
from collector.query.records.lookup import parse_flag
from collector.query.records.lookups import LOOKUPS
from collector.query.records.resource import Field, Resource
from collector.query.statement import Statement

_OF_ROWS = "visit.visit {word} (select event.visit from {rows} as event where {condition})"


def condition_of(field: Field, lookup: str, texts: Sequence[str], name: str, context: Context) -> Statement:
    """True of a record that fits any of the texts. Raises ValueError on one that cannot be meant."""
    if field.is_of_rows and lookup == "isnull":
        return any_of([_has_none(field, text, context) for text in texts])
    build = LOOKUPS[field.kind][lookup].build
    sql = context.fill(field.sql)
    parts = [build(sql, f"{name}_{i}", text, context) for i, text in enumerate(texts)]
    found = any_of([Statement(part.sql, {**part.values, **context.values_of(part.sql)}) for part in parts])
    if not field.is_of_rows:
        return found
    return Statement(_OF_ROWS.format(word="in", rows=context.rows, condition=found.sql), found.values)


def search_condition(resource: Resource, term: str, name: str, context: Context) -> Statement:
    """True of a record that has the term in one of the fields that are searched, whatever the case."""
    fields = [resource.fields[field] for field in resource.search]
    return any_of([condition_of(field, "icontains", [term], f"{name}_{i}", context) for i, field in enumerate(fields)])


def any_of(parts: Sequence[Statement]) -> Statement:
    values = {key: value for part in parts for key, value in part.values.items()}
    return Statement(f"({' or '.join(part.sql for part in parts)})", values)


def _has_none(field: Field, text: str, context: Context) -> Statement:
    word = "not in" if parse_flag(text) else "in"
    condition = f"{field.sql} is not null"
    return Statement(_OF_ROWS.format(word=word, rows=context.rows, condition=condition), {})
