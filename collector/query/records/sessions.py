"""Sessions: visits, as the earlier systems knew them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from collector.events.sessions import END_REASONS, SESSION_END
from collector.query.prepared import Run
from collector.query.records.context import Context
from collector.query.records.moments import write_moment
from collector.query.records.public_id import SESSION_HEX, write_session_id
from collector.query.records.resource import Field, Resource, table_of

_HAS_ENDED = f"bool_or(name = '{SESSION_END}')"  # what is done after an end is another visit's (events/visits.py)

# After an end come no more than the last reports of pages that are left, and these within a day.
_IS_ENDED = f"""(visit.end_ms < $open_ms or visit.visit in (
    select visit from {{rows}} where at_ms >= $open_ms - 86400000 and name = '{SESSION_END}'){{replaced}})"""
_END_MS = f"if({_IS_ENDED}, visit.end_ms, null)"
_STATE = f"case when {_IS_ENDED} then 'ended' when visit.end_ms >= $active_ms then 'active' else 'idle' end"

PERSONS = """left join (
    select visit, any_value(visitor_id) as visitor_id, any_value(user_id) as user_id
    from {rows} where visitor_id is not null or user_id is not null group by visit
) as person using (visit)"""
"""Whose a session is; only lists that are ordered by it need it of all sessions."""

_OF_VISIT = {
    "entry_page": ("entry_path", "path of its first pageview"),
    "exit_page": ("exit_path", "path of its last pageview"),
    "source": ("source", "where it came from"),
    "channel": ("channel", "kind of source"),
    "referrer": ("referrer", "page that it came from"),
    "country": ("country", "ISO 3166-1 alpha-2 code"),
    "region": ("region", "ISO 3166-2 code"),
    "city": ("city", "English name"),
    "device": ("device", "desktop, mobile, tablet, tv or other"),
    "browser": ("browser", "family name"),
    "browser_version": ("browser_version", "major version"),
    "os": ("os", "operating system"),
    "platform": ("platform", "web or app"),
    "app": ("app_name", "name of the app"),
    "language": ("language", "first language of the browser"),
    "user_agent": ("user_agent", "of its first event; null where the site keeps none"),
    "ip_address": ("ip_address", "the same: whole, or cut to its network"),
}

SESSIONS = Resource(
    "sessions",
    "visit",
    at="visit.start_ms",
    key="visit.visit",
    fixed="true",
    fields=table_of(
        Field("id", "visit.visit", "visit", "16 hexadecimal digits"),
        Field(
            "session_id", "event", "session", "the visitor id that the sender gave, else the session's id",
            is_ordered=True, is_of_rows=True,
            order_sql=f"coalesce(person.visitor_id, {SESSION_HEX.format(visit='visit.visit')})",
        ),
        Field("start_time", "visit.start_ms", "time", "its first event", is_ordered=True),
        Field("end_time", _END_MS, "time", "its last event; null while it is not ended", is_ordered=True),
        Field(
            "user_id", "event.user_id", "text", "the id that the site itself gave; null = anonymous",
            is_ordered=True, is_of_rows=True, order_sql="person.user_id",
        ),
        Field("last_seen", "visit.end_ms", "time", "its last event", is_ordered=True),
        Field("state", _STATE, "state", "active (an event within 5 minutes), idle, ended (30 minutes, or by a call)"),
        Field("active", f"{_STATE} = 'active'", "flag", "whether its state is active"),
        Field("duration_ms", "visit.end_ms - visit.start_ms", "number", "from first to last event", is_ordered=True),
        Field("pageviews", "visit.pageviews", "number", "its pageviews", is_ordered=True),
        Field("events", "visit.events", "number", "its events but engagement", is_ordered=True),
        Field("is_bounce", "visit.is_bounce", "flag", "whether it bounced"),
        *(Field(name, f"visit.{column}", "text", meaning) for name, (column, meaning) in _OF_VISIT.items()),
    ),
    search=("session_id", "user_id", "ip_address", "entry_page", "source", "country", "city", "browser", "os"),
    time_field="start_time",
)  # fmt: skip

_FACTS = (
    "visit", "start_ms", "end_ms", "pageviews", "events", "is_bounce", *(column for column, _ in _OF_VISIT.values()),
)  # fmt: skip
_SELECT_VISITS = """
select {facts}, {state} as state, (false {replaced}) as is_replaced
from {visits} as visit
where visit.visit in (select unnest($visits::bigint[]))"""

_SELECT_PERSONS = f"""
select visit, any_value(visitor_id), arg_max(user_id, at_ms) filter (where user_id is not null),
    if({_HAS_ENDED}, arg_max(props, at_ms) filter (where name = '{SESSION_END}'), null), {_HAS_ENDED}
from {{rows}}
where at_ms between $low and $high and visit in (select unnest($visits::bigint[]))
group by visit"""


def read_sessions(visits: Iterable[int], context: Context, run: Run) -> dict[int, dict[str, Any]]:
    """Visit → its session as it is shown. A visit that is not there is left out."""
    wanted: dict[str, object] = {"visits": sorted(set(visits))}
    if not wanted["visits"]:
        return {}
    facts = ", ".join(f"visit.{name}" for name in _FACTS)
    sql = context.fill(_SELECT_VISITS.replace("{facts}", facts).replace("{state}", _STATE))
    names = (*_FACTS, "state", "is_replaced")
    found = [dict(zip(names, row, strict=True)) for row in run(sql, wanted | context.values_of(sql))]
    if not found:
        return {}
    bounds = {"low": min(row["start_ms"] for row in found), "high": max(row["end_ms"] for row in found)}
    persons = {row[0]: row[1:] for row in run(context.fill(_SELECT_PERSONS), wanted | bounds)}
    return {row["visit"]: _show(row, persons.get(row["visit"], (None, None, None, False))) for row in found}


def _show(row: Mapping[str, Any], person: Sequence[Any]) -> dict[str, Any]:
    visitor_id, user_id, end_props, is_ended_by_call = person
    by_itself = "replaced" if row["is_replaced"] else "timeout"
    has_ended = row["state"] == "ended"
    own_id = write_session_id(row["visit"])
    return {
        "id": own_id,
        "session_id": visitor_id or own_id,
        "start_time": write_moment(row["start_ms"]),
        "end_time": write_moment(row["end_ms"]) if has_ended else None,
        "user_id": user_id,
        "last_seen": write_moment(row["end_ms"]),
        "state": row["state"],
        "end_reason": (_reason_of(end_props) if is_ended_by_call else by_itself) if has_ended else None,
        "duration_ms": row["end_ms"] - row["start_ms"],
        "pageviews": row["pageviews"],
        "events": row["events"],
        "is_bounce": row["is_bounce"],
        **{name: row[column] for name, (column, _) in _OF_VISIT.items()},
    }


def _reason_of(props: str | None) -> Any:
    reason = msgspec.json.decode(props).get("reason") if props else None
    return reason if reason in END_REASONS else "api"
