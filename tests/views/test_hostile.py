"""What bench/query_hostile.py asks and times is refused over HTTP with a problem document."""

from typing import Any

import pytest

from tests.query.hostile import HOSTILE
from tests.service import Service, request


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_question_is_refused(embedded_service: Service, name: str) -> None:
    service = embedded_service
    site = service.new_site()
    body: dict[str, Any] = {"site_id": site.id, "metrics": ["visitors"], "date_range": "day", **HOSTILE[name]}
    answer = request(f"{service.url}/api/v1/query", body, headers={"Authorization": f"Bearer {service.reader}"})
    assert 400 <= answer.status < 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert service.numbers(site, "visitors") == [0]
