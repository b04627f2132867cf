"""All metrics, one definition each; a question picks rows of this table.

A metric is computed over the rows of its grain, and each grain on its own over the same matching events. So
asking for one metric more cannot change another, and every metric works with every dimension.
"""

from typing import Literal, NamedTuple

Grain = Literal["event", "visit", "pageview"]

GRAINS: dict[Grain, str] = {
    "event": """
select {columns}
from matching
{group_by}""",
    # A visit is counted once in each group that has a matching event of it.
    "visit": """
select {columns}
from (select distinct {keys}visit from matching)
join {visits} using (visit)
{group_by}""",
    # Engagement is cumulative: the largest of a pageview's events is the truth, so a lost, doubled or
    # reordered one does no harm.
    "pageview": """
select {columns}
from (
    select {keys}max(visible_ms) as visible_ms, max(scroll_percent) as scroll_percent
    from matching
    where name = 'engagement' and pageview_id is not null
    group by {keys}pageview_id
)
{group_by}""",
}
"""What one row is that a metric is computed over, and the SQL that makes such rows of matching events."""


def mean(total: str, count: str, digits: int) -> str:
    """SQL for total / count, rounded half up to ``digits``; null when there is nothing to divide by.

    Whole numbers up to the last division: rounding a double would depend on how its tenth part is stored.
    """
    steps = 10**digits
    return f"(2 * {steps} * {total} + {count}) // nullif(2 * {count}, 0) / {steps}"


class Metric(NamedTuple):
    """One metric. ``empty`` is its value over no event at all: counts are 0, means are unknown."""

    name: str
    grain: Grain
    sql: str
    empty: int | None
    unit: str
    meaning: str


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            "visitors", "event", "count(distinct visitor)", 0, "visitors",
            "visitors with at least one matching event",
        ),
        Metric(
            "visits", "event", "count(distinct visit)", 0, "visits",
            "visits with at least one matching event",
        ),
        Metric(
            "pageviews", "event", "count(*) filter (name = 'pageview')", 0, "events",
            "matching events with the name pageview",
        ),
        Metric(
            "events", "event", "count(*) filter (name <> 'engagement')", 0, "events",
            "matching events of any name but engagement, which only reports on a pageview",
        ),
        Metric(
            "views_per_visit", "event",
            mean("count(*) filter (name = 'pageview')", "count(distinct visit)", digits=2), None,
            "pageviews a visit, to 2 digits",
            "pageviews divided by visits",
        ),
        Metric(
            "bounce_rate", "visit", mean("100 * count(*) filter (is_bounce)", "count(*)", digits=1), None,
            "percent, 0 to 100, to 1 digit",
            "share of the visits that bounced: at most one pageview, and nothing but what the tracker sends on its own "
            "(a form that was sent, or an event of the site, ends a bounce)",
        ),
        Metric(
            "visit_duration", "visit", mean("sum(end_ms - start_ms)", "(1000 * count(*))", digits=3), None,
            "seconds, to 3 digits",
            "mean time from first to last event of the whole visit, over the visits",
        ),
        Metric(
            "time_on_page", "pageview", mean("sum(visible_ms)", "(1000 * count(visible_ms))", digits=3), None,
            "seconds, to 3 digits",
            "mean visible time of a pageview: the largest of its matching engagement events, "
            "over the pageviews that have one",
        ),
        Metric(
            "scroll_depth", "pageview", mean("sum(scroll_percent)", "count(scroll_percent)", digits=1), None,
            "percent, 0 to 100, to 1 digit",
            "mean of the deepest part of a page seen: the largest of its matching engagement events, "
            "over the pageviews that have one",
        ),
    )
}  # fmt: skip
