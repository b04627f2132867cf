"""Retention: who comes back, by the day, week or month in which they first came."""

from collections.abc import Sequence

from collector.query.buckets import BUCKETS, bucket_sql, label_number, refuse_many
from collector.query.conditions import all_sql, reads_visits
from collector.query.facts import facts_sql
from collector.query.reports.report import Asked, Column, Plan, Report, Row
from collector.query.selection import events_sql
from collector.query.statement import Statement

PERIODS = ("day", "week", "month")
WHO = ("visitor", "user")

RETENTION = """
with active as (
    select distinct who, bucket, starts, returns from ({events}) where who is not null
),
cohorts as (
    select who, min(bucket) as cohort from active where starts group by who
),
sizes as (
    select cohort, count(*) as size from cohorts group by cohort
)
select cohort, size, bucket - cohort, count(distinct who)
from active join cohorts using (who) join sizes using (cohort)
where bucket >= cohort and (returns or bucket = cohort)
group by cohort, size, bucket
order by cohort, bucket
limit 10000"""


def plan(asked: Asked) -> Plan:
    bucket = BUCKETS[f"time:{asked.choice('period', PERIODS)}"]
    who = asked.choice("of", WHO)
    span = asked.selection.range
    refuse_many(bucket, span, ("period",))
    starts, returns = asked.filter("start"), asked.filter("return")
    if not starts and not returns and who == "visitor":
        visited, values = facts_sql(asked.selection, (bucket,), ("visitor",))
        events = Statement(
            f"select visitor as who, dimension_0 as bucket, true as starts, true as returns from ({visited})", values
        )
    else:
        scope = asked.selection.scope()
        parts = [all_sql(starts, "start", scope), all_sql(returns, "return", scope), bucket_sql(bucket, span)]
        column = "event.visitor" if who == "visitor" else "event.user_id"
        events = events_sql(
            asked.selection,
            [
                f"{column} as who",
                f"{parts[2].sql} as bucket",
                f"{parts[0].sql} as starts",
                f"{parts[1].sql} as returns",
            ],
            has_visit=reads_visits((), (*starts, *returns)),
        )
        values = {key: value for part in (events, *parts) for key, value in part.values.items()}
        events = Statement(events.sql, values)

    def shape(rows: Sequence[Row]) -> tuple[list[Row], dict[str, object]]:
        shown: list[Row] = [
            (label_number(bucket, cohort, span), size, period, count, (2000 * count + size) // (2 * size) / 10)
            for cohort, size, period, count in rows
        ]
        return shown, {}

    return Plan(Statement(RETENTION.format(events=events.sql), events.values), shape)


RETENTION_REPORT = Report(
    "retention",
    "who comes back, by the day, week or month in which they first came",
    (
        Column("cohort", "first day of the period of the first event in the range"),
        Column("visitors", "who belongs to it"),
        Column("period", "number of periods since, 0 for the first"),
        Column("returned", "who of them has an event in that period; in period 0 all of them"),
        Column("rate", "these as a share of the cohort, in percent"),
    ),
    plan,
    {
        "period": "`day`, `week` (from Monday on) or `month`",
        "of": "`visitor`, or `user` for the site's own ids: without consent a visitor is another one every day",
        "start": "a filter: the events that begin a cohort; default all",
        "return": "a filter: the events that count as coming back; default all",
    },
)
