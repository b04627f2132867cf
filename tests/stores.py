"""Real stores for the tests: the embedded one, a cluster of 3 primaries and 3 replicas, and redis-server 7."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from collector.settings import Node
from collector.storage.embedded import SLOTS, EmbeddedStore, find_server, free_port, server_arguments

READY_SECONDS = 30.0


class ClusterNode:
    """One server process of a test cluster."""

    def __init__(self, folder: Path, server: str) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.server = server
        self.port = free_port()
        self.bus_port = free_port()
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.server, *server_arguments(self.folder, self.port, self.bus_port)], stdout=subprocess.DEVNULL
        )
        if hasattr(self, "client"):
            self.client.close()
        self.client = Redis(port=self.port, socket_timeout=5)
        wait_until(self.client.ping, "a node answers")

    def stop(self) -> None:
        self.client.close()
        self.process.kill()
        self.process.wait()


def find_redis7() -> str:
    """Path of the system's redis-server."""
    server = shutil.which("redis-server")
    assert server, "redis-server is not on PATH; deploy/test_machine.py installs it"
    return server


def wait_until(check, what: str, seconds: float = READY_SECONDS) -> None:
    """Call ``check`` until it gives something true; a store that does not answer yet counts as false."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if check():
                return
        except RedisError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds:g} s: {what}")


def _count_replicas(client: Redis) -> int:
    """Replicas that a node knows and is in touch with."""
    nodes = client.execute_command("CLUSTER NODES")
    return sum("slave" in str(node.get("flags")) and node["connected"] for node in nodes.values())


@contextmanager
def running_cluster(folder: Path, primaries: int = 3) -> Iterator[list[ClusterNode]]:
    """A cluster of as many replicas as primaries; primaries first in the list."""
    server = find_server()
    nodes = [ClusterNode(folder / str(number), server) for number in range(primaries * 2)]
    try:
        for node in nodes[1:]:
            node.client.execute_command("CLUSTER MEET", "127.0.0.1", nodes[0].port, nodes[0].bus_port)
        for number, node in enumerate(nodes[:primaries]):
            first, last = SLOTS * number // primaries, SLOTS * (number + 1) // primaries - 1
            node.client.execute_command("CLUSTER ADDSLOTSRANGE", first, last)
        for primary, replica in zip(nodes[:primaries], nodes[primaries:], strict=True):
            primary_id = primary.client.execute_command("CLUSTER MYID").decode()
            known = replica.client
            wait_until(lambda c=known, i=primary_id: i in str(c.execute_command("CLUSTER NODES")), "nodes know another")
            replica.client.execute_command("CLUSTER REPLICATE", primary_id)
        for node in nodes:
            wait_until(
                lambda c=node.client: c.execute_command("CLUSTER INFO")["cluster_state"] == "ok", "cluster is ok"
            )
        for node in nodes[primaries:]:
            wait_until(lambda c=node.client: c.info("replication")["master_link_status"] == "up", "replica is in sync")
        for node in nodes:
            # Who asks any of them for the layout must hear of every replica: gossip takes its time.
            wait_until(lambda c=node.client: _count_replicas(c) == primaries, "every node knows every replica")
        yield nodes
    finally:
        for node in nodes:
            node.stop()


@contextmanager
def running_store(kind: str, folder: Path) -> Iterator[tuple[Node, ...]]:
    """The nodes of a running store: ``embedded``, ``cluster`` (3 + 3) or ``redis7`` (redis-server of the system)."""
    if kind == "cluster":
        with running_cluster(folder) as nodes:
            yield tuple(("127.0.0.1", node.port) for node in nodes)
        return
    store = EmbeddedStore(folder, find_redis7() if kind == "redis7" else find_server())
    port = store.start()
    try:
        yield (("127.0.0.1", port),)
    finally:
        store.stop()
