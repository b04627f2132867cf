"""Realtime: who is here, and the last half hour minute by minute."""

from collections.abc import Sequence

from collector.query.reports.report import Asked, Column, Plan, Report, Row
from collector.query.selection import events_sql
from collector.query.statement import Statement

MINUTE_MS = 60_000
MINUTES = 30
HERE_MINUTES = 5

REALTIME = """
with events as (
    select visitor, name, ($end_ms - 1 - at_ms) // {minute_ms} as minutes_ago from ({events})
),
minutes as (
    select minutes_ago, count(distinct visitor) as visitors, count(*) filter (name = 'pageview') as pageviews,
        count(*) filter (name <> 'engagement') as events
    from events group by minutes_ago
)
select minutes_ago, coalesce(visitors, 0), coalesce(pageviews, 0), coalesce(events, 0),
    (select count(distinct visitor) from events where minutes_ago < {here})
from (select unnest(range({minutes} - 1, -1, -1)) as minutes_ago) left join minutes using (minutes_ago)
order by minutes_ago desc"""


def plan(asked: Asked) -> Plan:
    sql, values = events_sql(asked.selection, ["event.visitor", "event.name", "event.at_ms"])
    text = REALTIME.format(minute_ms=MINUTE_MS, events=sql, here=HERE_MINUTES, minutes=MINUTES)

    def shape(rows: Sequence[Row]) -> tuple[list[Row], dict[str, object]]:
        return [row[:4] for row in rows], {"visitors": rows[0][4]}

    return Plan(Statement(text, values), shape)


REALTIME_REPORT = Report(
    "realtime",
    "who is here, and the last half hour minute by minute; `meta.visitors` are those of the last 5 minutes",
    (
        Column("minutes_ago", "0 is the minute that ends with this second"),
        Column("visitors", "visitors with an event in it"),
        Column("pageviews", "pageviews in it"),
        Column("events", "events of any name but `engagement`"),
    ),
    plan,
    range_seconds=MINUTES * 60,
)
