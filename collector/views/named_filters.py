"""/api/v1/sites/<site_id>/goals and …/segments: what a site has given names to."""

from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, current_app

from collector.errors import Problem
from collector.query.filter_language import parse_filters
from collector.query.limits import MAX_NAMED
from collector.query.named import Names, refuse_wrong
from collector.storage.sites import NamedFilters, Site, Sites
from collector.views.access import require_site
from collector.views.audit import note_change
from collector.views.json_body import read_json
from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("named_filters", __name__)

GOALS, SEGMENTS = "/api/v1/sites/<site_id>/goals", "/api/v1/sites/<site_id>/segments"
_FILTERS = {
    "type": "object",
    "required": ["filters"],
    "properties": {"filters": {"type": "array"}},
    "additionalProperties": False,
}
_SITE = Parameter("site_id", "the site's id", {"type": "string"}, "path")
_NAME = Parameter("name", "the goal's or segment's name", {"type": "string"}, "path")
_ALL = {200: Content("all of them with their filters", {"type": "object"})}


@blueprint.get(GOALS, strict_slashes=False, defaults={"kind": "goals"})
@blueprint.get(SEGMENTS, strict_slashes=False, defaults={"kind": "segments"})
@describe(
    Operation("Goals or segments of a site", "sites", "read", _ALL, problems=(401, 403, 404, 503), parameters=(_SITE,))
)
def list_named(site_id: str, kind: str) -> Response:
    return _show(require_site("read", site_id), kind)


@blueprint.put(f"{GOALS}/<path:name>", defaults={"kind": "goals"})
@blueprint.put(f"{SEGMENTS}/<path:name>", defaults={"kind": "segments"})
@describe(
    Operation(
        "Sets a goal or segment",
        "sites",
        "change",
        _ALL,
        problems=(400, 401, 403, 404, 413, 503),
        parameters=(_SITE, _NAME),
        body=Content("filters as in a question", _FILTERS),
    )
)
def put_named(site_id: str, kind: str, name: str) -> Response:
    require_site("change", site_id)
    body = read_json()
    if not isinstance(body, dict) or set(body) != {"filters"} or not isinstance(body["filters"], list):
        raise Problem("invalid_body", 'the body is {"filters": [filter, …]}', pointer="")
    named = NamedFilters(name, body["filters"])

    def put(site: Site) -> list[NamedFilters]:
        refuse_wrong(kind.removesuffix("s"), named, Names(site.goals, site.segments), parse_filters)
        kept = [each for each in getattr(site, kind) if each.name != name]
        if len(kept) >= MAX_NAMED:
            raise Problem("too_many", f"a site has at most {MAX_NAMED} {kind}", pointer="")
        return [*kept, named]

    return _change(site_id, kind, put)


@blueprint.delete(f"{GOALS}/<path:name>", defaults={"kind": "goals"})
@blueprint.delete(f"{SEGMENTS}/<path:name>", defaults={"kind": "segments"})
@describe(
    Operation(
        "Takes a goal or segment out",
        "sites",
        "delete",
        _ALL,
        problems=(401, 403, 404, 503),
        parameters=(_SITE, _NAME),
    )
)
def delete_named(site_id: str, kind: str, name: str) -> Response:
    require_site("delete", site_id)

    def take_out(site: Site) -> list[NamedFilters]:
        kept = [each for each in getattr(site, kind) if each.name != name]
        if len(kept) == len(getattr(site, kind)):
            raise Problem(
                f"unknown_{kind.removesuffix('s')}", f"the site has no such {kind.removesuffix('s')}", status=404
            )
        return kept

    return _change(site_id, kind, take_out)


def _change(site_id: str, kind: str, how: Callable[[Site], list[NamedFilters]]) -> Response:
    sites: Sites = current_app.extensions["sites"]
    site = sites.change(site_id, lambda site: msgspec.structs.replace(site, **{kind: tuple(how(site))}))
    note_change(f"{kind}.change", site=site_id, names=[each.name for each in getattr(site, kind)])
    return _show(site, kind)


def _show(site: Site, kind: str) -> Response:
    return Response(msgspec.json.encode({kind: getattr(site, kind)}), mimetype="application/json")
