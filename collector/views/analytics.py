"""/api/analytics/: the short-cuts of an earlier system, for the panels that were written for it.

Each is a few questions to the query language, so its numbers are those of /api/v1/query.
"""

import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from flask import Blueprint, Response, current_app, request

from collector.query.kept_answers import KeptAnswers
from collector.query.mirror import Mirror
from collector.query.question import ask
from collector.query.question_schema import closed, ref
from collector.query.records.parameters import refuse_parameter
from collector.query.shortcuts.asking import Asking
from collector.query.shortcuts.calendars import CALENDARS
from collector.query.shortcuts.chart import PERIODS, build_chart
from collector.query.shortcuts.overview import build_overview
from collector.query.shortcuts.titles import read_titles
from collector.query.shortcuts.top import build_top_countries, build_top_pages
from collector.query.timezones import local_date
from collector.storage.sites import Site
from collector.views.mirrored import open_mirror
from collector.views.named_site import SITE_PARAMETER, require_named_site
from collector.views.operation import Content, Operation, Parameter, describe
from collector.weekdays import WEEKDAYS

blueprint = Blueprint("analytics", __name__)

Build = Callable[[Mapping[str, str], Asking], dict[str, Any]]

_WHOLE = {"type": "integer", "minimum": 1}
_TOP = (Parameter("days", "the last days, today included", _WHOLE), Parameter("limit", "at most so many", _WHOLE))
_CHART = (
    Parameter("period", "of a point", {"type": "string", "enum": list(PERIODS)}),
    *(Parameter(period.parameter, f"points of {name}", _WHOLE) for name, period in PERIODS.items()),
    Parameter(
        "first_weekday", "on which a week begins; default the site's", {"type": "string", "enum": list(WEEKDAYS)}
    ),
    Parameter("calendar", "of months and labels", {"type": "string", "enum": list(CALENDARS)}),
)

SHORTCUTS: dict[str, tuple[Build, str, str, tuple[Parameter, ...]]] = {
    "overview": (build_overview, "Overview", "Today, yesterday, 7 and 30 days, each with its change", ()),
    "chart": (build_chart, "Chart", "Visits by day, week or month", _CHART),
    "top-pages": (build_top_pages, "TopPages", "The pages that are viewed most", _TOP),
    "top-countries": (build_top_countries, "TopCountries", "The countries that most visits come from", _TOP),
}


def _add_route(name: str, build: Build, answer: str, summary: str, parameters: tuple[Parameter, ...]) -> None:
    @blueprint.get(f"/api/analytics/{name}", strict_slashes=False, endpoint=name.replace("-", "_"))
    @describe(
        Operation(
            summary,
            "short-cuts",
            "read",
            {200: Content("the numbers", ref(answer))},
            problems=(400, 401, 403, 404, 503),
            parameters=(SITE_PARAMETER, *parameters),
        )
    )
    def shortcut() -> Response:
        site = require_named_site("read")
        for parameter in request.args:
            if len(request.args.getlist(parameter)) > 1:
                raise refuse_parameter(parameter, "is given twice")
        arguments = request.args.to_dict()
        now_ms = time.time_ns() // 1_000_000
        asking = _asking(site, now_ms)
        mirror: Mirror = current_app.extensions["mirror"]
        mirror.refresh(site)
        kept: KeptAnswers = current_app.extensions["kept_answers"]
        key = (name, tuple(sorted(arguments.items())), asking.today, site, mirror.version(site))
        body = kept.get(site.id, key, lambda: msgspec.json.encode(build(arguments, asking)))
        response = Response(body, mimetype="application/json")
        response.headers["Cache-Control"] = "private, no-cache"
        response.add_etag()
        response.make_conditional(request)
        return response


for each, row in SHORTCUTS.items():
    _add_route(each, *row)


def _asking(site: Site, now_ms: int) -> Asking:
    run = open_mirror(site)

    def ask_site(question: Mapping[str, Any]) -> dict[str, Any]:
        return ask(
            {"site_id": site.id, **question},
            run=run, default_timezone=site.timezone, now_ms=now_ms, earliest_ms=None, people=site.people,
        )  # fmt: skip

    today: date = local_date(ZoneInfo(site.timezone), now_ms)
    return Asking(ask_site, today, site.first_weekday, lambda paths: read_titles(site.id, paths, run))


@blueprint.post("/api/analytics/clear-cache", strict_slashes=False)
@describe(
    Operation(
        "Forgets the answers that are kept for the site; no event is touched",
        "short-cuts",
        "read",
        {200: Content("how many there were", closed(("cleared",), cleared={"type": "integer"}))},
        problems=(400, 401, 403, 404, 503),
        parameters=(SITE_PARAMETER,),
    )
)
def clear_cache() -> Response:
    site = require_named_site("read")
    kept: KeptAnswers = current_app.extensions["kept_answers"]
    return Response(msgspec.json.encode({"cleared": kept.clear(site.id)}), mimetype="application/json")
