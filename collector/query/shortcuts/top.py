"""GET /api/analytics/top-pages/ and top-countries/: the most visited, with their share of all."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from collector.query.dimensions import NOT_SET
from collector.query.shortcuts.asking import Asking, read_whole, refuse_others

METRICS = ("visits", "visitors", "pageviews")
DAYS, MOST_DAYS = 30, 366
LIMIT, MOST_ROWS = 20, 100


def build_top_pages(arguments: Mapping[str, str], asking: Asking) -> dict[str, Any]:
    """Pages by their pageviews; ties in the order of their paths."""
    rows = _read(arguments, asking, ["event:page"], "pageviews", [["is", "event:name", ["pageview"]]])
    titles = asking.read_titles([row["dimensions"][0] for row in rows])
    return {
        "results": [
            {"path": path, "title": titles.get(path), **row["numbers"]}
            for row in rows
            for path in row["dimensions"][:1]
        ]
    }


def build_top_countries(arguments: Mapping[str, str], asking: Asking) -> dict[str, Any]:
    """Countries by their visits; those that are not known are shown, and not left out."""
    rows = _read(arguments, asking, ["visit:country", "visit:country_name"], "visits", [])
    return {
        "results": [
            {
                "code": None if row["dimensions"][0] == NOT_SET else row["dimensions"][0],
                "name": "unknown" if row["dimensions"][0] == NOT_SET else row["dimensions"][1],
                **row["numbers"],
            }
            for row in rows
        ]
    }


def _read(
    arguments: Mapping[str, str], asking: Asking, dimensions: list[str], by: str, filters: list[Any]
) -> list[dict[str, Any]]:
    refuse_others(arguments, ("days", "limit"))
    count = read_whole(arguments, "days", DAYS, MOST_DAYS)
    limit = read_whole(arguments, "limit", LIMIT, MOST_ROWS)
    days = (asking.today - timedelta(days=count - 1), asking.today)
    total = asking.rows((by,), days, filters=filters)[0]["metrics"][0]
    order = {"order_by": [[by, "desc"]], "pagination": {"limit": limit}}
    rows = asking.rows(METRICS, days, dimensions=dimensions, filters=filters, **order)
    for row in rows:
        numbers = dict(zip(METRICS, row["metrics"], strict=True))
        row["numbers"] = numbers | {"share_percent": round(100 * numbers[by] / total, 1) if total else 0.0}
    return rows
