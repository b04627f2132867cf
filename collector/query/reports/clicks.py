"""Clicks on a page: by element, and by place; apart for each class of screens, because a page looks different on each.

No copy of the page is needed: who shows the map lays it over the live page at the width of the class.
"""

from collector.query.metrics import mean
from collector.query.reports.report import MOST_ROWS, Asked, Column, Plan, Report
from collector.query.selection import events_sql
from collector.query.statement import Statement

LEAST_CELL, MOST_CELL = 5, 1000  # px

ELEMENTS = """
with events as ({events}),
seen as (select screen, count(*) as pageviews from events where name = 'pageview' group by screen)
select screen, coalesce(element, '(not set)') as element, arg_min(text, text), count(*) as clicks,
    count(distinct visitor), {per_pageview}
from events left join seen using (screen)
where name = 'click'
group by screen, element, pageviews
order by clicks desc, screen, element
limit $limit"""

GRID = """
select screen, x // $cell * $cell, y // $cell * $cell, count(*) as clicks, count(distinct visitor)
from ({events})
where name = 'click' and x is not null and y is not null
group by all
order by clicks desc, 1, 3, 2
limit $limit"""

SCREEN = "coalesce(visit.screen, '(not set)') as screen"


def _events(asked: Asked, names: list[str], *columns: str) -> Statement:
    sql, values = events_sql(
        asked.selection,
        [SCREEN, "event.name", "event.visitor", *columns],
        only=("event.name in (select unnest($names::varchar[]))", "event.path = $page"),
        has_visit=True,
    )
    return Statement(sql, {**values, "names": names, "page": asked.text("page")})


def _plan_elements(asked: Asked) -> Plan:
    events, values = _events(asked, ["click", "pageview"], "event.element", "event.text")
    sql = ELEMENTS.format(events=events, per_pageview=mean("count(*)", "pageviews", digits=3))
    return Plan(Statement(sql, {**values, "limit": asked.number("limit", 1000, least=1, most=MOST_ROWS)}))


def _plan_grid(asked: Asked) -> Plan:
    events, values = _events(asked, ["click"], "event.x", "event.y")
    numbers = {
        "cell": asked.number("cell", 40, least=LEAST_CELL, most=MOST_CELL),
        "limit": asked.number("limit", MOST_ROWS, least=1, most=MOST_ROWS),
    }
    return Plan(Statement(GRID.format(events=events), {**values, **numbers}))


PAGE = {"page": "path of the page", "limit": "rows, up to 10,000"}
_SCREEN = Column("screen", "class of the viewport's width, as `visit:screen`")

CLICKS = Report(
    "clicks",
    "clicks on a page by element",
    (
        _SCREEN,
        Column("element", "short path of the element"),
        Column("text", "its visible name (one of them, when it had several)"),
        Column("clicks", "clicks on it"),
        Column("visitors", "who clicked"),
        Column("per_pageview", "clicks divided by the page's pageviews on such screens, to 3 digits"),
    ),
    _plan_elements,
    PAGE,
    ("page",),
)

CLICK_MAP = Report(
    "click-map",
    "clicks on a page by place",
    (
        _SCREEN,
        Column("x", "left edge of the cell, CSS px from the page's left edge"),
        Column("y", "top edge of the cell, CSS px from the page's top edge"),
        Column("clicks", "clicks in it; those by keyboard have no place"),
        Column("visitors", "who clicked"),
    ),
    _plan_grid,
    {**PAGE, "cell": "edge of a cell, 5 to 1000 CSS px; 40"},
    ("page",),
)
