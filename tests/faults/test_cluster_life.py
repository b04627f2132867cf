"""What senders hear of a cluster whose replicas do not confirm. What becomes of their events: tests/faults/table.py."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.storage.keys import Shard
from tests.beacons import build_pageview, read_metrics
from tests.faults.cluster import Cluster, stopped
from tests.service import running_service
from tests.stores import running_cluster, wait_until


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running_cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield Cluster(nodes)


def service_over(cluster: Cluster, folder: Path, **more: str):
    return running_service(cluster.addresses, folder, **more)


def test_a_replica_that_does_not_confirm_means_503_where_the_policy_is_strict(cluster: Cluster, tmp_path: Path) -> None:
    with service_over(cluster, tmp_path, FOOTFALL_WAIT_POLICY="strict", FOOTFALL_REPLICAS_TO_WAIT="1") as service:
        site = service.new_site()
        _, replica = cluster.nodes_of(Shard(site.id, 0))
        assert service.post(build_pageview(site, 0)).body["durability"] == "replica"
        with stopped(replica):
            answers = [service.post(build_pageview(site, number)) for number in (1, 2, 3)]
        assert [(answer.status, answer.body["code"]) for answer in answers] == [(503, "not_replicated")] * 3
        assert all("Retry-After" in answer.headers for answer in answers)
        metrics = read_metrics(service)
        assert metrics['footfall_beacons_refused_total{code="not_replicated"}'] == 3
        assert metrics["footfall_beacons_spooled_total"] == 0, "a store that lives needs no spool"
        for number in (1, 2, 3):
            wait_until(
                lambda n=number: service.post(build_pageview(site, n)).status == 202, "the replica confirms again"
            )
        assert service.numbers(site, "pageviews") == [4], "what was sent again counts once"


def test_a_replica_that_goes_is_told_by_the_answer_and_not_waited_for_until_it_is_back(
    cluster: Cluster, tmp_path: Path
) -> None:
    with service_over(cluster, tmp_path) as service:
        site = service.new_site()
        _, replica = cluster.nodes_of(Shard(site.id, 0))

        def post(number: int) -> tuple[object, float]:
            began = time.monotonic()
            answer = service.post(build_pageview(site, number))
            assert answer.status == 202
            return answer.body["durability"], time.monotonic() - began

        def degraded() -> float:
            return read_metrics(service)["footfall_beacons_degraded_total"]

        assert post(0)[0] == "replica"
        with stopped(replica):
            assert [post(number)[0] for number in (1, 2, 3)] == ["fsync"] * 3
            assert degraded() >= 1, "until the cluster gives the replica up"
            wait_until(lambda: post(4)[1] < 0.08, "nobody waits for a replica that the cluster has given up")
            before = degraded()
            assert post(5)[0] == "fsync"
            assert degraded() == before
        wait_until(lambda: post(6)[0] == "replica", "it is waited for again")
        assert service.numbers(site, "pageviews") == [7]
