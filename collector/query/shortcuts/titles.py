"""The titles of pages, as they were last shown."""

from collections.abc import Collection

from collector.query.mirror_schema import schema_of
from collector.query.prepared import Run

_NEWEST = """
select path, arg_max(title, at_ms)
from {schema}.rows
where name = 'pageview' and title is not null and path in (select unnest($paths::varchar[]))
group by path"""


def read_titles(site_id: str, paths: Collection[str], run: Run) -> dict[str, str]:
    """Path → the title of its newest pageview that has one."""
    return dict(run(_NEWEST.format(schema=schema_of(site_id)), {"paths": list(paths)}))  # type: ignore[arg-type]
