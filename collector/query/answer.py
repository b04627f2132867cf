"""From rows to the answer: Plausible's shape of results, meta and the question as it was understood."""

from collections.abc import Sequence

from collector.query.buckets import Bucket, label_number, list_numbers
from collector.query.language import Query


def shape_answer(query: Query, rows: Sequence[Sequence[object]], total_rows: int | None) -> dict[str, object]:
    """The answer to a question from the rows of its plan: dimensions, then metrics, in the question's order.

    ``total_rows`` is the number of rows without pagination, None when the question does not ask for it.
    """
    cut = len(query.dimensions)
    return {
        "results": [{"dimensions": _show_dimensions(query, row[:cut]), "metrics": list(row[cut:])} for row in rows],
        "meta": _show_meta(query, total_rows),
        "query": show_query(query),
    }


def show_query(query: Query) -> dict[str, object]:
    """The question with all defaults filled in. Asked again it means the same, whatever the time is."""
    return {
        "site_id": query.site_id,
        "metrics": [metric.name for metric in query.metrics],
        "date_range": query.range.as_json(),
        "timezone": query.range.zone.key,
        "dimensions": [dimension.name for dimension in query.dimensions],
        "filters": [each.as_json() for each in query.filters],
        "order_by": [list(order) for order in query.order_by],
        "include": dict.fromkeys(sorted(query.include), True),
        "pagination": {"limit": query.limit, "offset": query.offset},
    }


def _show_dimensions(query: Query, values: Sequence[object]) -> list[object]:
    return [
        label_number(dimension, value, query.range)
        if isinstance(dimension, Bucket) and isinstance(value, int)
        else value
        for dimension, value in zip(query.dimensions, values, strict=True)
    ]


def _show_meta(query: Query, total_rows: int | None) -> dict[str, object]:
    meta: dict[str, object] = {}
    if query.bucket is not None and "time_labels" in query.include:
        numbers = list_numbers(query.bucket, query.range)
        meta["time_labels"] = [label_number(query.bucket, number, query.range) for number in numbers]
    if total_rows is not None:
        meta["total_rows"] = total_rows
    return meta
