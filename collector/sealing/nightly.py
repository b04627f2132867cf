"""Verifies every site once a day, at an hour of its own time, and keeps the report."""

import logging
from collections.abc import Callable

from collector.sealing.schedule import Schedule
from collector.sealing.segment_file import Workbench
from collector.sealing.verify import Verifier
from collector.storage.connect import Client
from collector.storage.sites import Site
from collector.storage.verifications import Verification, Verifications

LOOK_MS = 60_000

log = logging.getLogger("footfall.verify")


class Nightly:
    """What the sealer does between two rounds, when it is due."""

    def __init__(self, client: Client, bench: Workbench, hour: int, clock_ms: Callable[[], int]) -> None:
        self._verifier = Verifier(client, bench, clock_ms)
        self._verifications = Verifications(client)
        self._schedule = Schedule("daily", hour)
        self._clock_ms = clock_ms
        self._looked_ms: int | None = None

    def run(self, sites: list[Site]) -> int:
        """Verify the sites that are due; how many these were. A site that never was is due when it is seen.

        Reports are read at most every ``LOOK_MS``, however often this is called.
        """
        now_ms = self._clock_ms()
        if self._looked_ms is not None and 0 <= now_ms - self._looked_ms < LOOK_MS:
            return 0
        self._looked_ms = now_ms
        reports = self._verifications.read_all()
        due = [site for site in sites if self._is_due(site, reports.get(site.id))]
        for site in due:
            self.verify(site)
        return len(due)

    def verify(self, site: Site) -> Verification:
        """Verify a site now, keep the report, and log it."""
        report = self._verifier.verify(site)
        self._verifications.put(site.id, report)
        for each in report.differences:
            log.error("%s: %s %s: %s", site.id, each.kind, each.where, each.says)
        log.info(
            "%s: %s events in %s segments verified in %.1f s, %s differences",
            site.id, f"{report.events:,}", f"{report.segments:,}", report.seconds, f"{report.found:,}",
        )  # fmt: skip
        return report

    def _is_due(self, site: Site, last: Verification | None) -> bool:
        return last is None or last.at_ms < self._schedule.last_due_ms(site.timezone, self._clock_ms())
