"""A cluster of 3 primaries and 3 replicas, by what its nodes are at the moment, and what may happen to it."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from redis.cluster import key_slot

from collector.settings import Node
from collector.storage.embedded import find_server
from collector.storage.keys import Shard
from tests.stores import ClusterNode, wait_until


class Cluster:
    """The nodes of a running cluster."""

    def __init__(self, nodes: list[ClusterNode]) -> None:
        self.nodes = nodes

    @property
    def addresses(self) -> tuple[Node, ...]:
        return tuple(("127.0.0.1", node.port) for node in self.nodes)

    def at(self, port: int) -> ClusterNode:
        return next(node for node in self.nodes if node.port == port)

    def nodes_of(self, shard: Shard, ask: ClusterNode | None = None) -> list[ClusterNode]:
        """The primary of a shard, and its replicas that are up, as one node sees it."""
        slot = slot_of(shard)
        for first, last, *holders in (ask or self.nodes[0]).client.execute_command("CLUSTER SLOTS"):
            if first <= slot <= last:
                return [self.at(holder[1]) for holder in holders]
        return []

    def primaries(self) -> list[ClusterNode]:
        return [node for node in self.nodes if node.client.info("replication")["role"] == "master"]

    def wait_until_whole(self) -> None:
        """Return when every primary has its replica in sync, and every node knows it."""
        for node in self.nodes:
            wait_until(lambda n=node: self._is_in_place(n), "primaries and replicas are in sync")
            wait_until(lambda n=node: self._knows_all(n), "every node knows every replica")

    @staticmethod
    def _is_in_place(node: ClusterNode) -> bool:
        facts = node.client.info("replication")
        if facts["role"] == "slave":
            return facts["master_link_status"] == "up"
        return facts["connected_slaves"] == 1

    @staticmethod
    def _knows_all(node: ClusterNode) -> bool:
        """Whether it gives every slot a primary and a replica, and calls none of them failed."""
        if node.client.execute_command("CLUSTER INFO")["cluster_state"] != "ok":
            return False
        return all(len(holders) == 2 for _, _, *holders in node.client.execute_command("CLUSTER SLOTS"))

    def add_node(self, folder: Path) -> ClusterNode:
        """A new primary without slots, known to all."""
        node = ClusterNode(folder, find_server())
        first = self.nodes[0]
        node.client.execute_command("CLUSTER MEET", "127.0.0.1", first.port, first.bus_port)
        self.nodes.append(node)
        for each in self.nodes:
            known = each.client
            wait_until(
                lambda c=known: len(c.execute_command("CLUSTER NODES")) == len(self.nodes), "all know the new node"
            )
        wait_until(lambda: node.client.execute_command("CLUSTER INFO")["cluster_state"] == "ok", "it takes part")
        return node

    def remove_node(self, node: ClusterNode) -> None:
        """Take out a node that has no slots."""
        node_id = id_of(node)
        node.stop()
        self.nodes.remove(node)
        for each in self.nodes:
            each.client.execute_command("CLUSTER FORGET", node_id)


def slot_of(shard: Shard) -> int:
    return int(key_slot(shard.log.encode()))


def id_of(node: ClusterNode) -> str:
    return str(node.client.execute_command("CLUSTER MYID").decode())


def migrate_slot(slot: int, source: ClusterNode, target: ClusterNode, half_way: Callable[[], None]) -> None:
    """Move one slot as `redis-cli --cluster reshard` does. ``half_way``: keys are gone, the slot is not."""
    source_id, target_id = id_of(source), id_of(target)
    target.client.execute_command("CLUSTER SETSLOT", slot, "IMPORTING", source_id)
    source.client.execute_command("CLUSTER SETSLOT", slot, "MIGRATING", target_id)
    while keys := source.client.execute_command("CLUSTER GETKEYSINSLOT", slot, 10):
        source.client.execute_command("MIGRATE", "127.0.0.1", target.port, "", 0, 5000, "KEYS", *keys)
    half_way()
    for node in (target, source):
        node.client.execute_command("CLUSTER SETSLOT", slot, "NODE", target_id)


@contextmanager
def stopped(node: ClusterNode) -> Iterator[None]:
    node.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        node.process.send_signal(signal.SIGCONT)
