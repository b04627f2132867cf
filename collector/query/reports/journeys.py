"""Journeys: where visits go from a page or an event, or where they came from."""

from collector.events.columns import TIME_ORDER
from collector.events.visits import AUTOMATIC_NAMES
from collector.query.conditions import all_sql, reads_visits
from collector.query.reports.report import Asked, Column, Plan, Report
from collector.query.selection import events_sql
from collector.query.statement import Statement

MOST_STEPS = 10
MOST_LINKS = 1000

_OWN = f"event.name not in {AUTOMATIC_NAMES}"
_STOPS = f"(event.name = 'pageview' or {_OWN})"

# The same stop several times in a row is one stop. Backward is forward in a mirrored order.
JOURNEYS = """
with stops as (
    select *, row_number() over (partition by visit order by {order}) as position from ({events})
),
changed as (
    select *, place is distinct from lag(place) over (partition by visit order by position) as changes from stops
),
numbered as (
    select *, count(*) filter (changes) over (partition by visit order by position) as run from changed
),
runs as (
    select visit, run, any_value(place) as place, bool_or(is_start) as is_start from numbered group by visit, run
),
begun as (
    select *, {first}(run) filter (is_start) over (partition by visit) as began from runs
),
ways as (
    select visit, place, {sign} * (run - began) + 1 as step from begun where {sign} * (run - began) between 0 and $steps
),
links as (
    select visit, step, place, coalesce(lead(place) over (partition by visit order by step), '{end}') as next
    from ways
)
select step, place, next, count(*) as visits
from links where step <= $steps
group by step, place, next
qualify row_number() over (partition by step order by visits desc, place, next) <= $links
order by step, visits desc, place, next"""

DIRECTIONS = {
    "forward": {"first": "min", "sign": "1", "end": "(exit)"},
    "backward": {"first": "max", "sign": "-1", "end": "(entry)"},
}


def plan(asked: Asked) -> Plan:
    start = asked.filter("start")
    words = DIRECTIONS[asked.choice("direction", tuple(DIRECTIONS))]
    starts = all_sql(start, "start", asked.selection.scope())
    events = events_sql(
        asked.selection,
        [
            "event.visit", "event.at_ms", "event.seq", "event.name", "event.path", "event.element",
            "case when event.name = 'pageview' then coalesce(event.path, '(not set)') else event.name end as place",
            f"{starts.sql} as is_start",
        ],
        only=(f"({_STOPS} or {starts.sql})" if start else _STOPS,),
        has_visit=reads_visits((), start),
    )  # fmt: skip
    numbers = {
        "steps": asked.number("steps", 3, least=1, most=MOST_STEPS),
        "links": asked.number("links", 50, least=1, most=MOST_LINKS),
    }
    sql = JOURNEYS.format(order=TIME_ORDER, events=events.sql, **words)
    return Plan(Statement(sql, {**events.values, **starts.values, **numbers}))


JOURNEYS_REPORT = Report(
    "journeys",
    "where visits go from a page or an event, or where they came from",
    (
        Column("step", "number of the link, from 1 at the start"),
        Column("from", "path of a pageview, or name of an event of the site's own"),
        Column("to", "the next stop (backward: the one before); `(exit)` or `(entry)` when there is none"),
        Column("visits", "visits that went so"),
    ),
    plan,
    {
        "start": "a filter: the first event of a visit that it matches (backward: the last); default any",
        "direction": "`forward` or `backward`",
        "steps": "links in a row, 1 to 10; 3",
        "links": "the most frequent links of each step, up to 1000; 50",
    },
)
