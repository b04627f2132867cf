"""JSON Schemas of questions and their answers, from the tables that questions are read and answered by.

Schemas name each other as OpenAPI components. What they cannot say (how deep filters may nest, how many values they may
have together) the language still refuses.
"""

from typing import Any

from collector.query.buckets import BUCKETS
from collector.query.comparing import MODES
from collector.query.dimensions import PROPERTY
from collector.query.filter_language import LABELS
from collector.query.filters import BEHAVIOURS, GROUPS, NOT, SEGMENT
from collector.query.language import COMPARISONS, INCLUDES, TIME
from collector.query.limits import (
    MAX_DIMENSIONS,
    MAX_FILTER_DEPTH,
    MAX_FILTERS,
    MAX_METRICS,
    MAX_NAME_CHARACTERS,
    MAX_NUMBER,
    MAX_OFFSET,
    MAX_ROWS,
    MAX_VALUE_CHARACTERS,
)
from collector.query.metrics import METRICS
from collector.query.operators import OPERATORS
from collector.query.periods import PERIODS
from collector.query.selection_language import SITE_ID

Schema = dict[str, Any]

SITE: Schema = {"type": "string", "pattern": f"^{SITE_ID.pattern}$"}
TIME_ZONE: Schema = {"type": "string", "description": "IANA name; default the site's", "examples": ["Europe/Berlin"]}
PROPERTY_PATTERN = f"^{PROPERTY}.{{1,{MAX_NAME_CHARACTERS}}}$"


