"""POST to /api/v1/sessions, /pageviews and /interactions: records that come in, through the door of all events."""

import time
from io import BytesIO
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, request

from collector.errors import Problem
from collector.events.limits import most
from collector.events.sessions import END_REASONS
from collector.ingest.receive import Receiver, new_event_id
from collector.ingest.record_bodies import MOST_RECORDS, POINTERS, TYPES, NewRecord, NewSession, build_beacon, build_end
from collector.query.question_schema import ref
from collector.query.records.arrived import find_arrived
from collector.query.records.listing import RESOURCES, find_session, find_session_of
from collector.query.records.schemas import NAME_OF
from collector.settings import Settings
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Tokens
from collector.views.bearer import read_bearer
from collector.views.events import let_any_page_read, read_arrival
from collector.views.json_body import read_body
from collector.views.mirrored import open_mirror
from collector.views.named_site import SITE_PARAMETER
from collector.views.operation import Content, Operation, Parameter, describe
from collector.views.record_hooks import shape_record
from collector.views.records import answer_json, context_of

blueprint = Blueprint("record_entry", __name__)


@blueprint.after_request
def let_senders_read(response: Response) -> Response:
    """As of events; but whoever asks first means to show a token, and for that panel_origins.py answers."""
    return response if request.method == "OPTIONS" else let_any_page_read(response)


@blueprint.before_request
def limit_body() -> None:
    """As long as a beacon may be, whatever the role of this server."""
    request.max_content_length = most("body")


_SHOWN_OF_SESSION = ("id", "session_id", "user_agent", "ip_address", "start_time", "end_time", "state", "end_reason")
"""Of a session its sender is told no more than this: who knows an id is not yet who may read."""


class Ending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a session is ended. ``logout``: by its user; ``api``: by the site."""

    reason: str = "api"


BODIES = (*TYPES.values(), Ending)


def _find_site() -> Site:
    """The site that is written to. Raises Problem: 400 when none is named, 403 on a key that is not good for it."""
    named = request.args.get("site")
    token = read_bearer()
    tokens: Tokens = current_app.extensions["tokens"]
    access = tokens.find(token) if token is not None else None
    if named is None and access is not None and len(access.sites) == 1:
        named = access.sites[0]
    if named is None:
        raise Problem("missing_site", "name a site: ?site=…", pointer="/site")
    sites: Sites = current_app.extensions["sites"]
    site = sites.get(named)
    if site is None:
        raise Problem("unknown_site", "no site of this id is registered here", pointer="/site")
    if token is not None and (access is None or not access.may("write", site.id)):
        raise Problem("invalid_key", "the key in Authorization may not write to this site", status=403)
    return site


def _receive(body: bytes) -> dict[str, Any]:
    """Hand a beacon over as if it had come so; what became of it. Raises Problem that names the record's field."""
    receiver: Receiver = current_app.extensions["receiver"]
    settings: Settings = current_app.extensions["settings"]
    arrival = read_arrival(request.environ, settings.trusted_proxies)
    arrival = arrival._replace(stream=BytesIO(body), length=len(body), content_type="application/json", encoding="")
    try:
        answer: dict[str, Any] = msgspec.json.decode(receiver.receive(arrival))
    except Problem as problem:
        place = (problem.pointer or "").removeprefix("/events/0")
        known = next((theirs for ours, theirs in POINTERS.items() if place.startswith(ours)), None)
        if known is not None:
            problem.pointer = known + place.removeprefix(next(ours for ours in POINTERS if place.startswith(ours)))
        raise
    return answer


def _create(resource: str, site: Site, record: NewRecord) -> Response:
    """201 and the record, or 200 and the session that was there. 202 where it cannot be read back here (yet)."""
    has_mirror = "mirror" in current_app.extensions
    event_id = getattr(record, "id", None) or new_event_id()
    known: dict[str, Any] | None = None
    if isinstance(record, NewSession) and has_mirror:
        known = find_session_of(record.session_id, context_of(site), open_mirror(site))
        if known is not None and known["state"] == "ended":
            known = None
    answer: dict[str, Any] = {}
    if known is None or _says_more(record, known):
        answer = _receive(build_beacon(site.id, record, event_id, read_bearer() is not None))
    if not has_mirror:
        return answer_json(answer, 202)
    run = open_mirror(site)
    if isinstance(record, NewSession):
        session = find_session_of(record.session_id, context_of(site), run)
        if session is None:
            return answer_json(answer, 202)
        shown = {name: session[name] for name in _SHOWN_OF_SESSION} | {"user_id": record.user_id}
        return answer_json(shown, 201 if known is None else 200)
    found = find_arrived(RESOURCES[resource], event_id, context_of(site), run)
    try:
        return answer_json(answer, 202) if found is None else answer_json(shape_record(resource, found), 201)
    except Problem:  # of its hook; it is stored, and who were told otherwise would send it again
        return answer_json(answer, 202)


