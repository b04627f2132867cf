"""GET /metrics: the same numbers whichever worker answers."""

from pathlib import Path

import pytest

from collector.events.limits import LIMITS
from collector.ingest.counters import ROWS
from tests.beacons import build_pageview, read_metrics
from tests.service import Service, running_service
from tests.stores import wait_until

DOCS = Path(__file__).parent.parent.parent / "docs" / "operations.md"
BEACONS = 60


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.name)
def test_a_number_is_in_the_docs_with_what_it_is_told_apart_by(row) -> None:
    labels = ", ".join(f"`{label}`" for label in row.labels)
    assert f"| `{row.name}` | {labels} | {row.what} |" in DOCS.read_text()


@pytest.mark.parametrize("workers", ["1", "3"])
def test_all_workers_count_together(embedded_service: Service, tmp_path: Path, workers: str) -> None:
    nodes = embedded_service.settings.redis_nodes
    with running_service(nodes, tmp_path, "ingest", FOOTFALL_WORKERS=workers) as service:
        site = service.new_site(hostnames=("shop.example",))
        for number in range(BEACONS):
            events = [{"name": "pageview"}, {"name": 5}]
            assert service.post(build_pageview(site, number) | {"events": events}).status == 202
        foreign = {"site": site.id, "page": {"url": "https://else.example/"}, "events": [{"name": "pageview"}]}
        assert service.post(foreign).body["dropped"] == 1
        assert service.post({"site": "nobody", "events": [{"name": "pageview"}]}).status == 400
        assert service.post(b" " * (LIMITS["body"].most + 1)).status == 413
        for _ in range(6):  # some of them answered by each worker
            metrics = read_metrics(service)
            assert metrics['footfall_events_accepted_total{durability="fsync"}'] == BEACONS
            assert metrics['footfall_events_rejected_total{code="invalid_field"}'] == BEACONS
            assert metrics['footfall_events_dropped_total{reason="hostname_not_allowed"}'] == 1
            assert metrics['footfall_beacons_refused_total{code="unknown_site"}'] == 1
            assert metrics['footfall_beacons_refused_total{code="request_entity_too_large"}'] == 1
            assert metrics["footfall_spool_rows"] == 0
            assert metrics["footfall_commit_beacons_sum"] == BEACONS
            assert metrics['footfall_commit_beacons_bucket{le="1.0"}'] <= metrics["footfall_commit_beacons_count"]
            assert metrics["footfall_commit_seconds_count"] == metrics["footfall_commit_beacons_count"]
            assert metrics['footfall_commit_seconds_bucket{le="+Inf"}'] == metrics["footfall_commit_seconds_count"]
            assert metrics["footfall_memory_bytes"] > int(workers) * 20e6
            assert metrics["footfall_beacons_waiting"] == 0


def test_an_unsealed_log_is_as_old_as_its_oldest_entry(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    assert embedded_service.post(build_pageview(site, 1)).status == 202
    label = f'{{shard="0",site="{site.id}"}}'

    def lag() -> float:
        return read_metrics(embedded_service).get(f"footfall_log_lag_seconds{label}", 0)

    wait_until(lambda: lag() > 0, "the log's age is told")
    young = lag()
    wait_until(lambda: lag() > young + 1, "it grows while nobody seals")
    assert embedded_service.seal() > 0
    wait_until(lambda: lag() == 0, "it is over when the log is sealed")
