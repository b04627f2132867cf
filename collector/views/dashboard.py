"""The dashboard's pages, and logging in by a one-time token."""

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    send_from_directory,
    session,
    url_for,
)
from werkzeug.exceptions import NotFound

from collector.script_tag import write_script_tag
from collector.settings import PICTURES, Settings
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Tokens
from collector.views.access import find_session, log_in
from collector.views.site_pages import BY_PATH, SESSION_PAGE, SITE_PAGES, SitePage
from collector.views.static_files import FOLDER, list_modules, read_version

blueprint = Blueprint("dashboard", __name__, template_folder="../dashboard/templates")

AFTER_LOGIN = "after_login"
"""Where somebody wanted to go who had to log in first: a path of ours, in the signed cookie."""

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors {ancestors}; form-action 'self'"
)


def add_page_headers(response: Response) -> Response:
    """Headers of every page of ours: nothing from elsewhere, framed by nobody unknown, no address handed on."""
    if response.mimetype == "text/html":
        ancestors = " ".join(_settings().ui_frame_origins) or "'none'"
        policy = CONTENT_SECURITY_POLICY.format(ancestors=ancestors)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@blueprint.app_context_processor
def put_look() -> dict[str, object]:
    """The title, logo and theme that every page of ours shows."""
    settings = _settings()
    return {"ui": {"title": settings.ui_title, "has_logo": settings.ui_logo is not None, "theme": settings.ui_theme}}


@blueprint.app_template_global()
def static_file(name: str) -> str:
    """The address of one of the dashboard's files."""
    return url_for("dashboard.get_static_file", version=read_version(), name=name)


@blueprint.app_template_global()
def script_tag(url: str, site_id: str) -> str:
    """The line that a site puts on its pages."""
    return write_script_tag(url, request.script_root, site_id)


@blueprint.get("/dashboard/static/<version>/<path:name>")
def get_static_file(version: str, name: str) -> Response:
    response = send_from_directory(FOLDER, name)
    if version == read_version():
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.get("/dashboard/logo")
def logo() -> Response:
    path = _settings().ui_logo
    if path is None:
        raise NotFound("There is no logo of your own: FOOTFALL_UI_LOGO names its file.")
    response = send_file(path, mimetype=PICTURES[path.suffix], max_age=3600)
    # A drawing may hold a script, which runs when the drawing is opened as a page.
    response.headers["Content-Security-Policy"] = "script-src 'none'; sandbox"
    return response


def _show(site_id: str | None, page: SitePage, record: str | None = None) -> Response | str:
    access = find_session()
    if access is None:
        session[AFTER_LOGIN] = request.script_root + request.full_path.rstrip("?")
        return redirect(url_for("dashboard.login"))  # type: ignore[return-value]
    sites: Sites = current_app.extensions["sites"]
    known = [site for site in sites.read_all() if access.may("read", site.id)]
    site: Site | None = next((site for site in known if site_id in (None, site.id)), None)
    if site is None:
        raise NotFound("There is no such site. `footfall site add` makes one.")
    return render_template(
        "dashboard.html",
        site={"id": site.id, "name": site.name, "timezone": site.timezone},
        sites=[each.id for each in known],
        modules=list_modules(f"js/pages/{page.name}.js"),
        pages=SITE_PAGES,
        page=page,
        record=record,
        rights=[right for right in ("change", "delete") if access.may(right, site.id)],
    )


@blueprint.get("/")
def first_site() -> Response | str:
    return _show(None, BY_PATH[""])


@blueprint.get("/sites/<site_id>", strict_slashes=False)
def one_site(site_id: str) -> Response | str:
    return _show(site_id, BY_PATH[""])


@blueprint.get("/sites/<site_id>/<path>", strict_slashes=False)
def one_page(site_id: str, path: str) -> Response | str:
    if path not in BY_PATH:
        raise NotFound("There is no such page.")
    return _show(site_id, BY_PATH[path])


@blueprint.get("/sites/<site_id>/sessions/<record_id>")
def one_session(site_id: str, record_id: str) -> Response | str:
    return _show(site_id, SESSION_PAGE, record_id)


@blueprint.get("/report", strict_slashes=False)
def last_seven_days() -> Response:
    """The address of an earlier system's report."""
    return redirect(url_for("dashboard.first_site", period="7d"))  # type: ignore[return-value]


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> Response | str | tuple[str, int]:
    token = request.values.get("token", "").strip()
    if not token:
        return render_template("login.html", message=None)
    tokens: Tokens = current_app.extensions["tokens"]
    access = tokens.use_login(token)
    if access is None:
        return render_template("login.html", message="This login token was used already, or is too old."), 403
    wanted = session.get(AFTER_LOGIN) or url_for("dashboard.first_site")
    log_in(access)
    return redirect(wanted)  # type: ignore[return-value]


@blueprint.post("/logout")
def logout() -> Response:
    session.clear()
    return redirect(url_for("dashboard.login"))  # type: ignore[return-value]
