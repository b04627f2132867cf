"""Does the erasures that were asked for through the API. See storage/erasures.py."""

import logging
from collections.abc import Collection
from pathlib import Path
from typing import cast

from collector.events.erased import Kind
from collector.sealing.erase import Eraser
from collector.sealing.segment_file import Workbench
from collector.sealing.subject import Subject
from collector.storage.compact import Compaction
from collector.storage.connect import Client
from collector.storage.erasures import Erasure, Erasures
from collector.storage.sites import Site

log = logging.getLogger("footfall.seal")


class AskedErasures:
    """Erases between two rounds of the sealer, in a workbench of its own under ``folder``."""

    def __init__(self, client: Client, folder: Path, seal_entries: int) -> None:
        self._client = client
        self._erasures = Erasures(client)
        self._compaction = Compaction(client)
        self._folder = folder
        self._seal_entries = seal_entries

    def run(self, sites: Collection[Site]) -> list[Site]:
        """Erase what waits at these sites; where anything was. What leaves something is tried again next time."""
        by_id = {site.id: site for site in sites}
        asked = [(by_id[erasure.site], erasure) for erasure in self._erasures.read() if erasure.site in by_id]
        if not asked:
            return []
        bench = Workbench(self._folder)
        try:
            gone = [(site, erasure) for site, erasure in asked if not self._erase(bench, site, erasure)]
        finally:
            bench.close()
        if gone:
            # A sealer may have left their rows out of its segments already: only bytes of the log are left then.
            for shard in {shard for site, _ in gone for shard in site.all_shards()}:
                self._compaction.rewrite_streams(shard)
            self._compaction.rewrite_append_only_files()
            for _, erasure in gone:
                self._erasures.drop(erasure)
        return [site for site, _ in asked]

    def _erase(self, bench: Workbench, site: Site, erasure: Erasure) -> bool:
        """Whether there was anything to erase."""
        subject = Subject(cast(Kind, erasure.kind), erasure.id)
        # What the person did after they were asked for counts, so the present of the erasure is that moment.
        eraser = Eraser(self._client, bench, self._seal_entries, lambda: erasure.asked_ms)
        if eraser.count(site, subject, erasure.asked_ms).is_nothing:
            return False
        done = eraser.erase(site, subject)
        if done.found_afterwards.is_nothing:
            self._erasures.drop(erasure)
            log.info("%s: a %s is forgotten: %s", site.id, erasure.kind, done.found._asdict())
        return True
