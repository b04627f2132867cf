"""Scroll map: how far down a page its pageviews came."""

from collector.query.metrics import mean
from collector.query.reports.clicks import SCREEN
from collector.query.reports.report import Asked, Column, Plan, Report
from collector.query.selection import events_sql
from collector.query.statement import Statement

SCROLL = """
with seen as (
    select screen, pageview_id, max(scroll_percent) as deepest from ({events}) group by screen, pageview_id
),
sizes as (
    select screen, count(*) as pageviews from seen group by screen
)
select screen, percent, count(*) filter (deepest >= percent) as reached, {share}
from seen join sizes using (screen), (select unnest(range(0, 101, 5)) as percent)
group by screen, pageviews, percent
order by screen, percent"""


def plan(asked: Asked) -> Plan:
    sql, values = events_sql(
        asked.selection,
        [SCREEN, "event.pageview_id", "event.scroll_percent"],
        only=(
            "event.name = 'engagement'", "event.pageview_id is not null", "event.scroll_percent is not null",
            "event.path = $page",
        ),
        has_visit=True,
    )  # fmt: skip
    share = mean("100 * count(*) filter (deepest >= percent)", "pageviews", digits=1)
    return Plan(Statement(SCROLL.format(events=sql, share=share), {**values, "page": asked.text("page")}))


SCROLL_MAP = Report(
    "scroll-map",
    "how far down a page its pageviews came",
    (
        Column("screen", "class of the viewport's width, as `visit:screen`"),
        Column("percent", "part of the page's height, 0 to 100 in steps of 5"),
        Column("pageviews", "pageviews that saw this or more: the largest scroll depth of their engagement events"),
        Column("share", "these as a share of all that told their depth, in percent"),
    ),
    plan,
    {"page": "path of the page"},
    ("page",),
)
