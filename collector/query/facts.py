"""What metrics are computed from: facts of an event, some of which are also known of a whole visit or page of it.

Where all that a question asks is known of these (whole.py), they are counted as they stand, and only the events of
visits at an edge are read: an overview of 1 M events reads 140,000 visits.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from collector.query.buckets import Bucket, bucket_sql
from collector.query.conditions import all_sql, label_sql, reads_visits
from collector.query.filters import Goals, Label, expand_label
from collector.query.selection import Selection, events_sql
from collector.query.statement import Statement
from collector.query.whole import IS_ONLY_ONE, Dimensions, Whole, choose_table, conditions_of, edges_of, from_sql


class Fact(NamedTuple):
    """``of_event`` and ``of_whole`` (whole.py) are SQL; the latter is None where only events know it.

    ``of_edge`` is SQL that makes of those of a visit's events at an edge that of a row which is like a whole one.
    """

    of_event: str
    of_whole: str | None = None
    of_edge: str = "any_value({fact})"
    has_visit: bool = False


_SUM = "sum({fact})::integer"


def _measured_sql(name: str) -> str:
    """What an event's property measured; null where that is no number from 0 on."""
    value = f"try_cast(json_extract_string(event.props, '/{name}') as double)"
    return f"case when isfinite({value}) and {value} >= 0 then {value} end"


FACTS: dict[str, Fact] = {
    "visitor": Fact("event.visitor", "{row}.visitor"),
    "visit": Fact("event.visit", "{row}.visit"),
    # Who or what has one row only needs no comparing with others; the rest is counted distinct. See count_of.
    "visitor_again": Fact("event.visitor", f"case when not {IS_ONLY_ONE} then {{row}}.visitor end"),
    "visitor_once": Fact("0", f"{IS_ONLY_ONE}::integer"),
    "visit_again": Fact("event.visit", "null::bigint", "null::bigint"),
    "visit_once": Fact("0", "1", "1"),
    "pageviews": Fact("(event.name = 'pageview')::integer", "{row}.pageviews", _SUM),
    "events": Fact("(event.name <> 'engagement')::integer", "{row}.events", _SUM),
    "clicks": Fact("(event.name = 'click')::integer"),
    "pageview_id": Fact("event.pageview_id"),
    "visible_ms": Fact("event.visible_ms"),
    "active_ms": Fact("event.active_ms"),
    "scroll_percent": Fact("event.scroll_percent"),
    "vital": Fact("json_extract_string(event.props, '/metric')"),
    "vital_value": Fact(_measured_sql("value")),
    "response_ms": Fact(_measured_sql("response_ms")),
    "revenue_amount": Fact("event.revenue_amount"),
    "revenue_currency": Fact("event.revenue_currency"),
    "exit": Fact(
        "case when event.name = 'pageview' and event.path = visit.exit_path then event.visit end", has_visit=True
    ),
    "is_bounce": Fact("visit.is_bounce", "visit.is_bounce", has_visit=True),
    "duration_ms": Fact("visit.end_ms - visit.start_ms", "visit.end_ms - visit.start_ms", has_visit=True),
}

ADDED_UP = ("pageviews", "events", "clicks", "visitor_once", "visit_once")

VISITORS = ("visitor_again", "visitor_once")
VISITS = ("visit_again", "visit_once")


def count_of(who: tuple[str, str]) -> str:
    """SQL of the number of different ones, ``VISITORS`` or ``VISITS``."""
    again, once = who
    return f"(count(distinct {again}) filter ({again} is not null) + coalesce(sum({once}), 0))"


WITH_EDGES = """
{whole}
union all
select {columns}
from (
{edges}
)
group by {keys}edge"""

VISITED = """
select {keys}visit.is_bounce, visit.end_ms - visit.start_ms as duration_ms
from (select distinct {keys}visit from ({source}))
join {visits} as visit using (visit)"""


