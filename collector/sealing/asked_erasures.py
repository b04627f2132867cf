"""Does the erasures that were asked for through the API. See storage/erasures.py."""

import logging
from collections.abc import Callable, Collection
from pathlib import Path
from typing import cast

from collector.events.erased import Kind
from collector.sealing.erase import Eraser
from collector.sealing.segment_file import Workbench
from collector.sealing.subject import Subject
from collector.storage.connect import Client
from collector.storage.erasures import Erasure, Erasures
from collector.storage.sites import Site

log = logging.getLogger("footfall.seal")


class AskedErasures:
    """Erases between two rounds of the sealer, in a workbench of its own under ``folder``."""

    def __init__(self, client: Client, folder: Path, seal_entries: int, clock_ms: Callable[[], int]) -> None:
        self._client = client
        self._erasures = Erasures(client)
        self._folder = folder
        self._seal_entries = seal_entries
        self._clock_ms = clock_ms

    def run(self, sites: Collection[Site]) -> list[Site]:
        """Erase what waits at these sites; where anything was. What leaves something is tried again next time."""
        by_id = {site.id: site for site in sites}
        asked = [(by_id[erasure.site], erasure) for erasure in self._erasures.read() if erasure.site in by_id]
        if not asked:
            return []
        bench = Workbench(self._folder)
        try:
            eraser = Eraser(self._client, bench, self._seal_entries, self._clock_ms)
            for site, erasure in asked:
                self._erase(eraser, site, erasure)
        finally:
            bench.close()
        return [site for site, _ in asked]

    def _erase(self, eraser: Eraser, site: Site, erasure: Erasure) -> None:
        done = eraser.erase(site, Subject(cast(Kind, erasure.kind), erasure.id))
        if done.found_afterwards.is_nothing:
            self._erasures.drop(erasure)
            log.info("%s: a %s is forgotten: %s", site.id, erasure.kind, done.found._asdict())
