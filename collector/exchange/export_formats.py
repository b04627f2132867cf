"""The forms in which events go out: one row each, with the SQL that writes a part and what stands before all parts."""

from typing import NamedTuple

from collector.events.columns import COLUMNS
from collector.exchange.exported_rows import FIELDS, WIDE

FORMULA = r"^[=+\-@\t\r]"
"""What a spreadsheet takes for a formula. Such a cell begins with an apostrophe, which the spreadsheet hides."""


class ExportFormat(NamedTuple):
    """``select`` is the SQL of what is written, over ``{rows}``; ``options`` are those of DuckDB's COPY.

    ``head`` comes first. ``is_joined``: parts do not simply follow each other, they are read and written as one.
    """

    name: str
    media_type: str
    meaning: str
    select: str
    options: str
    head: bytes = b""
    is_joined: bool = False


def _member(name: str, type_: str) -> str:
    """SQL for ``"name":value``, null where the value is."""
    if name in WIDE:
        value = f"""'"' || {name} || '"'"""
    elif name == "props" or type_ != "VARCHAR":
        value = name  # an object already, a number, true or false
    else:
        value = f"to_json({name})"
    return f"""'"{name}":' || {value}"""


def _cell(name: str, type_: str) -> str:
    if type_ != "VARCHAR":
        return name
    return f"if(regexp_matches({name}, '{FORMULA}'), '''' || {name}, {name}) as {name}"


_MEMBERS = ", ".join(_member(name, type_) for name, type_, _ in COLUMNS)
_CELLS = ", ".join(_cell(name, type_) for name, type_, _ in COLUMNS)
# What is written is held by groups of rows: DuckDB's 122,880 take 130 MB.
_PARQUET = "format parquet, compression zstd, row_group_size 20480"

EXPORT_FORMATS: dict[str, ExportFormat] = {
    row.name: row
    for row in (
        ExportFormat(
            "ndjson", "application/x-ndjson", "one JSON object a line, without what is null",
            f"select '{{{{' || concat_ws(',', {_MEMBERS}) || '}}}}' from ({{rows}})",
            "format csv, header false, quote '', escape '', delimiter E'\\x1f'",
        ),
        ExportFormat(
            "csv", "text/csv; charset=utf-8", "RFC 4180 with a header; cells that would be formulas are quoted",
            f"select {_CELLS} from ({{rows}})", "format csv, header false", (",".join(FIELDS) + "\n").encode(),
        ),
        ExportFormat(
            "parquet", "application/vnd.apache.parquet", "one file, zstd",
            f"select {', '.join(FIELDS)} from ({{rows}})", _PARQUET, is_joined=True,
        ),
    )
}  # fmt: skip
