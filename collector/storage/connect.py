"""One way to the store: the cluster client, always, also for the embedded store with its single node."""

import time
from pathlib import Path
from typing import Any, cast

from redis.backoff import ExponentialBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import RedisError
from redis.retry import Retry

from collector.errors import StartError
from collector.settings import Settings
from collector.storage.keys import SITES

Client = RedisCluster
PATIENCE_SECONDS = 60.0  # for a store that starts together with us; a large one takes its time to load
StoreError = RedisError  # what any call to the store may raise, under the only name it has outside


def embedded_port_file(data_dir: Path) -> Path:
    """Where the embedded store writes the port it listens on."""
    return data_dir / "store" / "port"


def _nodes(settings: Settings) -> tuple[tuple[str, int], ...]:
    if settings.redis_nodes:
        return settings.redis_nodes
    try:
        return (("127.0.0.1", int(embedded_port_file(settings.data_dir).read_text())),)
    except (FileNotFoundError, ValueError) as error:
        raise StartError(
            f"No store is running for {settings.data_dir}: start it with `footfall run`, "
            "or name your cluster in FOOTFALL_REDIS_NODES."
        ) from error


def connect(settings: Settings, patience_seconds: float = 0) -> Client:
    """A client of the store. Any one live node of the list is enough.

    ``patience_seconds``: how long to wait for a store that is still starting. Raises StartError.
    """
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            return _connect_once(settings)
        except StartError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.05)


def _connect_once(settings: Settings) -> Client:
    nodes = _nodes(settings)
    try:
        client = RedisCluster(
            startup_nodes=[ClusterNode(host, port) for host, port in nodes],
            require_full_coverage=False,
            socket_connect_timeout=2,
            socket_timeout=10,
            retry=Retry(ExponentialBackoff(cap=0.5, base=0.02), 6),
        )
        client.exists(SITES)  # a cluster that has not settled yet gives its layout, and answers nothing else
        return client
    except RedisError as error:
        listed = ", ".join(f"{host}:{port}" for host, port in nodes)
        raise StartError(f"The store does not answer at {listed}: {error}") from error


def read_config(client: Client, name: str) -> dict[str, str]:
    """One server setting on every primary: node name → value."""
    answers = cast(
        dict[str, dict[str, Any]],
        client.execute_command("CONFIG GET", name, target_nodes=RedisCluster.PRIMARIES),
    )
    if answers and not isinstance(next(iter(answers.values())), dict):
        answers = {"": cast(dict[str, Any], answers)}  # redis-py unwraps the answer of a single node
    return {node: _text(next(iter(answer.values()), "")) for node, answer in answers.items()}


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def refuse_eviction(client: Client) -> None:
    """Raise StartError when the store may throw keys away to make room."""
    for node, policy in read_config(client, "maxmemory-policy").items():
        if policy != "noeviction":
            raise StartError(
                f"The store's maxmemory-policy is {policy} on {node or 'its node'}: it would delete "
                "accepted events when memory is short. Set it to noeviction."
            )
