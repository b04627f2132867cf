"""Pages of other origins: those of FOOTFALL_PANEL_ORIGINS may ask with a token, and nothing else changes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from collector import create_app
from collector.storage.sites import Site
from tests.service import Service

PANEL, OTHER = "https://panel.example", "https://elsewhere.example"
ORIGIN, CREDENTIALS = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
ASKED = ("/api/v1/query", "/api/v1/sessions", "/api/v1/sessions/x/end", "/api/v1/live", "/api/analytics/overview/")


@pytest.fixture(scope="module")
def app(embedded_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = replace(embedded_service.settings, data_dir=tmp_path_factory.mktemp("panel"), panel_origins=(PANEL,))
    made = create_app(settings)
    yield made
    made.extensions["mirror"].close()


@pytest.fixture(scope="module")
def site(embedded_service: Service) -> Site:
    return embedded_service.new_site()


def preflight(app: Flask, path: str, origin: str) -> TestResponse:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,if-none-match,prefer",
    }
    return app.test_client().options(path, headers=headers)


@pytest.mark.parametrize("path", ASKED)
def test_a_panel_may_send_its_token_and_no_other_page_may(app: Flask, path: str) -> None:
    allowed = preflight(app, path, PANEL)
    assert allowed.headers.getlist(ORIGIN) == [PANEL]
    named = {name.strip().lower() for name in allowed.headers["Access-Control-Allow-Headers"].split(",")}
    assert named == {"authorization", "content-type", "if-none-match", "prefer"}
    assert CREDENTIALS not in allowed.headers
    refused = preflight(app, path, OTHER)
    assert refused.headers.getlist(ORIGIN) == []
    assert "Access-Control-Allow-Headers" not in refused.headers


@pytest.mark.parametrize(("origin", "expected"), [(PANEL, [PANEL]), (OTHER, [])])
def test_an_answer_may_be_read_there_refusals_too(
    app: Flask, embedded_service: Service, site: Site, origin: str, expected: list[str]
) -> None:
    client = app.test_client()
    for token, status in ((embedded_service.reader, 200), ("made-up", 401)):
        headers = {"Origin": origin, "Authorization": f"Bearer {token}"}
        answer = client.get(f"/api/analytics/overview?site={site.id}", headers=headers)
        assert answer.status_code == status
        assert answer.headers.getlist(ORIGIN) == expected
        assert CREDENTIALS not in answer.headers


def test_a_panel_may_keep_an_answer_and_have_a_long_one_later(
    app: Flask, embedded_service: Service, site: Site
) -> None:
    client = app.test_client()
    body = {"site_id": site.id, "metrics": ["visitors"], "date_range": "all"}
    asked = {"Origin": PANEL, "Authorization": f"Bearer {embedded_service.reader}"}
    answer = client.post("/api/v1/query", json=body, headers=asked)
    later = client.post("/api/v1/query", json=body, headers=asked | {"Prefer": "respond-async"})
    assert (answer.status_code, later.status_code) == (200, 202)
    for given, name in ((answer, "ETag"), (later, "Location")):
        assert given.headers[name]
        assert name in given.headers["Access-Control-Expose-Headers"]
    again = client.post("/api/v1/query", json=body, headers=asked | {"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers.getlist(ORIGIN)) == (304, [PANEL])


def test_events_and_records_are_taken_from_any_page_as_ever(app: Flask, site: Site) -> None:
    client = app.test_client()
    beacon = {"site": site.id, "events": [{"name": "pageview"}]}
    for path, body in (("/api/v1/events", beacon), (f"/api/v1/sessions?site={site.id}", {"session_id": "s"})):
        for origin in (PANEL, OTHER):
            answer = client.post(path, json=body, headers={"Origin": origin})
            assert answer.status_code < 300
            assert answer.headers.getlist(ORIGIN) == ["*"]


def test_a_page_of_ours_is_for_nobody_elses(app: Flask) -> None:
    assert app.test_client().get("/login", headers={"Origin": PANEL}).headers.getlist(ORIGIN) == []
