"""/api/v1/entities: the things that are viewed, with what the site says of them; /api/v1/products is one type of it."""

import secrets
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, current_app, request

from collector.errors import Problem
from collector.events.erased import name_entity
from collector.query.records.entity_views import COLUMN_OF_BY, By, EntityViews, Part
from collector.query.records.parameters import DEFAULT_LIMIT, MAX_LIMIT
from collector.query.shortcuts.asking import read_whole, read_word, refuse_others
from collector.storage.entities import MOST_FACTS, Entities, Entity
from collector.storage.sites import Site
from collector.views.audit import note_change
from collector.views.forgetting import FORGOTTEN, forget
from collector.views.json_body import read_body
from collector.views.mirrored import open_mirror
from collector.views.named_site import SITE_PARAMETER, require_named_site
from collector.views.operation import Content, Operation, Parameter, describe
from collector.views.records import answer_json, context_of

blueprint = Blueprint("entities", __name__)

PRODUCT = "product"
MOST_CHARACTERS = 200  # of a type and of an id, as in events
MOST_OFFSET = 100_000
KNOWN = ("name", "category", "url", "tags")

_TEXT = {"type": "string", "maxLength": MOST_CHARACTERS}
_TYPE = Parameter("entity_type", "the type, such as product", _TEXT, "path")
_ID = Parameter("entity_id", "the id", _TEXT, "path")
_PAGE = (
    Parameter("limit", "rows a page", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
    Parameter("offset", "rows in front of the page", {"type": "integer", "minimum": 0}),
)
_OBJECT = {"type": "object"}

Body = dict[str, Any]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_CHARACTERS)] | int


def _views_of(site: Site) -> EntityViews:
    return EntityViews(context_of(site), open_mirror(site))


def _entities() -> Entities:
    return Entities(current_app.extensions["store"])


def _check(*texts: str) -> None:
    if any(not 1 <= len(text) <= MOST_CHARACTERS for text in texts):
        raise Problem("invalid_parameter", f"a type and an id have 1 to {MOST_CHARACTERS} characters", pointer="")


def _arguments(*known: str) -> dict[str, str]:
    refuse_others(request.args, known)
    return request.args.to_dict()


def _page_of(arguments: dict[str, str]) -> dict[str, int]:
    limit = read_whole(arguments, "limit", DEFAULT_LIMIT, MAX_LIMIT)
    is_first = arguments.get("offset", "0") == "0"
    return {"limit": limit, "offset": 0 if is_first else read_whole(arguments, "offset", 1, MOST_OFFSET)}


def _show(entity_type: str, entity_id: str, entity: Entity | None, views: EntityViews) -> Body:
    facts = {} if entity is None else _show_facts(entity)
    return {"type": entity_type, "id": entity_id, **facts, **views.count(entity_type, entity_id)}


def _show_facts(entity: Entity) -> Body:
    shown = {"name": entity.name, "category": entity.category, "url": entity.url, "tags": list(entity.tags)}
    return shown | {name: value for name, value in entity.facts.items() if name not in shown}


def _read_facts(body: Body) -> Entity:
    """The facts of a body: the known ones, and whatever else it holds. Raises Problem that names the field."""
    known = {name: value for name, value in body.items() if name in KNOWN}
    others = {name: value for name, value in body.items() if name not in (*KNOWN, "id", "type")}
    if len(others) > MOST_FACTS:
        raise Problem("too_many", f"at most {MOST_FACTS} facts of your own", pointer="")
    for field, value, type_ in (
        *((name, value, Entity.__annotations__[name]) for name, value in known.items()),
        *((name, value, Entity.__annotations__["facts"]) for name, value in {"": others}.items()),
    ):
        try:
            msgspec.convert(value, type_)
        except msgspec.ValidationError as error:
            raise Problem("invalid_field", f"{field or 'a fact'}: {error}", pointer=f"/{field}") from None
    return msgspec.convert({**known, "facts": others}, Entity)


