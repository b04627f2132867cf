"""Lookups of times. A value names a stretch (moments.py), so ``__lte`` a day includes that day."""

from collector.query.records.context import Context
from collector.query.records.lookup import Build, Lookup
from collector.query.records.moments import parse_moment
from collector.query.records.text_lookups import NULL_LOOKUPS
from collector.query.statement import Statement

TIME_TESTS: dict[str, tuple[str, str]] = {
    "exact": ("{sql} >= {first} and {sql} < {end}", "within the day, minute, second or ms that the value names"),
    "gt": ("{sql} >= {end}", "after it"),
    "gte": ("{sql} >= {first}", "in it or after it"),
    "after": ("{sql} >= {first}", "in it or after it"),
    "lt": ("{sql} < {first}", "before it"),
    "lte": ("{sql} < {end}", "before it or in it"),
    "before": ("{sql} < {end}", "before it or in it"),
}


def _time(template: str) -> Build:
    def build(sql: str, name: str, text: str, context: Context) -> Statement:
        moment = parse_moment(text, context.zone)
        values = {f"{name}_first": moment.from_ms, f"{name}_end": moment.until_ms}
        condition = template.format(sql=sql, first=f"${name}_first", end=f"${name}_end")
        return Statement(condition, {key: value for key, value in values.items() if f"${key}" in condition})

    return build


def _in_range(sql: str, name: str, text: str, context: Context) -> Statement:
    first, comma, last = text.partition(",")
    if not comma:
        raise ValueError("a range is two moments with a comma between them")
    values = {
        f"{name}_first": parse_moment(first, context.zone).from_ms,
        f"{name}_end": parse_moment(last, context.zone).until_ms,
    }
    return Statement(f"{sql} >= ${name}_first and {sql} < ${name}_end", values)


def _on_date(sql: str, name: str, text: str, context: Context) -> Statement:
    if len(text) != len("2025-03-15"):
        raise ValueError("a date is needed, such as 2025-03-15")
    return _time(TIME_TESTS["exact"][0])(sql, name, text, context)


TIME_LOOKUPS = {
    **{name: Lookup(_time(template), meaning) for name, (template, meaning) in TIME_TESTS.items()},
    "range": Lookup(_in_range, "between two moments, by a comma; both are included"),
    "date": Lookup(_on_date, "on that day in the site's time zone"),
    **NULL_LOOKUPS,
}
