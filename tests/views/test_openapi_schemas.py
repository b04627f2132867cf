"""What the document says of bodies and answers is what is taken and given, with real events behind them."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from collector.query.question_schema import QUESTION_SCHEMAS
from collector.query.report_schemas import FIELD_SCHEMAS, REPORT_SCHEMAS, field_schema
from collector.query.reports.catalogue import REPORTS
from collector.storage.sites import Site
from collector.views.openapi import SCHEMAS
from tests.service import Service, request

PAGE = {"id": "p1", "url": "https://shop.example/p/42?utm_source=x", "title": "Boots", "width": 1440, "height": 900}
EVENTS = [
    {"name": "pageview", "seq": 0},
    {"name": "click", "seq": 1, "element": "main > button#buy", "text": "Buy", "x": 120, "y": 640},
    {"name": "view", "seq": 2, "entity": {"type": "product", "id": "42"}, "visible_ms": 2300},
    {"name": "engagement", "seq": 3, "visible_ms": 5300, "active_ms": 4100, "scroll_percent": 62},
    {"name": "web_vitals", "seq": 4, "props": {"lcp": 1200.5, "cls": 0.01}},
    {"name": "signup", "seq": 5, "props": {"plan": "pro", "step": 2}, "revenue": {"amount": 9.9, "currency": "EUR"}},
]
SIGNUP = ["is", "event:name", ["signup"]]
OWN_FIELDS: dict[str, dict[str, Any]] = {
    "funnel": {"steps": [["is", "event:name", ["pageview"]], SIGNUP], "order": "any", "dimension": "visit:device"},
    "retention": {"period": "week", "of": "visitor", "start": SIGNUP, "return": SIGNUP},
    "journeys": {"direction": "backward", "steps": 2, "links": 5, "start": SIGNUP},
    "clicks": {"page": "/p/42", "limit": 5},
    "click-map": {"page": "/p/42", "cell": 20},
    "scroll-map": {"page": "/p/42"},
    "attribution": {"conversion": SIGNUP, "dimension": "visit:channel", "window_days": 7},
    "web-vitals": {"dimension": "event:page"},
}


def faults(schema: Any, value: Any) -> list[str]:
    """Where a value does not fit a schema of the document."""
    whole = {**schema, "components": {"schemas": SCHEMAS}}
    return [f"{list(error.absolute_path)}: {error.message}" for error in Draft202012Validator(whole).iter_errors(value)]


@pytest.fixture(scope="module")
def site(embedded_service: Service) -> Site:
    site = embedded_service.new_site()
    for visitor in ({"visitor": "ann", "user": "u-1"}, {"visitor": "bob"}, {}):
        page = {**PAGE, "id": f"page-{len(visitor)}-{visitor.get('visitor')}"}
        assert embedded_service.post({"site": site.id, **visitor, "page": page, "events": EVENTS}).status == 202
    return site


def ask(service: Service, path: str, body: Any = None) -> Any:
    answer = request(f"{service.url}{path}", body, headers={"Authorization": f"Bearer {service.reader}"})
    assert answer.status == 200, answer.body
    return answer.body


@pytest.mark.parametrize(
    ("path", "component"),
    [
        *((f"/api/v1/{plural}?site=", f"{name}Page") for plural, name in (
            ("sessions", "Session"), ("pageviews", "Pageview"), ("interactions", "Interaction"))),
        ("/api/v1/interactions?expand=session&site=", "InteractionPage"),
        ("/api/v1/pageviews?expand=session&limit=1&site=", "PageviewPage"),
        ("/api/analytics/overview?site=", "Overview"),
        ("/api/analytics/chart?period=weekly&site=", "Chart"),
        ("/api/analytics/top-pages?site=", "TopPages"),
        ("/api/analytics/top-countries?site=", "TopCountries"),
    ],
)  # fmt: skip
def test_an_answer_with_rows_is_as_the_document_says(
    embedded_service: Service, site: Site, path: str, component: str
) -> None:
    answer = ask(embedded_service, path + site.id)
    assert answer.get("results") or answer.get("points") or answer["today"]["visits"]
    assert faults(SCHEMAS[component], answer) == []


def test_one_record_is_as_the_document_says(embedded_service: Service, site: Site) -> None:
    for plural, name in (("sessions", "Session"), ("pageviews", "Pageview"), ("interactions", "Interaction")):
        first = ask(embedded_service, f"/api/v1/{plural}?site={site.id}")["results"][0]
        assert faults(SCHEMAS[name], ask(embedded_service, f"/api/v1/{plural}/{first['id']}?site={site.id}")) == []


@pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
def test_a_report_takes_and_gives_what_the_document_says(embedded_service: Service, site: Site, report) -> None:
    named = REPORT_SCHEMAS["ReportQuestions"]["properties"][report.name]
    body = {"site_id": site.id, "filters": [["is_not", "event:page", ["/none"]]], **OWN_FIELDS.get(report.name, {})}
    if report.range_seconds is None:
        body["date_range"] = "day"
    assert faults(named, body) == []
    answer = ask(embedded_service, f"/api/v1/reports/{report.name}", body)
    assert faults(REPORT_SCHEMAS["ReportAnswers"]["properties"][report.name], answer) == []


@pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
def test_every_field_of_a_report_has_a_schema_and_no_other_has(report) -> None:
    assert {field for field in report.fields if set(field_schema(report, field)) <= {"description"}} == set()
    assert set(FIELD_SCHEMAS.get(report.name, {})) <= set(report.fields)


GOOD = [
    *QUESTION_SCHEMAS["Question"]["examples"],
    {"site_id": "a", "metrics": ["visits"], "date_range": "all", "dimensions": ["event:props:plan", "time"]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "filters": [["at_least", "event:props:price", [10]]]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "filters": [["has_done", ["or", [SIGNUP]]]]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "filters": [["is", "segment", ["buyers"]]]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day",
     "filters": [["contains", "visit:source", ["GOOG"], {"case_sensitive": False}]]},
]  # fmt: skip
WRONG = [
    {"site_id": "a", "metrics": [], "date_range": "day"},
    {"site_id": "a", "metrics": ["fame"], "date_range": "day"},
    {"site_id": "a", "metrics": ["visits"]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "yesterday"},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "dimension": ["event:page"]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "dimensions": ["event:props:"]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "filters": [["is", "event:page"]]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "filters": [["at_least", "event:page", ["ten"]]]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "filters": [["not", [SIGNUP]]]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "filters": [["is", "time:day", ["2026-01-01"]]]},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "pagination": {"limit": 10_001}},
    {"site_id": "a", "metrics": ["visits"], "date_range": "day", "order_by": [["visits", "down"]]},
]


@pytest.mark.parametrize("body", GOOD)
def test_a_question_that_fits_its_schema_is_answered_as_the_document_says(
    embedded_service: Service, site: Site, body: dict
) -> None:
    assert faults(SCHEMAS["Question"], body) == []
    answer = post_question(embedded_service, {**body, "site_id": site.id})
    if answer.status == 200:
        assert faults(SCHEMAS["Answer"], answer.body) == []
    else:
        assert answer.body["code"] == "unknown_segment"


@pytest.mark.parametrize("body", WRONG)
def test_a_question_that_does_not_fit_its_schema_is_refused(embedded_service: Service, site: Site, body: dict) -> None:
    assert faults(SCHEMAS["Question"], body) != []
    assert post_question(embedded_service, {**body, "site_id": site.id}).status == 400


def post_question(service: Service, body: dict) -> Any:
    return request(f"{service.url}/api/v1/query", body, headers={"Authorization": f"Bearer {service.reader}"})
