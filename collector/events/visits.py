"""What a visit is: one function from events to visits, used for today, closed days, imports and tests.

Events of one visitor with no gap over 30 minutes are one visit. The function is SQL text over any
relation that has the columns of an event, so whoever calls it brings only rows.
"""

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

ASSIGN_VISITS = f"""
select * exclude (visit_start), {VISIT_ID} as visit
from (
    select *, max(if(starts, at_ms, null)) over (
        partition by visitor order by position rows unbounded preceding
    ) as visit_start
    from (
        select *,
            row_number() over (partition by visitor order by {_ORDER}) as position,
            coalesce(at_ms - lag(at_ms) over (partition by visitor order by {_ORDER}) > {VISIT_GAP_MS}, true) as starts
        from {{rows}}
    )
)
"""
"""The same rows with their ``visit``, their ``position`` among the visitor's, and whether one ``starts`` a visit.

``{rows}`` is the name of a relation with ``visitor``, ``at_ms``, ``seq`` and ``tie``, which is ``TIE`` of a row.
"""

FROM_FIRST_EVENT = (
    "hostname", "referrer", "source", "channel", "utm_medium", "utm_source", "utm_campaign", "utm_content", "utm_term",
    "device", "browser", "browser_version", "os", "os_version", "country", "region", "region_name", "city", "language",
    "screen", "is_bot", "bot", "platform", "app_name", "app_version",
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
    arg_max(path, position) filter (path is not null and name = 'pageview') as exit_path
from {{rows}}
group by visit, visitor
"""
"""One row a visit, from what ``ASSIGN_VISITS`` gave, without what comes from its first event: that is the one row that
``starts`` it. ``{rows}`` is the name of a relation."""