def facts_sql(
    selection: Selection,
    dimensions: Dimensions,
    facts: Sequence[str],
    *,
    name: str = "filter",
    only: Sequence[str] = (),
) -> Statement:
    """The matching events with their dimensions as dimension_0, … and these facts.

    In their place, if ``find_whole`` finds any, rows that stand for all of a visit's events in a group.
    """
    keys = [_key_sql(dimension, f"label_{i}", selection) for i, dimension in enumerate(dimensions)]
    whole = None if only else find_whole(selection, dimensions, facts)
    has_visit = (
        whole is not None
        or any(FACTS[fact].has_visit for fact in facts)
        or any(
            label.relation == "visit"
            for dimension in dimensions
            if not isinstance(dimension, Bucket)
            for label in expand_label(dimension)
        )
    )
    columns = [
        *(f"{key.sql} as dimension_{i}" for i, key in enumerate(keys)),
        *(f"{FACTS[fact].of_event} as {fact}" for fact in facts),
    ]
    values = {key: value for each in keys for key, value in each.values.items()}
    if whole is None:
        events = events_sql(selection, columns, name=name, only=only, has_visit=has_visit)
        return Statement(events.sql, {**events.values, **values})
    edges = [
        events_sql(selection, [*columns, "event.visit as edge"], name=name, only=edge.only, visits=edge.visits)
        for edge in edges_of(selection, dimensions)
    ]
    names = [f"dimension_{i}" for i, _ in enumerate(keys)]
    sql = WITH_EDGES.format(
        whole=_whole_sql(selection, dimensions, facts, name, whole),
        columns=", ".join((*names, *(f"{FACTS[fact].of_edge.format(fact=fact)} as {fact}" for fact in facts))) or "1",
        edges="\nunion all\n".join(edge.sql for edge in edges),
        keys="".join(f"{key}, " for key in names),
    )
    return Statement(sql, {**edges[0].values, **values})


def visits_sql(selection: Selection, dimensions: Dimensions) -> Statement:
    """The visits with a matching event, once in each group that has one, with what is known of whole visits."""
    keys = "".join(f"dimension_{i}, " for i, _ in enumerate(dimensions))
    sql, values = facts_sql(selection, dimensions, ("visit",))
    return Statement(VISITED.format(keys=keys, source=sql, visits=selection.visits), values)


def find_only_distinct(facts: Iterable[str]) -> str | None:
    """The one fact that is counted distinct, where all others are added up; None where it is not so."""
    distinct = [fact for fact in facts if fact not in ADDED_UP]
    return distinct[0] if distinct in (["visitor_again"], ["visit_again"]) else None


def add_up(source: str, keys: Sequence[str], who: str, facts: Sequence[str]) -> str:
    """The same facts, once for each ``who`` in each group: these are counted sooner than distinct ones."""
    columns = [*keys, who, *(f"sum({fact}) as {fact}" for fact in facts if fact != who)]
    return f"select {', '.join(columns)}\nfrom ({source})\ngroup by {', '.join((*keys, who))}"


def find_whole(selection: Selection, dimensions: Dimensions, facts: Sequence[str]) -> Whole | None:
    """The rows that know all that is asked for, if any do: these facts by these dimensions."""
    is_known = all(FACTS[fact].of_whole is not None for fact in facts)
    return choose_table(selection, dimensions) if is_known else None


def _whole_sql(selection: Selection, dimensions: Dimensions, facts: Sequence[str], name: str, whole: Whole) -> str:
    """The rows that are counted as they stand."""
    filters = all_sql(selection.filters, name, selection.scope(row=whole.row))
    columns = []
    has_visit = reads_visits((), selection.filters) or any(FACTS[fact].has_visit for fact in facts)
    for i, dimension in enumerate(dimensions):
        if isinstance(dimension, Bucket):
            sql = bucket_sql(dimension, selection.range, f"{whole.row}.start_ms").sql
        else:
            sql = label_sql(dimension, f"label_{i}", selection.scope()).sql
            has_visit = has_visit or dimension.relation == "visit"
        columns.append(f"{sql} as dimension_{i}")
    columns += [f"{(FACTS[fact].of_whole or '').format(row=whole.row)} as {fact}" for fact in facts]
    conditions = (*conditions_of(selection, dimensions, whole.row), filters.sql)
    return (
        f"select {', '.join(columns) or '1'}\nfrom {from_sql(selection, whole, has_visit=has_visit)}\nwhere "
        + "\n    and ".join(conditions)
    )


def _key_sql(dimension: Label | Bucket, name: str, selection: Selection) -> Statement:
    if isinstance(dimension, Bucket):
        return bucket_sql(dimension, selection.range)
    label = label_sql(dimension, name, selection.scope())
    return Statement(f"unnest({label.sql})", label.values) if isinstance(dimension, Goals) else label
