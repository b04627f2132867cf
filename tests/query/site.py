"""A site's relations in an in-memory DuckDB, as the mirror builds them, and questions to it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from collector.events.columns import COLUMNS
from collector.events.visits import ASSIGN_VISITS, FROM_FIRST_EVENT, SUMMARISE_VISITS, TIE
from collector.query.mirror_summaries import PAGES_OF_VISITS, TABLES, WITH_NEIGHBOURS
from collector.query.named import Names
from collector.query.question import ask
from collector.storage.sites import NamedFilters

from .plain import BUYERS, CATEGORIES, GOALS, Row

SITE = "shop"
STRUCT = json.dumps([{column.name: column.type for column in COLUMNS}])
NOW_MS = 1_711_900_800_000  # 2024-03-31 18:00 in Berlin, the day its clocks went forward


class Site:
    """The relations ``rows`` and ``visits`` of one site, filled anew by each ``load``."""

    def __init__(self) -> None:
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute(f'create schema "{SITE}"')
        rows = ", ".join(str((*thing, category)) for thing, category in CATEGORIES.items())
        self._create("categories", f"select * from (values {rows}) as known (entity_type, entity_id, category)")
        self.load([])

    def load(self, events: Sequence[Row]) -> None:
        self.connection.execute(
            "create or replace temp table events as select unnest(from_json($events::json, $struct), max_depth := 2)",
            {"events": json.dumps(events), "struct": STRUCT},
        )
        assigned = ASSIGN_VISITS.format(rows=f"(select *, {TIE} as tie from events)")
        self._create("rows", f"select *, row_number() over () as place from ({assigned})")
        firsts = f'select visit, {", ".join(FROM_FIRST_EVENT)} from "{SITE}".rows where starts'
        visits = SUMMARISE_VISITS.format(rows=f'"{SITE}".rows')
        summaries = {
            "visits": f"select * from ({visits}) join ({firsts}) using (visit)",
            "pages": PAGES_OF_VISITS.format(rows=f'"{SITE}".rows', visits=f'"{SITE}".visits'),
        }
        for table, sql in summaries.items():
            self._create(table, WITH_NEIGHBOURS.format(summaries=sql, who=TABLES[table]))

    def ask(self, *, now_ms: int = NOW_MS, earliest_ms: int | None = None, **fields: Any) -> dict[str, Any]:
        body = {"site_id": SITE, "metrics": ["visitors"], "date_range": "all", **fields}
        return ask(
            body,
            run=self.run,
            default_timezone="Europe/Berlin",
            now_ms=now_ms,
            earliest_ms=earliest_ms,
            names=build_names(),
        )

    def run(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(sql, dict(values)).fetchall()
        return rows

    def read(self, relation: str) -> list[Row]:
        cursor = self.connection.execute(f'select * from "{SITE}".{relation}')
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _create(self, relation: str, sql: str) -> None:
        self.connection.execute(f'create or replace table "{SITE}".{relation} as {sql}')


def build_names() -> Names:
    """The goals and the segment of the reference."""
    return Names([NamedFilters(*goal) for goal in GOALS.items()], [NamedFilters("buyers", BUYERS)])


def build_event(at_ms: int, **columns: Any) -> Row:
    """An event of visitor 1 named pageview on /, unless ``columns`` says otherwise."""
    return {"at_ms": at_ms, "visitor": 1, "name": "pageview", "path": "/", "is_bot": False, **columns}
