"""The same 30-day questions with 1 and with 24 months of history behind them: what the years cost.

A month of traffic goes the whole way into a mirror; the months before are copies of it in the mirror, by other
visitors, inserted oldest first as they would have come. Asked without HTTP, which costs the same in both.

Usage: python -m bench.query_years [--events 500000] [--months 24] [--rounds 9]
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from bench.query import MIRROR_MB, SITE, UNTIL_MS, start_history
from bench.query_questions import DASHBOARD, QUESTIONS, Question
from bench.traffic import DAY_MS
from collector.query.mirror import Mirror
from collector.query.mirror_schema import create_statements, schema_of
from collector.query.question import prepare
from collector.query.reports.ask import prepare_report
from collector.query.reports.catalogue import REPORTS
from collector.storage.connect import connect
from collector.storage.segments import Segments

DAYS = 30
RANGE = [datetime.fromtimestamp(ms / 1000, UTC).isoformat() for ms in (UNTIL_MS - DAYS * DAY_MS, UNTIL_MS - 1000)]
MOVED = ("at_ms", "received_ms", "start_ms", "end_ms")
OTHERS = ("visitor", "visit", "pageview_id")


def build_years(path: Path, month: Path, months: int) -> None:
    """A mirror with the month and copies of it before."""
    database = duckdb.connect(str(path), config={"memory_limit": f"{MIRROR_MB}MB"})
    schema = schema_of(SITE.id)
    for statement in create_statements(SITE.id):
        database.execute(statement)
    database.execute(f"attach '{month}' as month (read_only)")
    for back in range(months - 1, -1, -1):
        changes = [
            *(f"{name} - {back * DAYS * DAY_MS} as {name}" for name in MOVED),
            *(f"xor({name}, {back * 7_919_345_111}) as {name}" for name in OTHERS),
        ]
        for table in ("events", "visits"):
            columns = {row[0] for row in database.execute(f"describe {schema}.{table}").fetchall()}
            here = [change for change in changes if change.rpartition(" ")[2] in columns]
            rows = f"select * replace ({', '.join(here)}) from month.{schema}.{table}"
            database.execute(f"insert into {schema}.{table} by name {rows}")
    database.close()


def ask(database: Any, question: Question) -> object:
    """The answer, made as the collector makes it."""
    body = {"site_id": SITE.id, "date_range": RANGE, **(question.body or {})}
    given: dict[str, Any] = {"default_timezone": "UTC", "now_ms": UNTIL_MS, "earliest_ms": None}
    report = REPORTS.get(question.path.rpartition("/")[2])
    prepared = prepare(body, **given) if report is None else prepare_report(report, body, **given)

    def run(sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = database.execute(sql, values).fetchall()
        return rows

    return prepared.answer(run)["results"]


def spend(function: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="footfall-bench-"))
    try:
        store, settings = start_history(folder, arguments.events, DAYS)
        mirror = Mirror(folder / "month", Segments(connect(settings)), MIRROR_MB)
        mirror.refresh(SITE)
        mirror.close()
        store.stop()
        (month,) = (folder / "month").glob("*.duckdb")
        build_years(folder / "years.duckdb", month, arguments.months)
        databases = [duckdb.connect(str(path), read_only=True) for path in (month, folder / "years.duckdb")]
        for database in databases:
            ((rows,),) = database.execute(f"select count(*) from {schema_of(SITE.id)}.events").fetchall()
            print(f"{rows:,} events")
        print(
            f"{'median of ' + str(arguments.rounds):28} {'1 month':>16} {f'{arguments.months} months':>16} {'CPU':>6}"
        )
        for name, questions in (*((each.name, (each,)) for each in QUESTIONS), ("whole dashboard", DASHBOARD)):
            assert all(ask(databases[0], each) == ask(databases[1], each) for each in questions), name
            spent: list[list[tuple[float, float]]] = [[], []]
            for _ in range(arguments.rounds):
                for place, database in enumerate(databases):
                    spent[place].append(spend(lambda db=database, all_=questions: [ask(db, each) for each in all_]))  # type: ignore[misc]
            (wall, cpu), (wall_long, cpu_long) = (
                [statistics.median(column) for column in zip(*times, strict=True)] for times in spent
            )
            ms = (f"{each[0]:7.1f}/{each[1]:6.1f} ms" for each in ((wall, cpu), (wall_long, cpu_long)))
            print(f"{name:28} {' '.join(f'{each:>16}' for each in ms)} {cpu_long / cpu:6.2f}", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
