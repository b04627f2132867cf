"""Records from a query string to their JSON, and one record by its id; whoever calls brings the database."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from collector.query.prepared import Run
from collector.query.records.context import Context
from collector.query.records.events import COLUMNS, INTERACTIONS, PAGEVIEWS, show_event
from collector.query.records.pages import read_page
from collector.query.records.parameters import parse_question
from collector.query.records.public_id import parse_id, parse_session_id, write_cursor
from collector.query.records.resource import Resource
from collector.query.records.sessions import SESSIONS, read_sessions

RESOURCES: dict[str, Resource] = {resource.name: resource for resource in (SESSIONS, PAGEVIEWS, INTERACTIONS)}

_ONE_EVENT = """
select {columns}, {key} as key
from {rows} as event
where event.at_ms = $at_ms and {fixed} and {key} = $key
limit 1"""

_VISIT_OF_VISITOR = """
select event.visit
from {rows} as event
where event.visitor_id = $visitor_id
order by event.at_ms desc, event.visit
limit 1"""


class Listed(NamedTuple):
    """A page of records; ``total`` is of all pages.

    ``next`` and ``previous``: what of the query string is another there; None = no such page.
    """

    total: int
    records: list[dict[str, Any]]
    next: dict[str, str] | None
    previous: dict[str, str] | None


def list_records(resource: Resource, arguments: Iterable[tuple[str, str]], context: Context, run: Run) -> Listed:
    """The page that a query string asks for. Raises Problem (400) before ``run`` is called."""
    question = parse_question(resource, arguments, context)
    page = read_page(question, context, run)
    if resource is SESSIONS:
        sessions = read_sessions((row["visit"] for row in page.rows), context, run)
        records = [sessions[row["visit"]] for row in page.rows if row["visit"] in sessions]
    else:
        records = [show_event(resource, row) for row in page.rows]
        if question.expands:
            sessions = read_sessions((row["visit"] for row in page.rows), context, run)
            records = [
                record | {"session": sessions.get(row["visit"])} for record, row in zip(records, page.rows, strict=True)
            ]
    if question.has_cursor:
        return Listed(page.total, records, {"cursor": write_cursor(page.next)} if page.next else None, None)
    end = question.offset + question.limit
    before = max(question.offset - question.limit, 0)
    return Listed(
        page.total,
        records,
        {"offset": str(end)} if end < page.total else None,
        {"offset": str(before)} if question.offset else None,
    )


def retrieve_record(
    resource: Resource, record_id: str, expands: bool, context: Context, run: Run
) -> dict[str, Any] | None:
    """The record of an id; of a session also the newest that its sender calls so. None when there is none."""
    if resource is SESSIONS:
        return find_session(record_id, context, run)
    place = parse_id(record_id)
    if place is None or place.at_ms >= 2**63:
        return None
    sql = _ONE_EVENT.format(
        columns=", ".join(f"event.{name}" for name in COLUMNS),
        rows=context.rows, key=resource.key, fixed=resource.fixed,
    )  # fmt: skip
    found = run(sql, {"at_ms": place.at_ms, "key": place.key})
    if not found:
        return None
    row = dict(zip((*COLUMNS, "key"), found[0], strict=True))
    record = show_event(resource, row)
    if expands:
        record["session"] = read_sessions([row["visit"]], context, run).get(row["visit"])
    return record


def find_session(record_id: str, context: Context, run: Run) -> dict[str, Any] | None:
    """The session of an id of ours, or the newest one of the visitor whom the sender calls so."""
    visit = parse_session_id(record_id)
    sessions = read_sessions([visit], context, run) if visit is not None else {}
    return next(iter(sessions.values()), None) or find_session_of(record_id, context, run)


def find_session_of(visitor_id: str, context: Context, run: Run) -> dict[str, Any] | None:
    """The newest session of the visitor whom the sender calls so."""
    found = run(_VISIT_OF_VISITOR.format(rows=context.rows), {"visitor_id": visitor_id})
    sessions = read_sessions([found[0][0]], context, run) if found else {}
    return next(iter(sessions.values()), None)
