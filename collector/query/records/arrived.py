"""The record that an event has become which was taken just now, by the sender's id of it."""

from typing import Any

from collector.events.ids import number_id
from collector.query.prepared import Run
from collector.query.records.context import Context
from collector.query.records.events import COLUMNS, show_event
from collector.query.records.resource import Resource

_ARRIVED = """
select {columns}, {key} as key
from {rows} as event
where event.event_id = $event_id and {fixed}
order by event.received_ms desc
limit 1"""


def find_arrived(resource: Resource, event_id: str, context: Context, run: Run) -> dict[str, Any] | None:
    """The pageview or interaction; None when it is not in the log (a spool has it, or it was dropped)."""
    columns = ", ".join(f"event.{name}" for name in COLUMNS)
    sql = _ARRIVED.format(columns=columns, rows=context.rows, key=resource.key, fixed=resource.fixed)
    found = run(sql, {"event_id": number_id(event_id)})
    return show_event(resource, dict(zip((*COLUMNS, "key"), found[0], strict=True))) if found else None
