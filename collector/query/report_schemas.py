"""JSON Schemas of what reports are asked and answer, by the names of their fields and columns."""

from collector.query.filter_language import LABELS
from collector.query.limits import MAX_FILTERS
from collector.query.question_schema import SITE, TIME_ZONE, Schema, array_of, closed, nullable, ref
from collector.query.reports import attribution, clicks, funnel, journeys, retention
from collector.query.reports.catalogue import REPORTS
from collector.query.reports.report import MOST_ROWS, Report

VISIT_LABELS = [name for name in LABELS if name.startswith("visit:")]


def _whole(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def _word(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


_LABEL = ref("FilterDimension")
_FILTER = ref("Filter")

FIELD_SCHEMAS: dict[str, dict[str, Schema]] = {
    "funnel": {
        "steps": array_of(_FILTER, minItems=2, maxItems=funnel.MOST_STEPS),
        "order": _word(*funnel.ORDERS),
        "window_seconds": _whole(1, funnel.MOST_SECONDS),
        "dimension": _LABEL,
    },
    "retention": {
        "period": _word(*retention.PERIODS), "of": _word(*retention.WHO), "start": _FILTER, "return": _FILTER,
    },
    "journeys": {
        "start": _FILTER, "direction": _word(*journeys.DIRECTIONS), "steps": _whole(1, journeys.MOST_STEPS),
        "links": _whole(1, journeys.MOST_LINKS),
    },
    "attribution": {
        "conversion": _FILTER, "dimension": _word(*VISIT_LABELS), "window_days": _whole(1, attribution.MOST_DAYS),
    },
    "click-map": {"cell": _whole(clicks.LEAST_CELL, clicks.MOST_CELL)},
    "web-vitals": {"dimension": _LABEL},
}  # fmt: skip
"""Report → its own fields, but those that many have."""

SHARED_FIELDS: dict[str, Schema] = {"limit": _whole(1, MOST_ROWS), "page": {"type": "string"}}

TEXT_COLUMNS = frozenset(("label", "cohort", "from", "to", "page", "screen", "element", "text", "metric"))
"""Columns that hold a text; all others hold a number. Either may be null."""


def field_schema(report: Report, field: str) -> Schema:
    """What a field of a report takes; anything where no row says."""
    found = FIELD_SCHEMAS.get(report.name, {}).get(field) or SHARED_FIELDS.get(field, {})
    return found if "$ref" in found else {**found, "description": report.fields[field]}


def _question_of(report: Report) -> Schema:
    shared: dict[str, Schema] = {
        "site_id": SITE,
        "date_range": ref("DateRange"),
        "filters": array_of(_FILTER, maxItems=MAX_FILTERS),
        "timezone": TIME_ZONE,
        "include": closed((), bots={"type": "boolean"}),
    }
    if report.range_seconds is not None:
        del shared["date_range"]
    own = {field: field_schema(report, field) for field in report.fields}
    needed = [name for name in ("site_id", "date_range") if name in shared]
    return {**closed((*needed, *report.needed), **shared, **own), "description": report.meaning}


def _answer_of(report: Report) -> Schema:
    columns = {
        column.name: {**nullable("string" if column.name in TEXT_COLUMNS else "number"), "description": column.meaning}
        for column in report.columns
    }
    return closed(
        ("columns", "results", "meta", "query"),
        columns=array_of({"type": "string"}),
        results=array_of(closed(tuple(columns), **columns)),
        meta={"type": "object"},
        query={"type": "object"},
    )


def component_of(report: Report, kind: str) -> str:
    """The component's name, such as ``EntryPagesQuestion``."""
    return "".join(part.capitalize() for part in report.name.split("-")) + kind


REPORT_SCHEMAS: dict[str, Schema] = {
    **{component_of(report, "Question"): _question_of(report) for report in REPORTS.values()},
    **{component_of(report, "Answer"): _answer_of(report) for report in REPORTS.values()},
    "ReportQuestions": closed(
        tuple(REPORTS), **{report.name: ref(component_of(report, "Question")) for report in REPORTS.values()}
    ),
    "ReportAnswers": closed(
        tuple(REPORTS), **{report.name: ref(component_of(report, "Answer")) for report in REPORTS.values()}
    ),
}
"""By the name of its component. ``ReportQuestions`` and ``ReportAnswers`` say which are of which report."""

ANY_QUESTION: Schema = {"anyOf": [ref(component_of(report, "Question")) for report in REPORTS.values()]}
ANY_ANSWER: Schema = {"anyOf": [ref(component_of(report, "Answer")) for report in REPORTS.values()]}
