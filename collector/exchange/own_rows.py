"""Events as `footfall export` gives them: NDJSON and Parquet, by the columns of an event."""

import math
from collections.abc import Iterator
from typing import Any, BinaryIO

import duckdb
import msgspec

from collector.events.columns import COLUMNS, NAMES
from collector.events.sql import quote
from collector.exchange.exported_rows import WIDE
from collector.exchange.found import Fault, Options, Read, Stored

PARQUET_ROWS = 10_000  # read at once

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode
_LATEST_MS = 4_102_444_800_000  # 2100, as in events/model.py
_KNOWN = frozenset(NAMES)


def read_row(row: dict[str, Any]) -> Stored | Fault:
    """The columns of an event, from what an export said of it: ids may be text, ``props`` an object or its text."""
    columns = {name: value for name, value in row.items() if value is not None}
    if foreign := columns.keys() - _KNOWN:
        return Fault(f"{', '.join(sorted(foreign))} is no column of an event")
    try:
        for name in WIDE:
            if isinstance(columns.get(name), str):
                columns[name] = int(columns[name])
        if "props" in columns:
            columns["props"] = _read_props(columns["props"])
    except (ValueError, msgspec.MsgspecError) as error:
        return Fault(str(error))
    at_ms = columns.get("at_ms")
    if not isinstance(at_ms, int) or not 0 <= at_ms <= _LATEST_MS:
        return Fault("at_ms is no time from 1970 to 2100")
    amount = columns.get("revenue_amount", 0)
    if not isinstance(amount, int | float) or not math.isfinite(amount):
        return Fault("revenue_amount is no number")
    return Stored(columns)


def _read_props(props: object) -> str:
    """The text of an object, as it is stored. Raises MsgspecError when it is none."""
    if isinstance(props, str):
        _decode(props)
        return props
    return _encode(msgspec.convert(props, dict[str, str | int | float | bool | None])).decode()


def read_ndjson(file: BinaryIO, options: Options) -> Iterator[Read]:
    for place, line in enumerate(file, 1):
        try:
            what = read_row(_decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            what = Fault(str(error))
        yield Read(place, line, what)


def read_parquet(file: BinaryIO, options: Options) -> Iterator[Read]:
    """Columns are taken by name, as the type that they have here. Raises OSError when the file is no Parquet."""
    try:
        yield from _read_parquet(quote(file.name))
    except duckdb.Error as error:
        raise OSError(str(error).partition("\n")[0]) from error


def _read_parquet(path: str) -> Iterator[Read]:
    with duckdb.connect(config={"threads": 1, "memory_limit": "256MB"}) as database:
        schema = database.execute(f"select name from parquet_schema({path}) where num_children is null").fetchall()
        held = {name for (name,) in schema}
        names = [column for column in COLUMNS if column.name in held]
        columns = ", ".join(f"try_cast({name} as {type_}) as {name}" for name, type_, _ in names)
        cursor = database.execute(f"select {columns} from read_parquet({path})")
        place = 0
        while rows := cursor.fetchmany(PARQUET_ROWS):
            for values in rows:
                place += 1
                row = {column.name: value for column, value in zip(names, values, strict=True) if value is not None}
                yield Read(place, _encode(row), read_row(row))
