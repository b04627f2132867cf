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
