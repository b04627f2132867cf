"""The query language: from a decoded JSON body to a question in which nothing is left open.

The grammar is that of Plausible's Stats API v2, with ``timezone`` and ``include.bots`` added. Whatever the
body holds, it becomes a Query or a Problem that names the wrong field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from collector.query.buckets import BUCKETS, Bucket, choose_bucket, refuse_many
from collector.query.dimensions import DIMENSIONS, Dimension
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
)  # fmt: skip
from collector.query.filter_language import parse_filters
from collector.query.filters import Filter
from collector.query.limits import MAX_DIMENSIONS, MAX_METRICS, MAX_OFFSET, MAX_ROWS
from collector.query.metrics import METRICS, Metric
from collector.query.periods import Range, parse_range
from collector.query.timezones import known_names

SITE_ID = re.compile(r"[a-z0-9-]{1,64}")

REQUIRED = ("site_id", "metrics", "date_range")
OPTIONAL = ("dimensions", "filters", "order_by", "include", "pagination", "timezone")

INCLUDES: dict[str, str] = {
    "total_rows": "the number of rows without pagination, as meta.total_rows",
    "time_labels": "the labels of all time buckets of the range, as meta.time_labels",
    "bots": "events of declared robots are counted as well",
}

TIME = "time"


class Order(NamedTuple):
    """One key of the answer's order: a metric or a dimension of the question."""

    name: str
    direction: Literal["asc", "desc"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question with every default filled in. ``include`` holds those keys of INCLUDES that are on.

    ``people``: names of robots that the site counts as people.
    """

    site_id: str
    metrics: tuple[Metric, ...]
    range: Range
    dimensions: tuple[Dimension | Bucket, ...]
    filters: tuple[Filter, ...]
    order_by: tuple[Order, ...]
    include: frozenset[str]
    limit: int
    offset: int
    people: tuple[str, ...] = ()

    @property
    def bucket(self) -> Bucket | None:
        """The time dimension, if there is one."""
        return next((each for each in self.dimensions if isinstance(each, Bucket)), None)


def parse_query(body: object, *, default_timezone: str, now_ms: int, earliest_ms: int | None = None) -> Query:
    """The question that a body asks at ``now_ms``; anything else is a Problem with status 400.

    ``default_timezone`` is the site's. ``earliest_ms`` is its first event, from which "all" starts.
    """
    fields = read_object(body, (*REQUIRED, *OPTIONAL), ())
    for name in REQUIRED:
        if name not in fields:
            raise refuse("missing_field", f"{name} is needed", (name,))
    zone = _parse_timezone(fields.get("timezone", default_timezone), ("timezone",))
    metrics = _parse_metrics(fields["metrics"], ("metrics",))
    span = parse_range(fields["date_range"], zone, now_ms, earliest_ms, ("date_range",))
    dimensions = _parse_dimensions(fields.get("dimensions", []), span, ("dimensions",))
    pagination = read_object(fields.get("pagination", {}), ("limit", "offset"), ("pagination",))
    return Query(
        site_id=_parse_site_id(fields["site_id"], ("site_id",)),
        metrics=metrics,
        range=span,
        dimensions=dimensions,
        filters=parse_filters(fields.get("filters", []), ("filters",)),
        order_by=_parse_order_by(fields.get("order_by", []), metrics, dimensions, ("order_by",)),
        include=_parse_include(fields.get("include", {}), dimensions, ("include",)),
        limit=read_whole(pagination.get("limit", MAX_ROWS), ("pagination", "limit"), least=1, most=MAX_ROWS),
        offset=read_whole(pagination.get("offset", 0), ("pagination", "offset"), least=0, most=MAX_OFFSET),
    )


def _parse_site_id(value: object, at: Path) -> str:
    site_id = read_text(value, at)
    if not SITE_ID.fullmatch(site_id):
        raise refuse("invalid_value", "a site id is 1 to 64 of a-z, 0-9 and -", at)
    return site_id


def _parse_timezone(value: object, at: Path) -> ZoneInfo:
    name = read_text(value, at)
    if name not in known_names():
        detail = f"unknown time zone {show(name)}; known: IANA names such as Europe/Berlin"
        raise refuse("unknown_time_zone", detail, at)
    return ZoneInfo(name)


def _parse_metrics(value: object, at: Path) -> tuple[Metric, ...]:
    names = _read_names(value, at, least=1, most=MAX_METRICS)
    for i, name in enumerate(names):
        if name not in METRICS:
            raise refuse_unknown("metric", name, METRICS, (*at, i))
    return tuple(METRICS[name] for name in names)


def _parse_dimensions(value: object, span: Range, at: Path) -> tuple[Dimension | Bucket, ...]:
    known: Mapping[str, Dimension | Bucket] = {**DIMENSIONS, TIME: choose_bucket(span), **BUCKETS}
    names = _read_names(value, at, least=0, most=MAX_DIMENSIONS)
    for i, name in enumerate(names):
        if name not in known:
            raise refuse_unknown("dimension", name, known, (*at, i))
    dimensions = tuple(known[name] for name in names)
    times = [i for i, dimension in enumerate(dimensions) if isinstance(dimension, Bucket)]
    if len(times) > 1:
        raise refuse("duplicate", "only one time dimension is possible", (*at, times[1]))
    for i, dimension in enumerate(dimensions):
        if isinstance(dimension, Bucket):
            refuse_many(dimension, span, (*at, i))
    return dimensions


def _read_names(value: object, at: Path, *, least: int, most: int) -> list[str]:
    names = [read_text(each, (*at, i)) for i, each in enumerate(read_list(value, at, least=least, most=most))]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise refuse("duplicate", f"{show(name)} is listed twice", (*at, i))
    return names


def _parse_order_by(
    value: object, metrics: tuple[Metric, ...], dimensions: tuple[Dimension | Bucket, ...], at: Path
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


def _parse_include(value: object, dimensions: tuple[Dimension | Bucket, ...], at: Path) -> frozenset[str]:
    flags = read_object(value, INCLUDES, at)
    wanted = frozenset(name for name, flag in flags.items() if read_flag(flag, (*at, name)))
    if "time_labels" in wanted and not any(isinstance(each, Bucket) for each in dimensions):
        raise refuse("invalid_include", "time_labels needs a time dimension", (*at, "time_labels"))
    return wanted
