"""The mirror's copy of what registered things are: the one fact of theirs that questions break down by."""

import time
from collections.abc import Callable
from typing import Any

from collector.query.mirror_schema import schema_of
from collector.storage.entities import Entities
from collector.storage.sites import COPY_SECONDS


class Categories:
    """Brings the categories of a site into its table, when they changed since it last did."""

    def __init__(self, entities: Entities, clock: Callable[[], float] = time.monotonic) -> None:
        self._entities = entities
        self._clock = clock
        self._known: dict[str, tuple[float, str | None]] = {}

    def version(self, site_id: str) -> str:
        """What the table holds, as a text that is another one when it does."""
        return self._known.get(site_id, (0.0, None))[1] or ""

    def refresh(self, site_id: str, database: Any) -> None:
        """Bring the table up to what was registered some seconds ago, in a transaction of its own."""
        looked, known = self._known.get(site_id, (-COPY_SECONDS, None))
        now = self._clock()
        if now - looked < COPY_SECONDS:
            return
        changes = self._entities.read_changes(site_id)
        if changes != known:
            _fill(database, f"{schema_of(site_id)}.categories", list(self._entities.read_categories(site_id)))
        self._known[site_id] = (now, changes)


def _fill(database: Any, table: str, rows: list[tuple[str, str, str]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    cursor = database.cursor()
    try:
        cursor.begin()
        cursor.execute(f"delete from {table}")
        cursor.execute(
            f"insert into {table} select unnest($1::varchar[]), unnest($2::varchar[]), unnest($3::varchar[])", columns
        )
        cursor.commit()
    finally:
        cursor.close()
