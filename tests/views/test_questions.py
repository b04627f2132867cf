"""Long questions over HTTP: asked now, answered later, cancelled."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from collector import create_app
from collector.query.gate import Gate
from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import Answer, Service, request


def ask_later(service: Service, site: Site, path: str = "query", **fields: Any) -> Answer:
    headers = {"Authorization": f"Bearer {service.reader}", "Prefer": "respond-async"}
    body = {"site_id": site.id, "date_range": "day", **fields}
    return request(f"{service.url}/api/v1/{path}", body, headers=headers)


def fetch(service: Service, url: str, token: str | None = None, method: str = "GET") -> Answer:
    headers = {"Authorization": f"Bearer {token or service.reader}"}
    return request(f"{service.url}{url}", method=method, headers=headers)


def come_back(service: Service, url: str) -> Answer:
    deadline = time.monotonic() + 30
    while (answer := fetch(service, url)).status == 202:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return answer


def test_the_answer_is_there_later_as_if_it_were_asked_now(service: Service) -> None:
    site = service.new_site()
    assert service.post({"site": site.id, "events": [{"name": "pageview"}]}).status == 202
    ticket = ask_later(service, site, metrics=["events"])
    assert (ticket.status, ticket.headers["Location"]) == (202, ticket.body["url"])
    assert ticket.headers["Retry-After"]
    later = come_back(service, ticket.body["url"])
    now = service.query(site, "events", date_range="day")
    assert later.status == 200
    assert later.body["results"] == now.body["results"] == [{"dimensions": [], "metrics": [1]}]
    assert later.headers["ETag"] == now.headers["ETag"]
    assert fetch(service, ticket.body["url"], method="DELETE").status == 204
    assert fetch(service, ticket.body["url"]).status == 404
    table = ask_later(service, site, "reports/entry-pages?format=csv")
    assert come_back(service, table.body["url"]).body.startswith(b"page,entries")


def test_a_wrong_question_is_refused_at_once(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    refused = ask_later(embedded_service, site, metrics=["fame"])
    assert (refused.status, refused.body["pointer"]) == (400, "/metrics/0")


def test_a_cancelled_question_is_gone_and_only_readers_of_its_site_see_it(embedded_service: Service) -> None:
    service = embedded_service
    site, other = service.new_site(), service.new_site()
    url = ask_later(service, site, metrics=["events"]).body["url"]
    stranger = service.tokens.create(Access("admin", (other.id,)))
    for method in ("GET", "DELETE"):
        assert fetch(service, url, stranger, method).status == 404
        assert request(f"{service.url}{url}", method=method).status == 401
    assert fetch(service, url, method="DELETE").status == 204
    gone = fetch(service, url)
    assert (gone.status, gone.body["code"]) == (404, "unknown_question")


def test_a_large_question_is_refused_while_the_line_is_full(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    app = create_app(replace(service.settings, data_dir=tmp_path))
    gate = app.extensions["gate"] = Gate(small=-1, most_waiting=0)
    body = {"site_id": site.id, "metrics": ["visitors"], "date_range": "day"}
    headers = {"Authorization": f"Bearer {service.reader}"}

    def ask() -> Any:
        return app.test_client().post("/api/v1/query", json=body, headers=headers)

    with gate.enter(1_000_000_000, 1):
        refused = ask()
        assert (refused.status_code, refused.json["code"]) == (503, "too_busy")
        assert int(refused.headers["Retry-After"]) == 101
    assert ask().status_code == 200
    app.extensions["mirror"].close()
