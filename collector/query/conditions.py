"""SQL of labels and filters. Values are bound to names that begin with a given one, so they stay apart."""

from collections.abc import Sequence
from typing import NamedTuple

from collector.query.buckets import offset_sql
from collector.query.dimensions import NONE, Dimension, LocalPart, Lookup, Property
from collector.query.filters import (
    BEHAVIOURS,
    Behaviour,
    Comparison,
    EventTime,
    Filter,
    Goals,
    Group,
    Label,
    Not,
    list_labels,
)
from collector.query.periods import Range, parse_span
from collector.query.statement import Statement

IN_RANGE = "event.at_ms >= $start_ms and event.at_ms < $end_ms"

# A matching visit has an event in the range, so it touches the range: older visits are never read.
VISITS = '(select * from "{site_id}".visits where start_ms < $end_ms and end_ms >= $start_ms)'

DONE = """{row}.visit in (
    select event.visit from "{site_id}".rows as event{join}
    where {conditions}
)"""


# The form of a time is looked at first: the database takes words such as "infinity" for times, too.
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
LOCAL_TIME = f"{_DAY}({_CLOCK})?"
TIME_WITH_OFFSET = f"{_DAY}{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}})"


class Scope(NamedTuple):
    """Where a condition stands. ``bots``: conditions of every event that counts. ``row``: what has its ``visit``.

    ``takes_null``: null does for false here, as it does not under ``not``.
    """

    site_id: str
    range: Range
    bots: tuple[str, ...] = ()
    row: str = "event"
    takes_null: bool = True


def label_sql(label: Label, name: str, scope: Scope) -> Statement:
    """The label of an event; of goals a list of labels."""
    if isinstance(label, Dimension):
        return Statement(label.sql, {})
    if isinstance(label, Property):
        value = f"json_extract_string(event.props, ${name}_pointer)"
        return Statement(f"coalesce({value}, '{NONE}')", {f"{name}_pointer": label.pointer})
    if isinstance(label, LocalPart):
        offset, values = offset_sql(scope.range)
        return Statement(label.sql.format(local_ms=f"event.at_ms + {offset}"), values)
    if isinstance(label, Lookup):
        return Statement(f"coalesce(({label.sql.format(site_id=scope.site_id)}), '{label.missing}')", {})
    if isinstance(label, EventTime):
        return Statement("event.at_ms", {})
    return _goals_sql(label, name, scope)


def all_sql(filters: Sequence[Filter], name: str, scope: Scope) -> Statement:
    """The condition that all of the filters match; true without any."""
    return _joined_sql("and", filters, name, scope) if filters else Statement("true", {})


def reads_visits(labels: Sequence[Label], filters: Sequence[Filter]) -> bool:
    """Whether the labels and the filters need the event's visit."""
    return any(label.relation == "visit" for label in (*labels, *list_labels(filters)))


def filter_sql(each: Filter, name: str, scope: Scope) -> Statement:
    """A filter's condition on ``event`` and its ``visit``."""
    if isinstance(each, Comparison):
        return _comparison_sql(each, name, scope)
    if isinstance(each, Group):
        return _joined_sql(each.word, each.filters, name, scope)
    if isinstance(each, Behaviour):
        return _behaviour_sql(each, name, scope)
    if isinstance(each, Not):
        condition, values = filter_sql(each.filter, f"{name}_0", scope._replace(takes_null=False))
        return Statement(f"not {condition}", values)
    return filter_sql(each.filter, f"{name}_0", scope)


def _joined_sql(word: str, filters: Sequence[Filter], name: str, scope: Scope) -> Statement:
    parts = [filter_sql(part, f"{name}_{i}", scope) for i, part in enumerate(filters)]
    condition = f" {word} ".join(part.sql for part in parts)
    return Statement(f"({condition})", {key: value for part in parts for key, value in part.values.items()})


def _behaviour_sql(each: Behaviour, name: str, scope: Scope) -> Statement:
    condition, values = filter_sql(each.filter, f"{name}_0", scope._replace(row="event", takes_null=True))
    done = DONE.format(
        row=scope.row,
        site_id=scope.site_id,
        join=f"\n    join {VISITS.format(site_id=scope.site_id)} as visit using (visit)"
        if reads_visits((), (each.filter,))
        else "",
        conditions="\n        and ".join((IN_RANGE, *scope.bots, condition)),
    )
    return Statement(f"{'not ' if BEHAVIOURS[each.word] else ''}({done})", values)


def _comparison_sql(comparison: Comparison, name: str, scope: Scope) -> Statement:
    operator, label = comparison.operator, comparison.dimension
    if operator.is_negated:
        scope = scope._replace(takes_null=False)
    if isinstance(label, Goals):
        reached = [Group("and", goal.filters) for goal in label.goals]
        condition, values = _joined_sql("or", reached, name, scope) if reached else Statement("false", {})
    elif operator.takes == "date":
        condition, values = _date_sql(comparison, name, scope)
    else:
        is_plain = scope.takes_null and _fits_no_absence(comparison)
        text, more = (label.value, {}) if is_plain and isinstance(label, Dimension) else label_sql(label, name, scope)
        values = {**more, **{f"{name}_{i}": value for i, value in enumerate(comparison.values)}}
        names = [f"${name}_{i}" for i, _ in enumerate(comparison.values)]
        condition = operator.fits_any(text, names, comparison.is_case_sensitive)
    return Statement(f"{'not ' if operator.is_negated else ''}({condition})", values)


def _date_sql(comparison: Comparison, name: str, scope: Scope) -> Statement:
    zone = scope.range.zone
    span = parse_span(str(comparison.values[0]), zone, ())
    text, values = label_sql(comparison.dimension, name, scope)
    if not isinstance(comparison.dimension, EventTime):
        text, values = _moment_sql(text, f"${name}_zone"), {**values, f"{name}_zone": zone.key}
    ends = {f"{name}_start": span.start_ms, f"{name}_end": span.end_ms}
    condition = comparison.operator.fits_any(text, [f"${end}" for end in ends], True)
    return Statement(condition, {**values, **{end: at_ms for end, at_ms in ends.items() if f"${end}" in condition}})


def _moment_sql(text: str, zone: str) -> str:
    """The ms since 1970 UTC that a text names, without an offset by local time; null where it is no time."""
    return f"""epoch_ms(case
        when regexp_full_match({text}, '{LOCAL_TIME}') then try_cast({text} as timestamp) at time zone {zone}
        when regexp_full_match({text}, '{TIME_WITH_OFFSET}') then try_cast({text} as timestamptz)
    end)"""


def _fits_no_absence(comparison: Comparison) -> bool:
    """Whether what is not there certainly does not fit: then the column itself may be asked, by its statistics, too."""
    label, word = comparison.dimension, comparison.operator.name
    if not isinstance(label, Dimension) or not comparison.is_case_sensitive:
        return False
    texts = [str(value) for value in comparison.values]
    return (word == "is" and label.missing not in texts) or (
        word == "contains" and not any(text in label.missing for text in texts)
    )


def _goals_sql(label: Goals, name: str, scope: Scope) -> Statement:
    cases, values = [], dict[str, object]()
    for i, goal in enumerate(label.goals):
        reached, more = all_sql(goal.filters, f"{name}_goal_{i}", scope)
        cases.append(f"case when {reached} then ${name}_goal_{i} end")
        values |= {**more, f"{name}_goal_{i}": goal.name}
    return Statement(f"list_filter([{', '.join(cases)}]::varchar[], lambda each: each is not null)", values)
