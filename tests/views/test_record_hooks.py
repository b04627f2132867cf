"""FOOTFALL_RECORD_HOOKS: single records in the form of somebody's own (INVENTORY S3-90)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from collector import create_app
from collector.errors import StartError
from collector.settings import RecordHook
from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import CHROME, Service

MODULE = """
def short(record):
    return {"id": record["id"], "was": sorted(record)[:1]}

def who(session):
    session.pop("user_agent")
    return {"who": session["session_id"]}

def label(entity):
    return {"label": f"{entity['name']} ({entity['views']})"}

def fails(record):
    raise KeyError(record["url"])

def gives_text(record):
    return "text"

def gives_what_json_has_no_word_for(record):
    return {"it": object()}

A_NUMBER = 5
"""

NEW = {"url": "/b", "session_id": "ann"}


@pytest.fixture
def hooked(embedded_service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes the client of a server with the hooks."""
    (tmp_path / "own_records.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))
    apps = []

    def start(**functions: str) -> FlaskClient:
        hooks = tuple(RecordHook(resource, "own_records", function) for resource, function in functions.items())
        settings = replace(embedded_service.settings, data_dir=tmp_path / "data", record_hooks=hooks)
        apps.append(create_app(settings))
        return apps[-1].test_client()

    yield start
    for app in apps:
        app.extensions["mirror"].close()


@pytest.fixture
def site(embedded_service: Service) -> Site:
    site = embedded_service.new_site()
    body = {
        "site": site.id,
        "visitor": "ann",
        "page": {"id": "page-view-1", "url": "https://shop.example/"},
        "events": [
            {"name": "pageview", "seq": 0},
            {"name": "view", "seq": 1, "entity": {"type": "product", "id": "42"}},
        ],
    }
    assert embedded_service.post(body).status == 202
    return site


def ask(service: Service, client: FlaskClient, site: Site, path: str, **more: Any) -> Any:
    token = service.tokens.create(Access("edit", (site.id,)))
    headers = {"Authorization": f"Bearer {token}", "User-Agent": CHROME}
    method = more.pop("method", "GET")
    return client.open(f"/api/v1/{path}", method=method, headers=headers, **more)


def test_records_are_answered_in_the_form_of_ones_own(embedded_service: Service, hooked: Any, site: Site) -> None:
    """S3-90."""
    client = hooked(sessions="who", pageviews="short", entities="label")

    def read(path: str, **more: Any) -> Any:
        return ask(embedded_service, client, site, path, **more).json

    (view,) = read("pageviews")["results"]
    assert view.keys() == {"id", "was"}
    assert read(f"pageviews/{view['id']}") == view
    assert read("sessions")["results"] == [{"who": "ann"}]
    assert [each["session"] for each in read("interactions?expand=session")["results"]] == [{"who": "ann"}]
    assert "event_type" in read("interactions")["results"][0], "a resource without a function is as it was"
    facts = {"name": "Boots"}
    assert read("entities/product/42", method="PUT", json=facts) == {"label": "Boots (1)"}
    assert read("entities/product/42") == {"label": "Boots (1)"}
    assert read("entities/product")["results"] == [{"label": "Boots (1)"}]
    made = client.post(f"/api/v1/pageviews?site={site.id}", json=NEW, headers={"User-Agent": CHROME})
    assert (made.status_code, made.json.keys()) == (201, {"id", "was"})


@pytest.mark.parametrize("function", ["fails", "gives_text", "gives_what_json_has_no_word_for"])
def test_a_function_that_fails_is_named_and_shows_nothing(
    embedded_service: Service, hooked: Any, site: Site, function: str
) -> None:
    client = hooked(pageviews=function)
    answer = ask(embedded_service, client, site, "pageviews")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert answer.json["code"] == "record_hook_failed"
    assert "the hook of pageviews in FOOTFALL_RECORD_HOOKS" in answer.json["detail"]
    assert "shop.example" not in answer.text
    assert ask(embedded_service, client, site, "interactions").status_code == 200
    other = embedded_service.new_site()
    assert ask(embedded_service, client, other, f"pageviews?site={site.id}").status_code == 404
    made = client.post(f"/api/v1/pageviews?site={site.id}", json=NEW, headers={"User-Agent": CHROME})
    assert (made.status_code, made.json["accepted"]) == (202, 1), "it is stored, and not to be sent again"


@pytest.mark.parametrize("function", ["no_such_function", "A_NUMBER"])
def test_a_function_that_is_not_there_refuses_to_start(hooked: Any, function: str) -> None:
    with pytest.raises(StartError, match=f"FOOTFALL_RECORD_HOOKS: sessions=own_records:{function}"):
        hooked(sessions=function)


def test_a_module_that_is_not_there_refuses_to_start(embedded_service: Service, tmp_path: Path) -> None:
    hooks = (RecordHook("sessions", "no_such_module_of_ours", "show"),)
    with pytest.raises(StartError, match="no_such_module_of_ours:show cannot be loaded"):
        create_app(replace(embedded_service.settings, data_dir=tmp_path, record_hooks=hooks))