def _operation(summary: str, right: Any, status: int, *problems: int, **more: Any) -> Operation:
    parameters = more.pop("parameters", ())
    return Operation(
        summary,
        "entities",
        right,
        {status: Content("it", _OBJECT if status != 204 else None, ("application/json",) if status != 204 else ())},
        problems=(400, 401, 403, 404, *problems, 503),
        parameters=(*parameters, SITE_PARAMETER),
        **more,
    )


@blueprint.get("/api/v1/entities", strict_slashes=False)
@describe(_operation("The types of entities, with their totals", "read", 200))
def list_types() -> Response:
    site = require_named_site("read")
    _arguments()
    seen = _views_of(site).list_types()
    entities = _entities()
    registered = {each: entities.count(site.id, each) for each in entities.read_types(site.id)}
    types = sorted({*seen, *registered}, key=lambda each: (-seen.get(each, {}).get("views", 0), each))
    results = [{"type": each, "registered": registered.get(each, 0), **seen.get(each, {"views": 0})} for each in types]
    return answer_json({"results": results})


@blueprint.get("/api/v1/entities/<entity_type>", strict_slashes=False)
@describe(_operation("Entities of a type, the most viewed first", "read", 200, parameters=(_TYPE, *_PAGE)))
def list_entities(entity_type: str) -> Response:
    site = require_named_site("read")
    _check(entity_type)
    part = _views_of(site).list_entities(entity_type, **_page_of(_arguments("limit", "offset")))
    facts = _entities().get(site.id, entity_type, [row["id"] for row in part.rows])
    rows = [
        {"type": entity_type, "id": row["id"], **(_show_facts(facts[row["id"]]) if row["id"] in facts else {}), **row}
        for row in part.rows
    ]
    return answer_json({"count": part.total, "results": rows})


def _get(entity_type: str, entity_id: str) -> Response:
    site = require_named_site("read")
    _arguments()
    _check(entity_type, entity_id)
    entity = _entities().get(site.id, entity_type, [entity_id]).get(entity_id)
    shown = _show(entity_type, entity_id, entity, _views_of(site))
    if entity is None and not shown["views"]:
        raise Problem("not_found", f"no {entity_type} of this id is registered, or was ever viewed", status=404)
    return answer_json(shown)


def _put(entity_type: str, entity_id: str) -> Response:
    site = require_named_site("change")
    _check(entity_type, entity_id)
    return _register(site, entity_type, entity_id, read_body(Body))


def _register(site: Site, entity_type: str, entity_id: str, body: Body) -> Response:
    entity = _read_facts(body)
    is_new = _entities().put(site.id, entity_type, entity_id, entity)
    note_change("entity.put", site=site.id, type=entity_type, id=entity_id)
    return answer_json(_show(entity_type, entity_id, entity, _views_of(site)), 201 if is_new else 200)


def _delete(entity_type: str, entity_id: str) -> Response:
    site = require_named_site("delete")
    has_purge = read_word(_arguments("purge"), "purge", ("0", "1")) == "1"
    _check(entity_type, entity_id)
    is_gone = _entities().delete(site.id, entity_type, entity_id)
    if is_gone:
        note_change("entity.delete", site=site.id, type=entity_type, id=entity_id)
    if has_purge:
        return forget(site, "entity", name_entity(entity_type, entity_id))
    if not is_gone:
        raise Problem("not_found", f"no {entity_type} of this id is registered", status=404)
    return Response(status=204)


def _list(entity_type: str, entity_id: str, known: tuple[str, ...], read: Callable[..., Part]) -> Response:
    site = require_named_site("read")
    _check(entity_type, entity_id)
    arguments = _arguments(*known, "limit", "offset")
    part = read(_views_of(site), arguments, **_page_of(arguments))
    return answer_json({"count": part.total, "results": part.rows})


