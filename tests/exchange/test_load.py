"""`footfall load`: every row once, whatever happens on the way."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collector.events.columns import LOG_FIELD
from collector.exchange import site_logs
from collector.exchange.load import BATCH_ROWS
from collector.storage.keys import Shard
from collector.storage.loads import SALT_MS, Load, Loads, LoadSalts
from collector.storage.sites import Site
from tests.exchange.loading import load_file
from tests.service import Service, start_command
from tests.stores import wait_until

ROWS = 20_000
START_MS = 1_700_000_000_000


def write_rows(path: Path, count: int, first: int = 0) -> Path:
    """Events of ours, one a line: 100 visitors, a pageview each 17 s."""
    lines = (
        {
            "at_ms": START_MS + number * 17_000, "name": "pageview", "visitor": str(2**60 + number % 100),
            "path": f"/{number % 7}", "country": ("DE", "NP")[number % 2],
        }
        for number in range(first, first + count)
    )  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def run_load(service: Service, site: Site, path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "collector", "load", "--site", site.id, "--format", "ndjson", *more, str(path)],
        env={**os.environ, **service.environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def done_in(service: Service, site: Site) -> list[int]:
    """How many rows of whichever file each shard has."""
    done = []
    for shard in site.all_shards():
        held = {name.decode(): value for name, value in service.store.hgetall(shard.loads).items()}
        done.append(max((int(value) for name, value in held.items() if not name.endswith(":load")), default=0))
    return done


@pytest.mark.parametrize("shards", [1, 3])
def test_a_load_that_is_killed_goes_on_without_doubles(embedded_service: Service, tmp_path: Path, shards: int) -> None:
    """Given 20,000 rows, if the load is killed again and again, then each event counts exactly once."""
    service = embedded_service
    site = service.new_site(shards=shards)
    path = write_rows(tmp_path / "rows.ndjson", ROWS)
    reached: list[int] = []
    for part in (0.2, 0.5, 0.8):
        process = start_command(
            service.environment, "load", "--site", site.id, "--format", "ndjson", str(path),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(lambda p=process, n=part: p.poll() is not None or min(done_in(service, site)) >= n * ROWS, "a part")
        process.send_signal(signal.SIGKILL)
        process.wait()
        reached.append(min(done_in(service, site)))
        service.seal()
    assert 0 < reached[0] < ROWS, "it was killed on its way"
    ended = run_load(service, site, path)
    assert ended.returncode == 0, ended.stderr
    if reached[-1] < ROWS:
        assert f"{reached[-1]:,} rows were loaded before" in ended.stderr
    days = ["2023-11-13", "2023-11-20"]
    assert service.numbers(site, "pageviews", "visitors", date_range=days) == [ROWS, 100]
    service.seal()
    assert service.numbers(site, "pageviews", "visitors", date_range=days) == [ROWS, 100]
    assert sum(count for (count,) in service.rows(site, "event:page", "pageviews", date_range=days).values()) == ROWS


class Killed(Exception):
    """The process is gone, as far as anybody can tell."""


def test_what_was_loaded_long_ago_is_known_without_the_ids(
    embedded_service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids are kept for 72 hours. That rows are in a shard is written down with them, so the log has each once."""
    service = embedded_service
    site = service.new_site(shards=2)
    path = write_rows(tmp_path / "rows.ndjson", 4 * BATCH_ROWS + 5)
    append, calls = Loads.append, 0

    def append_and_die(self: Loads, *arguments: Any) -> bool:
        nonlocal calls
        calls += 1
        done = append(self, *arguments)
        if calls == 5:  # the first shard of the third batch has it, the second one has not
            raise Killed
        return done

    monkeypatch.setattr(Loads, "append", append_and_die)
    with pytest.raises(Killed):
        load_file(service, site, "ndjson", path)
    monkeypatch.setattr(Loads, "append", append)
    assert done_in(service, site) == [3 * BATCH_ROWS, 2 * BATCH_ROWS]
    again = load_file(service, site, "ndjson", path)
    assert again.done_before == 2 * BATCH_ROWS
    assert again.tally.rows == 4 * BATCH_ROWS + 5
    rows = 0
    for shard in site.all_shards():
        for _, fields in service.store.xrange(shard.log):
            rows += sum(len(json.loads(line)["events"]) for line in fields[LOG_FIELD.encode()].splitlines())
    assert rows == 4 * BATCH_ROWS + 5


