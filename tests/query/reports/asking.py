"""Asking a report of the tests' site, and rows as a plain reference reads them."""

from typing import Any

from collector.query.reports.ask import ask_report
from collector.query.reports.catalogue import REPORTS
from tests.query.site import NOW_MS, SITE, Site, build_names

MINUTE_MS = 60_000
DAY_MS = 86_400_000
DAYS = ["2024-03-25", "2024-04-05"]


def ask(site: Site, name: str, *, now_ms: int = NOW_MS, **fields: Any) -> dict[str, Any]:
    """The whole answer. Without a date_range it is about DAYS."""
    report = REPORTS[name]
    body = {"site_id": SITE, **({} if report.range_seconds else {"date_range": DAYS}), **fields}
    return ask_report(
        report,
        body,
        run=site.run,
        default_timezone="Europe/Berlin",
        now_ms=now_ms,
        earliest_ms=None,
        names=build_names(),
    )


def rows_of(site: Site, name: str, **fields: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in ask(site, name, **fields)["results"]]


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as they happened; the tests' events have numbers of their own, so that there is one order."""
    return sorted(rows, key=lambda row: (row["at_ms"], row["seq"]))


def people(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["is_bot"] is not True]
