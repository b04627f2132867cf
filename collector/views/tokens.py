"""/api/v1/tokens: who may do what. The secret of a token is answered once, when it is made."""

import time
from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, current_app

from collector.errors import Problem
from collector.storage.tokens import Access, KnownToken, Right, Scope, Tokens, id_of
from collector.views.access import require_everywhere, require_right, require_site
from collector.views.audit import note_change
from collector.views.json_body import read_body
from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("tokens", __name__)

MS_A_DAY = 86_400_000


class NewToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token to be made. ``sites`` empty = all; ``denied``: rights that it has not; ``days``: None = for good."""

    scope: Scope
    sites: Annotated[tuple[str, ...], msgspec.Meta(max_length=100)] = ()
    note: Annotated[str, msgspec.Meta(max_length=200)] = ""
    denied: tuple[Right, ...] = ()
    days: Annotated[float, msgspec.Meta(gt=0, le=36_500)] | None = None


TYPES = (Access, NewToken)
_TOKEN = {
    "type": "object",
    "required": ["id", "access"],
    "properties": {"id": {"type": "string"}, "access": {"$ref": "#/components/schemas/Access"}},
}


def _show(token: KnownToken) -> dict[str, Any]:
    return token._asdict()


def _is_within(token: KnownToken, access: Access) -> bool:
    """Whether a token is good nowhere but where ``access`` is."""
    return not access.sites or (bool(token.access.sites) and set(token.access.sites) <= set(access.sites))


@blueprint.get("/api/v1/tokens", strict_slashes=False)
@describe(
    Operation(
        "The tokens of the caller's sites",
        "tokens",
        "administer",
        {200: Content("tokens", {"type": "object", "properties": {"results": {"type": "array", "items": _TOKEN}}})},
        problems=(401, 403, 503),
    )
)
def list_tokens() -> Response:
    access = require_right("administer")
    tokens: Tokens = current_app.extensions["tokens"]
    found = [_show(token) for token in tokens.read_all() if _is_within(token, access)]
    return Response(msgspec.json.encode({"results": found}), mimetype="application/json")


@blueprint.post("/api/v1/tokens", strict_slashes=False)
@describe(
    Operation(
        "Makes a token",
        "tokens",
        "administer",
        {201: Content("the token, shown only now, and its id", {"type": "object", "required": ["id", "token"]})},
        problems=(400, 401, 403, 404, 413, 503),
        body=Content("what it may do", {"$ref": "#/components/schemas/NewToken"}),
    )
)
def add_token() -> Response:
    require_right("administer")
    wanted = read_body(NewToken)
    for site_id in wanted.sites:
        require_site("administer", site_id)
    if not wanted.sites:
        require_everywhere("administer")
    expires_ms = None if wanted.days is None else int(time.time() * 1000 + wanted.days * MS_A_DAY)
    tokens: Tokens = current_app.extensions["tokens"]
    made = Access(wanted.scope, wanted.sites, wanted.note, wanted.denied, expires_ms)
    token = tokens.create(made)
    note_change("token.add", token=id_of(token), access=made)
    answer = msgspec.json.encode({"id": id_of(token), "token": token})
    return Response(answer, 201, mimetype="application/json", headers={"Cache-Control": "no-store"})


@blueprint.delete("/api/v1/tokens/<token_id>", strict_slashes=False)
@describe(
    Operation(
        "Takes a token back, at once",
        "tokens",
        "administer",
        {204: Content("it is gone", types=())},
        problems=(401, 403, 404, 503),
        parameters=(Parameter("token_id", "its id, which is not its secret", {"type": "string"}, "path"),),
    )
)
def delete_token(token_id: str) -> Response:
    access = require_right("administer")
    tokens: Tokens = current_app.extensions["tokens"]
    known = next((token for token in tokens.read_all() if token.id == token_id and _is_within(token, access)), None)
    if known is None or tokens.revoke(token_id) is None:
        raise Problem("unknown_token", "no such token of your sites", status=404)
    note_change("token.revoke", token=token_id)
    return Response(status=204)
