"""A report from the JSON of its question to its JSON answer; whoever calls brings the database as a function."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from collector.query.fields import read_object, refuse
from collector.query.named import NOTHING, Names
from collector.query.periods import Range
from collector.query.prepared import Prepared, Run
from collector.query.reports.report import Asked, Report
from collector.query.selection import Selection
from collector.query.selection_language import parse_selection

SHARED = ("site_id", "date_range", "filters", "timezone", "include")


def ask_report(report: Report, body: object, *, run: Run, **given: Any) -> dict[str, Any]:
    """The answer, or a Problem with status 400 before ``run`` is called. ``given``: arguments of prepare_report."""
    return prepare_report(report, body, **given).answer(run)


def prepare_report(
    report: Report,
    body: object,
    *,
    default_timezone: str,
    now_ms: int,
    earliest_ms: int | None,
    people: tuple[str, ...] = (),
    names: Names = NOTHING,
) -> Prepared:
    """The report that ``body`` asks for. Raises Problem with status 400. See question.prepare for the arguments."""
    shared = tuple(name for name in SHARED if report.range_seconds is None or name != "date_range")
    fields = read_object(body, (*shared, *report.fields), ())
    for name in ("site_id", *(("date_range",) if "date_range" in shared else ()), *report.needed):
        if name not in fields:
            raise refuse("missing_field", f"{name} is needed", (name,))
    selection = parse_selection(
        {"date_range": "realtime", **{name: fields[name] for name in shared if name in fields}},
        default_timezone=default_timezone,
        now_ms=now_ms,
        earliest_ms=earliest_ms,
        names=names,
    )
    if report.range_seconds is not None:
        span = selection.range
        selection = replace(selection, range=Range(span.end_ms - report.range_seconds * 1000, span.end_ms, span.zone))
    selection = replace(selection, people=people)
    plan = report.plan(Asked(selection, fields, names))
    shown = _show_asked(report, selection, fields)

    def answer(run: Run) -> dict[str, Any]:
        rows, meta = plan.shape(run(plan.statement.sql, plan.statement.values))
        columns = [column.name for column in report.columns]
        results = [dict(zip(columns, row, strict=True)) for row in rows]
        return {"columns": columns, "results": results, "meta": dict(meta), "query": shown}

    return Prepared(shown, selection, plan.statement.sql.count(f'"{selection.site_id}".rows'), answer)


def _show_asked(report: Report, selection: Selection, fields: Mapping[str, Any]) -> dict[str, object]:
    """The question with its range resolved: asked again it means the same, whatever the time is."""
    shown = {name: fields[name] for name in report.fields if name in fields}
    date_range = {} if report.range_seconds is not None else {"date_range": selection.range.as_json()}
    return {
        "site_id": selection.site_id,
        **date_range,
        "timezone": selection.range.zone.key,
        "filters": [each.as_json() for each in selection.filters],
        "include": {"bots": True} if selection.has_bots else {},
        **shown,
    }
