"""Funnel: how many visitors go through some steps, and how long they take.

A step is a filter. For each event that is step k, the latest beginning of a way through steps 1 to k is kept: the
latest one is the quickest, so it is within the window if any is. One pass for each step, over what came so far.
"""

from collections.abc import Mapping, Sequence

from collector.events.visits import AUTOMATIC_NAMES, TIE
from collector.query.conditions import filter_sql, reads_visits
from collector.query.filters import Filter, Label
from collector.query.reports.funnel_ways import LABELS, POSITION, Parts, order_steps, shown_sql
from collector.query.reports.report import Asked, Column, Plan, Report, Row
from collector.query.selection import Selection, events_sql
from collector.query.statement import Statement

MOST_STEPS = 12
DAY_SECONDS = 86_400
MOST_SECONDS = 90 * DAY_SECONDS
MOST_GROUPS = 1000
ORDERS = ("ordered", "strict", "any")

# Between two steps of a strict funnel nothing may happen that the visitor meant to do.
_MEANT = f"event.name not in {tuple(name for name in AUTOMATIC_NAMES if name != 'pageview')}"

STEPPED = """
select visitor, at_ms, label, tie, {flags}, {position} as position
from ({events})"""

COUNTED_POSITION = "row_number() over (partition by visitor order by at_ms, seq nulls last, tie)"

FIRST = "select visitor, at_ms, position, tie, at_ms as start from stepped where is_1"

STRICT = """
select visitor, stepped.at_ms, stepped.position, stepped.tie, start
from way_{step} join stepped using (visitor)
where is_{next} and stepped.position = way_{step}.position + 1 and stepped.at_ms - start <= $window_ms"""

# For each event as the end: when each step was last done up to here, the latest first.
ANY_ORDER = """
select visitor, at_ms, list_reverse_sort(list_filter([{lasts}], lambda last: at_ms - last <= $window_ms)) as done
from (select *, {last_columns} from stepped)"""

FUNNEL_SQL = """
with {parts}
select label, step, count(*), quantile_disc(ms, 0.5)
from ({reached}){labels}
group by label, step
order by max(count(*)) over (partition by label) desc, label, step
limit {limit}"""


def plan(asked: Asked) -> Plan:
    steps = asked.filters("steps", least=2, most=MOST_STEPS)
    order = asked.choice("order", ORDERS)
    seconds = asked.number("window_seconds", 7 * DAY_SECONDS, least=1, most=MOST_SECONDS)
    label = asked.label("dimension")
    made = (
        order_steps(asked.selection, steps, label)
        if order == "ordered"
        else _as_one(asked.selection, steps, label, order)
    )
    reached = (
        f"select visitor, {i} as step, min(at_ms - done[{i}]) as ms from way where len(done) >= {i} group by visitor"
        if order == "any"
        else f"select visitor, {i} as step, min(at_ms - start) as ms from way_{i} group by visitor"
        for i in range(1, len(steps) + 1)
    )
    sql = FUNNEL_SQL.format(
        parts=",\n".join(f"{name} as materialized ({part}\n)" for name, part in made.parts.items()),
        reached="\n    union all\n    ".join(reached),
        labels=", (select '' as label)" if label is None else " join labels using (visitor)",
        limit=MOST_GROUPS * MOST_STEPS,
    )
    return Plan(
        Statement(sql, made.values | {"window_ms": seconds * 1000}), lambda rows: (_shape(rows, len(steps)), {})
    )


def _as_one(selection: Selection, steps: Sequence[Filter], label: Label | None, order: str) -> Parts:
    """Strict, or in any order: the events of all steps, and of what may not lie between, in one row."""
    scope = selection.scope()
    conditions = [filter_sql(step, f"step_{i}", scope) for i, step in enumerate(steps, 1)]
    shown = shown_sql(label, selection)
    is_step = " or ".join(condition.sql for condition in conditions)
    columns = [
        "event.visitor", "event.at_ms", "event.seq", f"{TIE} as tie", f"{shown.sql} as label",
        *(f"{condition.sql} as is_{i}" for i, condition in enumerate(conditions, 1)),
    ]  # fmt: skip
    begin = events_sql(selection, ["event.visitor"], only=(conditions[0].sql,), has_visit=reads_visits((), steps[:1]))
    events = events_sql(
        selection,
        columns,
        only=(
            f"({is_step})" if order != "strict" else f"({_MEANT} or {is_step})",
            *(() if order == "any" else (f"event.visitor in ({begin.sql})",)),
        ),
        has_visit=reads_visits(() if label is None else (label,), steps),
    )
    flags = ", ".join(f"is_{i}" for i in range(1, len(steps) + 1))
    position = COUNTED_POSITION if order == "strict" else POSITION
    parts = {"stepped": STEPPED.format(flags=flags, position=position, events=events.sql)}
    parts |= _any_order(len(steps)) if order == "any" else _strict(len(steps))
    if label is not None:
        parts["labels"] = LABELS.format(events="stepped" if order == "any" else "(select * from stepped where is_1)")
    values = {key: value for part in (events, shown, *conditions) for key, value in part.values.items()}
    return Parts(parts, values)


def _strict(steps: int) -> Mapping[str, str]:
    return {"way_1": FIRST} | {f"way_{step + 1}": STRICT.format(step=step, next=step + 1) for step in range(1, steps)}


def _any_order(steps: int) -> Mapping[str, str]:
    numbers = range(1, steps + 1)
    over = "over (partition by visitor order by position, tie rows unbounded preceding)"
    columns = ", ".join(f"max(case when is_{i} then at_ms end) {over} as last_{i}" for i in numbers)
    return {"way": ANY_ORDER.format(lasts=", ".join(f"last_{i}" for i in numbers), last_columns=columns)}


def _shape(rows: Sequence[Row], steps: int) -> list[Row]:
    """A row a group and step: label, step, visitors, share of the first step, share of the step before, median."""
    groups: dict[str, dict[int, tuple[int, int | None]]] = {} if rows else {"": {}}
    for label, step, visitors, median_ms in rows:
        groups.setdefault(label, {})[step] = (visitors, median_ms)
    shown: list[Row] = []
    for label, reached in list(groups.items())[:MOST_GROUPS]:
        visitors = [reached.get(step, (0, None))[0] for step in range(1, steps + 1)]
        for i, count in enumerate(visitors):
            median_ms = reached.get(i + 1, (0, None))[1]
            shares = (_percent(count, visitors[0]), _percent(count, visitors[max(i - 1, 0)]))
            shown.append((label, i + 1, count, *shares, None if median_ms is None else median_ms / 1000))
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
