"""Goals and segments over HTTP: set, named in questions, taken out; who may, and what is refused."""

from typing import Any

import pytest

from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import Answer, Service, request

SIGNED_UP = [["is", "event:name", ["signup"]]]


def change(
    service: Service, site: Site, path: str, body: Any = None, method: str = "PUT", scope: Any = "admin"
) -> Answer:
    token = service.tokens.create(Access(scope, (site.id,)))
    url = f"{service.url}/api/v1/sites/{site.id}/{path}"
    return request(url, body, method=method, headers={"Authorization": f"Bearer {token}"})


def send(service: Service, site: Site, visitor: str, *names: str) -> None:
    events = [{"name": name, "seq": i} for i, name in enumerate(names)]
    page = {"id": f"page-{visitor}", "url": "https://shop.example/p/1"}
    assert service.post({"site": site.id, "visitor": visitor, "page": page, "events": events}).status == 202


def test_a_goal_and_a_segment_are_set_named_and_taken_out(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    send(service, site, "one", "pageview", "signup")
    send(service, site, "two", "pageview")
    assert change(service, site, "goals/Sign%20up", {"filters": SIGNED_UP}).body["goals"][0]["name"] == "Sign up"
    filters = [["not", ["is", "event:goal", ["Sign up"]]]]
    assert change(service, site, "segments/others", {"filters": filters}).status == 200
    shares = ["visitors", "conversion_rate"]
    assert service.rows(site, "event:goal", *shares) == {"Sign up": [1, 50.0]}
    assert service.numbers(site, "events", filters=[["is", "segment", ["others"]]]) == [2]
    assert change(service, site, "goals", method="GET", scope="read").body == {
        "goals": [{"name": "Sign up", "filters": SIGNED_UP}]
    }
    assert change(service, site, "goals/Sign%20up", method="DELETE").body == {"goals": []}
    assert change(service, site, "goals/Sign%20up", method="DELETE").status == 404


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("goals/x", {"filters": []}, "too_few"),
        ("goals/x", {}, "invalid_body"),
        ("goals/x", [], "invalid_body"),
        ("goals/x", {"filters": SIGNED_UP, "more": 1}, "invalid_body"),
        ("goals/x", {"filters": [["is", "page", ["/"]]]}, "unknown_dimension"),
        ("goals/x", {"filters": [["has_done", SIGNED_UP[0]]]}, "invalid_filter"),
        ("goals/x", {"filters": [["contains", "event:goal", ["x"]]]}, "invalid_filter"),
        ("goals/x", {"filters": SIGNED_UP * 11}, "too_many"),
        ("goals/" + "x" * 121, {"filters": SIGNED_UP}, "too_long"),
        ("segments/x", {"filters": [["is", "segment", ["x"]]]}, "unknown_segment"),
        ("segments/x", {"filters": [["matches", "event:page", ["("]]]}, "invalid_pattern"),
    ],
)
def test_what_cannot_be_asked_about_is_not_kept(embedded_service: Service, path: str, body: Any, code: str) -> None:
    site = embedded_service.new_site()
    answer = change(embedded_service, site, path, body)
    assert (answer.status, answer.body["code"]) == (400, code)
    assert embedded_service.sites.find(site.id) == site


@pytest.mark.parametrize("scope", ["read", "write"])
def test_only_who_administers_a_site_changes_its_goals(embedded_service: Service, scope: str) -> None:
    site, other = embedded_service.new_site(), embedded_service.new_site()
    assert change(embedded_service, site, "goals/x", {"filters": SIGNED_UP}, scope=scope).status == 403
    assert change(embedded_service, other, f"../{site.id}/goals/x", {"filters": SIGNED_UP}).status == 404
    assert embedded_service.sites.find(site.id) == site


def test_a_site_has_a_hundred_goals_at_most(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    for i in range(100):
        assert change(service, site, f"goals/{i}", {"filters": SIGNED_UP}).status == 200
    assert change(service, site, "goals/99", {"filters": [["is", "event:name", ["order"]]]}).status == 200
    assert change(service, site, "goals/100", {"filters": SIGNED_UP}).body["code"] == "too_many"
