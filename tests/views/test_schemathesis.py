"""Whatever a request holds that the API's document allows or forbids: no 5xx, and no answer that is not documented."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from collector import create_app
from collector.storage.tokens import Access
from tests.service import Service

EXAMPLES = 20  # of valid and of invalid requests, an operation
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture(scope="module")
def app(embedded_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = create_app(replace(embedded_service.settings, data_dir=tmp_path_factory.mktemp("schemathesis")))
    yield made
    made.extensions["mirror"].close()


def test_every_answer_is_documented_and_none_is_an_error_of_ours(app: Flask, embedded_service: Service) -> None:
    site = embedded_service.new_site()
    token = embedded_service.tokens.create(Access("admin", (site.id,)))
    headers = {"Authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {operation.path for operation in operations} >= {"/api/v1/events", "/api/v1/query"}
    for operation in operations:
        can_be_wrong = list(operation.body) or list(operation.query)  # any text may stand in a path
        for mode in GenerationMode if can_be_wrong else (GenerationMode.POSITIVE,):

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
            def ask(case: schemathesis.Case) -> None:
                case.call_and_validate(checks=CHECKS, headers=headers)

            ask()
