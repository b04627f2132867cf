"""How often a token may ask: by its role, over all processes, and told when to come again (S3-26 to S3-29)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from collector import create_app
from collector.settings import Rate
from collector.storage.tokens import Access
from tests.service import Service


@pytest.fixture(scope="module")
def apps(embedded_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Flask]]:
    """Two processes' worth of the same settings."""
    settings = replace(embedded_service.settings, read_rate=Rate(3, 3600), admin_read_rate=Rate(5, 3600))
    made = tuple(create_app(replace(settings, data_dir=tmp_path_factory.mktemp("limits")), "query") for _ in range(2))
    for app in made:
        limits = app.extensions["read_limits"]
        app.extensions["read_limits"] = limits._replace(clock=lambda: 1_800_000_030.0)
    yield made[0], made[1]
    for app in made:
        app.extensions["mirror"].close()


@pytest.mark.parametrize(("scope", "most"), [("read", 3), ("edit", 3), ("admin", 5)])
def test_a_token_is_refused_when_its_rate_is_used_up_in_any_process(
    apps: tuple[Flask, Flask], embedded_service: Service, scope, most: int
) -> None:
    token = embedded_service.tokens.create(Access(scope))
    headers = {"Authorization": f"Bearer {token}"}
    asked = [apps[i % 2].test_client().get("/api/v1/sites", headers=headers) for i in range(most + 2)]
    assert [answer.status_code for answer in asked] == [200] * most + [429] * 2
    refused = asked[-1]
    assert refused.json["code"] == "rate_limited"
    assert f"{most}/hour" in refused.json["detail"]
    assert refused.headers["Retry-After"] == "3571", "until the hour is over"
    other = {"Authorization": f"Bearer {embedded_service.tokens.create(Access(scope))}"}
    assert apps[0].test_client().get("/api/v1/sites", headers=other).status_code == 200


def test_the_next_window_is_a_new_one(apps: tuple[Flask, Flask], embedded_service: Service) -> None:
    token = embedded_service.tokens.create(Access("read"))
    limits = apps[0].extensions["read_limits"]
    access = Access("read")
    for _ in range(3):
        limits.take(access, token)
    limits._replace(clock=lambda: 1_800_003_600.0).take(access, token)


def test_a_request_that_asks_twice_who_may_counts_once(apps: tuple[Flask, Flask], embedded_service: Service) -> None:
    site = embedded_service.new_site()
    headers = {"Authorization": f"Bearer {embedded_service.tokens.create(Access('admin'))}"}
    body = {"scope": "read", "sites": [site.id]}
    answers = [apps[0].test_client().post("/api/v1/tokens", json=body, headers=headers) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429]
