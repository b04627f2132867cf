"""A beacon, and what the collector tells of itself in numbers."""

from collector.storage.sites import Site
from tests.service import Service, request
from tests.stores import wait_until


def build_pageview(site: Site, number: int) -> dict[str, object]:
    return {
        "site": site.id,
        "visitor": f"install-{number % 50}",
        "page": {"id": f"pageview-{number}", "url": f"https://shop.example/p/{number}"},
        "events": [{"name": "pageview", "seq": 0}],
    }


def read_metrics(service: Service) -> dict[str, float]:
    """`GET /metrics`: name with labels → number."""
    answer = request(f"{service.url}/metrics")
    assert answer.status == 200
    lines = [line for line in answer.body.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def wait_until_replayed(service: Service, seconds: float = 30) -> None:
    wait_until(lambda: read_metrics(service)["footfall_spool_rows"] == 0, "the spool is empty", seconds)
