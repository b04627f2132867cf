"""Attribution: which visits led to conversions, by three rules beside each other."""

from collector.query.conditions import all_sql, reads_visits
from collector.query.reports.report import MOST_ROWS, Asked, Column, Plan, Report
from collector.query.selection import NO_BOTS, NO_BOTS_BUT_PEOPLE, events_sql
from collector.query.statement import Statement

DAY_MS = 86_400_000
MOST_DAYS = 365

# A visit may be one touch of several conversions. Thirds are added up by the number of touches, so that no sum depends
# on its order.
ATTRIBUTION = """
with conversions as (
    select row_number() over () as conversion, visitor, at_ms from ({events})
),
touches as (
    select conversion, visit.visit, {label} as label,
        row_number() over (partition by conversion order by visit.start_ms) as place,
        count(*) over (partition by conversion) as touches
    from conversions
    join "{site_id}".visits as visit
        on visit.visitor = conversions.visitor and visit.start_ms <= conversions.at_ms
        and visit.start_ms >= conversions.at_ms - $window_ms
    where visit.start_ms < $end_ms and {counts}
),
credits as (
    select label, touches, count(*) filter (place = 1) as first, count(*) filter (place = touches) as last,
        count(*) as parts
    from touches group by label, touches
)
select label, sum(first) as first, sum(last) as last, round(sum(parts / touches order by touches), 3) as linear
from credits
group by label
order by linear desc, label
limit $limit"""


def plan(asked: Asked) -> Plan:
    conversion = asked.filter("conversion")
    label = asked.visit_label("dimension", "visit:source")
    reached = all_sql(conversion, "conversion", asked.selection.scope())
    events = events_sql(
        asked.selection,
        ["event.visitor", "event.at_ms"],
        only=(reached.sql,),
        has_visit=reads_visits((), conversion),
    )
    bots = NO_BOTS_BUT_PEOPLE if asked.selection.people else NO_BOTS
    sql = ATTRIBUTION.format(
        events=events.sql,
        label=label.sql,
        site_id=asked.selection.site_id,
        counts="true" if asked.selection.has_bots else bots.replace("event.", "visit."),
    )
    numbers = {
        "window_ms": asked.number("window_days", 30, least=1, most=MOST_DAYS) * DAY_MS,
        "limit": asked.number("limit", 100, least=1, most=MOST_ROWS),
    }
    return Plan(Statement(sql, {**events.values, **reached.values, **numbers}))


ATTRIBUTION_REPORT = Report(
    "attribution",
    "which visits led to conversions",
    (
        Column("label", "of the visits"),
        Column("first", "conversions whose first visit within the window has this label"),
        Column("last", "conversions whose last one has, which is the one in which it happened"),
        Column("linear", "conversions, each shared out in equal parts over the visits before it, to 3 digits"),
    ),
    plan,
    {
        "conversion": 'a filter: the events that count, such as `["is", "event:goal", ["Order"]]`',
        "dimension": "of visits; `visit:source`",
        "window_days": "how long before it a visit may have begun, also before the range; 30 days, 365 at most",
        "limit": "rows, 1 to 10,000; 100",
    },
    ("conversion",),
)
