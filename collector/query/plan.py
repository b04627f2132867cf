"""From a question to SQL: the events that match, the metrics of each grain over them, one row a group.

It reads two relations of the site's schema: ``rows``, the events with their visit, and ``visits``, one row a
visit. Both must be of the same moment. See periods.py for what a range counts.
"""

from textwrap import indent
from typing import NamedTuple

from collector.query.buckets import list_numbers
from collector.query.cursor import after_sql
from collector.query.facts import add_up, facts_sql, find_only_distinct, find_whole, visits_sql
from collector.query.filters import Behaviour, walk_filters
from collector.query.metrics import GRAINS, GrainName, Metric
from collector.query.query import Query
from collector.query.shares import share_sql, shares_of
from collector.query.statement import Statement
from collector.query.wanted import wanted_sql

PART_OF_WHOLE = 0.25
"""Of the events of a range, what visits and their pages cost in their place: of shops a ninth and a third as many."""


class Plan(NamedTuple):
    """``rows`` gives a row a group: dimensions, then metrics. ``total`` gives the number of all groups."""

    rows: Statement
    total: Statement | None


def build_sql(query: Query) -> Plan:
    """The statements that answer a question; ``total`` is None unless the question asks for it."""
    return Plan(_rows_sql(query), _total_sql(query) if _has_total(query) else None)


def is_zero_filled(query: Query) -> bool:
    """Whether every bucket of the range is a row: time is the one dimension."""
    return len(query.dimensions) == 1 and query.bucket is not None


def count_rows(query: Query) -> int | None:
    """The number of all groups, where it is known without asking the data."""
    if query.bucket is not None and is_zero_filled(query):
        return len(list_numbers(query.bucket, query.range))
    return None if query.dimensions else 1


def count_passes(query: Query) -> float:
    """How often answering reads the events of the range, or of one as long, for what a question costs."""
    statements = 1 + ("totals" in query.include) + _has_total(query) + (query.comparison is not None)
    done = sum(isinstance(each, Behaviour) for each in walk_filters(query.filters))
    shares = {metric.share_of for metric in query.metrics} - {None}
    read = sum(_part_read(query, grain) for grain in _grains(query))
    return statements * (read + len(shares)) * (1 + done)


def _part_read(query: Query, name: GrainName) -> float:
    if GRAINS[name].only:
        return 1
    facts = {fact for metric in query.metrics if _grain_of(query, metric) == name for fact in metric.reads}
    return 1 if find_whole(query.selection, query.dimensions, tuple(facts)) is None else PART_OF_WHOLE


def _has_total(query: Query) -> bool:
    return "total_rows" in query.include and count_rows(query) is None


def _rows_sql(query: Query) -> Statement:
    keys = query.keys
    parts: dict[str, str] = {}
    values: dict[str, object] = {"limit": query.limit, "offset": query.offset}
    if query.bucket is not None and is_zero_filled(query):
        parts["buckets"] = "select unnest($buckets::bigint[]) as dimension_0"
        values["buckets"] = list_numbers(query.bucket, query.range)
    for grain in _grains(query):
        parts[f"by_{grain}"], more = _grain_sql(query, grain)
        values |= more
    first, *others = parts
    joins = [f"left join {name} using ({', '.join(keys)})" if keys else f"cross join {name}" for name in others]
    for share in shares_of(query):
        parts[share.name] = share.statement.sql
        joins.append(share.join)
        values |= share.statement.values
    conditions = []
    for condition in (wanted_sql(query), after_sql(query)):
        if condition is not None:
            conditions.append(condition.sql)
            values |= condition.values
    sql = "\n".join(
        (
            "with " + ",\n".join(f"{name} as (\n{indent(part.strip(), '    ')}\n)" for name, part in parts.items()),
            f"select * from (select {', '.join((*keys, *(_final_sql(metric) for metric in query.metrics)))}",
            "\n".join((f"from {first}", *joins)) + ")",
            *((f"where {' and '.join(conditions)}",) if conditions else ()),
            f"order by {', '.join(f'{column} {direction} nulls last' for column, direction in query.full_order)}",
            "limit $limit offset $offset",
        )
    )
    return Statement(sql, values)


def _final_sql(metric: Metric) -> str:
    if metric.share_of is not None:
        return f"{share_sql(metric)} as {metric.name}"
    return metric.name if metric.empty is None else f"coalesce({metric.name}, {metric.empty}) as {metric.name}"


def _total_sql(query: Query) -> Statement:
    groups, values = facts_sql(query.selection, query.dimensions, ())
    return Statement(f"select count(*) from (select distinct * from ({groups}))", values)


def _grains(query: Query) -> list[GrainName]:
    """The grains to compute; that of events gives the groups, unless every bucket is one or there are none."""
    used = {_grain_of(query, metric) for metric in query.metrics}
    if query.dimensions and not is_zero_filled(query):
        used.add("event")
    return [grain for grain in GRAINS if grain in used]


def _grain_of(query: Query, metric: Metric) -> GrainName:
    """The grain that a metric is computed over; where a row is all of a visit, that of events is that of visits."""
    if metric.grain != "visit":
        return metric.grain
    facts = {fact for each in query.metrics if each.grain in ("event", "visit") for fact in each.reads}
    return "visit" if find_whole(query.selection, query.dimensions, tuple(facts)) is None else "event"


def _grain_sql(query: Query, name: GrainName) -> Statement:
    """The metrics of a grain, a row a group."""
    grain = GRAINS[name]
    metrics = [metric for metric in query.metrics if _grain_of(query, metric) == name]
    if name == "visit":
        source, values = visits_sql(query.selection, query.dimensions)
    else:
        facts = dict.fromkeys((*grain.reads, *(fact for metric in metrics for fact in metric.reads)))
        source, values = facts_sql(query.selection, query.dimensions, tuple(facts), only=grain.only)
        who = find_only_distinct(facts)
        if query.keys and who is not None:
            source = add_up(source, query.keys, who, tuple(facts))
            metrics = [metric._replace(sql=metric.sql.replace("count(distinct", "count(")) for metric in metrics]
    columns = (*query.keys, *(f"{metric.sql} as {metric.name}" for metric in metrics))
    rows = grain.sql.format(source=source.strip(), keys="".join(f"{key}, " for key in query.keys))
    group_by = f"\ngroup by {', '.join(query.keys)}" if query.keys else ""
    return Statement(f"select {', '.join(columns)}\nfrom ({rows}){group_by}", values)
