"""What the nodes and shards of a store say about themselves, also of a cluster that serves nobody."""

from typing import Any, NamedTuple, cast

import msgspec
from msgspec import structs
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from collector.errors import StartError
from collector.settings import Settings
from collector.storage.connect import ANSWER_SECONDS, Client, StoreError, credentials_of, startup_nodes_of
from collector.storage.keys import Shard
from collector.storage.segments import Segment

CONFIG = ("appendonly", "appendfsync", "maxmemory-policy", "min-replicas-to-write")


class Replica(NamedTuple):
    """A replica as its primary sees it. ``lag_bytes``: what it has not confirmed."""

    name: str
    is_online: bool
    lag_seconds: int
    lag_bytes: int


class NodeState(msgspec.Struct, frozen=True):
    """One node. ``error``: why it did not answer; then nothing else of it is known but its name and role.

    ``config`` lacks what we may not ask. ``limit_bytes`` 0 = no maxmemory.
    """

    name: str
    is_primary: bool
    has_slots: bool
    error: str = ""
    product: str = ""
    version: str = ""
    cluster_state: str = ""
    slots_served: int = 0
    config: dict[str, str] = {}
    used_bytes: int = 0
    limit_bytes: int = 0
    machine_bytes: int = 0
    aof_status: str = "ok"
    is_linked: bool = True  # a replica to its primary
    replicas: tuple[Replica, ...] = ()


class ShardState(NamedTuple):
    """How much there is of a shard. ``oldest_ms``: when its oldest unsealed entry came; None = all is sealed."""

    entries: int
    oldest_ms: int | None
    log_bytes: int
    segments: int
    segment_bytes: int
    rows: int
    dead: int


_decode_segment = msgspec.json.Decoder(Segment).decode


def read_nodes(settings: Settings) -> list[NodeState]:
    """Every node that the cluster knows, primaries first. Raises StartError when none of the listed ones answers."""
    once = Retry(NoBackoff(), 0)  # a node that is away is what we want to know
    options = {"socket_timeout": ANSWER_SECONDS, "socket_connect_timeout": 2, "retry": once, **credentials_of(settings)}
    listed = startup_nodes_of(settings)
    why = ""
    for host, port in listed:
        try:
            with Redis(host=host, port=port, **options) as asked:
                known = cast(dict[str, dict[str, Any]], asked.execute_command("CLUSTER NODES"))
        except StoreError as error:
            why = str(error)
            continue
        states = [_read_node(address, facts, host, options) for address, facts in known.items()]
        return sorted(filter(None, states), key=lambda state: (not state.is_primary, state.name))
    names = ", ".join(f"{host}:{port}" for host, port in listed)
    raise StartError(f"no node answers at {names}: {why}")


def _read_node(address: str, facts: dict[str, Any], asked_host: str, options: dict[str, Any]) -> NodeState | None:
    host, _, port = address.rpartition(":")
    flags = str(facts["flags"]).split(",")
    if "noaddr" in flags or "handshake" in flags:
        return None
    host = host or asked_host  # a node that never met another does not know its own address
    is_primary = "master" in flags
    state = NodeState(f"{host}:{port}", is_primary, bool(facts["slots"]))
    try:
        with Redis(host=host, port=int(port), **options) as node:
            return _ask_node(node, state)
    except StoreError as error:
        return structs.replace(state, error=str(error) or type(error).__name__)


def _ask_node(node: Any, state: NodeState) -> NodeState:
    info = node.info()
    cluster = node.execute_command("CLUSTER INFO")
    is_valkey = "valkey_version" in info
    return structs.replace(
        state,
        product="Valkey" if is_valkey else "Redis",
        version=str(info["valkey_version" if is_valkey else "redis_version"]),
        cluster_state=str(cluster["cluster_state"]),
        slots_served=int(cluster["cluster_slots_ok"]),
        config=_read_config(node),
        used_bytes=int(info["used_memory"]),
        limit_bytes=int(info["maxmemory"]),
        machine_bytes=int(info.get("total_system_memory", 0)),
        aof_status=str(info.get("aof_last_write_status", "ok")),
        is_linked=state.is_primary or info.get("master_link_status") == "up",
        replicas=_read_replicas(info),
    )


def _read_config(node: Any) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in node.config_get(*CONFIG).items()}
    except StoreError:
        return {}  # we may not ask


def _read_replicas(info: dict[str, Any]) -> tuple[Replica, ...]:
    offset = int(info.get("master_repl_offset", 0))
    rows = [info[f"slave{number}"] for number in range(int(info.get("connected_slaves", 0)))]
    return tuple(
        Replica(f"{row['ip']}:{row['port']}", row["state"] == "online", int(row["lag"]), offset - int(row["offset"]))
        for row in rows
    )


def read_shard_state(client: Client, shard: Shard) -> ShardState:
    """Raises StoreError."""
    first = cast(list[Any], client.xrange(shard.log, "-", "+", 1))
    segments = [_decode_segment(facts) for facts in cast(list[bytes], client.hvals(shard.segments))]
    return ShardState(
        entries=int(client.xlen(shard.log)),
        oldest_ms=int(first[0][0].partition(b"-")[0]) if first else None,
        log_bytes=int(client.memory_usage(shard.log) or 0),
        segments=len(segments),
        segment_bytes=sum(each.bytes for each in segments),
        rows=sum(each.rows for each in segments),
        dead=int(client.xlen(shard.dead)),
    )
