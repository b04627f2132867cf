"""One way to the store: the cluster client, always, also for the embedded store with its single node."""

import ssl
import time
from pathlib import Path
from typing import Any, cast

from redis.backoff import ExponentialBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import AuthenticationError, NoPermissionError, RedisClusterException, RedisError
from redis.retry import Retry

from collector.errors import StartError
from collector.settings import Settings
from collector.storage.keys import SITES, Shard

Client = RedisCluster
PATIENCE_SECONDS = 60.0  # for a store that starts together with us; a large one takes its time to load
ANSWER_SECONDS = 10.0  # a node that says nothing for so long is away
# What any call to the store may raise, under the only name it has outside. redis-py roots its cluster errors apart.
StoreError = (RedisError, RedisClusterException)


class _Cluster(RedisCluster):
    """redis-py's client, which has no node for an ASK to one so new that it owns no slot, and fails on its None."""

    def get_node(self, host: Any = None, port: Any = None, node_name: Any = None) -> Any:
        node = super().get_node(host, port, node_name)
        if node is None and node_name:
            new_host, _, new_port = node_name.rpartition(":")
            node = ClusterNode(new_host, int(new_port))
            self.nodes_manager.create_redis_connections([node])
            self.nodes_manager.nodes_cache[node_name] = node  # until the layout is learned again
        return node


def embedded_port_file(data_dir: Path) -> Path:
    """Where the embedded store writes the port it listens on."""
    return data_dir / "store" / "port"


def startup_nodes_of(settings: Settings) -> tuple[tuple[str, int], ...]:
    if settings.redis_nodes:
        return settings.redis_nodes
    try:
        return (("127.0.0.1", int(embedded_port_file(settings.data_dir).read_text())),)
    except (FileNotFoundError, ValueError) as error:
        raise StartError(
            f"No store is running for {settings.data_dir}: start it with `footfall run`, "
            "or name your cluster in FOOTFALL_REDIS_NODES."
        ) from error


class _Refused(StartError):
    """The store is there and does not let us in: waiting will not help."""


def connect(settings: Settings, patience_seconds: float = 0, answer_seconds: float = ANSWER_SECONDS) -> Client:
    """A client of the store. Any one live node of the list is enough.

    ``patience_seconds``: how long to wait for a store that is still starting. ``answer_seconds``: how long for one
    answer. Raises StartError.
    """
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            return _connect_once(settings, answer_seconds)
        except _Refused:
            raise
        except StartError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.05)


def credentials_of(settings: Settings) -> dict[str, Any]:
    """What a connection shows the store, and asks of it."""
    password = settings.redis_password
    if settings.redis_password_file is not None:
        try:
            password = settings.redis_password_file.read_text().strip()
        except OSError as error:
            raise _Refused(f"FOOTFALL_REDIS_PASSWORD_FILE cannot be read: {error}") from error
    options: dict[str, Any] = {"username": settings.redis_username or None, "password": password or None}
    if settings.redis_tls != "off":
        files = {"ca_certs": settings.redis_ca_file, "certfile": settings.redis_cert_file}
        files["keyfile"] = settings.redis_key_file
        options |= {f"ssl_{name}": str(path) for name, path in files.items() if path is not None}
        # Nodes tell their addresses, often bare ones, which their certificates may not name.
        options |= {"ssl": True, "ssl_check_hostname": settings.redis_tls != "any-name"}
    return options


def _connect_once(settings: Settings, answer_seconds: float) -> Client:
    nodes = startup_nodes_of(settings)
    listed = ", ".join(f"{host}:{port}" for host, port in nodes)
    try:
        client = _Cluster(
            startup_nodes=[ClusterNode(host, port) for host, port in nodes],
            require_full_coverage=False,
            socket_connect_timeout=2,
            socket_timeout=answer_seconds,
            retry=Retry(ExponentialBackoff(cap=0.5, base=0.02), 6),
            **credentials_of(settings),
        )
        client.exists(SITES)  # a cluster that has not settled yet gives its layout, and answers nothing else
        return client
    except StoreError as error:
        if _is_refusal(error):
            raise _Refused(f"The store at {listed} does not let us in: {error}") from error
        raise StartError(f"The store does not answer at {listed}: {error}") from error


def _is_refusal(error: BaseException | None) -> bool:
    """Whether name, password, rights or certificate are wrong, anywhere down the chain of causes."""
    while error is not None:
        if isinstance(error, (AuthenticationError, NoPermissionError, ssl.SSLError)):
            return True
        error = error.__cause__ or error.__context__
    return False


def node_of(client: Client, shard: Shard) -> str:
    """Name of the primary that holds a shard."""
    return str(cast(Any, client).get_node_from_key(shard.log).name)


def read_config(client: Client, name: str) -> dict[str, str]:
    """One server setting on every primary: node name → value. Raises StartError when we may not ask."""
    try:
        answers = cast(
            dict[str, dict[str, Any]],
            client.execute_command("CONFIG GET", name, target_nodes=RedisCluster.PRIMARIES),
        )
    except NoPermissionError as error:
        raise StartError(
            f"The store's user may not do what Footfall needs (see docs/operations.md): {error}"
        ) from error
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