def _says_more(record: NewRecord, known: dict[str, Any]) -> bool:
    """Whether a session that is sent again brings news of it."""
    is_over = isinstance(record, NewSession) and record.end_time is not None
    return is_over or record.user_id not in (None, known["user_id"])


def _create_all(site: Site, records: list[NewRecord]) -> Response:
    """A batch: every one is a beacon of its own, for each may be of another session."""
    has_key = read_bearer() is not None
    accepted = 0
    for place, record in enumerate(records):
        try:
            accepted += _receive(build_beacon(site.id, record, new_event_id(), has_key))["accepted"]
        except Problem as problem:
            problem.pointer = f"/{place}{problem.pointer or ''}"
            problem.detail += f" ({place} before it are stored)"
            raise
    return answer_json({"accepted": accepted, "dropped": len(records) - accepted}, 202)


def _add_route(resource: str, type_: type[NewRecord]) -> None:
    schema = {"$ref": f"#/components/schemas/{type_.__name__}"}
    is_session = type_ is NewSession
    there = {200: Content("the session that was there", ref("SessionState"))} if is_session else {}
    batch = {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_RECORDS}

    @blueprint.post(f"/api/v1/{resource}", strict_slashes=False, endpoint=f"create_{resource}")
    @describe(
        Operation(
            f"Adds to the {resource}: one, or an array of them; needs what events need",
            "records",
            None,
            {
                **there,
                201: Content("the record", ref("SessionState") if is_session else ref(NAME_OF[resource])),
                202: Content("stored; what an array, or a server that takes events only, is answered"),
            },
            problems=(400, 403, 413, 429, 503),
            parameters=(SITE_PARAMETER,),
            body=Content("the record, or up to 100", {"oneOf": [schema, batch]}),
        )
    )
    def create() -> Response:
        site = _find_site()
        one_or_many: Any = type_ | list[type_]  # type: ignore[valid-type]
        body: Any = read_body(one_or_many)
        if not isinstance(body, list):
            return _create(resource, site, body)
        if not 1 <= len(body) <= MOST_RECORDS:
            raise Problem("too_many", f"an array holds 1 to {MOST_RECORDS} records", pointer="")
        return _create_all(site, body)


for each, type_of_each in TYPES.items():
    _add_route(each, type_of_each)


@blueprint.post("/api/v1/sessions/<record_id>/end", strict_slashes=False)
@describe(
    Operation(
        "Ends a session; one that is over stays as it is",
        "records",
        None,
        {
            200: Content("the session's state", ref("SessionState")),
            202: Content("stored; the answer of a server that takes events only"),
        },
        problems=(400, 403, 404, 409, 413, 429, 503),
        parameters=(Parameter("record_id", "its id, or the sender's", {"type": "string"}, "path"), SITE_PARAMETER),
        body=Content("why, api or logout", {"$ref": "#/components/schemas/Ending"}),
    )
)
def end_session(record_id: str) -> Response:
    site = _find_site()
    reason = (read_body(Ending) if request.get_data() else Ending()).reason
    if reason not in END_REASONS:
        raise Problem("invalid_field", f"a reason is {' or '.join(END_REASONS)}", pointer="/reason")
    now_ms = time.time_ns() // 1_000_000
    if "mirror" not in current_app.extensions:
        return answer_json(_receive(build_end(site.id, {"visitor": record_id}, new_event_id(), now_ms, reason)), 202)
    session = find_session(record_id, context_of(site), open_mirror(site))
    if session is None:
        raise Problem("not_found", "none of the sessions has this id", status=404)
    if session["state"] != "ended":
        _receive(build_end(site.id, _who_of(session), new_event_id(), now_ms, reason))
        session = find_session(session["id"], context_of(site), open_mirror(site)) or session
    return answer_json({name: session[name] for name in _SHOWN_OF_SESSION})


def _who_of(session: dict[str, Any]) -> dict[str, str]:
    """As whom an event comes into the session. Raises Problem (409) when nobody can send one there."""
    if session["session_id"] != session["id"]:
        return {"visitor": session["session_id"]}
    if session["user_id"] is not None:
        return {"user": session["user_id"]}
    detail = "its visitor has neither an id nor a user, so nothing can be said of them; it ends by itself"
    raise Problem("no_identity", detail, status=409)
