"""Lookups of ids. A session answers to its own id, and to the visitor id by which its sender calls it."""

import re

from collector.query.records.context import Context
from collector.query.records.lookup import Build, Lookup, read_list
from collector.query.records.public_id import SESSION_HEX, parse_id, parse_session_id
from collector.query.records.text_lookups import TEXT_TESTS
from collector.query.statement import Statement


def _session(template: str, is_whole: bool) -> Build:
    """``sql`` is the alias of rows: the visitor's id is looked at and, where there is none, the visit's."""

    def build(sql: str, name: str, text: str, context: Context) -> Statement:
        condition = template.format(sql=f"{sql}.visitor_id", value=f"${name}")
        visit = parse_session_id(text.lower())
        if is_whole and visit is not None:
            return Statement(f"({condition} or {sql}.visit = ${name}_visit)", {name: text, f"{name}_visit": visit})
        if not is_whole and re.fullmatch("[0-9a-f]{1,16}", text.lower()):
            own = template.format(sql=SESSION_HEX.format(visit=f"{sql}.visit"), value=f"${name}")
            return Statement(f"({condition} or {sql}.visitor_id is null and {own})", {name: text})
        return Statement(condition, {name: text})

    return build


def _is_session_in(sql: str, name: str, text: str, context: Context) -> Statement:
    ids = read_list(text)
    visits = [visit for each in ids if (visit := parse_session_id(each)) is not None]
    condition = (
        f"({sql}.visitor_id in (select unnest(${name}::varchar[])) "
        f"or {sql}.visit in (select unnest(${name}_visits::bigint[])))"
    )
    return Statement(condition, {name: ids, f"{name}_visits": visits})


def _is_id(sql: str, name: str, text: str, context: Context) -> Statement:
    place = parse_id(text)
    if place is None:
        raise ValueError("no id, such as 1763800001200-9f86d081884c7d65")
    values = {f"{name}_at": place.at_ms, f"{name}_key": place.key}
    return Statement(f"(event.at_ms = ${name}_at and {sql} = ${name}_key)", values)


def _is_visit(sql: str, name: str, text: str, context: Context) -> Statement:
    visit = parse_session_id(text)
    if visit is None:
        raise ValueError("no id of a session: that is 16 hexadecimal digits")
    return Statement(f"{sql} = ${name}", {name: visit})


SESSION_LOOKUPS = {
    **{
        name: Lookup(_session(template, name in ("exact", "iexact")), meaning)
        for name, (template, meaning) in TEXT_TESTS.items()
    },
    "in": Lookup(_is_session_in, "is one of the values, by commas"),
}
ID_LOOKUPS = {"exact": Lookup(_is_id, "is the value")}
VISIT_LOOKUPS = {"exact": Lookup(_is_visit, "is the value")}
