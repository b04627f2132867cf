"""events/log_line.py and events/columns.py: what ingest writes is what the database reads."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.events.columns import COLUMNS, NAMES, SELECT_FROM_LOG
from collector.events.log_line import encode_line, find_fault, number_lines

VALUES = {
    "BIGINT": st.integers(-(2**63), 2**63 - 1),
    "INTEGER": st.integers(-(2**31), 2**31 - 1),
    "VARCHAR": st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12),
    "BOOLEAN": st.booleans(),
    "DOUBLE": st.floats(allow_nan=False, allow_infinity=False),
}
ROW = st.fixed_dictionaries({}, optional={name: VALUES[type_] for name, type_, _ in COLUMNS})


def read_back(payloads: list[bytes], tmp_path) -> list[dict]:
    path = tmp_path / "lines.ndjson"
    path.write_bytes(number_lines(payloads))
    found = duckdb.connect(config={"threads": 1}).execute(SELECT_FROM_LOG, [str(path)])
    return [dict(zip(("line", *NAMES), row, strict=True)) for row in found.fetchall()]


@settings(max_examples=40, deadline=None)
@given(shared=ROW, events=st.lists(ROW, min_size=1, max_size=4))
def test_lines_come_back_as_the_rows_they_were(shared, events, tmp_path_factory) -> None:
    payload = encode_line(shared, events)
    assert find_fault(payload) is None
    rows = read_back([payload], tmp_path_factory.mktemp("lines"))
    expected = [{name: event.get(name, shared.get(name)) for name in NAMES} | {"line": 0} for event in events]
    assert sorted(map(repr, rows)) == sorted(repr({"line": 0} | row) for row in expected)


def test_lines_are_numbered_through_all_entries(tmp_path) -> None:
    first = encode_line({}, [{"name": "a"}]) + b"\n" + encode_line({}, [{"name": "b"}])
    second = encode_line({}, [{"name": "c"}])
    rows = read_back([first, second], tmp_path)
    assert [(row["line"], row["name"]) for row in rows] == [(0, "a"), (1, "b"), (2, "c")]


@pytest.mark.parametrize(
    "payload",
    [b"", b"{}", b"no json", b'{"events": 1}', b'{"events": [{"name": 5}]}', b'{"events": [], "colour": "red"}',
     b'{"events": [{"at_ms": 9223372036854775808}]}', b'{"events": [{"seq": 2147483648}]}', b'{"events": []}\n',
     b'{"events": [{"name": "\xff"}]}', b'{"events": ' + b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_entry_is_found_before_it_reaches_the_database(payload: bytes) -> None:
    assert find_fault(payload)
