"""Which events count: a site's, in a range, that match all filters, and robots or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collector.query.conditions import IN_RANGE, VISITS, Scope, all_sql
from collector.query.filters import Filter, list_labels
from collector.query.periods import Range
from collector.query.statement import Statement

NO_BOTS = "event.is_bot is not true"
NO_BOTS_BUT_PEOPLE = f"({NO_BOTS} or event.bot in (select unnest($people::varchar[])))"


@dataclass(frozen=True, slots=True)
class Selection:
    """Every question and every report looks at one. ``people``: names of robots that the site counts as people."""

    site_id: str
    range: Range
    filters: tuple[Filter, ...] = ()
    has_bots: bool = False
    people: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, object]:
        """What the conditions of every event name."""
        values: dict[str, object] = {"start_ms": self.range.start_ms, "end_ms": self.range.end_ms}
        return values | {"people": list(self.people)} if self.people and not self.has_bots else values

    @property
    def visits(self) -> str:
        """The visits that touch the range."""
        return VISITS.format(site_id=self.site_id)

    def scope(self, row: str = "event") -> Scope:
        bots = () if self.has_bots else (NO_BOTS_BUT_PEOPLE if self.people else NO_BOTS,)
        return Scope(self.site_id, self.range, bots, row)


def events_sql(
    selection: Selection,
    columns: Sequence[str],
    *,
    name: str = "filter",
    only: Sequence[str] = (),
    has_visit: bool = False,
    visits: str | None = None,
) -> Statement:
    """The selected events, with these columns of ``event``, and of its ``visit`` with ``has_visit``.

    ``only`` are more conditions; the values of the filters are bound to names that begin with ``name``. ``visits``: the
    only ones that are looked at.
    """
    scope = selection.scope()
    filters = all_sql(selection.filters, name, scope)
    joins = (
        has_visit or visits is not None or any(label.relation == "visit" for label in list_labels(selection.filters))
    )
    conditions = (IN_RANGE, *scope.bots, *only, *((filters.sql,) if selection.filters else ()))
    sql = "\n".join(
        (
            f"select {', '.join(columns)}",
            f'from "{selection.site_id}".rows as event',
            *((f"join {visits or selection.visits} as visit using (visit)",) if joins else ()),
            "where " + "\n    and ".join(conditions),
        )
    )
    return Statement(sql, {**selection.values, **filters.values})
