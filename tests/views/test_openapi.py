"""The API as a document: all of it, valid, and nothing that is not there."""

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from tests.service import Service, request


@pytest.fixture(scope="module")
def document(embedded_service: Service) -> dict:
    answer = request(f"{embedded_service.url}/api/openapi.json")
    assert answer.status == 200
    return answer.body


def test_it_is_valid_openapi_3_1(document: dict) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document, cls=OpenAPIV31SpecValidator)


def test_every_row_of_the_api_in_the_docs_is_in_it_and_the_other_way_round(document: dict) -> None:
    from tests.views.test_access import NEEDS

    documented = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in NEEDS if route.partition(" /")[2][:4] == "api/"
    }
    documented = {route for route in documented if not route.startswith("OPTIONS")} - {"GET /api/docs"}
    described = {f"{verb.upper()} {path}" for path, verbs in document["paths"].items() for verb in verbs}
    assert {route for route in described if route.partition(" /")[2].startswith("api/")} == documented


def test_its_page_names_every_endpoint(document: dict, embedded_service: Service) -> None:
    page = request(f"{embedded_service.url}/api/docs").body.decode()
    for path in document["paths"]:
        assert path in page


def test_what_a_sender_writes_is_described_by_the_types_that_decode_it(document: dict) -> None:
    schemas = document["components"]["schemas"]
    assert set(schemas["Beacon"]["required"]) == {"site", "events"}
    assert schemas["Event"]["properties"]["scroll_percent"]["anyOf"][0]["maximum"] == 100
