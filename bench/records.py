"""Lists of records over a million interactions: first, middle and last page, filters, searches, changes, entities.

Usage: python -m bench.records [--interactions 1000000]

The rows stand in a mirror's own tables, a day's rows in the order of a closed segment (visitor, then time), beside as
many pageviews and engagement events as a shop has. What is measured is a list from its query string to its JSON:
medians and ninth deciles, of wall clock and of CPU.
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import duckdb
import msgspec

from collector.events.visits import ASSIGN_VISITS, FROM_FIRST_EVENT, SUMMARISE_VISITS, TIE
from collector.query.mirror_schema import ROW_NAMES, create_statements
from collector.query.prepared import Run
from collector.query.records.changes import list_changes
from collector.query.records.context import Context
from collector.query.records.entity_views import EntityViews
from collector.query.records.listing import RESOURCES, list_records

SITE = "bench"
DAYS = 30
NOW_MS = 1_763_800_000_000
RUNS = 15
CONTEXT = Context(SITE, ZoneInfo("UTC"), NOW_MS)

# Of 16 events 10 are interactions; a visitor has some 40 events in visits of about 8.
_TRAFFIC = """
select
    $now - $days * 86400000::bigint + day * 86400000::bigint + start_ms + step * 20000 as at_ms,
    at_ms + 90 as received_ms,
    step as seq,
    case when i % 16 in (0, 5, 10) then 'pageview' when i % 16 in (4, 9, 15) then 'engagement'
        when i % 16 in (3, 8) then 'scroll' when i % 16 = 13 then 'view' else 'click' end as name,
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
    case when name = 'view' then 'product' end as entity_type,
    case when name = 'view' then (hash(i) % 400)::varchar end as entity_id,
    case when name in ('engagement', 'view') then 5000 end as visible_ms,
    false as is_bot
from (
    select i, i // 8 as visit, i % 8 as step, (i // 8) % ($events // 40) as who,
        (hash(i // 8) % $days)::bigint as day, (hash(i // 8 + 7) % 80000000)::bigint as start_ms
    from range($events) as made(i)
)
order by day, visitor, at_ms"""

# What is asked for, of what, and how.
LISTS: tuple[tuple[str, str, str], ...] = (
    ("first page", "interactions", ""),
    ("middle page", "interactions", "offset={middle}"),
    ("last page", "interactions", "offset={last}"),
    ("first page", "interactions", "cursor="),
    ("deep page", "interactions", "cursor={cursor}"),
    ("first page", "interactions", "expand=session"),
    ("filter", "interactions", "event_type=CLICK"),
    ("filter", "interactions", "element=main > button%23b42"),
    ("filter", "interactions", "element__icontains=B42"),
    ("filter", "interactions", "session__session_id=install-300"),
    ("filter", "interactions", "user_id=user-300"),
    ("filter", "interactions", "timestamp__date=2025-11-10"),
    ("filter", "interactions", "metadata__x_coord=100"),
    ("filter", "interactions", "metadata__x_coord__gt=1000"),
    ("filter", "interactions", "metadata__plan=3"),
    ("filter", "interactions", "page_url__icontains=product-39"),
    ("search", "interactions", "search=button"),
    ("search", "interactions", "search=install-300 b42"),
    ("search", "interactions", "search=nothing-has-this"),
    ("order", "interactions", "ordering=element"),
    ("first page", "pageviews", ""),
    ("last page", "pageviews", "offset={last}"),
    ("filter", "pageviews", "url=https://shop.example/c/1/product-39"),
    ("search", "pageviews", "search=product-39"),
    ("first page", "sessions", ""),
    ("last page", "sessions", "offset={last}"),
    ("filter", "sessions", "user_id=user-300"),
    ("filter", "sessions", "country=DE"),
    ("search", "sessions", "search=install-300"),
    ("order", "sessions", "ordering=-duration_ms"),
)

OTHERS: dict[str, Callable[[Run], object]] = {
    "session-changes": lambda run: list_changes([], CONTEXT, run),
    "session-changes, since 3 hours": lambda run: list_changes(
        [("cursor", f"{NOW_MS - 3 * 3_600_000}-{'0' * 16}")], CONTEXT, run
    ),
    "entities": lambda run: EntityViews(CONTEXT, run).list_types(),
    "entities/product": lambda run: EntityViews(CONTEXT, run).list_entities("product", 10, 0),
    "entities/product/39": lambda run: EntityViews(CONTEXT, run).count("product", "39"),
    "entities/product/39/views": lambda run: EntityViews(CONTEXT, run).list_by("product", "39", "user", "views", 10, 0),
    "entities/product/39/view-times": lambda run: EntityViews(CONTEXT, run).list_times("product", "39", {}, 10, 0),
}


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
    """Print what each list costs, and the last pages against the first ones."""

    def run(sql: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        rows: list[tuple[Any, ...]] = database.cursor().execute(sql, dict(values)).fetchall()
        return rows

    totals = {name: list_records(each, [], CONTEXT, run).total for name, each in RESOURCES.items()}
    print(", ".join(f"{total:,} {name}" for name, total in totals.items()), f"{duckdb.__version__=}", flush=True)
    half = totals["interactions"] // 2
    cursor = list_records(RESOURCES["interactions"], [("offset", str(half))], CONTEXT, run).records[0]["id"]
    print(f"{'':58} {'wall ms':>8} {'p90':>7} {'CPU ms':>8} {'p90':>7} {'found':>10}")
    found: dict[tuple[str, str], float] = {}
    for kind, name, query in LISTS:
        asked = query.format(middle=half, last=totals[name] - 10, cursor=cursor)
        arguments = parse_qsl(asked.replace("+", "%2B"), keep_blank_values=True)

        def answer(name: str = name, arguments: list[tuple[str, str]] = arguments) -> int:
            listed = list_records(RESOURCES[name], arguments, CONTEXT, run)
            msgspec.json.encode(listed.records)
            return listed.total

        wall_ms = measure(f"{name} {kind} {asked}", answer)
        found.setdefault((name, kind), wall_ms)
    for label, ask in OTHERS.items():

        def answer_other(ask: Callable[[Run], object] = ask) -> None:
            msgspec.json.encode(ask(run))

        measure(label, answer_other)
    for name in RESOURCES:
        print(f"{name}: last page / first page: {found[name, 'last page'] / found[name, 'first page']:.2f}")


def measure(label: str, answer: Callable[[], int | None]) -> float:
    """Print medians and ninth deciles of an answer's ms, and how many records there are. Gives the median."""
    wall, cpu = [], []
    for _ in range(RUNS):
        began, used = time.perf_counter(), _cpu_seconds()
        total = answer()
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((_cpu_seconds() - used) * 1000)
    columns = "  ".join(f"{median(each):7.1f} {quantiles(each, n=10)[-1]:7.1f}" for each in (wall, cpu))
    print(f"{label:58} {columns} {'' if total is None else f'{total:,}':>10}", flush=True)
    return median(wall)


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
