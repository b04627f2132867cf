"""Who seals a site: a lease that its holder renews, so that a second sealer does not do the same work.

A lease saves work and guards nothing: a holder that was paused may go on when another one has taken over. What guards
is the epoch, by which the store refuses its commit. One lease covers all shards of a site, for ids are counted once
across them (sealing/seal.py); its key is with the first shard.
"""

import threading
from collections.abc import Callable
from importlib import resources

from collector.storage.connect import Client
from collector.storage.keys import Shard

LEASE_MS = 4_000  # after a holder died, this long nobody seals; beacons and answers do not wait for it
RENEW_SECONDS = LEASE_MS / 1000 / 4


_SCRIPTS = resources.files("collector.storage") / "scripts"
_HOLD = (_SCRIPTS / "hold_lease.lua").read_text()
_RELEASE = (_SCRIPTS / "release_lease.lua").read_text()


def register_hold(client: Client) -> Callable[[str, str, int], bool]:
    """What takes a key's lease for a holder, or keeps it, for so many ms; False when another one has it."""
    script = client.register_script(_HOLD)
    return lambda key, holder, ms: bool(script(keys=[key], args=[holder, ms]))


class Leases:
    """The leases of one holder. Threads may share it."""

    def __init__(self, client: Client, holder: str) -> None:
        self._client = client
        self._holder = holder
        self._held: set[Shard] = set()
        self._lock = threading.Lock()
        self._hold = register_hold(client)
        self._release = client.register_script(_RELEASE)

    def hold(self, shard: Shard) -> bool:
        """Take the lease, or keep it; False when another one has it. Raises StoreError."""
        is_held = self._hold(shard.lease, self._holder, LEASE_MS)
        with self._lock:
            (self._held.add if is_held else self._held.discard)(shard)
        return is_held

    def renew(self) -> None:
        """Hold all leases for longer, in one go. One that another took meanwhile is let go. Raises StoreError."""
        with self._lock:
            held = list(self._held)
        if not held:
            return
        pipeline = self._client.pipeline()
        for shard in held:
            pipeline.execute_command("EVAL", _HOLD, 1, shard.lease, self._holder, str(LEASE_MS))
        lost = {shard for shard, is_held in zip(held, pipeline.execute(), strict=True) if not is_held}
        with self._lock:
            self._held -= lost

    def release(self) -> None:
        """Give all back, so that another one need not wait. Raises StoreError."""
        with self._lock:
            held, self._held = self._held, set()
        for shard in held:
            self._release(keys=[shard.lease], args=[self._holder])
