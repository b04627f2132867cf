"""What all workers have used of each rate limit in a window: one number a bucket and window, gone by itself.

A bucket may be named after an address, so the store knows it by a hash under a salt that is gone after a day.
"""

import secrets
from collections.abc import Mapping
from hashlib import blake2b
from importlib import resources
from typing import Any, cast

from collector.storage import keys
from collector.storage.connect import Client

SALT_MS = 86_400_000
LIFE_MS = 120_000  # of a number: longer than a window


class Rates:
    """The numbers of the buckets."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._script = (resources.files("collector.storage") / "scripts" / "count_rate.lua").read_text()

    def add(self, used: Mapping[str, int], window: int) -> dict[str, int]:
        """Add what this worker used of each bucket, and give what all have. Raises StoreError."""
        salt = self._salt()
        pipeline = self._client.pipeline()
        for bucket, more in used.items():
            digest = blake2b(bucket.encode("utf-8", "replace"), digest_size=16, key=salt).hexdigest()
            pipeline.execute_command("EVAL", self._script, 1, keys.rate(digest, window), str(more), str(LIFE_MS))
        return {bucket: int(total) for bucket, total in zip(used, pipeline.execute(), strict=True)}

    def count(self, name: str, window: int, life_ms: int) -> int:
        """Count one more of a bucket whose name may be seen, and give how many all have. Raises StoreError."""
        number = self._client.execute_command("EVAL", self._script, 1, keys.rate(name, window), "1", str(life_ms))
        return int(cast(Any, number))

    def _salt(self) -> bytes:
        self._client.set(keys.RATE_SALT, secrets.token_bytes(16), nx=True, px=SALT_MS)
        return bytes(cast(Any, self._client.get(keys.RATE_SALT)))
