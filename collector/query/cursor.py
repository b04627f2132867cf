"""Paging by cursor: the next page begins behind the last row of this one, whatever came in between.

A cursor holds the resolved range and the last row's values of the answer's order; it fits the question it came from
and no other. It is not secret and not trusted: what it holds is checked like any other field.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from collector.query.buckets import Bucket
from collector.query.fields import Path, read_text, refuse
from collector.query.periods import Range
from collector.query.query import Query
from collector.query.statement import Statement

LAST_MS = 7_258_204_800_000  # the end of 2199, anywhere
FIRST_MS = -86_400_000
MOST_CHARACTERS = 40_000
FIRST = ""
"""The cursor with which paging begins."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """One page's beginning. ``range`` and ``after`` are None for the first page."""

    text: str
    digest: str = ""
    range: Range | None = None
    after: tuple[object, ...] | None = None

    def continue_(self, query: Query, at: Path) -> Query:
        """The question's next page. Raises Problem when the cursor is another question's."""
        if query.offset:
            raise refuse("invalid_cursor", "a cursor needs no offset", at)
        query = replace(query, cursor=self.text)
        if self.after is None:
            return query
        if self.digest != _digest(query) or not _is_position(query, self.after):
            raise refuse("invalid_cursor", "this cursor is of another question", at)
        return replace(query, after=self.after)


def parse_cursor(value: object, zone: ZoneInfo, at: Path) -> Cursor | None:
    """The cursor of a page; None when the question does not page by one. Raises Problem."""
    if value is None:
        return None
    text = read_text(value, at)
    if text == FIRST:
        return Cursor(text)
    try:
        if len(text) > MOST_CHARACTERS:
            raise ValueError("too long")
        content = base64.urlsafe_b64decode(text)
        digest, start_ms, end_ms, after = msgspec.json.decode(content, type=tuple[str, int, int, list[Any]])
        if not FIRST_MS <= start_ms < end_ms <= LAST_MS:
            raise ValueError("a range out of bounds")
    except (ValueError, binascii.Error, msgspec.DecodeError, RecursionError) as error:
        raise refuse("invalid_cursor", "this is no cursor that an answer gave", at) from error
    return Cursor(text, digest, Range(start_ms, end_ms, zone), tuple(after))


def show_next(query: Query, rows: Sequence[Sequence[object]]) -> str | None:
    """The cursor of the page behind these rows; None when there is none."""
    if len(rows) < query.limit or not query.keys:
        return None
    columns = (*query.keys, *(metric.name for metric in query.metrics))
    last = dict(zip(columns, rows[-1], strict=True))
    after = [_find(last, column) for column, _ in query.full_order]
    content = (_digest(query), query.range.start_ms, query.range.end_ms, after)
    return base64.urlsafe_b64encode(msgspec.json.encode(content)).decode()


def after_sql(query: Query) -> Statement | None:
    """The condition that a row comes behind ``query.after``; what is null comes last in either direction."""
    if query.after is None:
        return None
    behind, same, values = [], ["true"], {}
    for i, ((column, direction), value) in enumerate(zip(query.full_order, query.after, strict=True)):
        if value is None:
            same.append(f"{column} is null")
            continue
        values[f"after_{i}"] = value
        sign = ">" if direction == "asc" else "<"
        behind.append(f"({' and '.join(same)} and ({column} {sign} $after_{i} or {column} is null))")
        same.append(f"{column} = $after_{i}")
    return Statement(f"({' or '.join(behind) or 'false'})", values)


def _find(row: dict[str, Any], column: str) -> object:
    name, _, field = column.partition(".")
    return row[name] if not field or row[name] is None else row[name][field]


def _digest(query: Query) -> str:
    """What of a question its pages have in common."""
    asked = (
        query.selection.site_id, query.date_range, query.range.zone.key, sorted(query.include), query.order_by,
        [each.name for each in (*query.metrics, *query.dimensions)], [each.as_json() for each in query.filters],
    )  # fmt: skip
    return hashlib.blake2s(msgspec.json.encode(asked), digest_size=8).hexdigest()


def _is_position(query: Query, after: Sequence[object]) -> bool:
    """Whether the values could be those of a row: what is compared with what is decided here, not in the database."""
    kinds = dict[str, type | tuple[type, ...]](
        (key, int if isinstance(dimension, Bucket) else str)
        for key, dimension in zip(query.keys, query.dimensions, strict=True)
    )
    return len(after) == len(query.full_order) and all(
        (value is None and column not in kinds)
        or (isinstance(value, kinds.get(column, (int, float))) and not isinstance(value, bool))
        for (column, _), value in zip(query.full_order, after, strict=True)
    )
