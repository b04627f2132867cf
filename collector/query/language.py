"""The query language: from a decoded JSON body to a question in which nothing is left open.

The grammar is that of Plausible's Stats API v2, and more. Whatever the body holds, it becomes a Query or a
Problem that names the wrong field.
"""

from collections.abc import Mapping
from dataclasses import replace

from collector.query.buckets import BUCKETS, Bucket, choose_bucket, refuse_many
from collector.query.comparing import parse_comparison
from collector.query.cursor import parse_cursor
from collector.query.fields import (
    Path,
    read_flag,
    read_list,
    read_object,
    read_text,
    read_whole,
    refuse,
    refuse_unknown,
    show,
)
from collector.query.filter_language import LABELS, find_label
from collector.query.filters import Label
from collector.query.limits import MAX_DIMENSIONS, MAX_METRICS, MAX_OFFSET, MAX_ROWS
from collector.query.metrics import METRICS, Metric
from collector.query.named import NOTHING, Names
from collector.query.periods import Range
from collector.query.query import Order, Query
from collector.query.selection_language import SELECTION, parse_selection

REQUIRED = ("site_id", "metrics", "date_range")
OPTIONAL = ("dimensions", "filters", "order_by", "include", "pagination", "timezone")

INCLUDES: dict[str, str] = {
    "total_rows": "the number of rows without pagination, as meta.total_rows",
    "time_labels": "the labels of all time buckets of the range, as meta.time_labels",
    "totals": "the metrics of the question without dimensions, as meta.totals",
    "bots": "events of declared robots are counted as well",
    "imports": "nothing more, but meta.imports_included: what was loaded from elsewhere always counts",
}
"""What an answer may have more; and ``comparisons``, which is no flag."""

COMPARISONS = "comparisons"
TIME = "time"


def parse_query(
    body: object,
    *,
    default_timezone: str,
    now_ms: int,
    earliest_ms: int | None = None,
    names: Names = NOTHING,
) -> Query:
    """The question that a body asks at ``now_ms``; anything else is a Problem with status 400.

    ``default_timezone`` is the site's. ``earliest_ms`` is its first event, from which "all" starts. ``names`` are its
    goals and segments.
    """
    fields = read_object(body, (*REQUIRED, *OPTIONAL), ())
    for name in REQUIRED:
        if name not in fields:
            raise refuse("missing_field", f"{name} is needed", (name,))
    metrics = _parse_metrics(fields["metrics"], ("metrics",))
    include = read_object(fields.get("include", {}), (*INCLUDES, COMPARISONS), ("include",))
    flags = frozenset(key for key in include if key != COMPARISONS and read_flag(include[key], ("include", key)))
    selection = parse_selection(
        {name: fields[name] for name in SELECTION if name in fields} | {"include": {"bots": "bots" in flags}},
        default_timezone=default_timezone,
        now_ms=now_ms,
        earliest_ms=earliest_ms,
        names=names,
    )
    pagination = read_object(fields.get("pagination", {}), ("limit", "offset", "cursor"), ("pagination",))
    cursor = parse_cursor(pagination.get("cursor"), selection.range.zone, ("pagination", "cursor"))
    if cursor is not None and cursor.range is not None:
        selection = replace(selection, range=cursor.range)
    dimensions = _parse_dimensions(fields.get("dimensions", []), selection.range, names, ("dimensions",))
    if "time_labels" in flags and not any(isinstance(each, Bucket) for each in dimensions):
        raise refuse("invalid_include", "time_labels needs a time dimension", ("include", "time_labels"))
    query = Query(
        selection=selection,
        metrics=metrics,
        dimensions=dimensions,
        order_by=_parse_order_by(fields.get("order_by", []), metrics, dimensions, ("order_by",)),
        include=flags,
        limit=read_whole(pagination.get("limit", MAX_ROWS), ("pagination", "limit"), least=1, most=MAX_ROWS),
        offset=read_whole(pagination.get("offset", 0), ("pagination", "offset"), least=0, most=MAX_OFFSET),
        date_range=fields["date_range"],
        comparison=parse_comparison(include[COMPARISONS], selection.range, now_ms, ("include", COMPARISONS))
        if COMPARISONS in include
        else None,
    )
    return query if cursor is None else cursor.continue_(query, ("pagination", "cursor"))


def _parse_metrics(value: object, at: Path) -> tuple[Metric, ...]:
    names = _read_names(value, at, least=1, most=MAX_METRICS)
    for i, name in enumerate(names):
        if name not in METRICS:
            raise refuse_unknown("metric", name, METRICS, (*at, i))
    return tuple(METRICS[name] for name in names)


def _parse_dimensions(value: object, span: Range, names: Names, at: Path) -> tuple[Label | Bucket, ...]:
    buckets: Mapping[str, Bucket] = {TIME: choose_bucket(span), **BUCKETS}
    found: list[Label | Bucket] = []
    for i, name in enumerate(_read_names(value, at, least=0, most=MAX_DIMENSIONS)):
        dimension = buckets.get(name) or find_label(name, (*at, i), names)
        if dimension is None:
            raise refuse_unknown("dimension", name, (*LABELS, TIME, *BUCKETS), (*at, i))
        if isinstance(dimension, Bucket):
            if any(isinstance(other, Bucket) for other in found):
                raise refuse("duplicate", "only one time dimension is possible", (*at, i))
            refuse_many(dimension, span, (*at, i))
        found.append(dimension)
    return tuple(found)


def _read_names(value: object, at: Path, *, least: int, most: int) -> list[str]:
    names = [read_text(each, (*at, i)) for i, each in enumerate(read_list(value, at, least=least, most=most))]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise refuse("duplicate", f"{show(name)} is listed twice", (*at, i))
    return names


def _parse_order_by(
    value: object, metrics: tuple[Metric, ...], dimensions: tuple[Label | Bucket, ...], at: Path
) -> tuple[Order, ...]:
    """The asked order; without one, time first, then the first metric from the largest on."""
    times = [each.name for each in dimensions if isinstance(each, Bucket)]
    known = {each.name: each.name for each in (*metrics, *dimensions)}
    if times:
        known[TIME] = times[0]
    order: list[Order] = []
    for i, entry in enumerate(read_list(value, at, most=MAX_METRICS + MAX_DIMENSIONS)):
        pair = read_list(entry, (*at, i), least=2, most=2)
        name, direction = (read_text(part, (*at, i, j)) for j, part in enumerate(pair))
        if name not in known:
            raise refuse_unknown("order", name, known, (*at, i, 0))
        if direction not in ("asc", "desc"):
            raise refuse_unknown("direction", direction, ("asc", "desc"), (*at, i, 1))
        if any(known[name] == other.name for other in order):
            raise refuse("duplicate", f"{show(name)} is listed twice", (*at, i, 0))
        order.append(Order(known[name], "asc" if direction == "asc" else "desc"))
    return tuple(order) or (*(Order(name, "asc") for name in times), Order(metrics[0].name, "desc"))
