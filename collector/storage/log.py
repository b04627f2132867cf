"""Appends to the logs: many entries in one write a node, answered when they are safe.

``LogWriter`` does no waiting together of its own; ingest/commit.py collects what waits at the same moment.
"""

import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, cast

from hiredis import pack_command
from redis.crc import key_slot
from redis.exceptions import (
    AskError,
    BusyLoadingError,
    ClusterDownError,
    ConnectionError,
    MasterDownError,
    MovedError,
    ReadOnlyError,
    ResponseError,
    TimeoutError,
    TryAgainError,
)

from collector.errors import FootfallError
from collector.storage.connect import Client, StoreError
from collector.storage.keys import Shard

Durability = Literal["fsync", "replica", "memory"]

# Answers that say "not now": the entry was not written and may be sent again.
TRY_AGAIN = ("TRYAGAIN", "CLUSTERDOWN", "READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS", "BUSY")
RETRYABLE = (
    AskError, BusyLoadingError, ClusterDownError, ConnectionError, MasterDownError, MovedError, OSError,
    ReadOnlyError, TimeoutError, TryAgainError,
)  # fmt: skip

ASKING = pack_command(("ASKING",))
SHORT_WAIT_MS = 100  # for replicas that did not confirm the last time, so that a dead one does not slow every append
REFRESH_SECONDS = 0.25  # learning the layout takes some 5 ms of our time; no more often than this


class Append(NamedTuple):
    """One entry for one log, ready to send. ``asked_node``: where the slot's owner sent it, for this time only."""

    slot: int
    command: bytes
    asked_node: str | None = None


class Outcome(NamedTuple):
    """What became of one append: how safe it is, or None with the error that may be tried again."""

    durability: Durability | None
    error: Exception | None = None
    is_degraded: bool = False  # fewer replicas confirmed than were asked for


class LogSize(NamedTuple):
    """How much of a shard's log is not sealed yet. ``oldest_ms``: when its first entry came, by the store's clock."""

    entries: int
    bytes: int
    oldest_ms: int | None


class NotReplicated(FootfallError):
    """The entry is in the log of one node, and too few replicas confirmed it."""


