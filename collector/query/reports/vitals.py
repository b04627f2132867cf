"""Web vitals: how fast and steady pages were for their visitors, in percentiles."""

from collector.query.conditions import label_sql
from collector.query.facts import FACTS
from collector.query.metrics import mean
from collector.query.reports.report import MOST_ROWS, Asked, Column, Plan, Report
from collector.query.selection import events_sql
from collector.query.statement import Statement

METRICS = ("LCP", "INP", "CLS", "FCP", "TTFB")

VITALS = """
select metric, label, count(*) as samples,
    quantile_disc(value, 0.5), quantile_disc(value, 0.75), quantile_disc(value, 0.9), quantile_disc(value, 0.99),
    {good}, {poor}
from (
    {events}
)
where metric in (select unnest($metrics::varchar[])) and value is not null
group by metric, label
order by list_position($metrics::varchar[], metric), samples desc, label
limit $limit"""


def plan(asked: Asked) -> Plan:
    label = asked.label("dimension")
    shown = Statement("''", {}) if label is None else label_sql(label, "label", asked.selection.scope())
    events = events_sql(
        asked.selection,
        [
            f"{shown.sql} as label",
            f"{FACTS['vital'].of_event} as metric",
            f"{FACTS['vital_value'].of_event} as value",
            "json_extract_string(event.props, '/rating') as rating",
        ],
        only=("event.name = 'web_vital'",),
        has_visit=label is not None and label.relation == "visit",
    )
    good, poor = (
        mean(f"100 * count(*) filter (rating = '{rating}')", "count(*)", digits=1) for rating in ("good", "poor")
    )
    values = {
        **events.values,
        **shown.values,
        "metrics": list(METRICS),
        "limit": asked.number("limit", 1000, least=1, most=MOST_ROWS),
    }
    return Plan(Statement(VITALS.format(events=events.sql, good=good, poor=poor), values))


VITALS_REPORT = Report(
    "web-vitals",
    "how fast and steady pages were for their visitors",
    (
        Column("metric", "LCP, INP, CLS, FCP or TTFB"),
        Column("label", "of the dimension; empty without one"),
        Column("samples", "pageviews that told it"),
        Column("p50", "half of them had this or less: ms, of CLS without unit; one of the values"),
        Column("p75", "three quarters had"),
        Column("p90", "nine tenths had"),
        Column("p99", "99 of 100 had"),
        Column("good", "share that the library rates good, in percent"),
        Column("poor", "share that it rates poor, in percent"),
    ),
    plan,
    {"dimension": "breaks down by it, such as `event:page` or `visit:country`", "limit": "rows, 1 to 10,000; 1000"},
)
