"""From rows to the answer: Plausible's shape of results, meta and the question as it was understood."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from collector.query.buckets import Bucket, label_number, list_numbers
from collector.query.comparing import measure_change
from collector.query.cursor import show_next
from collector.query.periods import Range
from collector.query.query import Query

Row = Sequence[Any]
"""Dimensions, then metrics, in the question's order."""


class Extras(NamedTuple):
    """What a question may ask for beside its rows; None or nothing when it does not.

    ``total_rows`` is the number of rows without pagination, ``totals`` the metrics of all of them together, ``before``
    for each row the one that it is compared with, empty where there is none.
    """

    total_rows: int | None = None
    totals: Row | None = None
    before: Sequence[Row] | None = None


def shape_answer(query: Query, rows: Sequence[Row], extras: Extras = Extras()) -> dict[str, object]:  # noqa: B008
    """The answer to a question from the rows of its plan."""
    results = [_show_row(query, row, query.range) for row in rows]
    if query.comparison is not None and extras.before is not None:
        for result, before in zip(results, extras.before, strict=True):
            result["comparison"] = _show_before(query, result["metrics"], before, query.comparison.range)
    return {"results": results, "meta": _show_meta(query, rows, extras), "query": show_query(query)}


def show_query(query: Query) -> dict[str, object]:
    """The question with all defaults filled in. Asked again it means the same, whatever the time is."""
    include: dict[str, object] = dict.fromkeys(sorted(query.include), True)
    if query.comparison is not None:
        include["comparisons"] = query.comparison.as_json()
    pagination: dict[str, object] = {"limit": query.limit, "offset": query.offset}
    return {
        "site_id": query.selection.site_id,
        "metrics": [metric.name for metric in query.metrics],
        "date_range": query.range.as_json(),
        "timezone": query.range.zone.key,
        "dimensions": [dimension.name for dimension in query.dimensions],
        "filters": [each.as_json() for each in query.filters],
        "order_by": [list(order) for order in query.order_by],
        "include": include,
        "pagination": pagination if query.cursor is None else {"limit": query.limit, "cursor": query.cursor},
    }


def _show_row(query: Query, row: Row, span: Range) -> dict[str, Any]:
    cut = len(query.dimensions)
    labels = [
        label_number(dimension, value, span) if isinstance(dimension, Bucket) and isinstance(value, int) else value
        for dimension, value in zip(query.dimensions, row[:cut], strict=True)
    ]
    return {"dimensions": labels, "metrics": list(row[cut:])}


def _show_before(query: Query, now: Row, before: Row, span: Range) -> dict[str, Any] | None:
    """The other range's row with the change since; of a group that it does not have, what nothing counts."""
    if before:
        shown = _show_row(query, before, span)
    else:
        shown = {"dimensions": None, "metrics": [metric.empty for metric in query.metrics]}
    changes = [
        measure_change(metric, old, new) for metric, old, new in zip(query.metrics, shown["metrics"], now, strict=True)
    ]
    return {**shown, "change": changes}


def _show_meta(query: Query, rows: Sequence[Row], extras: Extras) -> dict[str, object]:
    meta: dict[str, object] = {}
    if "imports" in query.include:
        meta["imports_included"] = True
    if query.bucket is not None and "time_labels" in query.include:
        numbers = list_numbers(query.bucket, query.range)
        meta["time_labels"] = [label_number(query.bucket, number, query.range) for number in numbers]
    if extras.total_rows is not None:
        meta["total_rows"] = extras.total_rows
    if extras.totals is not None:
        meta["totals"] = list(extras.totals)
    if query.cursor is not None:
        meta["next_cursor"] = show_next(query, rows)
    if query.comparison is not None:
        meta["comparison_date_range"] = query.comparison.range.as_json()
    return meta
