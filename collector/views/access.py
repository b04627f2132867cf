"""Who asks, and may they: a session cookie of the dashboard, or a token in ``Authorization``."""

import msgspec
from flask import current_app, g, request, session

from collector.errors import Problem
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Access, Right, Tokens, id_of
from collector.views.bearer import read_bearer
from collector.views.read_limits import ReadLimits

SESSION_KEY = "access"
# A page of another origin cannot add this header to a request without our leave (CORS), so a cookie that a
# browser sends along on its own is not enough to ask anything.
SAME_ORIGIN_HEADER = ("X-Requested-With", "footfall")


def log_in(access: Access) -> None:
    """Begin a session that may do what ``access`` says; an older one of this browser ends."""
    session.clear()
    session[SESSION_KEY] = msgspec.to_builtins(access)
    session.permanent = True


def find_session() -> Access | None:
    """What the request's session cookie may do. The cookie is signed; one of an older form is none."""
    try:
        return msgspec.convert(session.get(SESSION_KEY), Access)
    except msgspec.ValidationError:
        return None


def find_access() -> Access | None:
    """What the request's token or cookie may do; None without either. Raises Problem: 401 a wrong token, 429."""
    if "access" not in g:
        g.access = _find_access()
    found: Access | None = g.access
    return found


def _find_access() -> Access | None:
    token = read_bearer()
    if token is None:
        return find_session()
    tokens: Tokens = current_app.extensions["tokens"]
    access = tokens.find(token)
    if access is None:
        raise Problem("invalid_token", "this token is not known, was revoked or has expired", status=401)
    limits: ReadLimits = current_app.extensions["read_limits"]
    limits.take(access, id_of(token))
    return access


def require_access() -> Access:
    """What the request may do somewhere. Raises Problem: 401 without a token, 403 for a cookie from elsewhere."""
    access = find_access()
    if access is None:
        raise Problem("unauthorized", "send a token: Authorization: Bearer …", status=401)
    if read_bearer() is None and request.method not in ("GET", "HEAD"):
        name, value = SAME_ORIGIN_HEADER
        if request.headers.get(name) != value:
            raise Problem("missing_header", f"requests with a session cookie carry {name}: {value}", status=403)
    return access


def require_right(right: Right) -> Access:
    """What the request may do, if it has ``right`` somewhere. Raises Problem: 401 without a token, else 403."""
    access = require_access()
    if not access.has(right):
        raise Problem("forbidden", f"this token has no right to {right}", status=403)
    return access


def require_everywhere(right: Right) -> None:
    """Raises Problem, 401 or 403, unless the request has ``right`` at every site."""
    if require_right(right).sites:
        raise Problem("forbidden", f"this token has no right to {right} beyond its own sites", status=403)


def require_site(right: Right, site_id: object) -> Site:
    """The site, if the request has ``right`` there. Raises Problem: 401 without a token, 404 for others' sites."""
    access = require_access()
    sites: Sites = current_app.extensions["sites"]
    site = sites.get(site_id) if isinstance(site_id, str) else None
    if site is None or not access.knows(site.id):
        raise Problem("unknown_site", "no such site for this token", pointer="/site_id", status=404)
    if not access.may(right, site.id):
        raise Problem("forbidden", f"this token has no right to {right} here", status=403)
    return site
