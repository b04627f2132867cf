"""The questions of bench/query.py: each over HTTP, and as somebody writes it by hand over plain tables.

The tables are ``events``, every column of an event with its ``visit``, and ``visits``, one row a visit. ``{inside}`` is
the condition that an event is in the range and no robot's; the hand-written SQL is plain, without tricks.
"""

from typing import Any, NamedTuple

OVERVIEW = ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"]
STEPS = [
    ["is", "event:page", ["/c/0/product-0"]],
    ["contains", "event:page", ["/c/1"]],
    ["is", "event:name", ["click"]],
]
TOP = {"order_by": [["visitors", "desc"]], "pagination": {"limit": 20}}
FILTERED = [["is", "visit:country", ["DE"]], ["is", "visit:device", ["desktop"]]]
POSITION = "(events.at_ms * 1048576 + coalesce(events.seq, 1048575))"  # a visitor's order, as docs/reports.md has it
TEHRAN_AHEAD_MS = 12_600_000  # Tehran is 3 h 30 min ahead, all the year


class Question(NamedTuple):
    """``path`` and ``body`` are asked of the collector (without a body by GET), ``sql`` of the plain tables."""

    name: str
    path: str
    body: dict[str, Any] | None
    sql: str


def _query(name: str, sql: str, **body: Any) -> Question:
    return Question(name, "/api/v1/query", body, sql)


QUESTIONS = (
    _query(
        "overview",
        """
        select (select (count(distinct visitor), count(distinct visit), count(*) filter (name = 'pageview'))
                from events where {inside}),
            (select (avg(is_bounce::integer), avg(end_ms - start_ms))
             from visits where visit in (select visit from events where {inside}))""",
        metrics=OVERVIEW,
    ),
    _query(
        "daily series, Asia/Tehran",
        f"""
        select (at_ms + {TEHRAN_AHEAD_MS}) // 86400000 as day,
            count(*) filter (name = 'pageview'), count(distinct visitor)
        from events where {{inside}} group by day order by day""",
        metrics=["pageviews", "visitors"],
        dimensions=["time:day"],
        timezone="Asia/Tehran",
    ),
    _query(
        "top 20 pages",
        """
        select path, count(distinct visitor) as visitors, count(*) filter (name = 'pageview')
        from events where {inside} group by path order by visitors desc, path limit 20""",
        metrics=["visitors", "pageviews"],
        dimensions=["event:page"],
        **TOP,
    ),
    _query(
        "the same, filtered",
        """
        select path, count(distinct visitor) as visitors, count(*) filter (name = 'pageview')
        from events where {inside} and country = 'DE' and device = 'desktop'
        group by path order by visitors desc, path limit 20""",
        metrics=["visitors", "pageviews"],
        dimensions=["event:page"],
        filters=FILTERED,
        **TOP,
    ),
    _query(
        "countries",
        """
        select country, count(distinct visitor) as visitors from events where {inside}
        group by country order by visitors desc, country limit 20""",
        metrics=["visitors"],
        dimensions=["visit:country"],
        **TOP,
    ),
    _query(
        "entry pages",
        """
        select entry_path, count(*) as visits from visits where visit in (select visit from events where {inside})
        group by entry_path order by visits desc, entry_path limit 20""",
        metrics=["visits"],
        dimensions=["visit:entry_page"],
        pagination={"limit": 20},
    ),
    Question(
        "exit pages",
        "/api/v1/reports/exit-pages",
        {"limit": 20},
        """
        select exit_path, count(*) as exits, any_value(viewed.pageviews)
        from visits join (
            select path as exit_path, count(*) as pageviews from events where {inside} and name = 'pageview'
            group by path
        ) as viewed using (exit_path)
        where visit in (select visit from events where {inside})
        group by exit_path order by exits desc, exit_path limit 20""",
    ),
    Question(
        "funnel of 3 steps, 24 h",
        "/api/v1/reports/funnel",
        {"steps": STEPS, "window_seconds": 86_400},
        # For each event of the first step the next one of the second, and so on; that is what the report answers.
        f"""
        with first as (
            select visitor, at_ms, {POSITION} as place from events where {{inside}} and path = '/c/0/product-0'
        ),
        second as (
            select visitor, first.place as began_at, first.at_ms as began, min({POSITION}) as place
            from first join events using (visitor)
            where {{inside_events}} and contains(path, '/c/1') and {POSITION} > first.place
                and events.at_ms - first.at_ms <= 86400000
            group by all
        ),
        third as (
            select visitor, began, min(events.at_ms) as at_ms from second join events using (visitor)
            where {{inside_events}} and name = 'click' and {POSITION} > second.place
                and events.at_ms - second.began <= 86400000
            group by all
        )
        select (select count(distinct visitor) from first), (select count(distinct visitor) from second),
            (select count(distinct visitor) from third),
            (select quantile_disc(ms, 0.5) from (
                select min(place // 1048576 - began) as ms from second group by visitor
            )),
            (select quantile_disc(ms, 0.5) from (select min(at_ms - began) as ms from third group by visitor))""",
    ),
    Question(
        "the same, first touches only",
        "/api/v1/reports/funnel",
        {"steps": STEPS, "window_seconds": 86_400},
        # Shorter, and of fewer visitors: a first try that led nowhere hides every later one.
        """
        with first as (
            select visitor, min(at_ms) as at_ms from events where {inside} and path = '/c/0/product-0' group by visitor
        ),
        second as (
            select visitor, first.at_ms as began, min(events.at_ms) as at_ms from first join events using (visitor)
            where {inside_events} and contains(path, '/c/1') and events.at_ms > first.at_ms
                and events.at_ms - first.at_ms <= 86400000
            group by visitor, began
        ),
        third as (
            select visitor, min(events.at_ms) as at_ms from second join events using (visitor)
            where {inside_events} and name = 'click' and events.at_ms > second.at_ms
                and events.at_ms - second.began <= 86400000
            group by visitor
        )
        select (select count(*) from first), (select count(*) from second), (select count(*) from third)""",
    ),
    Question(
        "weekly retention",
        "/api/v1/reports/retention",
        {"period": "week"},
        """
        with active as (
            select distinct visitor, (at_ms // 86400000 + 3) // 7 as week from events where {inside}
        ),
        cohorts as (select visitor, min(week) as cohort from active group by visitor)
        select cohort, week - cohort as later, count(*) from active join cohorts using (visitor)
        group by cohort, later order by cohort, later""",
    ),
)

