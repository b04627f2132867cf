"""The logs of a site as the target of a load: batches wait for the sealer, and for a store that is away."""

import time
from collections.abc import Callable

from collector.errors import StartError
from collector.events.columns import LOG_FIELD
from collector.storage.connect import Client, StoreError
from collector.storage.keys import Shard
from collector.storage.loads import Load, Loads
from collector.storage.log import read_log_size
from collector.storage.sites import Site

MOST_LOG_BYTES = 96 << 20  # of a shard; three of the sealer's batches, so that it never waits for us
LOOK_ROWS = 20_000  # between two looks at the logs
PAUSE_SECONDS = 0.5
PATIENCE_SECONDS = 60.0


class SiteLogs:
    """Appends batches. ``say`` is told once when it waits, and for what."""

    def __init__(self, client: Client, site: Site, loads: Loads, digest: str, begun: Load, say: Callable[[str], None]):
        self._client = client
        self._site = site
        self._loads = loads
        self._digest = digest
        self._shards = [Shard(site.id, number) for number in range(begun.shards)]
        self._say = say
        self._look_at = 0

    def shard_of(self, visitor: int) -> Shard:
        return self._shards[visitor % len(self._shards)]

    def append(self, upto: int, entries: dict[Shard, list[bytes]]) -> None:
        """Append to every shard, also the number alone. Raises StartError when the store stays away."""
        if upto >= self._look_at:
            self._wait_for_sealer()
            self._look_at = upto + LOOK_ROWS
        for shard in self._shards:
            self._insist(lambda shard=shard: self._append(shard, upto, entries.get(shard, [])))  # type: ignore[misc]

    def _append(self, shard: Shard, upto: int, payloads: list[bytes]) -> None:
        self._loads.append(self._digest, shard, upto, LOG_FIELD, payloads)

    def _insist(self, do: Callable[[], None]) -> None:
        """Do it, again and again while the store is away: what was done already is not done twice."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return do()
            except StoreError as error:
                if time.monotonic() > deadline:
                    raise StartError(f"The store is away ({error}). Run the same command again: it goes on.") from error
                self._say("the store is away: waiting for it")
                time.sleep(PAUSE_SECONDS)

    def _wait_for_sealer(self) -> None:
        has_said = False
        for shard in self._shards:
            while (size := read_log_size(self._client, shard)) is None or size.bytes > MOST_LOG_BYTES:
                if not has_said:
                    self._say("the log is long: waiting for the sealer (`footfall seal`, or `footfall run`)")
                has_said = True
                time.sleep(PAUSE_SECONDS)


class DryRun:
    """The target that keeps nothing."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def shard_of(self, visitor: int) -> Shard:
        return self._site.shard_of(visitor)

    def append(self, upto: int, entries: dict[Shard, list[bytes]]) -> None:
        """Nothing."""
