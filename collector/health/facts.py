"""Everything that the checks look at, read once."""

import os
import shutil
from pathlib import Path

import msgspec

from collector.enrich.place import find_fault
from collector.errors import StartError
from collector.settings import Settings
from collector.storage.connect import StoreError, connect
from collector.storage.inspection import NodeState, ShardState, read_nodes, read_shard_state
from collector.storage.sites import Sites
from collector.storage.verifications import Verification, Verifications


class SiteState(msgspec.Struct, frozen=True):
    """A site, its shards and its last verification, if there was one."""

    id: str
    shards: tuple[ShardState, ...]
    verified: Verification | None = None


class DiskState(msgspec.Struct, frozen=True):
    """The data folder. Sizes in bytes; ``mirror_bytes`` and ``spool_bytes`` None = there is none."""

    folder: str
    error: str = ""
    free_bytes: int = 0
    total_bytes: int = 0
    mirror_bytes: int | None = None
    spool_bytes: int | None = None


class Facts(msgspec.Struct, frozen=True):
    """``store_error``: why the store serves nobody; then there are no sites, and maybe no nodes."""

    settings: Settings
    now_ms: int
    nodes: tuple[NodeState, ...]
    store_error: str
    sites: tuple[SiteState, ...]
    disk: DiskState
    places_fault: str | None = None

    @property
    def answering(self) -> list[NodeState]:
        """The nodes of which more is known than their name."""
        return [node for node in self.nodes if not node.error]


def read_facts(settings: Settings, now_ms: int) -> Facts:
    """Ask everything there is. What does not answer is a fact, too."""
    nodes: tuple[NodeState, ...] = ()
    sites: tuple[SiteState, ...] = ()
    store_error = ""
    try:
        nodes = tuple(read_nodes(settings))
        if any(node.cluster_state == "ok" for node in nodes):  # else every question would be tried for seconds
            sites = _read_sites(settings)
    except (StartError, *StoreError) as error:
        store_error = str(error)
    places = find_fault(settings.geo_database) if settings.geo_database else None
    return Facts(settings, now_ms, nodes, store_error, sites, _read_disk(settings.data_dir), places)


def _read_sites(settings: Settings) -> tuple[SiteState, ...]:
    client = connect(settings)
    try:
        verified = Verifications(client).read_all()
        return tuple(
            SiteState(
                site.id, tuple(read_shard_state(client, shard) for shard in site.all_shards()), verified.get(site.id)
            )
            for site in Sites(client).read_all()
        )
    finally:
        client.close()


def _read_disk(folder: Path) -> DiskState:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        usage = shutil.disk_usage(folder)
    except OSError as error:
        return DiskState(str(folder), error=error.strerror or str(error))
    return DiskState(
        str(folder),
        error="" if os.access(folder, os.W_OK | os.X_OK) else "we may not write there",
        free_bytes=usage.free,
        total_bytes=usage.total,
        mirror_bytes=_read_size(folder / "mirror", "mirror-*"),
        spool_bytes=_read_size(folder / "spool", "*.db*"),
    )


def _read_size(folder: Path, pattern: str) -> int | None:
    if not folder.is_dir():
        return None
    size = 0
    for path in folder.glob(pattern):
        try:
            size += path.stat().st_size
        except FileNotFoundError:  # replayed and removed meanwhile
            continue
    return size
