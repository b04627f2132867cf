"""The sealer's round: seal every shard of every site, merge where it pays, take out what is kept no longer."""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence

from collector.sealing.asked_erasures import AskedErasures
from collector.sealing.bot_retention import BotRetention
from collector.sealing.merge import apply_merge, choose_merge
from collector.sealing.nightly import Nightly
from collector.sealing.retention import Retention
from collector.sealing.schedule import Schedule
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import Workbench
from collector.settings import Settings
from collector.storage.connect import StoreError
from collector.storage.dead_letters import DeadLetters
from collector.storage.keys import Shard
from collector.storage.leases import RENEW_SECONDS, Leases
from collector.storage.segments import NOWHERE, Segments, place_of
from collector.storage.sites import Site, Sites

WAITING_SECONDS = 1.0  # between two looks at a lease that another one holds

log = logging.getLogger("footfall.seal")


def wall_clock_ms() -> int:
    """The present, ms since 1970 UTC."""
    return time.time_ns() // 1_000_000


class SealingRound:
    """Everything the sealer does, one round a call. One a process; several processes do no harm.

    With ``leases`` it leaves sites alone that another one works on; ``is_waiting`` says whether there were any.
    """

    def __init__(
        self,
        settings: Settings,
        sites: Sites,
        segments: Segments,
        clock_ms: Callable[[], int] = wall_clock_ms,
        leases: Leases | None = None,
    ) -> None:
        self._clock_ms = clock_ms
        self._leases = leases
        self.is_waiting = False
        self._sites = sites
        self._segments = segments
        self._bench = Workbench(settings.data_dir / "sealing")
        self._sealer = Sealer(segments, self._bench, settings.seal_entries, clock_ms)
        self._nightly = Nightly(segments.client, self._bench, settings.verify_hour, clock_ms)
        self._retention_schedule = Schedule(settings.retention_day, settings.retention_hour)
        self._retention = Retention(segments, DeadLetters(segments.client), self._bench)
        self._asked = AskedErasures(segments.client, settings.data_dir / "sealing", settings.seal_entries)
        self._bot_retention = BotRetention(segments, self._bench)

    def run(self) -> int:
        """Seal and merge all there is; the number of log entries sealed."""
        sealed = 0
        sites = self._find_ours()
        for site in self._asked.run(sites):
            for shard in site.all_shards():
                self._sealer.forget(shard)
        for site in sites:
            for shard, siblings in site.each_with_siblings():
                sealed += self._seal_all(shard, siblings)
                self._merge_all(shard, siblings)
                self._apply_retention(site, shard)
                if self._bot_retention.apply(site, shard, self._clock_ms()):
                    self._sealer.forget(shard)
        self._sealer.forget_old_ids()
        return sealed

    def verify_due(self) -> int:
        """Verify the sites whose hour has come; how many these were."""
        return self._nightly.run(self._find_ours())

    def _find_ours(self) -> list[Site]:
        """The sites that no other sealer works on."""
        sites = self._sites.read_all()
        ours = [site for site in sites if self._leases is None or self._leases.hold(site.all_shards()[0])]
        self.is_waiting = len(ours) < len(sites)
        return ours

    def close(self) -> None:
        self._bench.close()

    def _seal_all(self, shard: Shard, siblings: Sequence[Shard]) -> int:
        """Seal what is there now. What comes meanwhile is for the next round, after merges and the other sites."""
        sealed = self._sealer.seal(shard, siblings) or 0
        last = place_of(self._segments.last_entry(shard)) if sealed else NOWHERE
        while place_of(self._sealer.known(shard).cursor) < last and (entries := self._sealer.seal(shard, siblings)):
            sealed += entries
        return sealed

    def _apply_retention(self, site: Site, shard: Shard) -> None:
        now_ms = self._clock_ms()
        if not self._retention.is_due(site, shard, self._retention_schedule, now_ms):
            return
        gone = self._retention.apply(site, shard, now_ms)
        self._sealer.forget(shard)
        rows = sum(day.rows for day in gone.days.values())
        log.info("%s: %s events of %s days are kept no longer", shard.log, f"{rows:,}", len(gone.days))

    def _merge_all(self, shard: Shard, siblings: Sequence[Shard]) -> None:
        now_ms = self._clock_ms()
        while merge := choose_merge(self._sealer.known(shard).segments, now_ms):
            known = self._sealer.known(shard)
            others = {each: self._sealer.known(each).segments for each in siblings}
            merged = apply_merge(self._segments, self._bench, shard, known, merge, others)
            if merged is None:
                self._sealer.forget(shard)
                return
            self._sealer.note(shard, merged)


def work_until(stop: threading.Event, settings: Settings, sites: Sites, segments: Segments) -> None:
    """Run rounds until ``stop`` is set. A store that is away is waited for."""
    leases = Leases(segments.client, secrets.token_hex(8))
    has_ended = threading.Event()
    renewing = threading.Thread(target=_keep_renewing, args=(has_ended, leases))
    renewing.start()
    round_ = SealingRound(settings, sites, segments, leases=leases)
    try:
        while not stop.is_set():
            try:
                round_.run()
                round_.verify_due()
            except StoreError as error:
                log.warning("the store is away, sealing waits: %s", error)
            stop.wait(min(settings.seal_seconds, WAITING_SECONDS) if round_.is_waiting else settings.seal_seconds)
    finally:
        has_ended.set()
        renewing.join()
        round_.close()
        try:
            leases.release()
        except StoreError as error:
            log.warning("the store is away, the leases end by themselves: %s", error)


def _keep_renewing(has_ended: threading.Event, leases: Leases) -> None:
    """Hold the leases also while a round takes its time."""
    while not has_ended.wait(RENEW_SECONDS):
        try:
            leases.renew()
        except StoreError as error:
            log.warning("the store is away, leases are not renewed: %s", error)
