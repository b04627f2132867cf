"""Leaves no bytes of what was deleted, which a store keeps until it writes its blocks and files anew."""

import time
from importlib import resources
from typing import Any

from redis.exceptions import NoPermissionError

from collector.storage.connect import Client, StoreError
from collector.storage.keys import Shard

STEP_ENTRIES = 5_000  # of a stream, copied in one step; holds up a node for some 12 ms
MOST_TRIES = 5  # with a stream of which entries are deleted meanwhile
COPY_SECONDS = 600  # after which a copy goes whose maker was killed
LONGEST_SECONDS = 600.0  # for the append-only files of all nodes
POLL_SECONDS = 0.02


class Compaction:
    """Writes streams and append-only files anew."""

    def __init__(self, client: Client, step_entries: int = STEP_ENTRIES) -> None:
        self._client = client
        self._step_entries = step_entries
        script = resources.files("collector.storage") / "scripts" / "rewrite_stream.lua"
        self._rewrite = client.register_script(script.read_text())

    def rewrite_streams(self, shard: Shard) -> bool:
        """The shard's log and dead letters; False when entries were deleted faster than the others were copied."""
        outcomes = [self._rewrite_stream(shard, key) for key in (shard.log, shard.dead)]
        return all(outcomes)

    def _rewrite_stream(self, shard: Shard, key: str) -> bool:
        for _ in range(MOST_TRIES):
            outcome, *place = self._copy_step(shard, key)
            while outcome == b"more":
                outcome, *place = self._copy_step(shard, key, *place)
            if outcome == b"done":
                return True
        return False

    def _copy_step(self, shard: Shard, key: str, last: bytes = b"", deleted: bytes = b"0") -> list[bytes]:
        args: list[Any] = [self._step_entries, last, deleted, COPY_SECONDS]
        answer: list[bytes] = self._rewrite(keys=[key, shard.rewriting], args=args)
        return answer

    def rewrite_append_only_files(self) -> dict[str, str]:
        """Node → ``rewritten``, or why not. Replicas, too: they have files of their own."""
        outcomes: dict[str, str] = {}
        waiting: dict[str, Any] = {}
        for node in self._client.get_nodes():
            connection = self._client.get_redis_connection(node)
            try:
                if not connection.info("persistence")["aof_enabled"]:
                    outcomes[node.name] = "has none"
                    continue
                # One that has begun already may have read what is deleted by now.
                if not _wait_until_idle(connection):
                    outcomes[node.name] = "an earlier rewrite takes too long"
                    continue
                connection.bgrewriteaof()
                waiting[node.name] = connection
            except NoPermissionError:
                outcomes[node.name] = "not allowed: give the user +bgrewriteaof, or call BGREWRITEAOF there"
            except StoreError as error:
                outcomes[node.name] = f"failed: {error}"
        for name, connection in waiting.items():
            outcomes[name] = _read_outcome(connection)
        return outcomes


def _read_outcome(connection: Any) -> str:
    try:
        if not _wait_until_idle(connection):
            return "still being rewritten"
        status = connection.info("persistence")["aof_last_bgrewrite_status"]
        return "rewritten" if status == "ok" else f"failed: {status}"
    except StoreError as error:
        return f"failed: {error}"


def _wait_until_idle(connection: Any) -> bool:
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        facts = connection.info("persistence")
        if not facts["aof_rewrite_in_progress"] and not facts["aof_rewrite_scheduled"]:
            return True
        time.sleep(POLL_SECONDS)
    return False
