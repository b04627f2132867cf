"""Sites and tokens, changed through the API: what is changed, what is refused, and what is logged."""

import json
import logging
from typing import Any

import pytest

from collector.storage.sites import Rule, Sites
from collector.storage.tokens import Access, id_of
from tests.service import Answer, Service, request


def call(service: Service, verb: str, path: str, body: Any = None, access: Access | None = None) -> Answer:
    token = service.tokens.create(access or Access("admin"))
    headers = {"Authorization": f"Bearer {token}"}
    return request(f"{service.url}/api/v1/{path}", body, method=verb, headers=headers)


def test_a_site_is_added_changed_and_takes_events_at_once(embedded_service: Service) -> None:
    service = embedded_service
    facts = {"id": "via-api", "timezone": "Asia/Tehran", "hostnames": ["Shop.Example."], "retention_days": 30}
    added = call(service, "POST", "sites", facts)
    assert added.status == 201
    assert (added.body["site"]["name"], added.body["site"]["hostnames"]) == ("via-api", ["shop.example"])
    beacon = {"site": "via-api", "events": [{"name": "signup", "user": "u1"}]}
    assert service.post(beacon, Authorization=f"Bearer {added.body['write_key']}").status == 202
    assert call(service, "POST", "sites", facts).status == 409
    rule = {"counts": False, "path": "/admin/"}
    changed = call(service, "PATCH", "sites/via-api", {"rules": [rule], "retention_days": None, "count": "guests"})
    assert changed.status == 200
    now = Sites(service.store).find("via-api")
    assert (now.rules, now.retention_days, now.count, now.timezone) == (
        (Rule(False, "/admin/"),), None, "guests", "Asia/Tehran",
    )  # fmt: skip


WRONG: list[tuple[Any, str]] = [
    ({"timezone": "Europe/Nowhere"}, "/timezone"),
    ({"timezone": "../etc/passwd"}, "/timezone"),
    ({"hostnames": ["shop.example", "a b"]}, "/hostnames/1"),
    ({"retention_days": 0}, "/retention_days"),
    ({"retention_days": "30"}, "/retention_days"),
    ({"rules": [{"counts": True, "path": "admin"}]}, "/rules/0"),
    ({"rules": [{"counts": True, "path": "/a", "platform": "phone"}]}, "/rules/0"),
    ({"rules": [{"path": "/a"}]}, "/rules/0/counts"),
    ({"count": "nobody"}, "/count"),
    ({"name": ""}, "/name"),
    ({"shards": 4}, "/shards"),
    ({"id": "another"}, "/id"),
    ([], ""),
]


@pytest.mark.parametrize(("body", "pointer"), WRONG)
def test_a_wrong_fact_is_named_and_changes_nothing(embedded_service: Service, body: Any, pointer: str) -> None:
    site = embedded_service.new_site()
    answer = call(embedded_service, "PATCH", f"sites/{site.id}", body)
    assert (answer.status, answer.body["pointer"]) == (400, pointer)
    assert Sites(embedded_service.store).find(site.id) == site


@pytest.mark.parametrize("site_id", ["", "Shop", "a_b", "x" * 65, "shop/1", "shop\n"])
def test_a_malformed_id_is_no_site(embedded_service: Service, site_id: str) -> None:
    answer = call(embedded_service, "POST", "sites", {"id": site_id})
    assert (answer.status, answer.body["pointer"]) == (400, "/id")


def test_a_token_is_made_used_listed_and_taken_back(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    made = call(service, "POST", "tokens", {"scope": "read", "sites": [site.id], "note": "panel", "days": 1})
    assert made.status == 201
    assert service.query(site, "visitors", token=made.body["token"]).status == 200
    listed = {token["id"]: token["access"] for token in call(service, "GET", "tokens").body["results"]}
    assert listed[made.body["id"]]["note"] == "panel"
    assert made.body["token"] not in json.dumps(listed)
    assert call(service, "DELETE", f"tokens/{made.body['id']}").status == 204
    assert service.query(site, "visitors", token=made.body["token"]).status == 401
    assert call(service, "DELETE", f"tokens/{made.body['id']}").status == 404


def test_the_admin_of_a_site_gives_nothing_away_but_its_own(embedded_service: Service) -> None:
    service = embedded_service
    mine, other = service.new_site(), service.new_site()
    admin = Access("admin", (mine.id,))
    foreign = id_of(service.tokens.create(Access("read", (other.id,))))
    of_all = id_of(service.tokens.create(Access("read")))
    assert call(service, "POST", "tokens", {"scope": "admin", "sites": [mine.id]}, admin).status == 201
    assert call(service, "POST", "tokens", {"scope": "read", "sites": [mine.id, other.id]}, admin).status == 404
    assert call(service, "POST", "tokens", {"scope": "read"}, admin).status == 403
    listed = {token["id"] for token in call(service, "GET", "tokens", access=admin).body["results"]}
    assert listed.isdisjoint({foreign, of_all})
    for token_id in (foreign, of_all):
        assert call(service, "DELETE", f"tokens/{token_id}", access=admin).status == 404
    assert [site["id"] for site in call(service, "GET", "sites", access=admin).body["results"]] == [mine.id]


def test_changes_are_logged_with_who_made_them_and_without_secrets(
    embedded_service: Service, caplog: pytest.LogCaptureFixture, tmp_path: Any
) -> None:
    from dataclasses import replace

    from collector import create_app

    app = create_app(replace(embedded_service.settings, data_dir=tmp_path), "query")
    site = embedded_service.new_site()
    token = embedded_service.tokens.create(Access("admin"))
    with caplog.at_level(logging.INFO, "footfall.audit"):
        made = app.test_client().post(
            "/api/v1/tokens", json={"scope": "read", "sites": [site.id], "note": "a\nb"},
            headers={"Authorization": f"Token {token}"},
        )  # fmt: skip
    app.extensions["mirror"].close()
    line = caplog.records[-1].getMessage()
    assert "\n" not in line
    assert made.json["token"] not in line
    noted = json.loads(line)
    assert (noted["action"], noted["who"], noted["token"]) == ("token.add", id_of(token), made.json["id"])
