"""Filters of an interaction's metadata: ``metadata__x_coord=100``, ``metadata__x_coord__gt=50``, and
``metadata=x_coord=100,y_coord=200``.

Coordinates are columns of their own where they are whole and not negative; everything else is a property.
"""

import json

import msgspec

from collector.query.records.lookup import parse_flag
from collector.query.records.text_lookups import NUMBER_TESTS, TEXT_TESTS, parse_number
from collector.query.statement import Statement

COLUMN_OF_KEY = {"x_coord": "event.x", "y_coord": "event.y", "x": "event.x", "y": "event.y"}
MOST_KEYS = 10

METADATA_LOOKUPS = (*NUMBER_TESTS, *(name for name in TEXT_TESTS if name != "exact"), "isnull")
"""What may follow ``metadata__<key>``; ``exact`` compares numbers as numbers, anything else as text."""


def split_key(path: str) -> tuple[str, str]:
    """The key and the lookup of what stands behind ``metadata__``; ``__`` inside a key is a level of nesting."""
    key, cut, lookup = path.rpartition("__")
    if cut and lookup in METADATA_LOOKUPS:
        return key.replace("__", "."), lookup
    return path.replace("__", "."), "exact"


def has_pairs(name: str, text: str) -> Statement:
    """``metadata=x_coord=100,y_coord=200`` or ``metadata={"x_coord": 100}``: all of the pairs. Raises ValueError."""
    pairs = _read_json(text) if text.startswith("{") else [_read_pair(part) for part in text.split(",")]
    if len(pairs) > MOST_KEYS:
        raise ValueError(f"at most {MOST_KEYS} keys")
    parts = [has_key(key, "exact", f"{name}_{i}", value) for i, (key, value) in enumerate(pairs)]
    values = {key: value for part in parts for key, value in part.values.items()}
    return Statement(" and ".join(part.sql for part in parts) or "true", values)


def _read_pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise ValueError("key=value is needed, such as x_coord=100")
    return key.replace("__", "."), value


def _read_json(text: str) -> list[tuple[str, str]]:
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("no JSON object") from None
    return [(key, value if isinstance(value, str) else json.dumps(value)) for key, value in pairs.items()]


def has_key(key: str, lookup: str, name: str, text: str) -> Statement:
    """The condition of one key. Raises ValueError on a value that cannot be meant."""
    # The key is looked for as text before any JSON is read: reading takes 0.4 s a million rows.
    values: dict[str, object] = {
        f"{name}_path": "/" + key.replace("~", "~0").replace("/", "~1"),
        f"{name}_key": msgspec.json.encode(key).decode(),
    }
    property_ = f"json_extract_string(event.props, ${name}_path)"
    contains_key = f"contains(event.props, ${name}_key)"
    column = COLUMN_OF_KEY.get(key)
    if lookup == "isnull":
        there = f"({contains_key} and {property_} is not null{f' or {column} is not null' if column else ''})"
        return Statement(f"coalesce({there}, false) = ${name}", {**values, name: not parse_flag(text)})
    number = _number_or_none(text)
    if lookup in NUMBER_TESTS and (number is not None or lookup != "exact"):
        values[name] = parse_number(text)
        operator = NUMBER_TESTS[lookup]
        test = f"{contains_key} and try_cast({property_} as double) {operator} ${name}"
        return Statement(f"({column} {operator} ${name} or {test})" if column else f"({test})", values)
    values[name] = text
    template = TEXT_TESTS[lookup][0]
    test = f"{contains_key} and {template.format(sql=property_, value=f'${name}')}"
    if column:
        test = f"{template.format(sql=f'{column}::varchar', value=f'${name}')} or {test}"
    return Statement(f"({test})", values)


def _number_or_none(text: str) -> float | None:
    try:
        return parse_number(text)
    except ValueError:
        return None
