"""JSON Schemas of the short-cuts' answers."""

from collector.query.question_schema import Schema, array_of, closed, nullable
from collector.query.shortcuts.calendars import CALENDARS
from collector.query.shortcuts.chart import METRICS
from collector.query.shortcuts.chart import PERIODS as CHARTS
from collector.query.shortcuts.overview import COMPARED, PERIODS

_COUNT: Schema = {"type": "integer", "minimum": 0}
_DAY: Schema = {"type": "string", "format": "date"}
_TEXT: Schema = {"type": "string"}
_COUNTS: dict[str, Schema] = dict.fromkeys(METRICS, _COUNT)
_SHARE: dict[str, Schema] = {**_COUNTS, "share_percent": {"type": "number"}}
_SPLIT: Schema = {"type": "object", "additionalProperties": _COUNT}


def _whole(**properties: Schema) -> Schema:
    return closed(tuple(properties), **properties)


_PERIOD = _whole(
    **{"from": _DAY},
    to=_DAY,
    **_COUNTS,
    sessions=_COUNT,
    bounce_rate=nullable("number"),
    visit_duration=nullable("number"),
    change_percent=_whole(**dict.fromkeys(COMPARED, nullable("number"))),
)

SHORTCUT_SCHEMAS: dict[str, Schema] = {
    "Overview": _whole(**dict.fromkeys(PERIODS, _PERIOD), by_platform=_SPLIT, by_device=_SPLIT),
    "Chart": _whole(
        period={"type": "string", "enum": list(CHARTS)},
        calendar={"type": "string", "enum": list(CALENDARS)},
        points=array_of(_whole(date=_DAY, to=_DAY, label=_TEXT, **_COUNTS)),
    ),
    "TopPages": _whole(results=array_of(_whole(path=_TEXT, title=nullable("string"), **_SHARE))),
    "TopCountries": _whole(results=array_of(_whole(code=nullable("string"), name=_TEXT, **_SHARE))),
}
"""By the name of its component."""