def test_a_load_goes_on_in_its_own_shards_when_the_site_has_other_ones(embedded_service: Service) -> None:
    site = embedded_service.new_site(shards=3)
    loads = Loads(embedded_service.store, site)
    loads.append("digest", Shard(site.id, 0), 10, LOG_FIELD, [])
    assert loads.begin("digest", "file", 1) == Load("file", 3, 1)
    fewer = Loads(embedded_service.store, Site(site.id, "x", shards=1, shards_held=3))
    assert fewer.begin("digest", "file", 2) == Load("file", 3, 1)
    assert fewer.read_done("digest", Load("file", 3, 1)) == 0, "the other two have none of it"


def test_a_file_that_was_loaded_is_refused_and_again_counts_nothing_twice(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site()
    path = write_rows(tmp_path / "rows.ndjson", 30)
    assert "30 rows, 30 events loaded" in run_load(service, site, path).stdout
    refused = run_load(service, site, path.rename(tmp_path / "another-name"))
    assert refused.returncode == 1
    assert "--again" in refused.stderr
    assert run_load(service, site, tmp_path / "another-name", "--again").returncode == 0
    # A file that has grown: its old rows have the ids that they had.
    write_rows(tmp_path / "grown.ndjson", 40)
    assert run_load(service, site, tmp_path / "grown.ndjson").returncode == 0
    for _ in range(2):
        assert service.numbers(site, "pageviews", date_range=["2023-11-13", "2023-11-20"]) == [40]
        service.seal()


def test_equal_rows_are_as_many_events(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    line = json.dumps({"at_ms": START_MS, "name": "pageview", "visitor": 2**60}) + "\n"
    path = tmp_path / "rows.ndjson.gz"
    path.write_bytes(gzip.compress((line * 3).encode()))
    load_file(service, site, "ndjson", path)
    assert service.numbers(site, "pageviews", date_range=["2023-11-13", "2023-11-20"]) == [3]


def test_a_dry_run_keeps_nothing(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    path = write_rows(tmp_path / "rows.ndjson", 30)
    told = run_load(service, site, path, "--dry-run")
    assert "30 rows, 30 events would be loaded" in told.stdout
    assert service.store.xlen(site.all_shards()[0].log) == 0
    assert not service.store.exists(site.all_shards()[0].loads)
    assert "30 events loaded" in run_load(service, site, path).stdout


HOSTILE: tuple[tuple[str, str], ...] = (
    ("", "truncated"),
    ("{", "truncated"),
    ("[]", "Expected `object`"),
    ('{"at_ms": 1, "name": "x", "visitor": 1, "props": ' + "[" * 5000, "recursion"),
    ('{"at_ms": 1}', "missing required field `name`"),
    ('{"at_ms": 1, "name": "x"}', "missing required field `visitor`"),
    ('{"at_ms": "1", "name": "x", "visitor": 1}', "at_ms"),
    ('{"at_ms": -1, "name": "x", "visitor": 1}', "at_ms"),
    ('{"at_ms": 1e300, "name": "x", "visitor": 1}', "at_ms"),
    ('{"at_ms": 1, "name": "x", "visitor": "me"}', "invalid literal"),
    ('{"at_ms": 1, "name": "x", "visitor": 9223372036854775808}', "visitor"),
    ('{"at_ms": 1, "name": 7, "visitor": 1}', "name"),
    ('{"at_ms": 1, "name": "x", "visitor": 1, "shoe_size": 44}', "shoe_size is no column"),
    ('{"at_ms": 1, "name": "x", "visitor": 1, "props": "no object"}', "malformed"),
    ('{"at_ms": 1, "name": "x", "visitor": 1, "props": {"a": [1]}}', "Expected"),
    ('{"at_ms": 1, "name": "x", "visitor": 1, "revenue_amount": "9"}', "revenue_amount"),
    ('{"at_ms": 1, "name": "x", "visitor": 1, "revenue_amount": NaN}', "malformed"),
    ('{"at_ms": 1, "name": "x", "visitor": true}', "visitor"),
    ('{"at_ms": 1, "name": "\\ud800", "visitor": 1}', "surrogate"),
    ("\x00", "malformed"),
)


def test_a_row_that_is_not_understood_is_named_by_its_line_and_stops_nothing(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site()
    good = json.dumps({"at_ms": START_MS, "name": "pageview", "visitor": 2**60})
    path = tmp_path / "rows.ndjson"
    path.write_text("\n".join([good, *(line for line, _ in HOSTILE), good]) + "\n")
    tally = load_file(service, site, "ndjson", path).tally
    assert (tally.rows, tally.events, tally.faulty) == (len(HOSTILE) + 2, 2, len(HOSTILE))
    for (place, fault), (number, (line, expected)) in zip(tally.faults, enumerate(HOSTILE, 2), strict=True):
        assert (place, expected.lower() in fault.lower()) == (number, True), (line[:60], fault)
    assert service.numbers(site, "pageviews", date_range=["2023-11-13", "2023-11-20"]) == [2]
    assert service.seal() > 0
    assert service.store.xlen(site.all_shards()[0].dead) == 0


def test_an_end_of_text_in_a_text_seals_like_any_other(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    path = tmp_path / "rows.ndjson"
    path.write_text('{"at_ms": 1700000000000, "name": "pageview", "visitor": 1, "path": "/a\\u0000b"}\n')
    load_file(service, site, "ndjson", path)
    for _ in range(2):
        pages = service.rows(site, "event:page", "pageviews", date_range=["2023-11-13", "2023-11-20"])
        assert pages == {"/a\ufffdb": [1]}
        service.seal()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--site", "nobody", "--format", "ndjson"), "there is no site nobody"),
        (("--site", "SITE", "--format", "parquet"), "cannot be read as parquet"),
        (("--site", "SITE", "--format", "combined", "--origin", "shop.example"), "no scheme and host"),
    ],
)
def test_what_cannot_be_loaded_is_said_in_one_sentence(
    embedded_service: Service, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    path = write_rows(tmp_path / "rows.ndjson", 3)
    site = embedded_service.new_site()
    words = [site.id if word == "SITE" else word for word in arguments]
    process = start_command(
        embedded_service.environment, "load", *words, str(path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said in error.splitlines()[-1]
    assert error.splitlines()[-1].startswith("footfall: ")


def test_a_load_waits_while_the_log_is_long(
    embedded_service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = embedded_service
    site = service.new_site()
    said: list[str] = []
    monkeypatch.setattr(site_logs, "MOST_LOG_BYTES", 1000)
    monkeypatch.setattr(site_logs, "LOOK_ROWS", 1)
    monkeypatch.setattr(site_logs.time, "sleep", lambda _: said.append("waited") or service.seal())
    assert load_file(service, site, "ndjson", write_rows(tmp_path / "rows.ndjson", 3 * BATCH_ROWS)).tally.events
    assert len(said) == 2, "before the second and the third batch"
    assert service.numbers(site, "pageviews", date_range=["2023-11-13", "2023-11-20"]) == [3 * BATCH_ROWS]


def test_the_salt_of_loads_lasts_from_file_to_file_and_no_longer(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    first, second = (
        LoadSalts(embedded_service.store).get(site.id, "UTC", day, int(time.time() * 1000))
        for day in (date(2015, 5, 17), date(2026, 1, 1))
    )
    assert first == second
    assert 0 < embedded_service.store.pttl(f"{{{site.id}}}:salt:load") <= SALT_MS
