"""The slow reference: a question answered by plain Python over the rows, as docs/query.md words it.

It shares no code with the query language but the names of columns: local time comes from datetime, means
from fractions, order from repeated sorting.
"""

import json
import operator
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import product
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]

EVENT_COLUMNS = {
    "event:page": "path",
    "event:name": "name",
    "event:element": "element",
    "event:user": "user_id",
    "event:currency": "revenue_currency",
    "event:entity_id": "entity_id",
}
VISIT_COLUMNS = {
    "visit:source": "source",
    "visit:referrer": "referrer",
    "visit:device": "device",
    "visit:country": "country",
    "visit:entry_page": "entry_path",
    "visit:exit_page": "exit_path",
}
GOALS: dict[str, list[Any]] = {
    "Signup": [["is", "event:name", ["signup"]]],
    "Any page but the first": [["is", "event:name", ["pageview"]], ["matches", "event:page", ["^/.+"]]],
    "Seen on a phone": [["is", "event:name", ["pageview"]], ["is", "visit:device", ["mobile"]]],
}
BUYERS: list[Any] = [["or", [["is", "event:goal", ["Signup"]], ["at_least", "event:props:price", [10]]]]]
CATEGORIES = {("product", "1"): "Shoes", ("product", "2"): "Hats", ("article", "1"): "Shoes"}
BUCKETS = ("time:minute", "time:hour", "time:day", "time:week", "time:month")
NUMERIC = {
    "greater_than": operator.gt, "less_than": operator.lt, "at_least": operator.ge, "at_most": operator.le,
}  # fmt: skip
DATED: dict[str, Callable[[datetime, datetime, datetime], bool]] = {
    "on": lambda moment, start, end: start.timestamp() <= moment.timestamp() < end.timestamp(),
    "before": lambda moment, start, end: moment.timestamp() < start.timestamp(),
    "after": lambda moment, start, end: moment.timestamp() >= end.timestamp(),
}
QUARTER_HOUR = timedelta(minutes=15)


class Reference:
    """A site's rows and visits, and what a question asks of each."""

    def __init__(self, body: dict[str, Any], rows: list[Row], visits: list[Row]) -> None:
        self.zone = ZoneInfo(body["timezone"])
        self.first, self.last = (date.fromisoformat(text) for text in body["date_range"])
        self.visit_of = {visit["visit"]: visit for visit in visits}
        self.rows = rows
        has_bots = body.get("include", {}).get("bots", False)
        self.counted = [
            row
            for row in rows
            if (row["is_bot"] is not True or has_bots) and self.first <= self.day_of(row) <= self.last
        ]

    def local(self, row: Row) -> datetime:
        return datetime.fromtimestamp(row["at_ms"] / 1000, self.zone)

    def day_of(self, row: Row) -> date:
        return self.local(row).date()

    def select(self, filters: list[Any]) -> list[Row]:
        return [row for row in self.counted if all(self.is_match(each, row) for each in filters)]

    def labels(self, row: Row, dimension: str) -> list[str]:
        """One label, but of goals any number."""
        if dimension == "event:goal":
            return [name for name, filters in GOALS.items() if all(self.is_match(each, row) for each in filters)]
        return [self.label(row, dimension)]

    def label(self, row: Row, dimension: str) -> str:
        if dimension == "time:hour_of_day":
            return f"{self.local(row).hour:02}"
        if dimension == "time:day_of_week":
            return str(self.local(row).isoweekday())
        if dimension.startswith("time"):
            return label_time(self.local(row), dimension, self.first)
        if dimension.startswith("event:props:"):
            value = json.loads(row["props"] or "{}").get(dimension.removeprefix("event:props:"))
            return "(none)" if value is None else value if isinstance(value, str) else json.dumps(value)
        if dimension == "event:entity_category":
            return CATEGORIES.get((row["entity_type"], row["entity_id"]), "(not set)")
        if dimension == "visit:exit_page_hostname":
            return self.exit_hostname(row["visit"])
        column = EVENT_COLUMNS.get(dimension)
        value = row[column] if column else self.visit_of[row["visit"]][VISIT_COLUMNS[dimension]]
        missing = "Direct / None" if dimension in ("visit:source", "visit:referrer") else "(not set)"
        return missing if value is None else str(value)

    def moment(self, text: str) -> datetime | None:
        """The time that a label names; local without an offset."""
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=self.zone)

    def span(self, text: str) -> tuple[datetime, datetime]:
        """The local day, or the second, that a value names."""
        start = self.moment(text)
        assert start is not None
        if len(text) == 10:
            after = date.fromisoformat(text) + timedelta(days=1)
            return start, datetime(after.year, after.month, after.day, tzinfo=self.zone)
        return start, (start.astimezone(UTC) + timedelta(seconds=1)).astimezone(self.zone)

    def exit_hostname(self, visit: int) -> str:
        viewed = [row for row in self.rows if row["visit"] == visit and row["name"] == "pageview" and row["path"]]
        hosts = [row["hostname"] for row in sorted(viewed, key=lambda row: row["position"]) if row["hostname"]]
        return hosts[-1] if hosts else "(not set)"

    def is_match(self, condition: list[Any], row: Row) -> bool:
        word, operand = condition[0], condition[1]
        if word == "not":
            return not self.is_match(operand, row)
        if word in ("and", "or"):
            found = [self.is_match(each, row) for each in operand]
            return all(found) if word == "and" else any(found)
        if word.startswith("has_"):
            done = any(other["visit"] == row["visit"] and self.is_match(operand, other) for other in self.counted)
            return done == (word == "has_done")
        if operand == "segment":
            return all(self.is_match(each, row) for each in BUYERS) == (word == "is")
        if word in DATED:
            moment = self.local(row) if operand == "time" else self.moment(self.label(row, operand))
            return moment is not None and DATED[word](moment, *self.span(condition[2][0]))
        is_case_sensitive = len(condition) < 4 or condition[3]["case_sensitive"]
        fits = any(fits_any(word, label, condition[2], is_case_sensitive) for label in self.labels(row, operand))
        return fits != word.endswith("_not")

    def shares(self, body: dict[str, Any], key: tuple[str, ...]) -> dict[str, list[Row]]:
        """Whose visitors a share is of."""
        dimensions = body.get("dimensions", [])
        filters = body.get("filters", [])
        everyone = self.select([each for each in filters if not is_of_conversion(each)])
        kept = [i for i, each in enumerate(dimensions) if not each.startswith(("event:goal", "event:props:"))]
        return {
            "percentage": self.select(filters),
            "conversion_rate": everyone,
            "group_conversion_rate": [
                row for row in everyone if all(self.label(row, dimensions[i]) == key[i] for i in kept)
            ],
        }


