"""The slow reference: a question answered by plain Python over the rows, as docs/query.md words it.

It shares no code with the query language but the names of columns: local time comes from datetime, means
from fractions, order from repeated sorting.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from .site import Row

EVENT_COLUMNS = {"event:page": "path", "event:name": "name", "event:element": "element"}
VISIT_COLUMNS = {
    "visit:source": "source",
    "visit:referrer": "referrer",
    "visit:device": "device",
    "visit:country": "country",
    "visit:entry_page": "entry_path",
    "visit:exit_page": "exit_path",
}
QUARTER_HOUR = timedelta(minutes=15)


def answer_plainly(body: dict[str, Any], rows: list[Row], visits: list[Row]) -> list[dict[str, Any]]:
    """The results of a question whose ``date_range`` is two dates and whose ``timezone`` is given."""
    zone = ZoneInfo(body["timezone"])
    first, last = (date.fromisoformat(text) for text in body["date_range"])
    visit_of = {visit["visit"]: visit for visit in visits}
    dimensions: list[str] = body.get("dimensions", [])

    def label(row: Row, dimension: str) -> str:
        if dimension.startswith("time"):
            return label_time(datetime.fromtimestamp(row["at_ms"] / 1000, zone), dimension, first)
        column = EVENT_COLUMNS.get(dimension)
        value = row[column] if column else visit_of[row["visit"]][VISIT_COLUMNS[dimension]]
        missing = "Direct / None" if dimension in ("visit:source", "visit:referrer") else "(not set)"
        return missing if value is None else str(value)

    groups: dict[tuple[str, ...], list[Row]] = {}
    if len(dimensions) == 1 and dimensions[0].startswith("time"):
        groups = {(text,): [] for text in labels_between(first, last, zone, dimensions[0])}
    if not dimensions:
        groups = {(): []}
    for row in rows:
        is_counted = row["is_bot"] is not True or body.get("include", {}).get("bots", False)
        is_inside = first <= datetime.fromtimestamp(row["at_ms"] / 1000, zone).date() <= last
        if is_counted and is_inside and all(is_match(each, row, label) for each in body.get("filters", [])):
            groups.setdefault(tuple(label(row, each) for each in dimensions), []).append(row)
    results = [
        {"dimensions": list(key), "metrics": [METRICS[name](found, visit_of) for name in body["metrics"]]}
        for key, found in groups.items()
    ]
    return put_in_order(results, body, dimensions)


def put_in_order(results: list[dict[str, Any]], body: dict[str, Any], dimensions: list[str]) -> list[dict[str, Any]]:
    time_first = [[each, "asc"] for each in dimensions if each.startswith("time")]
    order = body.get("order_by") or [*time_first, [body["metrics"][0], "desc"]]
    keys = [*order, *([each, "asc"] for each in dimensions)]
    for name, direction in reversed(keys):
        where, names = ("dimensions", dimensions) if name in dimensions else ("metrics", body["metrics"])
        index = names.index(name)
        known = [each for each in results if each[where][index] is not None]
        unknown = [each for each in results if each[where][index] is None]
        known.sort(key=lambda each, w=where, i=index: each[w][i], reverse=direction == "desc")  # type: ignore[misc]
        results = known + unknown
    return results


def is_match(condition: list[Any], row: Row, label: Callable[[Row, str], str]) -> bool:
    word, operand = condition[0], condition[1]
    if word == "not":
        return not is_match(operand, row, label)
    if word in ("and", "or"):
        found = [is_match(each, row, label) for each in operand]
        return all(found) if word == "and" else any(found)
    text, values = label(row, operand), condition[2]
    if len(condition) == 4 and not condition[3]["case_sensitive"]:
        text, values = text.lower(), [value.lower() for value in values]
    fits = text in values if word.startswith("is") else any(value in text for value in values)
    return bool(fits != word.endswith("_not"))


def label_time(local: datetime, dimension: str, first: date) -> str:
    if dimension == "time:hour":
        return local.strftime("%Y-%m-%d %H:00:00")
    if dimension == "time:month":
        return local.strftime("%Y-%m-01")
    monday = local.date() - timedelta(days=local.weekday())
    return (max(monday, first) if dimension == "time:week" else local.date()).isoformat()


def labels_between(first: date, last: date, zone: ZoneInfo, dimension: str) -> list[str]:
    moment = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(ZoneInfo("UTC"))
    labels = set()
    while (local := moment.astimezone(zone)).date() <= last:
        labels.add(label_time(local, dimension, first))
        moment += QUARTER_HOUR
    return sorted(labels)


def mean(values: Iterable[Fraction | int], digits: int) -> float | None:
    found = list(values)
    if not found:
        return None
    exact = Fraction(sum(found), len(found)) * 10**digits
    below = floor(exact)
    return float(Fraction(below + (exact - below >= Fraction(1, 2)), 10**digits))


def visits_of(rows: list[Row], visit_of: dict[int, Row]) -> list[Row]:
    return [visit_of[visit] for visit in {row["visit"] for row in rows}]


def largest(rows: list[Row], column: str) -> list[int]:
    """The largest value of each pageview's engagement events."""
    found: dict[str, int] = {}
    for row in rows:
        if row["name"] == "engagement" and row["pageview_id"] is not None and row[column] is not None:
            found[row["pageview_id"]] = max(row[column], found.get(row["pageview_id"], 0))
    return list(found.values())


def count_named(rows: list[Row], name: str) -> int:
    return sum(row["name"] == name for row in rows)


METRICS: dict[str, Callable[[list[Row], dict[int, Row]], float | None]] = {
    "visitors": lambda rows, _: len({row["visitor"] for row in rows}),
    "visits": lambda rows, _: len({row["visit"] for row in rows}),
    "pageviews": lambda rows, _: count_named(rows, "pageview"),
    "events": lambda rows, _: len(rows) - count_named(rows, "engagement"),
    "views_per_visit": lambda rows, visit_of: mean(
        [Fraction(count_named(rows, "pageview"), max(len(visits_of(rows, visit_of)), 1))] if rows else [], 2
    ),
    "bounce_rate": lambda rows, visit_of: mean((100 * visit["is_bounce"] for visit in visits_of(rows, visit_of)), 1),
    "visit_duration": lambda rows, visit_of: mean(
        (Fraction(visit["end_ms"] - visit["start_ms"], 1000) for visit in visits_of(rows, visit_of)), 3
    ),
    "time_on_page": lambda rows, _: mean((Fraction(ms, 1000) for ms in largest(rows, "visible_ms")), 3),
    "scroll_depth": lambda rows, _: mean(largest(rows, "scroll_percent"), 1),
}
