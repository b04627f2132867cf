"""What a cluster of 3 primaries and 3 replicas goes through while beacons come in, and what it costs them: nothing.

In every story a beacon that got its 202 is counted once, and ingestion goes on without a restart.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis.cluster import key_slot

from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.ingest.load import build_pageview, read_metrics, running_load, wait_until_replayed
from tests.service import Service, running_service
from tests.stores import ClusterNode, running_cluster, wait_until

SHARDS = 6
STOP_SECONDS = 8.0


class Cluster:
    """The nodes, by what they are at the moment."""

    def __init__(self, nodes: list[ClusterNode]) -> None:
        self.nodes = nodes

    @property
    def addresses(self) -> tuple[tuple[str, int], ...]:
        return tuple(("127.0.0.1", node.port) for node in self.nodes)

    def at(self, port: int) -> ClusterNode:
        return next(node for node in self.nodes if node.port == port)

    def nodes_of(self, shard: Shard, ask: ClusterNode | None = None) -> list[ClusterNode]:
        """The primary of a shard, and its replicas that are up, as one node sees it."""
        slot = key_slot(shard.log.encode())
        for first, last, *holders in (ask or self.nodes[0]).client.execute_command("CLUSTER SLOTS"):
            if first <= slot <= last:
                return [self.at(holder[1]) for holder in holders]
        return []

    def primaries(self) -> list[ClusterNode]:
        return [node for node in self.nodes if node.client.info("replication")["role"] == "master"]

    def wait_until_whole(self) -> None:
        """Return when every primary has its replica in sync."""
        for node in self.nodes:
            wait_until(lambda n=node: self._is_in_place(n), "primaries and replicas are in sync")

    @staticmethod
    def _is_in_place(node: ClusterNode) -> bool:
        facts = node.client.info("replication")
        if facts["role"] == "slave":
            return facts["master_link_status"] == "up"
        return facts["connected_slaves"] == 1


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running_cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield Cluster(nodes)


def service_over(cluster: Cluster, folder: Path, **more: str):
    return running_service(cluster.addresses, folder, **more)


def new_sharded_site(service: Service) -> tuple[Site, Shard]:
    """A site with shards on every primary, and the one of them that things happen to."""
    site = service.new_site(shards=SHARDS)
    return site, site.all_shards()[0]


def kill(cluster: Cluster, primary: ClusterNode) -> None:
    primary.stop()


def stop_for_a_while(cluster: Cluster, primary: ClusterNode) -> None:
    with stopped(primary):
        time.sleep(STOP_SECONDS)


@contextmanager
def stopped(node: ClusterNode) -> Iterator[None]:
    node.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        node.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("fail", [kill, stop_for_a_while])
def test_a_replica_takes_over_and_no_acknowledged_beacon_is_lost(
    cluster: Cluster, tmp_path: Path, fail: Callable[[Cluster, ClusterNode], None]
) -> None:
    with service_over(cluster, tmp_path) as service:
        site, shard = new_sharded_site(service)
        primary, replica = cluster.nodes_of(shard)
        with running_load(service, site) as load:
            wait_until(lambda: load.count("replica") > 200, "the load is on its way")
            failed_at = time.monotonic()
            fail(cluster, primary)
            wait_until(lambda: cluster.nodes_of(shard, replica)[0] is replica, "the replica took over")
            wait_until_replayed(service)
            went_on_at = time.monotonic()
            wait_until(lambda: load.count("replica", went_on_at) > 200, "beacons go to the log again")
        if fail is kill:
            primary.start()
        cluster.wait_until_whole()
        wait_until(
            lambda: service.post(build_pageview(site, 0) | {"visitor": "install-0"}).body["durability"] == "replica",
            "the new replica is waited for",
        )
        got = load.check_counts()
        longest = max(each.answered - each.asked for each in load.answers)
        print(
            f"\n{fail.__name__}: {dict(got)}, longest answer {longest:.1f} s, back after {went_on_at - failed_at:.1f} s"
        )
        assert set(got) <= {"replica", "fsync", "spool"}, "nobody was sent away"
        assert longest < service.settings.commit_seconds + 2
        assert read_metrics(service)["footfall_beacons_replayed_total"] == got["spool"]


def migrate_slot(slot: int, source: ClusterNode, target: ClusterNode, half_way: Callable[[], None]) -> None:
    """Move one slot as `redis-cli --cluster reshard` does. ``half_way``: keys are gone, the slot is not."""
    source_id, target_id = (node.client.execute_command("CLUSTER MYID").decode() for node in (source, target))
    target.client.execute_command("CLUSTER SETSLOT", slot, "IMPORTING", source_id)
    source.client.execute_command("CLUSTER SETSLOT", slot, "MIGRATING", target_id)
    while keys := source.client.execute_command("CLUSTER GETKEYSINSLOT", slot, 10):
        source.client.execute_command("MIGRATE", "127.0.0.1", target.port, "", 0, 5000, "KEYS", *keys)
    half_way()
    for node in (target, source):
        node.client.execute_command("CLUSTER SETSLOT", slot, "NODE", target_id)


def test_the_log_moves_to_another_node_and_back_under_load(cluster: Cluster, tmp_path: Path) -> None:
    with service_over(cluster, tmp_path) as service:
        site = service.new_site()
        shard = Shard(site.id, 0)
        slot = key_slot(shard.log.encode())
        home = cluster.nodes_of(shard)[0]
        away = next(node for node in cluster.primaries() if node is not home)
        between = 0
        with running_load(service, site) as load:

            def take_beacons_half_way() -> None:
                nonlocal between
                began, before = time.monotonic(), len(load.answers)
                wait_until(lambda: load.count("replica", began) > 50, "beacons are taken while the slot is on its way")
                between += len(load.answers) - before

            for source, target in ((home, away), (away, home), (home, away), (away, home)):
                began = time.monotonic()
                wait_until(lambda b=began: load.count("replica", b) > 50, "the load is on its way")
                migrate_slot(slot, source, target, take_beacons_half_way)
        got = load.check_counts()
        print(f"\n4 moves: {dict(got)}, of them {between} while the slot was between two nodes")
        assert set(got) == {"replica"}, "every beacon was stored at once"
        assert service.store.xlen(shard.log) == len(load.answers), "and none of them twice"


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
            assert degraded() == 3
            wait_until(lambda: post(4)[1] < 0.08, "nobody waits for a replica that the cluster has given up")
            before = degraded()
            assert post(5)[0] == "fsync"
            assert degraded() == before
        wait_until(lambda: post(6)[0] == "replica", "it is waited for again")
        assert service.numbers(site, "pageviews") == [7]
