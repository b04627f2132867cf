"""Rows that stand for all events of a visit, or for those of a visit on one page; a question counts them as they stand.

They are counted where they lie whole in the range, in one bucket of time, and no robot has a part in them. The visits
at the edges are looked at event by event, so it is the same number, from a small part of the rows.
"""

from collections.abc import Sequence
from typing import NamedTuple

from collector.query.buckets import Bucket, bucket_sql
from collector.query.dimensions import DIMENSIONS
from collector.query.filters import Label, list_labels
from collector.query.selection import Selection

INSIDE = "{row}.start_ms >= $start_ms and {row}.end_ms < $end_ms"

IS_ONLY_ONE = """(
    coalesce({row}.before_ms < $start_ms, true) and coalesce({row}.after_ms >= $end_ms, true)
)"""
"""The visitor has no other visit that touches the range; of a page none that saw it."""

PLAIN = "{row}.robots is false"

LONG_MS = 2 * 60 * 60 * 1000
"""Of a visit. Shorter ones at an edge of the range have no event that is further from it."""

NEAR_EDGES = f"(event.at_ms < $start_ms + {LONG_MS} or event.at_ms >= $end_ms - {LONG_MS})"

Dimensions = Sequence[Label | Bucket]


class Whole(NamedTuple):
    """``table`` of such rows, and the name that they have in SQL; ``page`` when there is one for each page."""

    table: str
    row: str
    page: bool


# A page stands where the event does in other questions, so its labels are the same SQL.
VISITS = Whole("visits", "visit", page=False)
PAGES = Whole("pages", "event", page=True)


class Edge(NamedTuple):
    """``visits``, a relation of some that are not counted whole; ``only`` conditions of their events."""

    visits: str
    only: tuple[str, ...] = ()


def choose_table(selection: Selection, dimensions: Dimensions) -> Whole | None:
    """The rows that know all of these dimensions and of the filters; None where only events do."""
    page = DIMENSIONS["event:page"]
    labels = [*(each for each in dimensions if not isinstance(each, Bucket)), *list_labels(selection.filters)]
    if all(label.relation == "visit" for label in labels):
        return VISITS
    # Without pages as groups a visit would have several rows in one.
    is_known = page in dimensions and all(label == page or label.relation == "visit" for label in labels)
    return PAGES if is_known else None


def from_sql(selection: Selection, whole: Whole, *, has_visit: bool) -> str:
    """The relation of the rows, and of their visits when they are asked for."""
    if not whole.page:
        return f"{selection.visits} as visit"
    return f'"{selection.site_id}".pages as event' + (
        f"\njoin {selection.visits} as visit using (visit)" if has_visit else ""
    )


def conditions_of(selection: Selection, dimensions: Dimensions, row: str) -> list[str]:
    """What makes a row one that is counted as it stands."""
    robots = [] if selection.has_bots else [PLAIN.format(row=row)]
    return [_is_inside(selection, dimensions, row), *robots]


def edges_of(selection: Selection, dimensions: Dimensions) -> list[Edge]:
    """All other visits of the range that may have an event that counts, each in one edge."""
    is_inside = _is_inside(selection, dimensions, "visit")
    plain = "true" if selection.has_bots else PLAIN.format(row="visit")
    # Of a robot's visit all events are left out, unless the site counts it as a person.
    mixed = "false" if selection.has_bots else "visit.robots" + (" is not false" if selection.people else " is null")
    at_edge = f"{plain} and not ({is_inside})"
    if any(isinstance(each, Bucket) for each in dimensions):
        return [Edge(_some_visits(selection, f"({at_edge}) or {mixed}"))]
    is_long = f"visit.end_ms - visit.start_ms > {LONG_MS}"
    # Mostly the second has no visits, and then no event is read for it.
    return [
        Edge(_some_visits(selection, f"{at_edge} and not {is_long}"), (NEAR_EDGES,)),
        Edge(_some_visits(selection, f"({at_edge} and {is_long}) or {mixed}")),
    ]


def _is_inside(selection: Selection, dimensions: Dimensions, row: str) -> str:
    insides = [INSIDE.format(row=row)]
    for bucket in dimensions:
        if isinstance(bucket, Bucket):
            first, last = (bucket_sql(bucket, selection.range, f"{row}.{end}").sql for end in ("start_ms", "end_ms"))
            insides.append(f"{first} = {last}")
    return " and ".join(insides)


def _some_visits(selection: Selection, condition: str) -> str:
    return f"(select * from {selection.visits} as visit where {condition})"
