"""The dashboard's own look: title, logo, theme, and who may frame it (S3-37, S3-77)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from collector import create_app
from collector.storage.sites import Site
from collector.views.static_files import FOLDER, list_modules
from tests.service import Service


@pytest.fixture(scope="module")
def site(embedded_service: Service) -> Site:
    return embedded_service.new_site()


@pytest.fixture
def browse(embedded_service: Service, tmp_path: Path) -> Iterator:
    """Gives a logged-in client of an application with some settings."""
    made = []

    def browse(**settings: object) -> FlaskClient:
        app = create_app(replace(embedded_service.settings, data_dir=tmp_path / str(len(made)), **settings))
        made.append(app)
        client = app.test_client()
        assert client.get(f"/login?token={app.extensions['tokens'].create_login()}").status_code == 302
        return client

    yield browse
    for app in made:
        app.extensions["mirror"].close()


def test_the_dashboard_has_the_title_logo_and_theme_that_are_set(browse, site: Site, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    client = browse(
        ui_title="Wander & <Co>", ui_logo=logo, ui_theme="dark", ui_frame_origins=("https://admin.example",)
    )
    for path in (f"/sites/{site.id}", "/login"):
        answer = client.get(path)
        assert "· Wander &amp; &lt;Co&gt;</title>" in answer.text
        assert "<span>Wander &amp; &lt;Co&gt;</span>" in answer.text
        assert 'src="/dashboard/logo"' in answer.text
        assert 'data-theme="dark"' in answer.text
        assert "frame-ancestors https://admin.example;" in answer.headers["Content-Security-Policy"]
    picture = client.get("/dashboard/logo", buffered=True)
    assert (picture.mimetype, picture.data) == ("image/svg+xml", logo.read_bytes())
    assert picture.headers["Content-Security-Policy"] == "script-src 'none'; sandbox", "opened as a page"


def test_without_settings_it_is_footfalls_and_framed_by_nobody(browse, site: Site) -> None:
    client = browse()
    answer = client.get(f"/sites/{site.id}/funnel")
    assert f"<title>Funnel · {site.name} · Footfall</title>" in answer.text
    assert "data-theme" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert client.get("/dashboard/logo").status_code == 404
    assert client.get(f"/sites/{site.id}/nowhere").status_code == 404


def test_every_page_has_its_module_and_no_page_a_style_or_script_of_its_own(browse, site: Site) -> None:
    from collector.views.site_pages import SESSION_PAGE, SITE_PAGES

    client = browse()
    for page in (*SITE_PAGES, SESSION_PAGE):
        path = f"/sites/{site.id}/{page.path}" if page is not SESSION_PAGE else f"/sites/{site.id}/sessions/0"
        text = client.get(path.rstrip("/")).text
        files = re.findall(r'(?:href|src)="(/dashboard/static/[^"]+)"', text)
        assert any(file.endswith(f"/js/pages/{page.name}.js") for file in files)
        for file in files:
            answer = client.get(file, buffered=True)
            assert (answer.status_code, answer.headers["Cache-Control"][-9:]) == (200, "immutable"), file
        assert "style=" not in text
        assert "<style" not in text
        assert "onclick=" not in text


def test_who_has_to_log_in_first_comes_to_the_page_that_the_link_meant(browse, site: Site) -> None:
    client = browse()
    tokens = client.application.extensions["tokens"]
    client.post("/logout")
    link = f"/sites/{site.id}/funnel?period=30d&step=is~event:page~/"
    assert client.get(link).headers["Location"] == "/login"
    assert client.get(f"/login?token={tokens.create_login()}").headers["Location"] == link
    assert client.get(f"/login?token={tokens.create_login()}").headers["Location"] == "/", "once"
    client.post("/logout")
    client.get("/")
    assert client.get(f"/login?token={tokens.create_login()}").headers["Location"] == "/"


def test_a_page_names_every_module_that_it_will_import() -> None:
    named = set(list_modules("js/pages/overview.js"))
    assert {"js/pages/overview.js", "js/api.js", "js/chart.js", "vendor/uplot/uPlot.esm.js"} <= named
    for module in named:
        lines = [line for line in (FOLDER / module).read_text().splitlines() if line.startswith("import ")]
        assert all(re.search(r'from "\.', line) for line in lines), module


def test_a_file_of_another_version_is_not_kept(browse) -> None:
    answer = browse().get("/dashboard/static/0123456789ab/js/api.js", buffered=True)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
