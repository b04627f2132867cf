"""Funnel: how many visitors go through some steps, and how long they take.

A step is a filter. For each event that is step k, the latest beginning of a way through steps 1 to k is kept: the
latest one is the quickest, so it is within the window if any is. One pass over the matching events for each step.
"""

from collections.abc import Mapping, Sequence

from collector.events.columns import TIME_ORDER
from collector.events.visits import AUTOMATIC_NAMES
from collector.query.conditions import filter_sql, label_sql, reads_visits
from collector.query.reports.report import Asked, Column, Plan, Report, Row
from collector.query.selection import events_sql
from collector.query.statement import Statement

MOST_STEPS = 12
DAY_SECONDS = 86_400
MOST_GROUPS = 1000
ORDERS = ("ordered", "strict", "any")

# Between two steps of a strict funnel nothing may happen that the visitor meant to do.
_MEANT = f"event.name not in {tuple(name for name in AUTOMATIC_NAMES if name != 'pageview')}"

BEFORE = {
    # The latest way through the steps before, that any earlier event has ended.
    "ordered": "max(start_{step}) over (partition by visitor order by position rows between unbounded preceding "
    "and 1 preceding)",
    "strict": "lag(start_{step}) over (partition by visitor order by position)",
}
NEXT = """
select *, case when is_{next} and at_ms - before_{next} <= $window_ms then before_{next} end as start_{next}
from (select *, {before} as before_{next} from way_{step})"""

# For each event as the end: when each step was last done up to here, the latest first.
ANY_ORDER = """
select *, list_reverse_sort(list_filter([{lasts}], lambda last: at_ms - last <= $window_ms)) as done
from (select *, {last_columns} from stepped)"""

FASTEST = """
with stepped as (
    select *, row_number() over (partition by visitor order by {order}) as position from ({events})
),
{ways},
fastest as (
    select visitor, arg_min(label, position) filter (is_1) as label, {fastest}
    from {last}
    group by visitor
)
select label, {counts} from fastest where ms_1 is not null group by label
order by count(ms_1) desc, label
limit {limit}"""


def plan(asked: Asked) -> Plan:
    steps = asked.filters("steps", least=2, most=MOST_STEPS)
    order = asked.choice("order", ORDERS)
    seconds = asked.number("window_seconds", 7 * DAY_SECONDS, least=1, most=90 * DAY_SECONDS)
    label = asked.label("dimension")
    scope = asked.selection.scope()
    conditions = [filter_sql(step, f"step_{i}", scope) for i, step in enumerate(steps, 1)]
    shown = Statement("''", {}) if label is None else label_sql(label, "label", scope)
    is_step = " or ".join(condition.sql for condition in conditions)
    columns = [
        "event.visitor", "event.at_ms", "event.seq", "event.name", "event.path", "event.element",
        f"{shown.sql} as label",
        *(f"{condition.sql} as is_{i}" for i, condition in enumerate(conditions, 1)),
    ]  # fmt: skip
    events = events_sql(
        asked.selection,
        columns,
        only=(f"({is_step})" if order != "strict" else f"({_MEANT} or {is_step})",),
        has_visit=reads_visits(() if label is None else (label,), steps),
    )
    ways = _any_order(len(steps)) if order == "any" else _in_order(len(steps), order)
    numbers = range(1, len(steps) + 1)
    sql = FASTEST.format(
        order=TIME_ORDER,
        events=events.sql,
        ways=",\n".join(f"{name} as ({way}\n)" for name, way in ways.items()),
        fastest=", ".join(
            f"min(at_ms - {f'done[{i}]' if order == 'any' else f'start_{i}'}) as ms_{i}" for i in numbers
        ),
        last=list(ways)[-1],
        counts=", ".join(f"count(ms_{i}), quantile_disc(ms_{i}, 0.5)" for i in numbers),
        limit=MOST_GROUPS,
    )
    if order == "any":
        sql = sql.replace("filter (is_1) as label", "as label")
    values = {key: value for part in (events, shown, *conditions) for key, value in part.values.items()}
    return Plan(Statement(sql, values | {"window_ms": seconds * 1000}), lambda rows: (_shape(rows, len(steps)), {}))


def _in_order(steps: int, order: str) -> Mapping[str, str]:
    ways = {"way_1": "select *, case when is_1 then at_ms end as start_1 from stepped"}
    for step in range(1, steps):
        before = BEFORE[order].format(step=step)
        ways[f"way_{step + 1}"] = NEXT.format(step=step, next=step + 1, before=before)
    return ways


def _any_order(steps: int) -> Mapping[str, str]:
    numbers = range(1, steps + 1)
    over = "over (partition by visitor order by position rows unbounded preceding)"
    columns = ", ".join(f"max(case when is_{i} then at_ms end) {over} as last_{i}" for i in numbers)
    return {"way": ANY_ORDER.format(lasts=", ".join(f"last_{i}" for i in numbers), last_columns=columns)}


def _shape(rows: Sequence[Row], steps: int) -> list[Row]:
    """A row a group and step: label, step, visitors, share of the first step, share of the step before, median."""
    shown: list[Row] = []
    for label, *numbers in rows or [("", *([0, None] * steps))]:
        visitors, medians = numbers[::2], numbers[1::2]
        for i, (count, median) in enumerate(zip(visitors, medians, strict=True)):
            shares = (_percent(count, visitors[0]), _percent(count, visitors[max(i - 1, 0)]))
            shown.append((label, i + 1, count, *shares, None if median is None else median / 1000))
    return shown


def _percent(part: int, whole: int) -> float | None:
    """To 1 digit, half up."""
    return None if whole == 0 else (2000 * part + whole) // (2 * whole) / 10


FUNNEL = Report(
    "funnel",
    "how many visitors go through some steps, and how long they take",
    (
        Column(
            "label",
            "of the visitor's first event of the first step (of any, in any order); empty without dimension",
        ),
        Column("step", "number of the step, from 1; in any order: how many of the steps were done"),
        Column("visitors", "visitors who came this far"),
        Column("conversion_rate", "these as a share of the first step's, in percent"),
        Column("step_rate", "these as a share of the step's before, in percent"),
        Column("median_seconds", "from the first step to this one: the middle of the visitors' quickest ways"),
    ),
    plan,
    {
        "steps": "2 to 12 filters",
        "order": "`ordered`: other events may lie between; `strict`: no pageview or event of the site's own may; `any`",
        "window_seconds": "longest time from the first step to the last; 7 days, 90 at most",
        "dimension": "breaks down by it, the 1000 largest groups",
    },
    ("steps",),
)
