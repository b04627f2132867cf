"""Rage and dead clicks: where people click again and again, and where nothing happens."""

from collector.query.reports.report import MOST_ROWS, Asked, Column, Plan, Report
from collector.query.selection import events_sql
from collector.query.statement import Statement

FRUSTRATION = """
select coalesce(path, '(not set)') as page, coalesce(element, '(not set)') as element, arg_min(text, text),
    count(*) filter (name = 'rage_click') as rage, count(*) filter (name = 'dead_click') as dead,
    count(distinct visitor), count(distinct visit)
from ({events})
group by all
order by rage + dead desc, page, element
limit $limit"""


def plan(asked: Asked) -> Plan:
    sql, values = events_sql(
        asked.selection,
        ["event.path", "event.element", "event.text", "event.name", "event.visitor", "event.visit"],
        only=("event.name in ('rage_click', 'dead_click')",),
    )
    limit = asked.number("limit", 100, least=1, most=MOST_ROWS)
    return Plan(Statement(FRUSTRATION.format(events=sql), {**values, "limit": limit}))


FRUSTRATION_REPORT = Report(
    "frustration",
    "rage and dead clicks by page and element",
    (
        Column("page", "path of the page"),
        Column("element", "short path of the element"),
        Column("text", "its visible name (one of them, when it had several)"),
        Column("rage_clicks", "times that somebody clicked three times within a second"),
        Column("dead_clicks", "times that a click on a button did nothing"),
        Column("visitors", "whom it happened to"),
        Column("visits", "in how many visits"),
    ),
    plan,
    {"limit": "rows, 1 to 10,000; 100"},
)
