"""All metrics, one definition each; a question picks rows of this table.

A metric is computed over the rows of its grain, and each grain on its own over the same matching events. So
asking for one metric more cannot change another, and every metric works with every dimension.
"""

from typing import Literal, NamedTuple

from collector.query.facts import VISITORS, VISITS, count_of
from collector.query.percentiles import PERCENTS, RESPONSE, VITALS, Measure, quantile_sql

GrainName = Literal["event", "visit", "pageview", "vital", "response"]


class Grain(NamedTuple):
    """What one row is that a metric is computed over: SQL that makes such rows of ``{source}``.

    ``reads`` are facts (facts.py) of the source; ``only`` are conditions of its events.
    """

    sql: str
    reads: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


GRAINS: dict[GrainName, Grain] = {
    "event": Grain("{source}"),
    # A visit is counted once in each group that has a matching event of it.
    "visit": Grain("{source}"),
    # Engagement is cumulative: the largest of a pageview's events is the truth, so a lost, doubled or
    # reordered one does no harm.
    "pageview": Grain(
        """
select {keys}max(visible_ms) as visible_ms, max(active_ms) as active_ms, max(scroll_percent) as scroll_percent
from ({source})
group by {keys}pageview_id""",
        ("pageview_id", "visible_ms", "active_ms", "scroll_percent"),
        ("event.name = 'engagement'", "event.pageview_id is not null"),
    ),
    "vital": Grain("{source}", ("vital", "vital_value"), ("event.name = 'web_vital'",)),
    "response": Grain("{source}", ("response_ms",), ("event.props is not null",)),
}


def mean(total: str, count: str, digits: int) -> str:
    """SQL for total / count, rounded half up to ``digits``; null when there is nothing to divide by.

    Whole numbers up to the last division: rounding a double would depend on how its tenth part is stored.
    """
    steps = 10**digits
    return f"(2 * {steps} * {total} + {count}) // nullif(2 * {count}, 0) / {steps}"


# Money is added up in ten-thousandths, as whole numbers: sums of doubles depend on their order.
_MONEY = "sum(round(revenue_amount * 10000)::hugeint)"
_IN_ONE_CURRENCY = (
    "case when min(revenue_currency) = max(revenue_currency) "
    "then {{'value': {}, 'currency': min(revenue_currency)}} end"
)
_AVERAGE = mean(f"abs({_MONEY})", "count(revenue_amount)", digits=0)

Share = Literal["question", "everyone", "peers"]
"""Whose visitors a share is of: see shares.py."""


class Metric(NamedTuple):
    """One metric. ``empty`` is its value over no event at all: counts are 0, means are unknown.

    ``reads`` are the facts (facts.py) that ``sql`` names. ``share_of``: what ``sql`` gives is a part of that many.
    ``is_percent``: changes of it are given in points.
    """

    name: str
    grain: GrainName
    sql: str
    reads: tuple[str, ...]
    empty: int | None
    unit: str
    meaning: str
    share_of: Share | None = None
    is_percent: bool = False


_MEASURED: dict[GrainName, tuple[Measure, ...]] = {"vital": VITALS, "response": (RESPONSE,)}

PERCENT = "percent, 0 to 100, to 1 digit"

METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            "visitors", "event", count_of(VISITORS), VISITORS, 0, "visitors",
            "visitors with at least one matching event",
        ),
        Metric(
            "visits", "event", count_of(VISITS), VISITS, 0, "visits",
            "visits with at least one matching event",
        ),
        Metric(
            "pageviews", "event", "sum(pageviews)", ("pageviews",), 0, "events",
            "matching events with the name pageview",
        ),
        Metric(
            "events", "event", "sum(events)", ("events",), 0, "events",
            "matching events of any name but engagement, which only reports on a pageview",
        ),
        Metric(
            "clicks", "event", "sum(clicks)", ("clicks",), 0, "events",
            "matching events with the name click",
        ),
        Metric(
            "views_per_visit", "event", mean("sum(pageviews)", count_of(VISITS), digits=2),
            ("pageviews", *VISITS), None,
            "pageviews a visit, to 2 digits",
            "pageviews divided by visits",
        ),
        Metric(
            "bounce_rate", "visit", mean("100 * count(*) filter (is_bounce)", "count(*)", digits=1), ("is_bounce",),
            None, PERCENT,
            "share of the visits that bounced: at most one pageview, and nothing but what the tracker sends on its own "
            "(a form that was sent, or an event of the site, ends a bounce)",
            is_percent=True,
        ),
        Metric(
            "visit_duration", "visit", mean("sum(duration_ms)", "(1000 * count(*))", digits=3), ("duration_ms",), None,
            "seconds, to 3 digits",
            "mean time from first to last event of the whole visit, over the visits",
        ),
        Metric(
            "time_on_page", "pageview", mean("sum(visible_ms)", "(1000 * count(visible_ms))", digits=3), (), None,
            "seconds, to 3 digits",
            "mean visible time of a pageview: the largest of its matching engagement events, "
            "over the pageviews that have one",
        ),
        Metric(
            "active_time", "pageview", mean("sum(active_ms)", "(1000 * count(active_ms))", digits=3), (), None,
            "seconds, to 3 digits",
            "mean time in which a pageview was visible, focused and used: counted as time_on_page is",
        ),
        Metric(
            "scroll_depth", "pageview", mean("sum(scroll_percent)", "count(scroll_percent)", digits=1), (), None,
            PERCENT,
            "mean of the deepest part of a page seen: the largest of its matching engagement events, "
            "over the pageviews that have one",
            is_percent=True,
        ),
        Metric(
            "exit_rate", "event", mean("100 * count(distinct exit)", "sum(pageviews)", digits=1), ("exit", "pageviews"),
            None, PERCENT,
            "visits with a matching pageview of the page that they ended on, as a share of the matching pageviews",
            is_percent=True,
        ),
        Metric(
            "percentage", "event", count_of(VISITORS), VISITORS, None, PERCENT,
            "visitors as a share of the visitors of the same question without dimensions", "question", True,
        ),
        Metric(
            "conversion_rate", "event", count_of(VISITORS), VISITORS, None, PERCENT,
            "visitors as a share of the visitors of the same question without dimensions, goals and properties",
            "everyone", True,
        ),
        Metric(
            "group_conversion_rate", "event", count_of(VISITORS), VISITORS, None, PERCENT,
            "visitors as a share of the visitors of the same group without goals and properties", "peers", True,
        ),
        Metric(
            "total_revenue", "event", _IN_ONE_CURRENCY.format(f"{_MONEY}::double / 10000"),
            ("revenue_amount", "revenue_currency"), None,
            "value and currency, to 4 digits",
            "sum of the revenue of matching events; null where they are of several currencies",
        ),
        Metric(
            "average_revenue", "event",
            _IN_ONE_CURRENCY.format(f"sign({_MONEY}) * ({_AVERAGE}) / 10000"),
            ("revenue_amount", "revenue_currency"), None,
            "value and currency, to 4 digits",
            "total_revenue divided by the number of matching events that have a revenue",
        ),
        *(
            Metric(
                f"{measure.name}_p{percent}", grain, quantile_sql(measure, percent), (), None, measure.unit,
                f"{percent} % have this or less: {measure.meaning}",
            )
            for grain, measures in _MEASURED.items()
            for measure in measures
            for percent in PERCENTS
        ),
    )
}  # fmt: skip

MONEY = ("total_revenue", "average_revenue")
"""Metrics whose value is an object of ``value`` and ``currency``."""
