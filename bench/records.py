"""Lists of records over a million interactions: first, middle and last page, filters and searches.

Usage: python -m bench.records [--interactions 1000000]

The rows stand in a mirror's own tables, a day's rows in the order of a closed segment (visitor, then time), beside as
many pageviews and engagement events as a shop has. What is measured is a list from its query string to its JSON.
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import duckdb
import msgspec

from collector.events.visits import ASSIGN_VISITS, FROM_FIRST_EVENT, SUMMARISE_VISITS, TIE
from collector.query.mirror_schema import ROW_NAMES, create_statements
from collector.query.records.context import Context
from collector.query.records.listing import RESOURCES, list_records

SITE = "bench"
DAYS = 30
NOW_MS = 1_763_800_000_000
RUNS = 9
CONTEXT = Context(SITE, ZoneInfo("UTC"), NOW_MS)

# Of 16 events 10 are interactions; a visitor has some 40 events in visits of about 8.
_TRAFFIC = """
select
    $now - $days * 86400000::bigint + day * 86400000::bigint + start_ms + step * 20000 as at_ms,
    at_ms + 90 as received_ms,
    step as seq,
    case when i % 16 in (0, 5, 10) then 'pageview' when i % 16 in (4, 9, 15) then 'engagement'
        when i % 16 in (3, 8) then 'scroll' else 'click' end as name,
    (hash(who) >> 1)::bigint as visitor,
    case when who % 3 = 0 then 'install-' || who end as visitor_id,
    case when who % 10 = 0 then 'user-' || who end as user_id,
    'shop.example' as hostname,
    '/c/' || (i % 12) || '/product-' || (hash(i) % 400) as path,
    case when name = 'pageview' then 'Product number ' || (hash(i) % 400) || ' of the shop' end as title,
    case when name = 'click' then 'main > button#b' || (hash(i) % 60) end as element,
    case when name = 'click' then 'Button ' || (hash(i) % 60) end as text,
    case when name = 'click' then (hash(i) % 1400)::integer end as x,
    case when name = 'click' then (hash(i + 1) % 3000)::integer end as y,
    case when name = 'click' and i % 7 = 0 then '{"plan":"' || (i % 5) || '","n":' || (i % 1000) || '}' end as props,
    case when name = 'engagement' then 5000 end as visible_ms,
    false as is_bot
from (
    select i, i // 8 as visit, i % 8 as step, (i // 8) % ($events // 40) as who,
        (hash(i // 8) % $days)::bigint as day, (hash(i // 8 + 7) % 80000000)::bigint as start_ms
    from range($events) as made(i)
)
order by day, visitor, at_ms"""

QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("first page", "interactions", ""),
    ("middle page", "interactions", "offset={middle}"),
    ("last page", "interactions", "offset={last}"),
    ("first page, by cursor", "interactions", "cursor="),
    ("deep page, by cursor", "interactions", "cursor={cursor}"),
    ("first page, with sessions", "interactions", "expand=session"),
    ("event_type=CLICK", "interactions", "event_type=CLICK"),
    ("element=…", "interactions", "element=main > button%23b42"),
    ("element__icontains=B42", "interactions", "element__icontains=B42"),
    ("session__session_id=…", "interactions", "session__session_id=install-300"),
    ("user_id=…", "interactions", "user_id=user-300"),
    ("timestamp__date=…", "interactions", "timestamp__date=2025-11-10"),
    ("metadata__x_coord=100", "interactions", "metadata__x_coord=100"),
    ("metadata__x_coord__gt=1000", "interactions", "metadata__x_coord__gt=1000"),
    ("metadata__plan=3", "interactions", "metadata__plan=3"),
    ("page_url__icontains=product-39", "interactions", "page_url__icontains=product-39"),
    ("search=button", "interactions", "search=button"),
    ("search=install-300 b42", "interactions", "search=install-300 b42"),
    ("search=nothing-has-this", "interactions", "search=nothing-has-this"),
    ("ordering=element", "interactions", "ordering=element"),
    ("page views, first page", "pageviews", ""),
    ("page views, url=…", "pageviews", "url=https://shop.example/c/1/product-39"),
    ("sessions, first page", "sessions", ""),
    ("sessions, last page", "sessions", "offset={last_session}"),
    ("sessions, user_id=…", "sessions", "user_id=user-300"),
    ("sessions, search=install-300", "sessions", "search=install-300"),
)


def build(database: Any, events: int) -> None:
    """Make the tables of a mirror, and fill them."""
    for statement in create_statements(SITE):
        database.execute(statement)
    values = {"now": NOW_MS, "days": DAYS, "events": events}
    database.execute(f"create temp table made as {_TRAFFIC}", values)
    database.execute("create temp table plain as select * from made")
    database.execute(
        f"create temp table derived as {ASSIGN_VISITS.format(rows=f'(select *, {TIE} as tie from plain)')}"
    )
    names = [name for name in ROW_NAMES if name in _columns_of(database, "derived")]
    database.execute(
        f'insert into "{SITE}".events by name select {", ".join(names)}, 0 as shard, 1 as part, visit from derived'
    )
    firsts = ", ".join(name for name in FROM_FIRST_EVENT if name in names)
    database.execute(
        f"""insert into "{SITE}".visits by name
        select * from ({SUMMARISE_VISITS.format(rows="derived")})
        join (select visit, {firsts}, 'Chrome' as browser, 'DE' as country from derived where starts) using (visit)"""
    )
    for table in ("made", "plain", "derived"):
        database.execute(f"drop table temp.{table}")


def _columns_of(database: Any, table: str) -> set[str]:
    return {row[0] for row in database.execute(f"describe {table}").fetchall()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--interactions", type=int, default=1_000_000)
    wanted = parser.parse_args().interactions
    folder = Path(tempfile.mkdtemp(prefix="footfall-bench-"))
    database = duckdb.connect(str(folder / "mirror.duckdb"), config={"memory_limit": "1024MB"})
    try:
        build(database, wanted * 16 // 10)
        database.execute("checkpoint")
        report(database)
    finally:
        database.close()
        shutil.rmtree(folder)


def report(database: Any) -> None:
    """Print the median wall and CPU ms of each list, and the last page against the first."""

    def run(sql: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        rows: list[tuple[Any, ...]] = database.cursor().execute(sql, dict(values)).fetchall()
        return rows

    total = list_records(RESOURCES["interactions"], [], CONTEXT, run).total
    sessions = list_records(RESOURCES["sessions"], [], CONTEXT, run).total
    middle = list_records(RESOURCES["interactions"], [("offset", str(total // 2))], CONTEXT, run).records[0]["id"]
    places = {"middle": total // 2, "last": total - 10, "cursor": middle, "last_session": sessions - 10}
    print(f"{total:,} interactions, {sessions:,} sessions, {duckdb.__version__=}", flush=True)
    found: dict[str, float] = {}
    for label, name, query in QUESTIONS:
        arguments = parse_qsl(query.format(**places).replace("+", "%2B"), keep_blank_values=True)
        wall, cpu = [], []
        for _ in range(RUNS):
            began, used = time.perf_counter(), _cpu_seconds()
            listed = list_records(RESOURCES[name], arguments, CONTEXT, run)
            msgspec.json.encode(listed.records)
            wall.append((time.perf_counter() - began) * 1000)
            cpu.append((_cpu_seconds() - used) * 1000)
        found[label] = median(wall)
        print(f"{label:34} {median(wall):7.1f} ms {median(cpu):7.1f} ms CPU {listed.total:>10,} found", flush=True)
    print(f"last page / first page: {found['last page'] / found['first page']:.2f}")


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
