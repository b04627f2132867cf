"""Sites into a folder: every shard as of one moment, then the manifest that makes it a copy."""

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from collector.backup.copy_shard import copy_shard
from collector.backup.manifest import FORMAT, NAME, Manifest, ShardCopy, encode_manifest
from collector.backup.whole_file import sync_folder, write_whole
from collector.errors import Problem, StartError
from collector.storage.keys import Shard
from collector.storage.sites import Site
from collector.storage.snapshot import Row, Snapshots

Tell = Callable[[str, int], None]
"""Is told what is being copied, and how many bytes more of it are."""


def export(snapshots: Snapshots, folder: Path, only: str | None, now: datetime, tell: Tell) -> Manifest:
    """Copy every site, or ``only`` one, into an empty folder. Raises StartError, or Problem on an unknown site."""
    sites = snapshots.read_sites()
    if only is not None and only not in sites:
        raise Problem("unknown_site", f"there is no site {only}; there are: {', '.join(sites) or 'none'}")
    _take_folder(folder)
    chosen = {}
    shards: list[ShardCopy] = []
    for site_id in sites if only is None else (only,):
        chosen[site_id], copies = _copy_site(snapshots, site_id, sites[site_id], folder, tell)
        shards += copies
    tokens = snapshots.read_tokens()
    manifest = Manifest(
        format=FORMAT,
        made_at=now.isoformat(timespec="seconds"),
        rows=sum(shard.rows for shard in shards),
        entries=sum(shard.log.entries for shard in shards),
        dead=sum(shard.dead.entries for shard in shards),
        sites=chosen,
        tokens=tokens if only is None else narrow_tokens(tokens, only),
        shards=tuple(shards),
    )
    sync_folder(folder)
    write_whole(folder / f"{NAME}.new", encode_manifest(manifest))
    os.replace(folder / f"{NAME}.new", folder / NAME)
    sync_folder(folder)
    return manifest


def narrow_tokens(tokens: dict[str, Row], site: str) -> dict[str, Row]:
    """The tokens that name a site, good for it alone: what they open besides is not in the copy."""
    return {digest: row | {"sites": [site]} for digest, row in tokens.items() if site in row.get("sites", ())}


def _take_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # what is in it is about people
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise StartError(f"{folder} cannot be written: {error.strerror}.") from error
    if not is_empty:
        what = "a copy" if (folder / NAME).exists() else "something, perhaps half a copy"
        raise StartError(f"{folder} already holds {what}: name a folder that is new or empty.")


def _copy_site(snapshots: Snapshots, site_id: str, row: Row, folder: Path, tell: Tell) -> tuple[Row, list[ShardCopy]]:
    """All shards of a site, also those that it is given meanwhile, and its row."""
    copies: dict[Shard, ShardCopy] = {}
    while missing := [shard for shard in msgspec.convert(row, Site).all_shards() if shard not in copies]:
        for shard in missing:
            note = partial(tell, f"{shard.site}.{shard.number}")
            note(0)
            copies[shard] = copy_shard(snapshots, shard, folder, note)
        row = snapshots.read_sites().get(site_id, row)
    return row, list(copies.values())
