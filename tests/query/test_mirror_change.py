"""A change of the mirror that brings more visits than the database keeps in one piece."""

from pathlib import Path

import duckdb
import pytest

from collector.events.columns import COLUMNS
from collector.query.mirror_change import Arrivals, apply_change
from collector.query.mirror_schema import create_statements

VALUES = {
    "at_ms": "1795397116454 + i // 10",
    "received_ms": "1795397116454 + i // 10",
    "name": "'pageview'",
    "visitor": "(hash(i) >> 1)",
    "event_id": "i",
    "path": "'/p/' || i",
    "referrer": "'https://r.example/' || i",
}


def write_events(path: Path, *events: tuple[int, str]) -> str:
    """A file with one visitor's events, each a ms and a name."""
    values = {**VALUES, "visitor": "7", "at_ms": "at_ms", "received_ms": "at_ms", "name": "name", "event_id": "at_ms"}
    columns = ", ".join(f"{values.get(name, 'null')}::{type_} as {name}" for name, type_, _ in COLUMNS)
    rows = ", ".join(f"({at_ms}, '{name}', {at_ms})" for at_ms, name in events)
    duckdb.execute(f"copy (select {columns} from (values {rows}) t(at_ms, name, i)) to '{path}' (format parquet)")
    return str(path)


def test_a_visit_goes_on_when_its_end_is_taken_away(tmp_path: Path) -> None:
    files = [
        write_events(tmp_path / "1.parquet", (0, "pageview"), (120_000, "pageview"), (3_600_000, "pageview")),
        write_events(tmp_path / "2.parquet", (60_000, "session_end")),
    ]
    found = []
    with duckdb.connect(config={"threads": 1}) as database:
        for statement in create_statements("shop"):
            database.execute(statement)
        for change in (Arrivals(0, files[:1]), Arrivals(0, files[1:], history=files[:1]), Arrivals(0, gone=[2])):
            database.begin()
            apply_change(database, '"shop"', change)
            database.commit()
            found.append(database.execute("select start_ms, end_ms from shop.visits order by start_ms").fetchall())
    whole = [(0, 120_000), (3_600_000, 3_600_000)]
    assert found == [whole, [(0, 60_000), (120_000, 120_000), (3_600_000, 3_600_000)], whole]


def write_segment(path: Path, first: int, last: int) -> str:
    """A file with one event of each of many visitors."""
    columns = ", ".join(f"{VALUES.get(name, 'null')}::{type_} as {name}" for name, type_, _ in COLUMNS)
    duckdb.execute(f"copy (select {columns} from range({first}, {last}) t(i)) to '{path}' (format parquet)")
    return str(path)


@pytest.mark.parametrize("visits", [1_000, 125_000, 250_000])
def test_every_visit_of_a_large_segment_is_there_before_and_after_it_is_merged(visits: int, tmp_path: Path) -> None:
    """DuckDB 2.0.0 found nothing in a table of more than 122,880 first events, and the visits were left out."""
    files = [
        write_segment(tmp_path / "1.parquet", 0, visits),
        write_segment(tmp_path / "2.parquet", visits, 2 * visits),
    ]
    merged = write_segment(tmp_path / "3.parquet", 0, 2 * visits)
    with duckdb.connect(config={"threads": 2}) as database:
        for statement in create_statements("shop"):
            database.execute(statement)
        for change in (Arrivals(0, files[:1]), Arrivals(0, files[1:]), Arrivals(0, [merged], gone=[1, 2])):
            database.begin()
            apply_change(database, '"shop"', change)
            database.commit()
        found = database.execute(
            "select count(*), count(distinct referrer), sum(pageviews) from shop.visits"
        ).fetchone()
    assert found == (2 * visits, 2 * visits, 2 * visits)
