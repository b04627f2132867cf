"""What became of sessions since somebody last asked: those that began, went on, fell idle, or ended, each as it is now.

Nothing is written for it. A session changes when an event of it arrives, when it falls idle or ends for want of any,
and when its user's next one replaces it; all of that follows from the events. A change is shown when every event that
arrived with it is in the log, so nobody who goes on from there misses one.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from collector.events.visits import VISIT_GAP_MS
from collector.query.live import LATE_MS
from collector.query.prepared import Run
from collector.query.records.context import ACTIVE_MS, Context
from collector.query.records.moments import write_moment
from collector.query.records.parameters import parse_question, refuse_parameter
from collector.query.records.public_id import Place, parse_session_id, write_cursor, write_session_id
from collector.query.records.sessions import SESSIONS, read_sessions

NOTHING_YET = Place(0, "0" * 16)

# When a session ended, or fell idle, for want of events: in the first ms in which it is so.
_BY_TIME = f"""case
    when visit.end_ms + {VISIT_GAP_MS} < $until_ms then visit.end_ms + {VISIT_GAP_MS} + 1
    when visit.end_ms + {ACTIVE_MS} < $until_ms then visit.end_ms + {ACTIVE_MS} + 1
    else 0
end"""

# An end that comes late splits a session: the second part of it is another one from then on.
_CHANGED = f"""
with arrived as (
    select visit, max(received_ms) as heard_ms from {{rows}} where received_ms >= $after_ms group by visit
),
split as (
    select after.visit, heard_ms
    from arrived
    join {{visits}} as ended using (visit)
    join {{visits}} as after on after.visitor = ended.visitor
        and after.start_ms > ended.end_ms and after.start_ms <= ended.end_ms + {VISIT_GAP_MS}
),
heard as (
    select visit, max(heard_ms) as heard_ms
    from (select * from arrived union all select * from split)
    group by visit
),
replaced as ({{replacements}}),
changed as (
    select visit.visit, greatest(coalesce(heard_ms, 0), coalesce(replaced_ms, 0), {_BY_TIME}) as changed_ms
    from {{visits}} as visit left join heard using (visit) left join replaced using (visit)
    where {{conditions}}
)
select visit, changed_ms
from changed
where changed_ms <= $until_ms and (changed_ms, visit) > ($after_ms, $after_visit)
order by changed_ms, visit
limit $limit"""

_NO_REPLACEMENTS = "select null::bigint as visit, null::bigint as replaced_ms where false"


class Changes(NamedTuple):
    """The sessions that changed, the first change first. ``cursor``: where to go on, also when there are none."""

    sessions: list[dict[str, Any]]
    cursor: str


def list_changes(arguments: Iterable[tuple[str, str]], context: Context, run: Run) -> Changes:
    """The next changes behind a query string's cursor, of the sessions that its filters fit. Raises Problem (400)."""
    given = list(arguments)
    for name in ("offset", "ordering"):
        if name in dict(given):
            raise refuse_parameter(name, "changes come in the order in which they happened")
    context = context._replace(now_ms=context.now_ms - LATE_MS)
    question = parse_question(SESSIONS, given, context)
    after = question.cursor or NOTHING_YET
    sql = _CHANGED.format(
        rows=context.rows,
        visits=context.visits,
        replacements=context.replacements or _NO_REPLACEMENTS,
        conditions=" and ".join(each.sql for each in question.conditions),
    )
    values = {key: value for each in question.conditions for key, value in each.values.items()}
    place = {"after_ms": after.at_ms, "after_visit": parse_session_id(after.key), "until_ms": context.now_ms}
    found = run(sql, {**values, **context.values_of(sql), **place, "limit": question.limit})
    sessions = read_sessions((visit for visit, _ in found), context, run)
    shown = [
        {**sessions[visit], "changed_at": write_moment(changed_ms)} for visit, changed_ms in found if visit in sessions
    ]
    last = Place(found[-1][1], write_session_id(found[-1][0])) if found else after
    return Changes(shown, write_cursor(last))
