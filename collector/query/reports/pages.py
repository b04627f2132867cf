"""Entry and exit pages: where visits begin and end."""

from collector.query.dimensions import DIMENSIONS, NOT_SET
from collector.query.facts import facts_sql
from collector.query.metrics import mean
from collector.query.reports.report import MOST_ROWS, Asked, Column, Plan, Report
from collector.query.selection import events_sql
from collector.query.statement import Statement

ENTRIES = """
with visited as ({visits}),
pages as (
    select dimension_0 as page, count(distinct visit) as entries, count(distinct visitor) as visitors
    from visited group by page
)
select page, entries, visitors, {bounce_rate}, {duration}
from pages join (
    select page, count(*) filter (visit.is_bounce) as bounces, sum(visit.end_ms - visit.start_ms) as total_ms
    from (select distinct visit, dimension_0 as page from visited) join {site_visits} as visit using (visit)
    group by page
) using (page)
order by entries desc, page
limit $limit"""

EXITS = """
with ended as ({visits}),
exits as (
    select dimension_0 as page, count(distinct visit) as exits, count(distinct visitor) as visitors
    from ended group by page
),
viewed as (
    select coalesce(path, '{not_set}') as page, count(*) as pageviews from ({pageviews}) group by page
)
select page, exits, visitors, coalesce(pageviews, 0) as pageviews, {exit_rate}
from exits left join viewed using (page)
order by exits desc, page
limit $limit"""


def _plan_entries(asked: Asked) -> Plan:
    visits, values = facts_sql(asked.selection, (DIMENSIONS["visit:entry_page"],), ("visit", "visitor"))
    sql = ENTRIES.format(
        visits=visits,
        site_visits=asked.selection.visits,
        bounce_rate=mean("100 * bounces", "entries", digits=1),
        duration=mean("total_ms", "(1000 * entries)", digits=3),
    )
    return Plan(Statement(sql, {**values, "limit": _limit(asked)}))


def _plan_exits(asked: Asked) -> Plan:
    visits, values = facts_sql(asked.selection, (DIMENSIONS["visit:exit_page"],), ("visit", "visitor"))
    pageviews = events_sql(asked.selection, ["event.path"], only=("event.name = 'pageview'",))
    sql = EXITS.format(
        visits=visits, pageviews=pageviews.sql, not_set=NOT_SET, exit_rate=mean("100 * exits", "pageviews", digits=1)
    )
    return Plan(Statement(sql, {**values, **pageviews.values, "limit": _limit(asked)}))


def _limit(asked: Asked) -> int:
    return asked.number("limit", 100, least=1, most=MOST_ROWS)


LIMIT = {"limit": "rows, 1 to 10,000; 100"}

ENTRY_PAGES = Report(
    "entry-pages",
    "where visits begin",
    (
        Column("page", "path of the visit's first pageview, `(not set)` without one"),
        Column("entries", "visits that began there"),
        Column("visitors", "who made them"),
        Column("bounce_rate", "of these visits, in percent"),
        Column("visit_duration", "their mean, in seconds"),
    ),
    _plan_entries,
    LIMIT,
)

EXIT_PAGES = Report(
    "exit-pages",
    "where visits end",
    (
        Column("page", "path of the visit's last pageview, `(not set)` without one"),
        Column("exits", "visits that ended there"),
        Column("visitors", "who made them"),
        Column("pageviews", "all of the page's"),
        Column("exit_rate", "exits as a share of these, in percent"),
    ),
    _plan_exits,
    LIMIT,
)
