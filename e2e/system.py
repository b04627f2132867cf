"""A running Footfall, and what must have been stored in it."""

import re
import time
from typing import Any

from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.sites import Sites
from tests.service import Answer, request

DEMO = "demo"


class System:
    """What `footfall run` printed, and questions to it."""

    def __init__(self, settings: Settings, environment: dict[str, str], said: str) -> None:
        self.settings = settings
        self.environment = environment
        self.said = said
        self.url = settings.local_url
        self.store = connect(settings)
        self.sites = Sites(self.store)

    def printed_address(self, label: str) -> str:
        found = re.search(rf"{label}\s+(http\S+)", self.said)
        assert found, self.said
        return found[1]

    def query(self, *metrics: str, **rest: Any) -> Answer:
        body = {"site_id": DEMO, "metrics": list(metrics), "date_range": "all", **rest}
        return request(f"{self.url}/api/v1/query", body, headers={"Authorization": "Bearer the-admin-token"})

    def rows(self, dimensions: list[str], metrics: list[str], **rest: Any) -> dict[Any, list[Any]]:
        """Label (or labels) → values."""
        answer = self.query(*metrics, dimensions=dimensions, **rest)
        assert answer.status == 200, answer.body
        only_one = len(dimensions) == 1
        return {
            row["dimensions"][0] if only_one else tuple(row["dimensions"]): row["metrics"]
            for row in answer.body["results"]
        }

    def events_of(self, path: str) -> dict[str, int]:
        """How many events of each name are stored of a page."""
        found = self.rows(["event:name"], ["events"], filters=[["is", "event:page", [path]]])
        return {name: count for name, (count,) in found.items()}

    def wait_for(self, check, what: str, seconds: float = 8.0) -> None:
        """Ask until ``check`` gives something true."""
        deadline = time.monotonic() + seconds
        while not check():
            assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
            time.sleep(0.1)
