"""Tables of the mirror: one schema a site, named by the site's id.

``events`` holds sealed rows, ``tail`` the rows of the log that are not sealed yet, ``rows`` is both; a row's ``place``
in it is good for one moment. ``visits`` has one row a visit, with what it takes from its first event. That is not kept
a second time on every event: each such column takes 0.1 s of CPU a million rows to write. ``pages`` has one row a page
of a visit (mirror_summaries.py). ``shards`` says what of each shard is here, ``loaded`` which segments, and
``tombstones`` who is erased from all of it. Rows that came together are a ``part``; a segment that replaced others is
made of several. ``categories`` is what the site says of registered things (categories.py).
"""

import re

from collector.events.columns import COLUMNS, NAMES
from collector.events.erased import TOMBSTONE_COLUMNS
from collector.events.visits import FROM_FIRST_EVENT

VERSION = "7"  # another version on disk: the mirror is thrown away and made again

_TYPES = {name: type_ for name, type_, _ in COLUMNS}
_ALSO_OF_EVENTS = ("hostname", "is_bot", "bot")

ROW_NAMES = tuple(name for name in NAMES if name not in FROM_FIRST_EVENT or name in _ALSO_OF_EVENTS)
"""Columns of a row; a question finds the others at its visit."""

_PLACE_COLUMNS = "shard INTEGER, part INTEGER, visit BIGINT"

VISIT_COLUMNS = ", ".join(f"{name} {_TYPES[name]}" for name in FROM_FIRST_EVENT)
"""What a visit takes from its first event, with types."""

_SUMMARY_COLUMNS = """visit BIGINT, visitor BIGINT, start_ms BIGINT, end_ms BIGINT, pageviews INTEGER, events INTEGER,
            robots BOOLEAN, before_ms BIGINT, after_ms BIGINT"""

_SITE_ID = re.compile(r"[a-z0-9-]{1,64}")


def schema_of(site_id: str) -> str:
    """The site's schema as an SQL identifier. A site id has no character that could end a quoted one."""
    if not _SITE_ID.fullmatch(site_id):
        raise ValueError(f"no site id: {site_id!r}")
    return f'"{site_id}"'


def create_statements(site_id: str) -> list[str]:
    """What makes the site's schema where it is not there yet."""
    schema = schema_of(site_id)
    rows, lines = (", ".join(f"{name} {_TYPES[name]}" for name in names) for names in (ROW_NAMES, NAMES))
    return [
        f"create schema if not exists {schema}",
        f"create table if not exists {schema}.events ({rows}, {_PLACE_COLUMNS})",
        f"create table if not exists {schema}.tail ({lines}, {_PLACE_COLUMNS})",
        f"""create table if not exists {schema}.visits (
            {_SUMMARY_COLUMNS}, is_bounce BOOLEAN, entry_path VARCHAR, exit_path VARCHAR, {VISIT_COLUMNS})""",
        f"create table if not exists {schema}.pages ({_SUMMARY_COLUMNS}, path VARCHAR)",
        f"""create table if not exists {schema}.categories (
            entity_type VARCHAR, entity_id VARCHAR, category VARCHAR)""",
        f"create table if not exists {schema}.shards (shard INTEGER, epoch VARCHAR, after VARCHAR)",
        f"create table if not exists {schema}.loaded (shard INTEGER, name VARCHAR, part INTEGER)",
        f"create table if not exists {schema}.tombstones (shard INTEGER, {TOMBSTONE_COLUMNS})",
        f"""create or replace view {schema}.rows as
            select {", ".join(ROW_NAMES)}, visit, rowid as place from {schema}.events
            union all
            select {", ".join(ROW_NAMES)}, visit, -1 - rowid from {schema}.tail""",
    ]
