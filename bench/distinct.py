"""What a flood of invented values costs: memory of every process and of the store, and whether totals stay exact.

Usage: python -m bench.distinct [--events 1000000]

Two systems one after the other, each as `footfall run` starts it: one is sent ordinary events (300 paths, 8 names), the
other as many events of which each has a path, title, name, property and visitor that no other one has. Linux only.
"""

import argparse
import json
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from collector.settings import load_settings
from collector.storage.embedded import free_port
from tests.service import end_process, request, start_command
from tests.stores import wait_until

BATCH = 500
REPORTS = 5  # lines of memory while events arrive
KEY = {"Authorization": "Bearer bench"}
ROLES = ("serve", "seal")
METRICS = ("events", "pageviews", "visitors")


def build_event(number: int, is_flood: bool) -> dict[str, Any]:
    path = number if is_flood else number % 300
    return {
        "name": f"name {number}" if is_flood and number % 2 else "pageview",
        "url": f"https://shop.example/p/{path}",
        "referrer": f"https://r.example/{path}",
        "visitor": f"visitor {number if is_flood else number % 50_000}",
        "element": f"main > a#x{path}",
        "entity": {"type": "product", "id": str(path)},
        "props": {f"prop {number}" if is_flood else "plan": f"value {path}"},
    }


class Process(NamedTuple):
    """A process that runs now. ``size``: resident bytes."""

    parent: int
    words: list[str]
    size: int
    folder: Path


def read_processes() -> dict[int, Process]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found[int(folder.name)] = Process(
                int((folder / "stat").read_text().rpartition(")")[2].split()[1]),
                (folder / "cmdline").read_bytes().decode().split("\0"),
                int((folder / "statm").read_text().split()[1]) * resource.getpagesize(),
                (folder / "cwd").readlink(),
            )
        except OSError:
            continue  # it has ended
    return found


def read_memory(supervisor: int, data_folder: Path) -> dict[str, int]:
    """Resident bytes of each part of a system: the supervisor's children with theirs, and the store by its folder."""
    processes = read_processes()
    sizes: dict[str, int] = {}
    for process in processes.values():
        top = process
        while top.parent != supervisor and top.parent in processes:
            top = processes[top.parent]
        is_store = process.folder.is_relative_to(data_folder)
        if is_store or top.parent == supervisor:
            name = "store" if is_store else next((role for role in ROLES if role in top.words), "other")
            sizes[name] = sizes.get(name, 0) + process.size
    return sizes


@contextmanager
def running_system(folder: Path) -> Iterator[tuple[str, int]]:
    """Address and process id of a whole Footfall."""
    environment = {
        "FOOTFALL_DATA_DIR": str(folder), "FOOTFALL_PORT": str(free_port()), "FOOTFALL_ADMIN_TOKEN": "bench",
        "FOOTFALL_SEAL_SECONDS": "1",
    }  # fmt: skip
    process = start_command(environment, "run", stdout=subprocess.DEVNULL)
    url = load_settings(environment).local_url
    try:
        wait_until(lambda: _answers(url), "the system answers", 60)
        yield url, process.pid
    finally:
        end_process(process, 60)


def _answers(url: str) -> bool:
    try:
        return request(f"{url}/readyz").status == 200
    except OSError:
        return False


def measure(events: int, is_flood: bool) -> None:
    with tempfile.TemporaryDirectory() as name, running_system(folder := Path(name)) as (url, pid):
        for number in range(0, events, BATCH):
            if number % (events // REPORTS) < BATCH:
                show(f"{number:,} events", pid, folder)
            body = {"site": "demo", "events": [build_event(number + each, is_flood) for each in range(BATCH)]}
            answer = request(f"{url}/api/v1/events", body, headers=KEY)
            assert answer.body["accepted"] == BATCH, answer
        for dimension in ("event:page", "event:name", "visit:referrer"):
            rows = ask(url, dimension)
            print(f"  {len(rows):7,} different values of {dimension} in an answer", flush=True)
        (row,) = ask(url, None)
        print(f"  totals: {dict(zip(METRICS, row['metrics'], strict=True))}", flush=True)
        assert row["metrics"][0] == events
        show(f"{events:,} events, asked", pid, folder)


def ask(url: str, dimension: str | None) -> list[Any]:
    question = {"site_id": "demo", "metrics": METRICS, "date_range": "all"}
    if dimension:
        question |= {"dimensions": [dimension], "pagination": {"limit": 10_000}}
    answer = request(f"{url}/api/v1/query", question, headers=KEY)
    assert answer.status == 200, json.dumps(answer.body)
    rows: list[Any] = answer.body["results"]
    return rows


def show(when: str, pid: int, folder: Path) -> None:
    sizes = ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in sorted(read_memory(pid, folder).items()))
    print(f"  {when:28} {sizes}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    given = parser.parse_args()
    for is_flood in (False, True):
        print("every event has values that no other has" if is_flood else "ordinary events", flush=True)
        measure(given.events, is_flood)


if __name__ == "__main__":
    main()
