"""DELETE of a session, a visitor or a user: they are forgotten (docs/decisions/0003-forgetting.md)."""

import secrets
import time

from flask import Blueprint, Response, current_app

from collector.errors import Problem
from collector.events.erased import Kind, hash_subject
from collector.query.records.listing import find_session
from collector.storage.erasures import Erasure, Erasures
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone, Tombstones
from collector.views.audit import note_change
from collector.views.mirrored import open_mirror
from collector.views.named_site import SITE_PARAMETER, require_named_site
from collector.views.operation import Content, Operation, Parameter, describe
from collector.views.records import RECORD_ID, answer_json, context_of

blueprint = Blueprint("forgetting", __name__)

FORGOTTEN = Content("nothing shows them any more; what will be done", {"type": "object"})
_TEXT = {"type": "string"}
_VISITOR_ID = Parameter("visitor_id", "the first-party or install id that the sender gave", _TEXT, "path")
_USER_ID = Parameter("user_id", "the id that the site itself gave", _TEXT, "path")


def _operation(summary: str, which: Parameter, *more: int) -> Operation:
    return Operation(
        summary,
        "records",
        "delete",
        {202: FORGOTTEN},
        problems=(400, 401, 403, 404, *more, 503),
        parameters=(which, SITE_PARAMETER),
    )


@blueprint.delete("/api/v1/sessions/<record_id>", strict_slashes=False)
@describe(_operation("Forgets the visitor of a session, with all of their sessions", RECORD_ID, 409))
def forget_session(record_id: str) -> Response:
    site = require_named_site("delete")
    session = find_session(record_id, context_of(site), open_mirror(site))
    if session is None:
        raise Problem("not_found", "none of the sessions has this id", status=404)
    if session["session_id"] != session["id"]:
        return forget(site, "visitor", session["session_id"])
    if session["user_id"] is not None:
        return forget(site, "user", session["user_id"])
    detail = "its visitor came without an id; whose it is cannot be found out, by anybody"
    raise Problem("no_identity", detail, status=409)


@blueprint.delete("/api/v1/visitors/<visitor_id>", strict_slashes=False)
@describe(_operation("Forgets a visitor", _VISITOR_ID))
def forget_visitor(visitor_id: str) -> Response:
    return forget(require_named_site("delete"), "visitor", visitor_id)


@blueprint.delete("/api/v1/users/<user_id>", strict_slashes=False)
@describe(_operation("Forgets a user", _USER_ID))
def forget_user(user_id: str) -> Response:
    return forget(require_named_site("delete"), "user", user_id)


def forget(site: Site, kind: Kind, subject_id: str) -> Response:
    """Put the tombstone, so that nothing shows the rows any more, and leave the rewriting to the sealer."""
    client = current_app.extensions["store"]
    now_ms = time.time_ns() // 1_000_000
    tombstones = Tombstones(client)
    # One salt a site, as a rule: each further one is hashed with every id.
    held = {stone.salt for shard in site.all_shards() for stone in tombstones.read(shard)} - {""}
    salt = min(held) if held else secrets.token_hex(8)
    stone = Tombstone(kind, salt, hash_subject(kind, salt, subject_id), now_ms)
    Erasures(client).ask(Erasure(site.id, kind, subject_id, now_ms))
    for shard in site.all_shards():
        tombstones.put(shard, stone)
    note_change(f"{kind}.erase", site=site.id, hash=stone.digest)
    will = "no answer shows them from now on; the sealer takes them out of all that is stored"
    return answer_json(
        {"site": site.id, "kind": kind, "salt": salt, "hash": stone.digest, "erased_until_ms": now_ms, "will": will},
        202,
    )
