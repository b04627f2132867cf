"""From a question to SQL: the events that match, the metrics of each grain over them, one row a group.

It reads two relations of the site's schema: ``rows``, the events with their visit, and ``visits``, one row a
visit. Both must be of the same moment. See periods.py for what a range counts.
"""

from collections.abc import Mapping
from textwrap import indent
from typing import NamedTuple

from collector.query.buckets import Bucket, bucket_sql, list_numbers
from collector.query.dimensions import Dimension
from collector.query.filters import Comparison, filter_sql, list_filters
from collector.query.language import Query
from collector.query.metrics import GRAINS, Grain
from collector.query.statement import Statement

MATCHING = """
select {keys}event.visit, event.visitor, event.name,
    event.pageview_id, event.visible_ms, event.scroll_percent
from "{site_id}".rows as event{join}
where {conditions}"""

IN_RANGE = "event.at_ms >= $start_ms and event.at_ms < $end_ms"
NO_BOTS = "event.is_bot is not true"
NO_BOTS_BUT_PEOPLE = f"({NO_BOTS} or event.bot in (select unnest($people::varchar[])))"

# A matching visit has an event in the range, so it touches the range: older visits are never read.
VISITS = '(select * from "{site_id}".visits where start_ms < $end_ms and end_ms >= $start_ms)'


class Plan(NamedTuple):
    """``rows`` gives a row a group: dimensions, then metrics. ``total`` gives the number of all groups."""

    rows: Statement
    total: Statement | None


def build_sql(query: Query) -> Plan:
    """The statements that answer a question; ``total`` is None unless the question asks for it."""
    matching = _matching_sql(query)
    return Plan(_rows_sql(query, matching), _total_sql(query, matching) if _has_total(query) else None)


def is_zero_filled(query: Query) -> bool:
    """Whether every bucket of the range is a row: time is the one dimension."""
    return len(query.dimensions) == 1 and query.bucket is not None


def count_rows(query: Query) -> int | None:
    """The number of all groups, where it is known without asking the data."""
    if query.bucket is not None and is_zero_filled(query):
        return len(list_numbers(query.bucket, query.range))
    return None if query.dimensions else 1


def _has_total(query: Query) -> bool:
    return "total_rows" in query.include and count_rows(query) is None


def _matching_sql(query: Query) -> Statement:
    """The matching events, one row each, with their dimensions as dimension_0, dimension_1, …"""
    labels = [_label_sql(dimension, query) for dimension in query.dimensions]
    filters = [filter_sql(each, f"filter_{i}") for i, each in enumerate(query.filters)]
    conditions = [IN_RANGE, *_bot_conditions(query), *(each.sql for each in filters)]
    sql = MATCHING.format(
        site_id=query.site_id,
        keys="".join(f"{label.sql} as dimension_{i},\n    " for i, label in enumerate(labels)),
        join=f"\njoin {_visits(query)} as visit using (visit)" if _reads_visits(query) else "",
        conditions="\n    and ".join(conditions),
    )
    values: dict[str, object] = {"start_ms": query.range.start_ms, "end_ms": query.range.end_ms}
    if _counts_some_bots(query):
        values["people"] = list(query.people)
    for part in (*labels, *filters):
        values |= part.values
    return Statement(sql, values)


def _counts_some_bots(query: Query) -> bool:
    return bool(query.people) and "bots" not in query.include


def _bot_conditions(query: Query) -> list[str]:
    if "bots" in query.include:
        return []
    return [NO_BOTS_BUT_PEOPLE if query.people else NO_BOTS]


def _rows_sql(query: Query, matching: Statement) -> Statement:
    keys = _keys(query)
    parts = {"matching": matching.sql}
    if is_zero_filled(query):
        parts["buckets"] = "\nselect unnest($buckets::bigint[]) as dimension_0"
    parts |= {f"by_{grain}": _grain_sql(query, grain) for grain in _grains(query)}
    _, first, *others = parts
    joins = [f"left join {name} using ({', '.join(keys)})" if keys else f"cross join {name}" for name in others]
    metrics = [
        metric.name if metric.empty is None else f"coalesce({metric.name}, {metric.empty}) as {metric.name}"
        for metric in query.metrics
    ]
    sql = "\n".join(
        (
            _with(parts),
            f"select {', '.join((*keys, *metrics))}",
            "\n".join((f"from {first}", *joins)),
            f"order by {_order_sql(query)}",
            "limit $limit offset $offset",
        )
    )
    pages = {"limit": query.limit, "offset": query.offset}
    return Statement(sql, {**matching.values, **_bucket_values(query), **pages})


def _total_sql(query: Query, matching: Statement) -> Statement:
    groups = f"select distinct {', '.join(_keys(query))} from matching"
    return Statement(f"{_with({'matching': matching.sql})}\nselect count(*) from ({groups})", matching.values)


def _grains(query: Query) -> list[Grain]:
    """The grains to compute; that of events gives the groups, unless every bucket is one or there are none."""
    used = {metric.grain for metric in query.metrics}
    if query.dimensions and not is_zero_filled(query):
        used.add("event")
    return [grain for grain in GRAINS if grain in used]


def _grain_sql(query: Query, grain: Grain) -> str:
    keys = _keys(query)
    metrics = [f"{metric.sql} as {metric.name}" for metric in query.metrics if metric.grain == grain]
    return GRAINS[grain].format(
        columns=",\n    ".join((*keys, *metrics)),
        keys="".join(f"{key}, " for key in keys),
        visits=_visits(query),
        group_by=f"group by {', '.join(keys)}" if keys else "",
    )


def _label_sql(dimension: Dimension | Bucket, query: Query) -> Statement:
    if isinstance(dimension, Bucket):
        return bucket_sql(dimension, query.range)
    return Statement(dimension.sql, {})


def _bucket_values(query: Query) -> Mapping[str, object]:
    if query.bucket is None or not is_zero_filled(query):
        return {}
    return {"buckets": list_numbers(query.bucket, query.range)}


def _order_sql(query: Query) -> str:
    """The asked order, then the dimensions, so that pages never overlap; what is unknown comes last."""
    columns = {dimension.name: key for dimension, key in zip(query.dimensions, _keys(query), strict=True)}
    asked = {columns.get(name, name): direction for name, direction in query.order_by}
    order = asked | {key: "asc" for key in columns.values() if key not in asked}
    return ", ".join(f"{column} {direction} nulls last" for column, direction in order.items())


def _keys(query: Query) -> list[str]:
    return [f"dimension_{i}" for i, _ in enumerate(query.dimensions)]


def _visits(query: Query) -> str:
    return VISITS.format(site_id=query.site_id)


def _reads_visits(query: Query) -> bool:
    compared = [each.dimension for each in list_filters(query.filters) if isinstance(each, Comparison)]
    dimensions = [each for each in query.dimensions if isinstance(each, Dimension)]
    return any(dimension.relation == "visit" for dimension in (*dimensions, *compared))


def _with(parts: Mapping[str, str]) -> str:
    return "with " + ",\n".join(f"{name} as ({indent(sql, '    ')}\n)" for name, sql in parts.items())
