"""What a visit is: one function from events to visits, used for today, closed days, imports and tests.

Events of one visitor with no gap over 30 minutes are one visit. A sender may end it before (``SESSION_END``): then the
next act of a later ms starts another one. The last report of a page that is left, and a second end, are no acts and
stay with the visit that is over. The function is SQL text over any relation that has the columns of an event, so
whoever calls it brings only rows.
"""

from collector.events.sessions import SESSION_END

VISIT_GAP_MS = 30 * 60 * 1000

# What the tracker sends on its own. Anything else is the site's own event or a form that was sent, and it means that
# the visitor did something: such a visit is no bounce.
AUTOMATIC_NAMES = (
    "pageview", "engagement", "scroll", "click", "view", "rage_click", "dead_click", "web_vital", "error",
    "input_change", "copy", "print", "media_play", "media_pause", "media_end", "hover", "mouse_move", "page_resize",
    "keypress", "session_start", "session_end",
)  # fmt: skip

# A visit is named by its visitor and its start. xor keeps 64 bits, never overflows, and is one to one for
# a visitor.
VISIT_ID = "xor(visitor, visit_start)"

# The order of a visitor's events. Those of the same ms and number follow a hash: any order will do if it is always
# the same, and numbers are sorted in half the time.
TIE = "hash(name, path, element)"
_ORDER = "at_ms, seq nulls last, tie"

_AFTER_GAPS = f"""
select *,
    row_number() over (partition by visitor order by {_ORDER}) as position,
    coalesce(at_ms - lag(at_ms) over (partition by visitor order by {_ORDER}) > {VISIT_GAP_MS}, true) as starts
from {{rows}}"""

# ``act_ms``: the last act before a row, in its visit or where that starts. An end that no act followed is one.
_AFTER_ENDS = f"""
select * exclude (ended_ms, act_ms) replace (
    starts or coalesce(
        name not in ('engagement', '{SESSION_END}') and ended_ms = act_ms and at_ms > ended_ms, false
    ) as starts
)
from (
    select *,
        max(if(name = '{SESSION_END}', at_ms, null)) over before as ended_ms,
        max(if(starts or name <> 'engagement', at_ms, null)) over before as act_ms
    from ({_AFTER_GAPS})
    window before as (partition by visitor order by position rows between unbounded preceding and 1 preceding)
)"""

_ASSIGN = f"""
select * exclude (visit_start), {VISIT_ID} as visit
from (
    select *, max(if(starts, at_ms, null)) over (
        partition by visitor order by position rows unbounded preceding
    ) as visit_start
    from ({{starting}})
)
"""

ASSIGN_VISITS = _ASSIGN.format(starting=_AFTER_ENDS)
"""The same rows with their ``visit``, their ``position`` among the visitor's, and whether one ``starts`` a visit.

``{rows}`` is the name of a relation with ``visitor``, ``at_ms``, ``seq``, ``name``, and the row's ``TIE`` as ``tie``.
"""

ASSIGN_VISITS_WITHOUT_ENDS = _ASSIGN.format(starting=_AFTER_GAPS)
"""The same of rows none of which is a ``SESSION_END``, in two thirds of the time."""

FROM_FIRST_EVENT = (
    "hostname", "referrer", "source", "channel", "utm_medium", "utm_source", "utm_campaign", "utm_content", "utm_term",
    "device", "browser", "browser_version", "os", "os_version", "country", "region", "region_name", "city", "language",
    "screen", "is_bot", "bot", "platform", "app_name", "app_version", "ip_address", "user_agent",
)  # fmt: skip
"""Columns that a visit takes from its first event."""

SUMMARISE_VISITS = f"""
select
    visit,
    visitor,
    min(at_ms) as start_ms,
    max(at_ms) as end_ms,
    count(*) filter (name = 'pageview')::integer as pageviews,
    count(*) filter (name <> 'engagement')::integer as events,
    count(*) filter (name = 'pageview') <= 1
        and count(*) filter (name not in {AUTOMATIC_NAMES}) = 0 as is_bounce,
    arg_min(path, position) filter (path is not null and name = 'pageview') as entry_path,
    arg_max(path, position) filter (path is not null and name = 'pageview') as exit_path,
    if(bool_and(is_bot is true) = bool_or(is_bot is true), bool_or(is_bot is true), null) as robots
from {{rows}}
group by visit, visitor
"""
"""One row a visit, from what ``ASSIGN_VISITS`` gave, without what comes from its first event: that is the one row that
``starts`` it. ``robots``: whether its events are a robot's, null where only some are. ``{rows}`` is the name of a
relation."""

SUMMARISE_PAGES = """
select
    visit,
    visitor,
    path,
    count(*) filter (name = 'pageview')::integer as pageviews,
    count(*) filter (name <> 'engagement')::integer as events
from {rows}
group by visit, visitor, path
"""
"""One row a page of a visit, and one for its events without a page, from what ``ASSIGN_VISITS`` gave."""