def fits_any(word: str, label: str, values: list[Any], is_case_sensitive: bool) -> bool:
    if word in NUMERIC:
        return bool(re.fullmatch(r"-?\d+(\.\d+)?", label)) and NUMERIC[word](float(label), values[0])
    if word.startswith("matches"):
        return any(re.search(value, label, 0 if is_case_sensitive else re.IGNORECASE) for value in values)
    if not is_case_sensitive:
        label, values = label.lower(), [value.lower() for value in values]
    return label in values if word.startswith("is") else any(value in label for value in values)


def is_of_conversion(condition: list[Any]) -> bool:
    """Whether a filter looks at goals or properties of the event itself."""
    word, operand = condition[0], condition[1]
    if word == "not":
        return is_of_conversion(operand)
    if word in ("and", "or"):
        return any(is_of_conversion(each) for each in operand)
    return not word.startswith("has_") and operand.startswith(("event:goal", "event:props:", "segment"))


def answer_plainly(body: dict[str, Any], rows: list[Row], visits: list[Row]) -> list[dict[str, Any]]:
    """The results of a question whose ``date_range`` is two dates and whose ``timezone`` is given."""
    reference = Reference(body, rows, visits)
    dimensions: list[str] = body.get("dimensions", [])
    groups: dict[tuple[str, ...], list[Row]] = {}
    if len(dimensions) == 1 and dimensions[0] in BUCKETS:
        labels = labels_between(reference.first, reference.last, reference.zone, dimensions[0])
        groups = {(text,): [] for text in labels}
    if not dimensions:
        groups = {(): []}
    for row in reference.select(body.get("filters", [])):
        for key in product(*(reference.labels(row, each) for each in dimensions)):
            groups.setdefault(key, []).append(row)
    results = []
    for key, found in groups.items():
        shares = reference.shares(body, key)
        metrics = [
            share_of(found, shares[name]) if name in shares else METRICS[name](found, reference.visit_of)
            for name in body["metrics"]
        ]
        results.append({"dimensions": list(key), "metrics": metrics})
    return put_in_order(results, body, dimensions)


