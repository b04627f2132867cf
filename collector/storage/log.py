"""Appends to the logs: many entries in one write a node, answered when they are safe.

``LogWriter`` does no waiting together of its own; ingest/commit.py collects what waits at the same moment.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from hiredis import pack_command
from redis.exceptions import (
    AskError,
    BusyLoadingError,
    ClusterDownError,
    ConnectionError,
    MasterDownError,
    MovedError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TimeoutError,
    TryAgainError,
)

from collector.storage.connect import Client, read_config
from collector.storage.keys import Shard

Durability = Literal["fsync", "replica", "memory"]

# Answers that say "not now": the entry was not written and may be sent again.
TRY_AGAIN = ("TRYAGAIN", "CLUSTERDOWN", "READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS", "BUSY")
RETRYABLE = (
    AskError, BusyLoadingError, ClusterDownError, ConnectionError, MasterDownError, MovedError, OSError,
    ReadOnlyError, TimeoutError, TryAgainError,
)  # fmt: skip


class Append(NamedTuple):
    """One entry for one log, ready to send."""

    slot: int
    command: bytes


class Outcome(NamedTuple):
    """What became of one append: how safe it is, or None with the error that may be tried again."""

    durability: Durability | None
    error: Exception | None = None


class LogWriter:
    """Writes to the logs of all shards. One at a time per node; the caller sees to that."""

    def __init__(self, client: Client, replicas_to_wait: int | None = None, wait_ms: int = 2000) -> None:
        self._client = client
        self._wait_ms = wait_ms
        self._connections: dict[str, Any] = {}
        self._has_fsync = set(read_config(client, "appendfsync").values()) == {"always"} and set(
            read_config(client, "appendonly").values()
        ) == {"yes"}
        has_replicas = bool(client.get_replicas())
        self.replicas = int(has_replicas) if replicas_to_wait is None else replicas_to_wait
        self._wait = pack_command(("WAIT", self.replicas, wait_ms)) if self.replicas else b""

    def pack(self, shard: Shard, payload: bytes) -> Append:
        """An append of one beacon's lines to the shard's log."""
        return Append(self._client.keyslot(shard.log), pack_command(("XADD", shard.log, "*", "b", payload)))

    def node_of(self, append: Append) -> str | None:
        """Name of the primary that holds the entry's log; None while nobody does."""
        try:
            return str(self._client.nodes_manager.get_node_from_slot(append.slot).name)
        except RedisError:
            self._refresh()
            return None

    def write(self, node_name: str, appends: Sequence[Append]) -> list[Outcome]:
        """Send all appends to one node in one write and read all answers. Never raises RedisError."""
        try:
            connection = self._connect(node_name)
            connection.send_packed_command([b"".join([a.command for a in appends]) + self._wait])
            errors = [self._read_error(connection) for _ in appends]
            confirmed = int(connection.read_response()) if self.replicas else 0
        except (RedisError, OSError) as error:
            # Whether the entries were written is unknown. They are sent again; event ids remove doubles.
            self._drop(node_name)
            self._refresh()
            return [Outcome(None, error)] * len(appends)
        durability = self._durability(confirmed)
        if any(isinstance(error, (MovedError, AskError)) for error in errors):
            self._refresh()
        return [Outcome(None, error) if error else Outcome(durability) for error in errors]

    def _refresh(self) -> None:
        """Learn the cluster's layout again. A failure is left to the next try."""
        try:
            self._client.nodes_manager.initialize()
        except RedisError:
            return

    def _durability(self, confirmed: int) -> Durability:
        if self.replicas and confirmed >= self.replicas:
            return "replica"
        return "fsync" if self._has_fsync else "memory"

    @staticmethod
    def _read_error(connection: Any) -> Exception | None:
        try:
            connection.read_response()
        except (ConnectionError, TimeoutError):
            raise  # the rest of the answers will not come
        except ResponseError as error:
            return error
        return None

    def _connect(self, node_name: str) -> Any:
        connection = self._connections.get(node_name)
        if connection is None:
            node = self._client.get_node(node_name=node_name)
            if node is None:
                raise ConnectionError(f"no node {node_name}")
            connection = self._client.get_redis_connection(node).connection_pool.get_connection()
            self._connections[node_name] = connection
        return connection

    def _drop(self, node_name: str) -> None:
        connection = self._connections.pop(node_name, None)
        if connection is not None:
            connection.disconnect()


def is_retryable(error: Exception) -> bool:
    """Whether an append that failed so may be sent again."""
    return isinstance(error, RETRYABLE) or str(error).startswith(TRY_AGAIN)
