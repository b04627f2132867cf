"""One page of a list, however deep, for about the price of the first.

A list is read narrow and then wide: by the columns alone that it is filtered and ordered by, which counts its records
and says of which times those of the page are; then all columns of the records of these times. Text of a million
records is never read where ten are shown.

In the order of time, one pass over the records counts them and finds the times of those at the nearer end, or behind
a cursor. For a page in the middle they are counted an hour each, which gives the hours that it lies in, so that only
those are put in order. In any other order all of them are, from the nearer end.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from collector.query.prepared import Run
from collector.query.records.context import Context
from collector.query.records.events import COLUMNS
from collector.query.records.parameters import Order, Question
from collector.query.records.public_id import Place, parse_session_id, write_session_id
from collector.query.records.sessions import PERSONS
from collector.query.statement import Statement

HOUR_BITS = 22  # 2**22 ms are 70 minutes; a shift is faster than a division

AT_AN_END = 200  # records at the first or the last end of a list that one pass finds; two of the largest pages

_END = "select count(*), {end}({at}, $most) from {relation} where {conditions}"

# The records of the cursor's own ms, some of which may follow, are not among the times.
_BEHIND = """
select count(*), {end}({at}, $most) filter (where {at} {behind} $cursor_ms)
from {relation}
where {conditions}"""

# ``until``: records up to the end of the hour, in the order of the list.
_HOURS = """
with hours as (
    select {at} >> {bits} as hour, count(*) as records
    from {relation}
    where {conditions}
    group by hour
),
placed as (
    select hour, records, sum(records) over (order by hour {direction}) as until from hours
)
select min(hour), max(hour), min(until - records)::bigint
from placed
where until > $offset and until - records < $offset + $limit"""

# ``ties``: how many records of the same ms come before.
_TIMES = """
with numbered as (
    select {at} as at_ms, row_number() over in_order as number, rank() over in_order as first_of_its_ms
    from {relation}
    where {conditions} and {at} between $from_ms and $to_ms
    window in_order as (order by {at} {direction})
)
select at_ms, number - first_of_its_ms as ties
from numbered
where number > $offset and number <= $offset + $limit
order by number"""

# Of all ways to ask for a few times only a join lets the database pass over the blocks without any of them.
_RECORDS = """
select {columns}, key, copy
from (
    select *, row_number() over (partition by {at}, key) as copy
    from (
        select *, {key} as key
        from {relation}
        where {conditions} and {at} in (select unnest($times::bigint[]))
    ) as {alias}
) as {alias}
where {after}
order by {at} {direction}, key {direction}, copy {direction}
limit $limit offset $ties"""

_AFTER = {
    True: "({at}, key, copy) < ($cursor_ms, $cursor_key, $cursor_copy)",
    False: "({at}, key, copy) > ($cursor_ms, $cursor_key, $cursor_copy)",
}

_COUNT = "select count(*) from {relation} where {conditions}"

_SORTED = """
with page as (
    select place, row_number() over () as number
    from (
        select {alias}.{place} as place
        from {relation} {persons}
        where {conditions}
        order by {order}
        limit $limit offset $offset
    )
)
select {columns}, {key} as key, 1 as copy
from {relation} join page on {alias}.{place} = page.place
order by number {direction}"""

_PLACE_OF = {"event": "place", "visit": "visit"}  # what finds a row again

EVER_MS = 2**53


class Page(NamedTuple):
    """``rows`` have the columns of an event, or ``visit``, and ``key``; ``total`` is of all pages.

    ``next``: behind which record more follow.
    """

    total: int
    rows: list[dict[str, Any]]
    next: Place | None


def read_page(question: Question, context: Context, run: Run) -> Page:
    """The records of a page, in order, and how many there are on all pages."""
    if not question.is_by_time:
        return _read_sorted(question, context, run)
    if question.has_cursor:
        return _read_behind(question, context, run)
    return _read_at_offset(question, context, run)


def _read_at_offset(question: Question, context: Context, run: Run) -> Page:
    is_at_start = question.offset + question.limit <= AT_AN_END
    end = "max" if question.is_descending == is_at_start else "min"
    most = question.offset + question.limit if is_at_start else AT_AN_END
    total, times = _one(_END, question, context, run, {"most": most}, end=end)
    # Counted from the end that was looked at: how many records lie before the page, and how many are on it.
    wanted = min(max(total - question.offset, 0), question.limit)
    before = question.offset if is_at_start else max(total - question.offset - question.limit, 0)
    if not wanted:
        return Page(total, [], None)
    if before + wanted > AT_AN_END:
        return _read_in_the_middle(question, total, context, run)
    edges = sorted(times, reverse=end == "max")
    page = edges[before : before + wanted]
    found = {"times": page, "limit": wanted, "ties": edges[:before].count(page[0])}
    direction = "desc" if end == "max" else "asc"
    rows = _all(_RECORDS, question, context, run, found, after="true", direction=direction)
    return Page(total, rows if is_at_start else rows[::-1], None)


def _read_in_the_middle(question: Question, total: int, context: Context, run: Run) -> Page:
    pages = {"limit": question.limit, "offset": question.offset}
    first_hour, last_hour, before = _one(_HOURS, question, context, run, pages)
    hours = {"from_ms": first_hour << HOUR_BITS, "to_ms": ((last_hour + 1) << HOUR_BITS) - 1}
    in_hours = pages | {"offset": question.offset - before}
    times, ties = zip(*run(*_statement(_TIMES, question, context, hours | in_hours)), strict=True)
    found = {"times": times, "limit": question.limit, "ties": ties[0]}
    return Page(total, _all(_RECORDS, question, context, run, found, after="true"), None)


def _read_behind(question: Question, context: Context, run: Run) -> Page:
    """From the cursor on; one record more is read, to know whether there are any."""
    cursor, is_descending = question.cursor, question.is_descending
    behind = {"end": "max" if is_descending else "min", "behind": "<" if is_descending else ">"}
    if cursor is None:
        after, its_own, place = "true", [], {}
        cursor_ms = EVER_MS if is_descending else -EVER_MS
    else:
        after, its_own = _AFTER[is_descending].format(at=question.resource.at), [cursor.at_ms]
        key = cursor.key if question.resource.alias == "event" else parse_session_id(cursor.key)
        place = {"cursor_ms": cursor.at_ms, "cursor_key": key, "cursor_copy": cursor.copy}
        cursor_ms = cursor.at_ms
    most = {"most": question.limit + 1, "cursor_ms": cursor_ms}
    total, times = _one(_BEHIND, question, context, run, most, **behind)
    found = {"times": [*its_own, *(times or ())], "limit": question.limit + 1, "ties": 0}
    rows = _all(_RECORDS, question, context, run, {**found, **place}, after=after)
    last = rows[question.limit - 1] if len(rows) > question.limit else None
    return Page(total, rows[: question.limit], _place_of(question, last) if last else None)


def _read_sorted(question: Question, context: Context, run: Run) -> Page:
    count = _one(_COUNT, question, context, run, {})[0]
    offset, limit = question.offset, min(question.limit, max(count - question.offset, 0))
    is_reversed = offset > count // 2
    offset = count - offset - limit if is_reversed else offset
    rows = _all(
        _SORTED,
        question,
        context,
        run,
        {"limit": limit, "offset": max(offset, 0)},
        order=_order_sql(question, context, is_reversed),
        direction="desc" if is_reversed else "asc",
        persons=context.fill(PERSONS) if any(each.field.is_of_rows for each in question.order) else "",
    )
    return Page(count, rows, None)


def _order_sql(question: Question, context: Context, is_reversed: bool) -> str:
    """The asked order, then the newest; then what tells records apart, for pages must not overlap."""
    newest = Order(question.resource.fields[question.resource.time_field], True)
    keys = [(each.field.order_sql or each.field.sql, each.is_descending) for each in (*question.order, newest)]
    ties = ("visit", "visitor") if question.resource.alias == "visit" else ("visitor", "seq", "name", "path", "element")
    keys += [(f"{question.resource.alias}.{column}", False) for column in ties]
    return ", ".join(
        f"{context.fill(sql)} {'desc' if is_descending != is_reversed else 'asc'} "
        f"nulls {'first' if is_reversed else 'last'}"
        for sql, is_descending in keys
    )


def _place_of(question: Question, row: Mapping[str, Any]) -> Place:
    if question.resource.alias == "event":
        return Place(row["at_ms"], row["key"], row["copy"])
    return Place(row["start_ms"], write_session_id(row["visit"]), row["copy"])


def _columns(question: Question) -> tuple[str, ...]:
    return COLUMNS if question.resource.alias == "event" else ("visit", "start_ms")


def _statement(
    template: str, question: Question, context: Context, values: Mapping[str, object], **more: str
) -> Statement:
    resource = question.resource
    relation = context.rows if resource.alias == "event" else context.visits
    direction = more.pop("direction", "desc" if question.is_descending else "asc")
    sql = template.format(
        at=resource.at,
        key=resource.key,
        alias=resource.alias,
        place=_PLACE_OF[resource.alias],
        bits=HOUR_BITS,
        relation=f"{relation} as {resource.alias}",
        conditions=" and ".join(each.sql for each in question.conditions),
        columns=", ".join(f"{resource.alias}.{name}" for name in _columns(question)),
        direction=direction,
        **more,
    )
    bound = {key: value for each in question.conditions for key, value in each.values.items()}
    return Statement(sql, {**bound, **values, **context.values_of(sql)})


def _one(
    template: str, question: Question, context: Context, run: Run, values: Mapping[str, object], **more: str
) -> Any:
    return run(*_statement(template, question, context, values, **more))[0]


def _all(
    template: str, question: Question, context: Context, run: Run, values: Mapping[str, object], **more: str
) -> list[dict[str, Any]]:
    names = (*_columns(question), "key", "copy")
    return [dict(zip(names, row, strict=True)) for row in run(*_statement(template, question, context, values, **more))]
