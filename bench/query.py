"""Questions through HTTP beside hand-written SQL over a plain DuckDB table of the same rows, interleaved.

Usage: python -m bench.query [--events 1000000] [--days 30] [--rounds 7] [--folder FOLDER] [--only WORD]
"""

import argparse
import http.client
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from bench.query_questions import DASHBOARD, PAGE, QUESTIONS, VISITS_LIST, Question
from bench.store import fill_log
from bench.traffic import DAY_MS
from collector.events.visits import FROM_FIRST_EVENT
from collector.query.mirror import Mirror
from collector.sealing.work import SealingRound
from collector.settings import Settings, load_settings
from collector.storage.connect import connect
from collector.storage.embedded import EmbeddedStore, free_port
from collector.storage.segments import Segments
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Access, Tokens
from tests.service import end_process, start_command, wait_for_http

SITE = Site("bench", "Bench")
UNTIL_MS = 1_763_769_600_000  # 2025-11-22, the same for every run
MIRROR_MB = 2048
PLAIN = "plain.duckdb"
ONLY_AT_VISITS = [name for name in FROM_FIRST_EVENT if name not in ("hostname", "is_bot", "bot")]


def start_history(folder: Path, events: int, days: int) -> tuple[EmbeddedStore, Settings]:
    """A store with all of the traffic sealed, and so many events more."""
    settings = load_settings({"FOOTFALL_DATA_DIR": str(folder), "FOOTFALL_PORT": str(free_port())})
    store = EmbeddedStore(folder)
    store.start()
    client = connect(settings)
    sites = Sites(client)
    sites.add(SITE)
    if events:
        fill_log(client, SITE, events, days, UNTIL_MS)
    sealing = SealingRound(settings, sites, Segments(client))
    while sealing.run():
        pass
    sealing.close()
    return store, settings


def open_tables(folder: Path) -> Any:
    return duckdb.connect(str(folder / PLAIN), config={"memory_limit": f"{MIRROR_MB}MB"})


def build_tables(folder: Path, settings: Settings) -> Any:
    """The plain tables that the hand-written SQL is asked of, in a file of their own."""
    mirror = Mirror(folder / "copied", Segments(connect(settings)), MIRROR_MB)
    mirror.refresh(SITE)
    mirror.close()
    (path,) = (folder / "copied").glob("*.duckdb")
    database = open_tables(folder)
    database.execute(f"attach '{path}' as mirror (read_only)")
    columns = ", ".join(f"visit.{name}" for name in ONLY_AT_VISITS)
    database.execute(
        f"""create table events as select event.*, {columns} from mirror."{SITE.id}".rows as event
        join mirror."{SITE.id}".visits as visit using (visit) order by event.at_ms"""
    )
    database.execute(f'create table visits as select * from mirror."{SITE.id}".visits order by start_ms')
    database.execute("detach mirror")
    return database


class Collector:
    """The running collector, asked over one connection."""

    def __init__(self, settings: Settings, token: str, date_range: list[str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", settings.port, timeout=120)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._shared = {"site_id": SITE.id, "date_range": date_range}

    def ask(self, question: Question) -> Any:
        text = None if question.body is None else json.dumps({**self._shared, **question.body})
        self._connection.request("POST" if text else "GET", question.path, text, self._headers)
        response = self._connection.getresponse()
        answer = json.loads(response.read())
        assert response.status == 200, answer
        return answer


def milliseconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return (time.perf_counter() - began) * 1000


def measure(questions: tuple[Question, ...], rounds: int, *asked: Callable[[Question], object]) -> list[float]:
    """Median ms of the questions one after the other, of each who is asked, in turns."""
    times: list[list[float]] = [[] for _ in asked]
    for round_ in range(rounds + 1):
        for place, ask in enumerate(asked):
            spent = milliseconds(lambda ask=ask: [ask(question) for question in questions])  # type: ignore[misc]
            if round_:  # the first one warms up
                times[place].append(spent)
    return [statistics.median(each) for each in times]


def report(name: str, ours: float, plain: float) -> None:
    limit = 1.3 * plain + 4
    word = "ok" if ours <= limit else "TOO SLOW"
    print(f"{name:28} {ours:8.1f} {plain:8.1f} {ours / plain:6.2f} {limit:8.1f}  {word}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where the history is made, and kept for the next run")
    parser.add_argument("--only", default="", help="only questions whose names have this word")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="footfall-bench-"))
    store = process = None
    try:
        is_made = (folder / PLAIN).exists()
        store, settings = start_history(folder, 0 if is_made else arguments.events, arguments.days)
        database = open_tables(folder) if is_made else build_tables(folder, settings)
        start_ms = UNTIL_MS - min(arguments.days, 30) * DAY_MS
        inside = f"at_ms >= {start_ms} and at_ms < {UNTIL_MS} and is_bot is not true"
        inside_events = inside.replace("at_ms", "events.at_ms")

        def plain(question: Question) -> object:
            return database.execute(question.sql.format(inside=inside, inside_events=inside_events)).fetchall()

        token = Tokens(connect(settings)).create(Access("read"))
        environment = {
            "FOOTFALL_DATA_DIR": str(folder),
            "FOOTFALL_PORT": str(settings.port),
            "FOOTFALL_QUERY_MEMORY_MB": str(MIRROR_MB),
        }
        process = start_command(environment, "serve", "--role", "query")
        wait_for_http(f"http://127.0.0.1:{settings.port}/readyz", process)
        moments = [datetime.fromtimestamp(ms / 1000, UTC).isoformat() for ms in (start_ms, UNTIL_MS - 1000)]
        collector = Collector(settings, token, moments)
        print(f"{'cold mirror, first answer':28} {milliseconds(lambda: collector.ask(QUESTIONS[0])):8.0f} ms")
        print(f"{'median ms of ' + str(arguments.rounds):28} {'HTTP':>8} {'SQL':>8} {'ratio':>6} {'limit':>8}")
        for name, questions in (
            *((each.name, (each,)) for each in (*QUESTIONS, VISITS_LIST)),
            ("whole dashboard", DASHBOARD),
        ):
            if arguments.only in name:
                report(name, *measure(questions, arguments.rounds, collector.ask, plain))
        for name, questions in (*((each.name, (each,)) for each in PAGE), ("the dashboard's page", PAGE)):
            if arguments.only in name:
                (ours,) = measure(questions, arguments.rounds, collector.ask)
                print(f"{name:28} {ours:8.1f}", flush=True)
    finally:
        if process is not None:
            end_process(process)
        if store is not None:
            store.stop()
        if arguments.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