def put_in_order(results: list[dict[str, Any]], body: dict[str, Any], dimensions: list[str]) -> list[dict[str, Any]]:
    time_first = [[each, "asc"] for each in dimensions if each in BUCKETS]
    order = body.get("order_by") or [*time_first, [body["metrics"][0], "desc"]]
    keys = [*order, *([each, "asc"] for each in dimensions)]
    for name, direction in reversed(keys):
        where, names = ("dimensions", dimensions) if name in dimensions else ("metrics", body["metrics"])
        index = names.index(name)
        known = [each for each in results if each[where][index] is not None]
        unknown = [each for each in results if each[where][index] is None]
        known.sort(key=lambda each, w=where, i=index: number_of(each[w][i]), reverse=direction == "desc")  # type: ignore[misc]
        results = known + unknown
    return results


def number_of(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) else value


def label_time(local: datetime, dimension: str, first: date) -> str:
    if dimension == "time:minute":
        return local.strftime("%Y-%m-%d %H:%M:00")
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


def share_of(rows: list[Row], whole: list[Row]) -> float | None:
    part, visitors = (len({row["visitor"] for row in each}) for each in (rows, whole))
    return mean([Fraction(100 * part, visitors)], 1) if visitors else None


def count_exits(rows: list[Row], visit_of: dict[int, Row]) -> int:
    ends = {row["visit"] for row in rows if row["path"] and row["path"] == visit_of[row["visit"]]["exit_path"]}
    return len(ends)


def money(rows: list[Row], *, is_mean: bool) -> dict[str, Any] | None:
    paid = [row for row in rows if row["revenue_currency"] is not None]
    if len({row["revenue_currency"] for row in paid}) != 1:
        return None
    total = sum(Fraction(str(row["revenue_amount"])) for row in paid)
    value = mean([abs(total) / len(paid)], 4) * (1 if total > 0 else -1) if is_mean else float(total)  # type: ignore[operator]
    return {"value": value, "currency": paid[0]["revenue_currency"]}


def largest(rows: list[Row], column: str) -> list[int]:
    """The largest value of each pageview's engagement events."""
    found: dict[str, int] = {}
    for row in rows:
        if row["name"] == "engagement" and row["pageview_id"] is not None and row[column] is not None:
            found[row["pageview_id"]] = max(row[column], found.get(row["pageview_id"], 0))
    return list(found.values())


def percentile(percent: int, values: Iterable[float]) -> float | None:
    """The smallest of the values that so many per cent of them do not exceed."""
    ranked = sorted(values)
    return next((value for i, value in enumerate(ranked, 1) if 100 * i >= percent * len(ranked)), None)


def measured(rows: list[Row], name: str) -> list[float]:
    """A property of the rows, where it is a number from 0 on."""
    found = (json.loads(row["props"] or "{}").get(name) for row in rows)
    return [float(value) for value in found if isinstance(value, int | float) and value >= 0]


def vitals(rows: list[Row], metric: str) -> list[float]:
    told = [
        row for row in rows if row["name"] == "web_vital" and json.loads(row["props"] or "{}").get("metric") == metric
    ]
    return measured(told, "value")


def count_named(rows: list[Row], name: str) -> int:
    return sum(row["name"] == name for row in rows)


METRICS: dict[str, Callable[[list[Row], dict[int, Row]], Any]] = {
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
    "active_time": lambda rows, _: mean((Fraction(ms, 1000) for ms in largest(rows, "active_ms")), 3),
    "clicks": lambda rows, _: count_named(rows, "click"),
    "exit_rate": lambda rows, visit_of: mean(
        [
            Fraction(
                100 * count_exits([row for row in rows if row["name"] == "pageview"], visit_of),
                count_named(rows, "pageview"),
            )
        ]
        if count_named(rows, "pageview")
        else [],
        1,
    ),
    "total_revenue": lambda rows, _: money(rows, is_mean=False),
    "average_revenue": lambda rows, _: money(rows, is_mean=True),
}
METRICS |= {
    f"{metric.lower()}_p{percent}": lambda rows, _, metric=metric, percent=percent: percentile(
        percent, vitals(rows, metric)
    )
    for metric in ("LCP", "INP", "CLS", "FCP", "TTFB")
    for percent in (50, 75, 90, 99)
}
METRICS |= {
    f"response_ms_p{percent}": lambda rows, _, percent=percent: percentile(percent, measured(rows, "response_ms"))
    for percent in (50, 75, 90, 99)
}
