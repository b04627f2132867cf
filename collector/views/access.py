"""Who asks, and may they: a session cookie of the dashboard, or a token in ``Authorization``."""

from flask import current_app, request, session

from collector.errors import Problem
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Access, Scope, Tokens
from collector.views.bearer import read_bearer

SESSION_KEY = "access"
# A page of another origin cannot add this header to a request without our leave (CORS), so a cookie that a
# browser sends along on its own is not enough to ask anything.
SAME_ORIGIN_HEADER = ("X-Requested-With", "footfall")


def find_access() -> Access | None:
    """What the request's token or cookie may do; None without either. Raises Problem (401) on a wrong token."""
    token = read_bearer()
    if token is not None:
        tokens: Tokens = current_app.extensions["tokens"]
        access = tokens.find(token)
        if access is None:
            raise Problem("invalid_token", "this token is not known, or was revoked", status=401)
        return access
    return Access("admin", note="dashboard") if session.get(SESSION_KEY) == "admin" else None


def require_site(scope: Scope, site_id: object) -> Site:
    """The site, if the request may do ``scope`` there. Raises Problem: 401 without a token, 404 for others' sites."""
    access = find_access()
    if access is None:
        raise Problem("unauthorized", "send a token: Authorization: Bearer …", status=401)
    if read_bearer() is None and request.method != "GET":
        name, value = SAME_ORIGIN_HEADER
        if request.headers.get(name) != value:
            raise Problem("missing_header", f"requests with a session cookie carry {name}: {value}", status=403)
    sites: Sites = current_app.extensions["sites"]
    site = sites.get(site_id) if isinstance(site_id, str) else None
    if site is None or (access.sites and site.id not in access.sites):
        raise Problem("unknown_site", "no such site for this token", pointer="/site_id", status=404)
    if not access.may(scope, site.id):
        raise Problem("forbidden", f"this token may {access.scope}, not {scope}", status=403)
    return site
