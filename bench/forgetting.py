"""What it takes to forget one visitor: `footfall erase`, until nothing of them is found and no answer has them."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from os import environ
from pathlib import Path
from typing import Any

from bench.traffic import log_entries
from collector.events.columns import LOG_FIELD
from collector.ingest.spool import Entry, claim_own
from collector.query.mirror import Mirror
from collector.storage.connect import Client
from collector.storage.keys import Shard
from collector.storage.sites import Site

WHO = "regular-7"
UNSEALED = 3_000  # log entries
COUNTED = ["pageviews", "events"]


def report_erasure(
    folder: Path, client: Client, site: Site, mirror: Mirror, ask: Callable[[list[str]], list[Any]], until_ms: int
) -> None:
    """Erase a visitor who came every day, from segments, log, dead letters and a spool. Fails if anything is left."""
    shard = Shard(site.id, 0)
    fresh = list(islice(log_entries(100_000, 1, until_ms, seed=2, regulars=100), UNSEALED))
    for entry in fresh:
        client.xadd(shard.log, {LOG_FIELD: entry})
    theirs = next(entry for entry in fresh if WHO.encode() + b'"' in entry)
    client.xadd(shard.dead, {"payload": theirs[:-9], "reason": "cut off"})
    spool = claim_own(folder / "spool")
    spool.put([Entry(shard, theirs)])
    before = ask(COUNTED)
    schema = f'"{site.id}".rows'
    sql = f"select count(*) filter (name = 'pageview'), count(*) filter (name <> 'engagement') from {schema}"
    part = mirror.ask(f"{sql} where visitor_id = ?", [WHO], 60)[0]

    began, cpu = time.monotonic(), _cpu_of_children()
    certificate = json.loads(_footfall(folder, "erase", "--site", site.id, "--visitor", WHO))
    erased_seconds = time.monotonic() - began
    after = ask(COUNTED)
    seconds, cpu = time.monotonic() - began, _cpu_of_children() - cpu

    held = json.loads(_footfall(folder, "subject", "--site", site.id, "--visitor", WHO))
    spool.remove()
    assert not any(certificate["found_afterwards"].values()), certificate
    assert certificate["erased"]["spool_events"] > 0, certificate
    assert certificate["erased"]["dead_letters"] == 1, certificate
    assert (held["events"], held["dead_letters"]) == ([], [])
    assert [was - is_ for was, is_ in zip(before, after, strict=True)] == list(part), (before, after, part)
    assert mirror.ask(f"select count(*) from {schema} where visitor_id = ?", [WHO], 60) == [(0,)]
    print(f"{'erase one visitor':32} {seconds:.1f} s until no answer has them ({erased_seconds:.1f} s the command, "
          f"{cpu:.1f} CPU s) · {certificate['erased']} · totals less by {dict(zip(COUNTED, part, strict=True))}",
          flush=True)  # fmt: skip


def _footfall(folder: Path, *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "collector", *arguments],
        env={**environ, "FOOTFALL_DATA_DIR": str(folder)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ended.stdout


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
