"""Reports over HTTP: by POST and by GET, as JSON and as CSV; who may, and what is refused."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from collector.query.reports.catalogue import REPORTS
from collector.storage.tokens import Access
from tests.service import Answer, Service, request

PAGES = [["is", "event:page", ["/a"]], ["is", "event:page", ["/b"]]]
NEEDED = {"steps": PAGES, "page": "/a", "conversion": ["is", "event:page", ["/b"]]}


def ask(
    service: Service, name: str, fields: dict[str, Any], *, token: str | None = None, accept: str = "*/*"
) -> Answer:
    headers = {"Authorization": f"Bearer {token or service.reader}", "Accept": accept}
    return request(f"{service.url}/api/v1/reports/{name}", fields, headers=headers)


def fields_of(name: str, site_id: str) -> dict[str, Any]:
    report = REPORTS[name]
    shared = {"site_id": site_id} if report.range_seconds else {"site_id": site_id, "date_range": "7d"}
    return {**shared, **{field: NEEDED[field] for field in report.needed}}


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_asked_either_way_takes_any_filter_and_is_a_table(embedded_service: Service, name: str) -> None:
    service = embedded_service
    site = service.new_site()
    for i, path in enumerate(("/a", "/b")):
        page = {"id": f"pageview-{i}", "url": f"https://shop.example{path}"}
        events = [{"name": "pageview", "seq": 0}, {"name": "click", "seq": 1, "element": "=x", "x": 1, "y": 1}]
        assert service.post({"site": site.id, "visitor": "one", "page": page, "events": events}).status == 202
    fields = fields_of(name, site.id)
    posted = ask(service, name, fields)
    assert posted.status == 200, posted.body
    columns = [column.name for column in REPORTS[name].columns]
    assert posted.body["columns"] == columns
    assert all(list(row) == columns for row in posted.body["results"])
    address = urlencode({key: value if isinstance(value, str) else json.dumps(value) for key, value in fields.items()})
    got = request(
        f"{service.url}/api/v1/reports/{name}?{address}", headers={"Authorization": f"Bearer {service.reader}"}
    )
    assert got.body["results"] == posted.body["results"]
    filters = [
        ["matches", "event:page", ["^/"]],
        ["has_done", ["is", "event:name", ["click"]]],
        ["not", ["is", "visit:country", ["DE"]]],
        ["is", "event:props:plan", ["(none)"]],
        ["at_most", "time:hour_of_day", [23]],
    ]
    filtered = ask(service, name, {**fields, "filters": filters, "timezone": "Asia/Kathmandu"})
    assert (filtered.status, filtered.body["results"]) == (200, posted.body["results"])
    nobody = ask(service, name, {**fields, "filters": [["is", "visit:device", ["toaster"]]]})
    assert nobody.status == 200
    table = ask(service, name, fields, accept="text/csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = table.body.decode().splitlines()
    assert lines[0] == ",".join(columns)
    assert len(lines) == 1 + len(posted.body["results"])
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))


def test_a_question_is_a_table_when_asked_for_one(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    body = {"site_id": site.id, "metrics": ["visitors", "bounce_rate"], "date_range": "day"}
    headers = {"Authorization": f"Bearer {service.reader}"}
    table = request(f"{service.url}/api/v1/query?format=csv", body, headers=headers)
    assert table.body == b"visitors,bounce_rate\r\n0,\r\n"
    refused = request(f"{service.url}/api/v1/query?format=xls", body, headers=headers)
    assert (refused.status, refused.body["code"]) == (400, "unknown_format")


def test_who_may_read_a_report(embedded_service: Service) -> None:
    service = embedded_service
    mine, other = service.new_site(), service.new_site()
    fields = {"site_id": mine.id}
    assert request(f"{service.url}/api/v1/reports/realtime", fields).status == 401
    for scope, site, status in (("read", mine, 200), ("read", other, 404), ("write", mine, 403)):
        token = service.tokens.create(Access(scope, (site.id,)))
        assert ask(service, "realtime", fields, token=token).status == status
    assert ask(service, "fame", fields).body["code"] == "unknown_report"
    assert ask(service, "realtime", {**fields, "date_range": "7d"}).body["pointer"] == "/date_range"
    assert ask(service, "retention", fields).body["code"] == "missing_field"


def test_the_list_of_reports_says_what_each_takes_and_gives(embedded_service: Service) -> None:
    listed = request(f"{embedded_service.url}/api/v1/reports").body["reports"]
    assert [report["name"] for report in listed] == [*REPORTS]
    assert listed[0]["needed"] == ["steps"]
