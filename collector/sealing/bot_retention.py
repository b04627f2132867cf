"""Takes out the events of robots a week after they happened, where people's are kept longer."""

import logging

from msgspec import structs

from collector.sealing.retention import first_kept_ms
from collector.sealing.rewrite import Rows, rewrite
from collector.sealing.segment_file import Workbench
from collector.storage.keys import Shard
from collector.storage.segments import Segment, Segments
from collector.storage.sites import Site

log = logging.getLogger("footfall.seal")

_ROBOTS = """
select row from {rows} where is_bot and coalesce(bot, '') not in (select unnest(?::VARCHAR[])) and at_ms < ?
"""


class BotRetention:
    """Applied once a local day a shard. Safe beside a sealer, and to be killed at any moment: it begins again."""

    def __init__(self, segments: Segments, bench: Workbench) -> None:
        self._segments = segments
        self._bench = bench
        self._done_ms: dict[Shard, int] = {}
        self._clean: dict[Shard, set[str]] = {}  # segments that are older altogether, and hold no robots

    def apply(self, site: Site, shard: Shard, now_ms: int) -> int:
        """Take out what is due; the number of events that went."""
        first_ms = first_kept_ms(structs.replace(site, retention_days=site.bot_days), now_ms)
        if first_ms is None or self._done_ms.get(shard) == first_ms:
            return 0
        gone = 0
        looked_at: set[str] = set(self._clean.get(shard, ()))
        clean: set[str] = set()
        while True:
            view = self._segments.read(shard, "", "0-0", 1)
            old = [each for each in view.segments or () if each.min_at_ms < first_ms]
            clean = {each.name for each in old if each.max_at_ms < first_ms}
            left = [each for each in old if each.name not in looked_at]
            if not left:
                break
            rows = self._take_out(site, shard, view.epoch, left[0], first_ms)
            if rows is None:
                continue  # the segments changed meanwhile
            looked_at.add(left[0].name)
            gone += rows
        self._clean[shard] = clean
        self._done_ms[shard] = first_ms
        if gone:
            log.info("%s: %s events of robots are kept no longer", shard.log, f"{gone:,}")
        return gone

    def _take_out(self, site: Site, shard: Shard, epoch: str, old: Segment, first_ms: int) -> int | None:
        robots = Rows(_ROBOTS, [list(site.people), first_ms])
        return rewrite(self._segments, self._bench, shard, epoch, old, robots, mirrors_follow=False)