VISITS_LIST = Question(
    "newest 20 visits, and how many",
    "/api/v1/sessions?site=bench&limit=20",
    None,
    """
    select *, (select count(*) from visits where is_bot is not true)
    from visits where is_bot is not true order by start_ms desc, visit limit 20""",
)

SOURCES = _query(
    "sources",
    """
    select source, count(distinct visitor) as visitors from events where {inside}
    group by source order by visitors desc limit 20""",
    metrics=["visitors"],
    dimensions=["visit:source"],
    **TOP,
)
DEVICES = SOURCES._replace(
    name="devices",
    body={**(SOURCES.body or {}), "dimensions": ["visit:device"]},
    sql=SOURCES.sql.replace("source", "device"),
)

DASHBOARD = (*(QUESTIONS[place] for place in (0, 1, 2, 4)), SOURCES, DEVICES)
"""Six questions, one after the other."""


def _panel(name: str, metrics: list[str], dimension: str, **body: Any) -> Question:
    rows = {"order_by": [[metrics[0], "desc"]], "pagination": {"limit": 9}, "include": {"total_rows": True}}
    return _query(name, "", metrics=metrics, dimensions=[dimension], **rows, **body)


_OF_VISITS = ["visitors", "visits", "bounce_rate", "visit_duration"]

PAGE = (
    _query(
        "tiles, compared",
        "",
        metrics=["visitors", "visits", "pageviews", "bounce_rate", "visit_duration", "time_on_page", "scroll_depth"],
        include={"comparisons": {"mode": "previous_period"}},
    ),
    _query("chart", "", metrics=["visitors"], dimensions=["time:day"]),
    _panel("pages panel", ["visitors", "pageviews", "time_on_page", "scroll_depth"], "event:page"),
    _panel("sources panel", _OF_VISITS, "visit:source"),
    _panel("countries panel", ["visitors"], "visit:country"),
    _panel("devices panel", ["visitors"], "visit:device"),
    _panel(
        "events panel",
        ["visitors", "events"],
        "event:name",
        filters=[["is_not", "event:name", ["pageview", "engagement", "scroll", "web_vital"]]],
    ),
)
"""What the dashboard's first page really asks (dashboard/static/js/query.js); nobody wrote SQL to compare it with."""
