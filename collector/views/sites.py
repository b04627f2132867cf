"""/api/v1/sites: what is measured, and how it is counted."""

from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, current_app

from collector.errors import Problem
from collector.events.url import parse_host
from collector.query.timezones import known_names
from collector.storage.sites import SITE_ID, Count, KeptAddress, Rule, Site, Sites
from collector.storage.tokens import Access, Tokens
from collector.views.access import require_everywhere, require_right, require_site
from collector.views.audit import note_change
from collector.views.json_body import read_body
from collector.views.operation import Content, Operation, Parameter, describe
from collector.weekdays import Weekday

blueprint = Blueprint("sites", __name__)

Days = Annotated[int, msgspec.Meta(ge=1, le=36_500)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
SITE_PATTERN = f"^{SITE_ID.pattern}$"


class SiteChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Facts of a site; those that are left out stay as they are. Storage/sites.py says what each means."""

    name: Name | msgspec.UnsetType = msgspec.UNSET
    timezone: str | msgspec.UnsetType = msgspec.UNSET
    hostnames: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    retention_days: Days | msgspec.UnsetType | None = msgspec.UNSET
    bot_days: Days | msgspec.UnsetType | None = msgspec.UNSET
    count: Count | msgspec.UnsetType = msgspec.UNSET
    rules: tuple[Rule, ...] | msgspec.UnsetType = msgspec.UNSET
    people: tuple[Name, ...] | msgspec.UnsetType = msgspec.UNSET
    single_session: bool | msgspec.UnsetType = msgspec.UNSET
    first_weekday: Weekday | msgspec.UnsetType = msgspec.UNSET
    keep_address: KeptAddress | msgspec.UnsetType = msgspec.UNSET
    keep_user_agent: bool | msgspec.UnsetType = msgspec.UNSET


class NewSite(SiteChange, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A site to be added. Its number of shards is the operator's: `footfall site set --shards`."""

    id: Annotated[str, msgspec.Meta(pattern=SITE_PATTERN)]


TYPES = (Site, NewSite, SiteChange)
_SITE = {"$ref": "#/components/schemas/Site"}
_WHICH = Parameter("site_id", "the site's id", {"type": "string", "pattern": SITE_PATTERN}, "path")


def _answer(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, mimetype="application/json")


@blueprint.get("/api/v1/sites", strict_slashes=False)
@describe(
    Operation(
        "The sites that the token may read",
        "sites",
        "read",
        {200: Content("sites by id", {"type": "object", "properties": {"results": {"type": "array", "items": _SITE}}})},
        problems=(401, 403, 503),
    )
)
def list_sites() -> Response:
    access = require_right("read")
    sites: Sites = current_app.extensions["sites"]
    return _answer({"results": [site for site in sites.read_all() if access.knows(site.id)]})


@blueprint.post("/api/v1/sites", strict_slashes=False)
@describe(
    Operation(
        "Adds a site; needs a token of all sites",
        "sites",
        "administer",
        {201: Content("the site and its secret write key, shown only now", {"type": "object"})},
        problems=(400, 401, 403, 409, 413, 503),
        body=Content("the site", {"$ref": "#/components/schemas/NewSite"}),
    )
)
def add_site() -> Response:
    require_everywhere("administer")
    facts = read_body(NewSite)
    site = _change(Site(facts.id, facts.id), facts)
    sites: Sites = current_app.extensions["sites"]
    if not sites.add(site):
        raise Problem("site_exists", f"there is a site {site.id} already", pointer="/id", status=409)
    tokens: Tokens = current_app.extensions["tokens"]
    key = tokens.create(Access("write", (site.id,), "made with the site"))
    note_change("site.add", site=site)
    return _answer({"site": site, "write_key": key}, 201)


@blueprint.get("/api/v1/sites/<site_id>", strict_slashes=False)
@describe(
    Operation(
        "One site",
        "sites",
        "read",
        {200: Content("the site", _SITE)},
        problems=(401, 403, 404, 503),
        parameters=(_WHICH,),
    )
)
def get_site(site_id: str) -> Response:
    return _answer(require_site("read", site_id))


@blueprint.patch("/api/v1/sites/<site_id>", strict_slashes=False)
@describe(
    Operation(
        "Changes a site; what the body leaves out stays",
        "sites",
        "administer",
        {200: Content("the site as it is now", _SITE)},
        problems=(400, 401, 403, 404, 413, 503),
        parameters=(_WHICH,),
        body=Content("what changes", {"$ref": "#/components/schemas/SiteChange"}),
    )
)
def change_site(site_id: str) -> Response:
    require_site("administer", site_id)
    facts = read_body(SiteChange)
    sites: Sites = current_app.extensions["sites"]
    site = sites.change(site_id, lambda site: _change(site, facts))
    note_change("site.change", site=site)
    return _answer(site)


def _change(site: Site, facts: SiteChange) -> Site:
    """The site with these facts. Raises Problem naming the one that is wrong."""
    changes = {name: value for name, value in msgspec.structs.asdict(facts).items() if value is not msgspec.UNSET}
    if changes.get("timezone", site.timezone) not in known_names():
        raise Problem("unknown_time_zone", "no IANA time zone, such as Europe/Berlin", pointer="/timezone")
    hosts = [parse_host(text) for text in changes.get("hostnames", ())]
    if None in hosts:
        raise Problem("invalid_hostname", "no host, such as shop.example", pointer=f"/hostnames/{hosts.index(None)}")
    for number, rule in enumerate(changes.get("rules", ())):
        if not rule.path.startswith(("/", "*")) or rule.platform not in ("any", "web", "app"):
            detail = "a path begins with / or *, and a platform is any, web or app"
            raise Problem("invalid_rule", detail, pointer=f"/rules/{number}")
    return msgspec.structs.replace(site, **changes | ({"hostnames": tuple(hosts)} if hosts else {}))
