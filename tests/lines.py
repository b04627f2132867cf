"""Lines of the log that tests write themselves: rows as they will be stored, each in a line of its own."""

from collections.abc import Iterable
from typing import Any

from collector.events.columns import EVENT_COLUMNS, LOG_FIELD
from collector.events.log_line import encode_line


def encode_rows(received_ms: int, rows: Iterable[dict[str, Any]]) -> bytes:
    """A log entry of rows. A line may give its own ``received_ms``."""
    lines = []
    for row in rows:
        shared = {name: value for name, value in row.items() if name not in EVENT_COLUMNS}
        event = {name: value for name, value in row.items() if name in EVENT_COLUMNS}
        lines.append(encode_line({"received_ms": received_ms, **shared}, [event]))
    return b"\n".join(lines)


def log_fields(received_ms: int, rows: Iterable[dict[str, Any]]) -> dict[Any, Any]:
    """The same as what ``xadd`` takes."""
    return {LOG_FIELD: encode_rows(received_ms, rows)}