class _Link:
    """The connection to one node that appends go over, and what the node does with them."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self.connection = pool.get_connection()
        self.is_lagging = False  # its replicas did not confirm in time
        # Asked at every connection: after a failover another node answers, which may be set up differently.
        try:
            self.has_fsync = self._ask("appendonly") == b"yes" and self._ask("appendfsync") == b"always"
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.connection.disconnect()
        self._pool.release(self.connection)

    def _ask(self, name: str) -> bytes:
        self.connection.send_command("CONFIG", "GET", name)
        try:
            answer = self.connection.read_response()
        except ResponseError:
            return b""  # we may not ask, so we promise nothing
        values = list(answer.values() if isinstance(answer, dict) else answer)
        value = values[-1] if values else b""
        return value if isinstance(value, bytes) else str(value).encode()


@lru_cache(maxsize=4096)
def _slot_of(shard: Shard) -> int:
    return key_slot(shard.log.encode())


class LogWriter:
    """Writes to the logs of all shards. One at a time per node; the caller sees to that.

    ``replicas_to_wait`` None: one, of a node that has any. ``is_strict``: an append that fewer confirm has failed.
    """

    def __init__(
        self, client: Client, replicas_to_wait: int | None = None, wait_ms: int = 1000, is_strict: bool = False
    ) -> None:
        self._client = client
        self._replicas_to_wait = replicas_to_wait
        self._wait_ms = wait_ms
        self._is_strict = is_strict
        self._links: dict[str, _Link] = {}
        self._is_refreshing = False
        self._refresh_from = 0.0
        self._replicas: dict[str, int] = self._count_replicas()

    def pack(self, shard: Shard, field: str, payload: bytes) -> Append:
        """An append of one beacon's lines to the shard's log, under the name of a field."""
        return Append(_slot_of(shard), pack_command(("XADD", shard.log, "*", field, payload)))

    def redirect(self, append: Append, error: Exception | None) -> Append:
        """The append as it is to be sent after ``error``: where a slot on its way sent it, else to the owner."""
        is_asked = isinstance(error, AskError) and not isinstance(error, MovedError)
        return append._replace(asked_node=f"{error.host}:{error.port}" if is_asked else None)  # type: ignore[union-attr]

    def node_of(self, append: Append) -> str | None:
        """Name of the primary that holds the entry's log; None while nobody does."""
        if append.asked_node is not None:
            return append.asked_node
        owners = self._client.nodes_manager.slots_cache.get(append.slot)
        if owners:
            return str(owners[0].name)
        self.refresh()
        return None

    def refresh(self, failed_node: str | None = None) -> None:
        """Learn the cluster's layout again, of ``failed_node`` last. A failure is left to the next try."""
        if self._is_refreshing or time.monotonic() < self._refresh_from:
            return
        self._is_refreshing = True
        try:
            self._client.nodes_manager.initialize(
                disconnect_startup_nodes_pools=False, last_failed_node_name=failed_node
            )
            self._replicas = self._count_replicas()
        except (*StoreError, IndexError):  # IndexError: a layout without any primary
            return
        finally:
            self._is_refreshing = False
            self._refresh_from = time.monotonic() + REFRESH_SECONDS

    def write(self, node_name: str, appends: Sequence[Append]) -> list[Outcome]:
        """Send all appends to one node in one write and read all answers. Never raises StoreError."""
        wanted = self._replicas.get(node_name, 0) if self._replicas_to_wait is None else self._replicas_to_wait
        try:
            link = self._connect(node_name)
            commands = [ASKING + each.command if each.asked_node else each.command for each in appends]
            if wanted:
                is_short = link.is_lagging and not self._is_strict
                commands.append(pack_command(("WAIT", wanted, SHORT_WAIT_MS if is_short else self._wait_ms)))
            link.connection.send_packed_command([b"".join(commands)])
            errors = [self._read_error(link.connection, each) for each in appends]
            confirmed = int(link.connection.read_response()) if wanted else 0
        except (*StoreError, OSError) as error:
            # Whether the entries were written is unknown. They are sent again; event ids remove doubles.
            self._drop(node_name)
            self.refresh(node_name)
            return [Outcome(None, error)] * len(appends)
        for answer in errors:
            if isinstance(answer, MovedError):
                self._move_slot(answer)
        link.is_lagging = confirmed < wanted
        if link.is_lagging:
            self.refresh(node_name)
            safe = [self._outcome_of_unconfirmed(link, node_name, each) for each in appends]
        else:
            safe = [Outcome("replica" if wanted else "fsync" if link.has_fsync else "memory")] * len(appends)
        return [Outcome(None, failed) if failed else outcome for failed, outcome in zip(errors, safe, strict=True)]

    def _move_slot(self, error: MovedError) -> None:
        """Take from the answer who owns a slot now; all other nodes may hear of it later than we do."""
        manager = self._client.nodes_manager
        if error.slot_id in manager.slots_cache:
            manager.move_slot(error)
        if error.slot_id not in manager.slots_cache or f"{error.host}:{error.port}" not in self._replicas:
            self.refresh()

    def _outcome_of_unconfirmed(self, link: _Link, node_name: str, append: Append) -> Outcome:
        """Of an entry that the node took and its replicas did not confirm."""
        if append.asked_node is None and self.node_of(append) != node_name:
            # A replica took over: what the old primary took since is thrown away when it comes back.
            return Outcome(None, ConnectionError(f"{node_name} has been replaced"))
        if self._is_strict:
            return Outcome(None, NotReplicated("too few replicas confirmed in time"))
        return Outcome("fsync" if link.has_fsync else "memory", is_degraded=True)

    def _count_replicas(self) -> dict[str, int]:
        """Primary → 1 if it has any replica that is up, else 0."""
        owners = self._client.nodes_manager.slots_cache.values()
        return {nodes[0].name: int(len(nodes) > 1) for nodes in owners}

    @staticmethod
    def _read_error(connection: Any, append: Append) -> Exception | None:
        failed = None
        for _ in range(2 if append.asked_node else 1):  # ASKING is answered, too
            try:
                connection.read_response()
            except (ConnectionError, TimeoutError):
                raise  # the rest of the answers will not come
            except ResponseError as error:
                failed = error
        return failed

    def _connect(self, node_name: str) -> _Link:
        link = self._links.get(node_name)
        if link is None:
            node = self._client.get_node(node_name=node_name)
            link = self._links[node_name] = _Link(self._client.get_redis_connection(node).connection_pool)
        return link

    def _drop(self, node_name: str) -> None:
        link = self._links.pop(node_name, None)
        if link is not None:
            link.close()


def is_retryable(error: Exception) -> bool:
    """Whether an append that failed so may be sent again."""
    return isinstance(error, RETRYABLE) or str(error).startswith(TRY_AGAIN)


def read_log_size(client: Client, shard: Shard) -> LogSize | None:
    """Length and memory of a log; None when its node does not answer."""
    try:
        entries, size = client.xlen(shard.log), client.memory_usage(shard.log)
        first = cast(list[tuple[bytes, object]], client.xrange(shard.log, count=1))
    except StoreError:
        return None
    return LogSize(int(entries), int(size or 0), int(first[0][0].partition(b"-")[0]) if first else None)
