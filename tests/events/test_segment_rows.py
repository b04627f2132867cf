"""events/segment_rows.py: a file that was written before a column was there has it as null."""

from pathlib import Path

import duckdb
import pytest

from collector.events.columns import COLUMNS, NAMES
from collector.events.segment_rows import FIND_HELD, OPEN_FILE, select_rows
from collector.sealing.segment_file import Workbench

ADDED_LATER = ("channel", "bot", "region", "region_name", "city", "screen", "platform")


@pytest.mark.parametrize("missing", [(name,) for name in ADDED_LATER] + [ADDED_LATER])
def test_a_column_that_an_older_file_lacks_reads_as_null(tmp_path: Path, missing: tuple[str, ...]) -> None:
    database = duckdb.connect()
    columns = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS)
    database.execute(f"create table rows ({columns})")
    database.execute("insert into rows (at_ms, received_ms, name, visitor, path) values (5, 6, 'pageview', 7, '/a')")
    for name in missing:
        database.execute(f"alter table rows drop {name}")
    path = tmp_path / "older.parquet"
    database.execute(f"copy ({OPEN_FILE.format(rows='rows')}) to '{path}' (format parquet)")
    held = {name for _, name in database.execute(FIND_HELD, [str(path)]).fetchall()}
    assert not held & set(missing)
    row = dict(zip(NAMES, database.execute(select_rows(held, 0), [str(path)]).fetchall()[0], strict=True))
    assert row["path"] == "/a"
    assert [row[name] for name in missing] == [None] * len(missing)


def test_the_sealer_reads_older_and_newer_files_together(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    columns = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS)
    files = []
    for number, missing in enumerate((ADDED_LATER, ())):
        names = ", ".join(name for name in NAMES if name not in missing)
        bench.database.execute(f"create or replace table rows ({columns})")
        bench.database.execute(
            "insert into rows (at_ms, visitor, name, screen) values (?, 1, 'pageview', 'mobile')", [number]
        )
        path = tmp_path / f"{number}.parquet"
        bench.database.execute(f"copy (select {names} from rows) to '{path}' (format parquet)")
        files.append(path.read_bytes())
    bench.load_segments("mixed", files)
    assert bench.database.execute("select at_ms, screen from mixed order by 1").fetchall() == [(0, None), (1, "mobile")]
    bench.close()
