"""Ways through the steps of a funnel, in their order, as SQL: each step read for itself.

Only the events that can end a way are put in order: that is what costs. A step that hardly anybody gets to costs
hardly more than to look for it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from collector.events.visits import TIE
from collector.query.conditions import filter_sql, label_sql, reads_visits
from collector.query.filters import Filter, Label
from collector.query.selection import Selection, events_sql
from collector.query.statement import Statement

# A seq is below 2^20 (events/limits.py), so time and number are one whole number, which is put in order sooner.
POSITION = "at_ms * 1048576 + coalesce(seq, 1048575)"
READ = ("visitor", "at_ms", "seq", "name", "path", "element")

# In order, each step is read for itself, and only where it can end a way: behind the visitor's first end of a way
# through the steps before, and within the window of their last start.
ORDERED_FIRST = f"""
select visitor, at_ms, {POSITION} as position, {TIE} as tie, at_ms as start, label
from ({{events}})"""

ORDERED_STEP = f"""
select visitor, at_ms, {POSITION} as position, {TIE} as tie
from ({{events}}) join (
    select visitor, min(position) as low, max(start) + $window_ms as high from way_{{before}} group by visitor
) using (visitor)
where {POSITION} >= low and at_ms <= high"""

# The latest beginning of a way through the steps before, ended by an earlier event. An event that ends one and may be
# the next step, too, stands twice; as the next step it comes first, so it does not follow itself.
ORDERED = """
select visitor, at_ms, position, tie, latest as start
from (
    select *, max(start) over (
        partition by visitor order by position, tie, ends_one rows between unbounded preceding and 1 preceding
    ) as latest
    from (
        select visitor, at_ms, position, tie, start, true as ends_one
        from way_{before} join (
            select visitor, max(position) as high, min(at_ms) - $window_ms as low from step_{step} group by visitor
        ) using (visitor)
        where position <= high and start >= low
        union all
        select visitor, at_ms, position, tie, null, false from step_{step}
    )
)
where not ends_one and at_ms - latest <= $window_ms"""

LABELS = """
select visitor, arg_min(label, (position, tie)) as label from {events} group by visitor"""


class Parts(NamedTuple):
    """Named parts of the SQL, each of which may read those before, and their values."""

    parts: dict[str, str]
    values: dict[str, object]


def order_steps(selection: Selection, steps: Sequence[Filter], label: Label | None) -> Parts:
    """``way_1`` to the last: for each event that ends a way through so many steps, when that began."""
    parts, values = dict[str, str](), dict[str, object]()
    for number, step in enumerate(steps, 1):
        condition = filter_sql(step, f"step_{number}", selection.scope())
        shown = shown_sql(label if number == 1 else None, selection)
        columns = [*(f"event.{name}" for name in READ), f"{shown.sql} as label"]
        labels = () if label is None or number > 1 else (label,)
        has_visit = reads_visits(labels, (step,))
        events = events_sql(selection, columns, only=(condition.sql,), has_visit=has_visit)
        values |= {**events.values, **condition.values, **shown.values}
        if number == 1:
            parts["way_1"] = ORDERED_FIRST.format(events=events.sql)
        else:
            parts[f"step_{number}"] = ORDERED_STEP.format(events=events.sql, before=number - 1)
            parts[f"way_{number}"] = ORDERED.format(step=number, before=number - 1)
    if label is not None:
        parts["labels"] = LABELS.format(events="way_1")
    return Parts(parts, values)


def shown_sql(label: Label | None, selection: Selection) -> Statement:
    """The label that the funnel is broken down by."""
    return Statement("''", {}) if label is None else label_sql(label, "label", selection.scope())