def _list_by(entity_type: str, entity_id: str, order: str) -> Response:
    def read(views: EntityViews, arguments: dict[str, str], **page: int) -> Part:
        by: Any = read_word(arguments, "by", COLUMN_OF_BY)
        return views.list_by(entity_type, entity_id, by, order, **page)

    return _list(entity_type, entity_id, ("by",), read)


def _list_times(entity_type: str, entity_id: str) -> Response:
    def read(views: EntityViews, arguments: dict[str, str], **page: int) -> Part:
        who: dict[By, str] = {by: arguments[by] for by in COLUMN_OF_BY if by in arguments}
        return views.list_times(entity_type, entity_id, who, **page)

    return _list(entity_type, entity_id, tuple(COLUMN_OF_BY), read)


_BY = Parameter("by", "whose", {"type": "string", "enum": list(COLUMN_OF_BY)})
_WHO = tuple(Parameter(by, f"of this {by} alone", _TEXT) for by in COLUMN_OF_BY)
_PURGE = Parameter("purge", "1: its events, too, are forgotten", {"type": "string", "enum": ["0", "1"]})
_FACTS = Content("name, category, url, tags, and up to 30 facts of your own", _OBJECT)


def _add_routes(path: str, name: str, fixed_type: str | None) -> None:
    """The routes of one entity. ``fixed_type``: the type that the path means, where it does not name one."""
    of_path = (_ID,) if fixed_type else (_TYPE, _ID)

    def add(method: str, tail: str, operation: Operation, view: Callable[[str, str], Response]) -> None:
        def answer(entity_id: str, entity_type: str = fixed_type or "") -> Response:
            return view(entity_type, entity_id)

        endpoint = f"{method.lower()}_{name}{tail.replace('/', '_').replace('-', '_')}"
        blueprint.add_url_rule(
            path + tail, endpoint, describe(operation)(answer), methods=[method], strict_slashes=False
        )

    what = fixed_type or "entity"
    add("GET", "", _operation(f"Facts and totals of one {what}", "read", 200, parameters=of_path), _get)
    registers = _operation(f"Registers one {what}, in place of what was there", "change", 200, 409, 413,
                           parameters=of_path, body=_FACTS)  # fmt: skip
    created = {201: Content("it is new", _OBJECT), **registers.answers}
    add("PUT", "", registers._replace(answers=created), _put)
    forgets = _operation(f"Forgets the facts of one {what}", "delete", 204, parameters=(*of_path, _PURGE))
    add("DELETE", "", forgets._replace(answers={**forgets.answers, 202: FORGOTTEN}), _delete)
    add("GET", "/views", _operation("Views by user or visitor", "read", 200, parameters=(*of_path, _BY, *_PAGE)),
        lambda type_, id_: _list_by(type_, id_, "views"))  # fmt: skip
    add("GET", "/time", _operation("Visible ms by user or visitor", "read", 200, parameters=(*of_path, _BY, *_PAGE)),
        lambda type_, id_: _list_by(type_, id_, "visible_ms"))  # fmt: skip
    add("GET", "/view-times", _operation("When it was viewed, the newest first", "read", 200,
        parameters=(*of_path, *_WHO, *_PAGE)), _list_times)  # fmt: skip


_add_routes("/api/v1/entities/<entity_type>/<entity_id>", "entity", None)
_add_routes("/api/v1/products/<entity_id>", "product", PRODUCT)


@blueprint.post("/api/v1/products", strict_slashes=False)
@describe(_operation("Registers a product; without an id it gets one", "add", 201, 409, 413, body=_FACTS))
def add_product() -> Response:
    site = require_named_site("add")
    body = read_body(Body)
    try:
        product_id = str(msgspec.convert(body.get("id", secrets.token_urlsafe(9)), Id))
    except msgspec.ValidationError as error:
        raise Problem("invalid_field", f"id: {error}", pointer="/id") from None
    if _entities().get(site.id, PRODUCT, [product_id]):
        raise Problem("product_exists", f"there is a product {product_id} already", pointer="/id", status=409)
    return _register(site, PRODUCT, product_id, body)
