"""What metrics are computed from: facts of an event, some of which are also known of a whole visit.

Where all that a question asks is known of visits, the visits that lie in the range (and in one bucket of time) are
counted as they stand, and only the events of the others are read: an overview of 1 M events reads 140,000 visits.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from collector.query.buckets import Bucket, bucket_sql
from collector.query.conditions import IN_RANGE, all_sql, label_sql
from collector.query.filters import Goals, Label, expand_label, list_labels
from collector.query.selection import Selection, events_sql
from collector.query.statement import Statement


class Fact(NamedTuple):
    """``of_event`` and ``of_visit`` are SQL; the latter is None where a visit does not know it."""

    of_event: str
    of_visit: str | None = None
    has_visit: bool = False


def _measured_sql(name: str) -> str:
    """What an event's property measured; null where that is no number from 0 on."""
    value = f"try_cast(json_extract_string(event.props, '/{name}') as double)"
    return f"case when isfinite({value}) and {value} >= 0 then {value} end"


FACTS: dict[str, Fact] = {
    "visitor": Fact("event.visitor", "visit.visitor"),
    "visit": Fact("event.visit", "visit.visit"),
    "pageviews": Fact("(event.name = 'pageview')::integer", "visit.pageviews"),
    "events": Fact("(event.name <> 'engagement')::integer", "visit.events"),
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

ADDED_UP = ("pageviews", "events", "clicks")

WHOLE_VISITS = """
select {columns}
from {visits} as visit
where {conditions}
union all
{events}
    and event.visit in (select visit.visit from {visits} as visit where not ({inside}))"""

VISITED = """
select {keys}visit.is_bounce, visit.end_ms - visit.start_ms as duration_ms
from (select distinct {keys}visit from ({source}))
join {visits} as visit using (visit)"""

INSIDE = "visit.start_ms >= $start_ms and visit.end_ms < $end_ms"

# Robots are told apart by event, so a visit that has one is looked at event by event.
WITHOUT_BOTS = """visit.visit not in (
        select event.visit from "{site_id}".rows as event where {in_range} and event.is_bot
    )"""

Dimensions = Sequence[Label | Bucket]


def facts_sql(
    selection: Selection,
    dimensions: Dimensions,
    facts: Sequence[str],
    *,
    name: str = "filter",
    only: Sequence[str] = (),
) -> Statement:
    """The matching events with their dimensions as dimension_0, … and these facts; or whole visits in their place."""
    keys = [_key_sql(dimension, f"label_{i}", selection) for i, dimension in enumerate(dimensions)]
    columns = [f"{key.sql} as dimension_{i}" for i, key in enumerate(keys)]
    is_of_visits = not only and is_known_of_visits(selection, dimensions, facts)
    has_visit = (
        is_of_visits
        or any(FACTS[fact].has_visit for fact in facts)
        or any(
            label.relation == "visit"
            for dimension in dimensions
            if not isinstance(dimension, Bucket)
            for label in expand_label(dimension)
        )
    )
    columns += [f"{FACTS[fact].of_event} as {fact}" for fact in facts]
    events = events_sql(selection, columns, name=name, only=only, has_visit=has_visit)
    found = Statement(
        events.sql, {**events.values, **{key: value for each in keys for key, value in each.values.items()}}
    )
    return _whole_visits_sql(selection, dimensions, facts, name, found) if is_of_visits else found


def visits_sql(selection: Selection, dimensions: Dimensions) -> Statement:
    """The visits with a matching event, once in each group that has one, with what is known of whole visits."""
    facts = ("visit", "is_bounce", "duration_ms")
    if is_known_of_visits(selection, dimensions, facts):
        known = facts_sql(selection, dimensions, facts)
        return Statement(known.sql.replace("union all\nselect", "union all\nselect distinct", 1), known.values)
    keys = "".join(f"dimension_{i}, " for i, _ in enumerate(dimensions))
    sql, values = facts_sql(selection, dimensions, ("visit",))
    return Statement(VISITED.format(keys=keys, source=sql, visits=selection.visits), values)


def find_only_distinct(facts: Iterable[str]) -> str | None:
    """The one fact that is counted distinct, where all others are added up; None where it is not so."""
    distinct = [fact for fact in facts if fact not in ADDED_UP]
    return distinct[0] if distinct in (["visitor"], ["visit"]) else None


def add_up(source: str, keys: Sequence[str], who: str, facts: Sequence[str]) -> str:
    """The same facts, once for each ``who`` in each group: these are counted sooner than distinct ones."""
    columns = [*keys, who, *(f"sum({fact}) as {fact}" for fact in facts if fact != who)]
    return f"select {', '.join(columns)}\nfrom ({source})\ngroup by {', '.join((*keys, who))}"


def is_known_of_visits(selection: Selection, dimensions: Dimensions, facts: Sequence[str]) -> bool:
    """Whether visits know all that is asked for: these facts by these dimensions."""
    labels = [*(each for each in dimensions if not isinstance(each, Bucket)), *list_labels(selection.filters)]
    return all(FACTS[fact].of_visit is not None for fact in facts) and all(
        label.relation == "visit" for label in labels
    )


def _whole_visits_sql(
    selection: Selection, dimensions: Dimensions, facts: Sequence[str], name: str, events: Statement
) -> Statement:
    filters = all_sql(selection.filters, name, selection.scope(row="visit"))
    insides = [INSIDE]
    if not selection.has_bots:
        insides.append(WITHOUT_BOTS.format(site_id=selection.site_id, in_range=IN_RANGE))
    columns = []
    for i, dimension in enumerate(dimensions):
        if isinstance(dimension, Bucket):
            first, last = (bucket_sql(dimension, selection.range, f"visit.{end}").sql for end in ("start_ms", "end_ms"))
            insides.append(f"{first} = {last}")
            columns.append(f"{first} as dimension_{i}")
        else:
            columns.append(f"{label_sql(dimension, f'label_{i}', selection.scope()).sql} as dimension_{i}")
    sql = WHOLE_VISITS.format(
        columns=", ".join((*columns, *(f"{FACTS[fact].of_visit} as {fact}" for fact in facts))),
        visits=selection.visits,
        conditions="\n    and ".join((*insides, filters.sql)),
        events=events.sql,
        inside="\n    and ".join(insides),
    )
    return Statement(sql, events.values)


def _key_sql(dimension: Label | Bucket, name: str, selection: Selection) -> Statement:
    if isinstance(dimension, Bucket):
        return bucket_sql(dimension, selection.range)
    label = label_sql(dimension, name, selection.scope())
    return Statement(f"unnest({label.sql})", label.values) if isinstance(dimension, Goals) else label
