"""events/log_line.py and events/columns.py: what ingest writes is what the database reads."""

from typing import NamedTuple

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.events.columns import COLUMNS, EVENT_COLUMNS, LOG_FIELD, NAMES, REQUIRED, SELECT_FROM_LOG
from collector.events.log_line import encode_line, find_fault, sift

VALUES = {
    "BIGINT": st.integers(-(2**63), 2**63 - 1),
    "INTEGER": st.integers(-(2**31), 2**31 - 1),
    "VARCHAR": st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12),
    "BOOLEAN": st.booleans(),
    "DOUBLE": st.floats(allow_nan=False, allow_infinity=False),
}


def rows_of(names) -> st.SearchStrategy[dict]:
    types = {name: VALUES[type_] for name, type_, _ in COLUMNS if name in names}
    needed = {name: value for name, value in types.items() if name in REQUIRED}
    return st.fixed_dictionaries(needed, optional={name: types[name] for name in types if name not in needed})


def read_back(payloads: list[bytes], tmp_path) -> list[dict]:
    path = tmp_path / "lines.ndjson"
    path.write_bytes(b"\n".join(payloads))
    found = duckdb.connect(config={"threads": 1}).execute(SELECT_FROM_LOG.format(path="?"), [str(path)])
    return [dict(zip(NAMES, row, strict=True)) for row in found.fetchall()]


@settings(max_examples=40, deadline=None)
@given(shared=rows_of(set(NAMES) - EVENT_COLUMNS), events=st.lists(rows_of(EVENT_COLUMNS), min_size=1, max_size=4))
def test_lines_come_back_as_the_rows_they_were(shared, events, tmp_path_factory) -> None:
    payload = encode_line(shared, events)
    assert find_fault(payload) is None
    expected = [{name: (shared | event).get(name) for name in NAMES} for event in events]
    assert repr(read_back([payload], tmp_path_factory.mktemp("lines"))) == repr(expected)


def line(*names: str) -> bytes:
    return encode_line({"received_ms": 1}, [{"name": name, "at_ms": 1, "visitor": 1} for name in names])


def test_rows_come_in_the_order_of_the_log(tmp_path) -> None:
    rows = read_back([line("a") + b"\n" + line("b", "c"), line("d")], tmp_path)
    assert [row["name"] for row in rows] == ["a", "b", "c", "d"]


UNREADABLE = [
    b"{}", b"no json", b'{"events": 1}', b'{"received_ms": 1, "events": [{"name": "a", "at_ms": 1}]}',
    b'{"received_ms": 1, "events": [{"name": "a", "visitor": 1, "at_ms": 9223372036854775808}]}',
    b'{"received_ms": 1, "events": [{"name": "a", "visitor": 1, "at_ms": 1, "seq": 2147483648}]}',
    b'{"received_ms": 1, "events": [{"name": "\xff", "at_ms": 1, "visitor": 1}]}', b'{"events": ' + b"[" * 100_000,
]  # fmt: skip
"""No writer of ours makes them, and the database cannot read them either."""

FOREIGN = [
    b"", b'{"received_ms": 1, "events": [{"name": 5, "at_ms": 1, "visitor": 1}]}', b'{"events": []}',
    b'{"received_ms": 1, "events": [], "colour": "red"}', b'{"received_ms": 1, "events": []}\n',
]  # fmt: skip
"""The database would take them, and not as they are meant."""


@pytest.mark.parametrize("payload", UNREADABLE + FOREIGN)
def test_a_damaged_entry_is_found(payload: bytes) -> None:
    assert find_fault(payload)


class Entry(NamedTuple):
    payload: bytes
    field: str


class Page(list[Entry]):
    """Entries as they are read together."""

    @property
    def lines(self) -> bytes:
        return b"\n".join(entry.payload for entry in self)

    @property
    def fields(self) -> list[str]:
        return [entry.field for entry in self]

    def split(self) -> list[Entry]:
        return self


class Database:
    """Takes what the database takes: a payload is bad if it says so."""

    def __init__(self) -> None:
        self.loaded = b""
        self.loads = 0

    def load(self, payloads: list[bytes]) -> str | None:
        self.loaded = b"\n".join(payloads)
        self.loads += 1
        return (
            "it is bad" if any(b"bad" in payload or (payload and find_fault(payload)) for payload in payloads) else None
        )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from((line("a"), line("b"), line("bad"), b"no json")), st.sampled_from((LOG_FIELD, "b"))),
        max_size=20,
    )
)
def test_what_cannot_be_loaded_is_sifted_out_and_all_else_stays(pairs) -> None:
    database = Database()
    entries = [Entry(*pair) for pair in pairs]
    dead = sift([Page(entries[:7]), Page(entries[7:])] if entries[7:] else [Page(entries)], database.load)
    is_good = [b"bad" not in payload and payload != b"no json" for payload, _ in pairs]
    assert database.loaded == b"\n".join(payload for (payload, _), good in zip(pairs, is_good, strict=True) if good)
    assert [payload for payload, _ in dead] == [
        payload for (payload, _), good in zip(pairs, is_good, strict=True) if not good
    ]
    assert all(fault for _, fault in dead)


def test_entries_of_our_own_table_are_read_once_when_all_is_well() -> None:
    database = Database()
    assert sift([Page([Entry(line("a"), LOG_FIELD)] * 100)] * 3, database.load) == []
    assert database.loads == 1


def test_an_entry_with_columns_that_are_not_ours_waits_for_somebody_who_knows_them() -> None:
    unknown = line("a").replace(b'"received_ms"', b'"colour":"red","received_ms"')
    ((payload, fault),) = sift(
        [Page([Entry(unknown, "b-of-another-table"), Entry(line("a"), LOG_FIELD)])], Database().load
    )
    assert payload == unknown
    assert "colour" in fault