def ref(name: str) -> Schema:
    """The schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def closed(required: tuple[str, ...], **properties: Schema) -> Schema:
    """An object of these properties and no other."""
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def array_of(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def nullable(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def _tuple(*members: Schema) -> Schema:
    return {"type": "array", "prefixItems": list(members), "minItems": len(members), "maxItems": len(members)}


def _names(*known: str) -> Schema:
    return {"type": "string", "enum": list(known)}


def _comparison() -> list[Schema]:
    """The forms of a comparison, one a set of operators that take the same."""
    modifiers = closed((), case_sensitive={"type": "boolean", "default": True})
    taken: dict[str, Schema] = {
        "text": {"type": "string", "maxLength": MAX_VALUE_CHARACTERS},
        "number": {"type": "number", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER},
        "date": {"type": "string", "examples": ["2026-01-31", "2026-01-31T12:00:00+01:00"]},
    }
    forms = []
    for takes, most in sorted({(each.takes, each.most_values) for each in OPERATORS.values()}):
        words = [each.name for each in OPERATORS.values() if (each.takes, each.most_values) == (takes, most)]
        values = array_of(taken[takes], minItems=1, maxItems=most)
        plain = (_names(*words), ref("FilterDimension"), values)
        forms += [_tuple(*plain), _tuple(*plain, modifiers)]
    return forms


_FILTER: Schema = {
    "description": f"Compares a label, or joins filters; at most {MAX_FILTER_DEPTH} levels deep.",
    "anyOf": [
        *_comparison(),
        _tuple(_names("is", "is_not"), _names(SEGMENT), array_of({"type": "string"}, minItems=1)),
        _tuple(_names(*GROUPS), array_of(ref("Filter"), minItems=1, maxItems=MAX_FILTERS)),
        _tuple(_names(NOT, *BEHAVIOURS), ref("Filter")),
    ],
    "examples": [["is", "visit:country", ["DE", "AT"]], ["not", ["contains", "event:page", ["/admin"]]]],
}

_DATE_RANGE: Schema = {
    "description": "A word, or the first and last day, or the first and last second, both included.",
    "anyOf": [
        _names(*PERIODS, "all"),
        array_of({"type": "string"}, minItems=2, maxItems=2),
    ],
    "examples": ["7d", ["2026-01-01", "2026-01-31"]],
}

_COMPARISONS = {
    **closed(("mode",), mode=_names(*MODES), date_range=ref("DateRange"), match_day_of_week={"type": "boolean"}),
    "description": "Beside every row the one of another range; date_range is for the mode custom.",
}

_QUESTION: Schema = {
    **closed(
        ("site_id", "metrics", "date_range"),
        site_id=SITE,
        metrics=array_of(ref("Metric"), minItems=1, maxItems=MAX_METRICS, uniqueItems=True),
        date_range=ref("DateRange"),
        dimensions=array_of(ref("Dimension"), maxItems=MAX_DIMENSIONS, uniqueItems=True),
        filters=array_of(ref("Filter"), maxItems=MAX_FILTERS),
        order_by=array_of(
            _tuple({"anyOf": [ref("Metric"), ref("Dimension")]}, _names("asc", "desc")),
            maxItems=MAX_METRICS + MAX_DIMENSIONS,
        ),
        include=closed(
            (),
            **{name: {"type": "boolean", "description": meaning} for name, meaning in INCLUDES.items()},
            **{COMPARISONS: _COMPARISONS},
        ),
        pagination=closed(
            (),
            limit={"type": "integer", "minimum": 1, "maximum": MAX_ROWS, "default": MAX_ROWS},
            offset={"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0},
            cursor={"type": "string", "description": "empty for the first page, then meta.next_cursor"},
        ),
        timezone=TIME_ZONE,
    ),
    "examples": [
        {"site_id": "shop", "metrics": ["visitors", "bounce_rate"], "date_range": "7d"},
        {
            "site_id": "shop",
            "metrics": ["visitors", "pageviews"],
            "date_range": ["2026-01-01", "2026-01-31"],
            "dimensions": ["time:day"],
            "filters": [["is", "visit:device", ["mobile"]], ["not", ["contains", "event:page", ["/admin"]]]],
            "order_by": [["visitors", "desc"]],
            "include": {"totals": True, "comparisons": {"mode": "previous_period"}},
            "pagination": {"limit": 100},
        },
    ],
}

_MONEY = closed(("value", "currency"), value={"type": "number"}, currency={"type": "string"})
_METRIC_VALUES = array_of({"anyOf": [nullable("number"), _MONEY]})
_LABELS = array_of({"type": "string"})

_ROW = closed(
    ("dimensions", "metrics"),
    dimensions=_LABELS,
    metrics=_METRIC_VALUES,
    comparison=closed(
        ("dimensions", "metrics", "change"),
        dimensions={"anyOf": [_LABELS, {"type": "null"}]},
        metrics=_METRIC_VALUES,
        change=array_of(nullable("number")),
    ),
)

_ANSWER = closed(
    ("results", "meta", "query"),
    results=array_of(ref("AnswerRow")),
    meta=closed(
        ("freshness",),
        freshness=closed(
            ("as_of", "last_accepted"),
            as_of={"type": "string", "format": "date-time", "description": "all that was accepted before counts"},
            last_accepted=nullable("string"),
        ),
        imports_included={"type": "boolean"},
        time_labels=_LABELS,
        total_rows={"type": "integer"},
        totals=_METRIC_VALUES,
        next_cursor=nullable("string"),
        comparison_date_range=array_of({"type": "string"}),
    ),
    query={"type": "object", "description": "the question with nothing left open"},
)

_PROPERTY: Schema = {"type": "string", "pattern": PROPERTY_PATTERN}
_LABEL_NAMES = [name for name in LABELS if not name.startswith(PROPERTY)]

QUESTION_SCHEMAS: dict[str, Schema] = {
    "Metric": {
        **_names(*METRICS),
        "description": "; ".join(f"{metric.name}: {metric.meaning}" for metric in METRICS.values()),
    },
    "FilterDimension": {"anyOf": [_names(*_LABEL_NAMES, TIME), _PROPERTY]},
    "Dimension": {"anyOf": [_names(*_LABEL_NAMES, TIME, *BUCKETS), _PROPERTY]},
    "DateRange": _DATE_RANGE,
    "Filter": _FILTER,
    "Question": _QUESTION,
    "AnswerRow": _ROW,
    "Answer": _ANSWER,
}
"""By the name of its component."""
