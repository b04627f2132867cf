"""Views of entities: how often, by whom, for how long and when.

The tracker tells a view again and again, each time with the milliseconds so far. So one view is all ``view`` events of
an entity in one pageview, begun by the first of them, and the largest of their times is its time. An event without a
pageview is a view of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from collector.query.prepared import Run
from collector.query.records.context import Context
from collector.query.records.moments import write_moment
from collector.query.selection import NO_BOTS, NO_BOTS_BUT_PEOPLE

By = Literal["user", "visitor"]
COLUMN_OF_BY: dict[By, str] = {"user": "user_id", "visitor": "visitor_id"}

# ``seen``: one row a view.
_SEEN = """
with seen as (
    select event.entity_type, event.entity_id, any_value(event.visitor) as visitor,
        any_value(event.visitor_id) as visitor_id, max(event.user_id) as user_id,
        min(event.at_ms) as at_ms, coalesce(max(event.visible_ms), 0) as visible_ms
    from {rows} as event
    where event.name = 'view' and event.entity_type is not null and {bots}{of}
    group by event.entity_type, event.entity_id,
        coalesce(event.pageview_id::varchar, concat_ws(':', event.at_ms, event.visitor, event.seq, event.visible_ms))
)"""

_OF_TYPE = " and event.entity_type = $type"
_OF_ONE = _OF_TYPE + " and event.entity_id = $id"

_TOTALS = """
count(*) as views, count(distinct visitor) as visitors, count(distinct user_id) as users,
sum(visible_ms)::bigint as visible_ms, min(at_ms) as first_ms, max(at_ms) as last_ms"""
_TOTAL_NAMES = ("views", "visitors", "users", "visible_ms", "first_ms", "last_ms")

_TYPES = f"{_SEEN} select entity_type, count(distinct entity_id), {_TOTALS} from seen group by entity_type"
_ONE = f"{_SEEN} select {_TOTALS} from seen"
_LIST = f"""{_SEEN}
select entity_id, {_TOTALS}
from seen
group by entity_id
order by views desc, entity_id
limit $limit offset $offset"""
_COUNT = f"{_SEEN} select count(distinct entity_id) from seen"

_BY = f"""{_SEEN}
select {{by}} as who, count(*) as views, sum(visible_ms)::bigint as visible_ms, max(at_ms) as last_ms, count(*) over ()
from seen
group by who
order by {{order}} desc, last_ms desc, who nulls last
limit $limit offset $offset"""

_TIMES = f"""{_SEEN},
numbered as (
    select *, row_number() over (
        partition by coalesce(user_id, visitor::varchar) order by at_ms, visible_ms
    ) - 1 as seen_before
    from seen
)
select at_ms, visible_ms, user_id, visitor_id, seen_before, count(*) over () as total
from numbered
where {{who}}
order by at_ms desc, seen_before desc
limit $limit offset $offset"""


class Part(NamedTuple):
    """A page of rows, and how many there are in all."""

    total: int
    rows: list[dict[str, Any]]


class EntityViews:
    """Views of a site's entities, as of the moment of ``run``."""

    def __init__(self, context: Context, run: Run) -> None:
        self._context = context
        self._run = run

    def list_types(self) -> dict[str, dict[str, Any]]:
        """Type → its totals, and of how many ``entities``."""
        rows = self._rows(_TYPES, "")
        return {row[0]: {"entities": row[1], **_show_totals(row[2:])} for row in rows}

    def list_entities(self, type_: str, limit: int, offset: int) -> Part:
        """Entities of a type that were viewed, the most viewed first."""
        rows = self._rows(_LIST, _OF_TYPE, type=type_, limit=limit, offset=offset)
        total = self._rows(_COUNT, _OF_TYPE, type=type_)[0][0]
        return Part(total, [{"id": row[0], **_show_totals(row[1:])} for row in rows])

    def count(self, type_: str, entity_id: str) -> dict[str, Any]:
        """Totals of one entity."""
        return _show_totals(self._rows(_ONE, _OF_ONE, type=type_, id=entity_id)[0])

    def list_by(self, type_: str, entity_id: str, by: By, order: str, limit: int, offset: int) -> Part:
        """Views and visible ms by ``by``; who has no such id is one row with null. ``order``: views or visible_ms."""
        sql = _BY.replace("{by}", COLUMN_OF_BY[by]).replace("{order}", order)
        rows = self._rows(sql, _OF_ONE, type=type_, id=entity_id, limit=limit, offset=offset)
        shown = [
            {by: row[0], "views": row[1], "visible_ms": row[2], "last_viewed": write_moment(row[3])} for row in rows
        ]
        return Part(rows[0][4] if rows else 0, shown)

    def list_times(self, type_: str, entity_id: str, who: Mapping[By, str], limit: int, offset: int) -> Part:
        """When it was viewed, the newest first, and how often the same user or visitor had viewed it before."""
        named: dict[str, object] = dict(who.items())
        conditions = [f"{COLUMN_OF_BY[by]} = ${by}" for by in who] or ["true"]
        sql = _TIMES.replace("{who}", " and ".join(conditions))
        rows = self._rows(sql, _OF_ONE, type=type_, id=entity_id, limit=limit, offset=offset, **named)
        shown = [
            {
                "timestamp": write_moment(row[0]),
                "visible_ms": row[1],
                "user": row[2],
                "visitor": row[3],
                "seen_before": row[4],
            }
            for row in rows
        ]
        return Part(rows[0][5] if rows else 0, shown)

    def _rows(self, template: str, of: str, **values: object) -> Sequence[Sequence[Any]]:
        bots = NO_BOTS_BUT_PEOPLE if self._context.people else NO_BOTS
        sql = template.format(rows=self._context.rows, bots=bots, of=of)
        return self._run(sql, values | self._context.values_of(sql))


def _show_totals(row: Sequence[Any]) -> dict[str, Any]:
    totals = dict(zip(_TOTAL_NAMES, row, strict=True))
    first_ms, last_ms = totals.pop("first_ms"), totals.pop("last_ms")
    return {
        **totals,
        "visible_ms": totals["visible_ms"] or 0,
        "mean_visible_ms": round(totals["visible_ms"] / totals["views"]) if totals["views"] else None,
        "first_viewed": None if first_ms is None else write_moment(first_ms),
        "last_viewed": None if last_ms is None else write_moment(last_ms),
    }
