"""Questions that were asked before: fresh as of now, and not answered twice while nothing changed."""

import time
from typing import Any

import pytest

from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import Answer, Service, request

BODY = {"metrics": ["visitors"], "date_range": ["2024-01-01", "2199-01-01"]}


def ask(service: Service, site: Site, tag: str = "", path: str = "query", **fields: Any) -> Answer:
    headers = {"Authorization": f"Bearer {service.reader}", **({"If-None-Match": tag} if tag else {})}
    return request(f"{service.url}/api/v1/{path}", {"site_id": site.id, **BODY, **fields}, headers=headers)


def post(service: Service, site: Site) -> None:
    assert service.post({"site": site.id, "visitor": "one", "events": [{"name": "pageview"}]}).status == 202


def test_the_same_question_to_the_same_rows_is_not_answered_again(service: Service) -> None:
    site = service.new_site()
    post(service, site)
    first = ask(service, site)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = ask(service, site, tag)
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert ask(service, site, f'"another", {tag}').status == 304
    post(service, site)
    changed = ask(service, site, tag)
    assert (changed.status, changed.body["results"][0]["metrics"]) == (200, [1])
    service.seal()
    assert ask(service, site, changed.headers["ETag"], metrics=["events"]).body["results"][0]["metrics"] == [2]


@pytest.mark.parametrize(
    "change",
    [{"metrics": ["visits"]}, {"timezone": "Asia/Tehran"}, {"filters": [["is", "event:page", ["/"]]]},
     {"include": {"bots": True}}, {"path": "query?format=csv"}, {"date_range": "day"}],
)  # fmt: skip
def test_another_question_has_another_tag(embedded_service: Service, change: dict[str, Any]) -> None:
    site = embedded_service.new_site()
    assert ask(embedded_service, site, ask(embedded_service, site).headers["ETag"], **change).status == 200


def test_a_goal_that_changed_is_another_question(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    post(service, site)
    editor = {"Authorization": f"Bearer {service.tokens.create(Access('edit', (site.id,)))}"}
    url = f"{service.url}/api/v1/sites/{site.id}/goals/Read"
    tag = ""
    for name, expected in (("pageview", ["Read"]), ("signup", [])):
        body = {"filters": [["is", "event:name", [name]]]}
        assert request(url, body, method="PUT", headers=editor).status == 200
        deadline = time.monotonic() + 30
        while True:
            answer = ask(service, site, tag, dimensions=["event:goal"])
            if answer.status == 200 and [row["dimensions"][0] for row in answer.body["results"]] == expected:
                break
            assert time.monotonic() < deadline
            time.sleep(0.2)
        tag = answer.headers["ETag"]


def test_an_answer_says_how_fresh_it_is(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    assert ask(service, site).body["meta"]["freshness"]["last_accepted"] is None
    post(service, site)
    first = ask(service, site).body["meta"]["freshness"]
    assert first["last_accepted"] is not None
    post(service, site)
    second = ask(service, site).body["meta"]["freshness"]
    assert second["as_of"] > first["as_of"]
    assert second["last_accepted"] > first["last_accepted"]
    service.seal()
    assert ask(service, site).body["meta"]["freshness"]["last_accepted"] == second["last_accepted"]


def test_a_report_is_conditional_too(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    fields = {"date_range": "day", "site_id": site.id}
    headers = {"Authorization": f"Bearer {service.reader}"}
    url = f"{service.url}/api/v1/reports/entry-pages"
    found = request(url, fields, headers=headers)
    assert found.body["meta"]["freshness"]["as_of"]
    assert request(url, fields, headers={**headers, "If-None-Match": found.headers["ETag"]}).status == 304
    post(service, site)
    assert request(url, fields, headers={**headers, "If-None-Match": found.headers["ETag"]}).status == 200
