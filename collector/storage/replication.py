"""Waits until replicas have what was written, on whichever connections that was."""

from collections.abc import Iterable
from typing import Any, cast

from collector.storage import keys
from collector.storage.connect import Client, StoreError


def find_unconfirmed(client: Client, written: Iterable[str], wanted: int | None, wait_ms: int) -> list[str]:
    """Primaries of the keys that too few replicas have caught up with in ``wait_ms`` each.

    ``wanted`` None: one, of a primary that has any. WAIT speaks of what its own connection wrote, so it follows one
    more write: replicas confirm in order, and that one comes behind all others.
    """
    cluster = cast(Any, client)
    cluster.nodes_manager.initialize()  # replicas come and go
    unconfirmed = []
    asked = set()
    for key in written:
        slot = cluster.keyslot(key)
        primary, *replicas = cluster.nodes_manager.slots_cache[slot]
        count = min(len(replicas), 1) if wanted is None else wanted
        if primary.name in asked or not count:
            continue
        asked.add(primary.name)
        with client.get_redis_connection(primary).client() as connection:
            try:
                connection.set(keys.replicated(key), "", px=1000)
                confirmed = int(cast(Any, connection.wait(count, wait_ms)))
            except StoreError:
                confirmed = 0
        if confirmed < count:
            unconfirmed.append(str(primary.name))
    return unconfirmed
