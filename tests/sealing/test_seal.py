"""sealing/seal.py and staging.py: what a batch may hold, and where its rows end."""

import json
import random
import time
from pathlib import Path

import pytest

from collector.events.columns import LOG_FIELD
from collector.query.mirror import Mirror
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import DAY_MS, MOST_SEGMENT_BYTES, Workbench
from collector.storage.keys import Shard
from collector.storage.sites import Site
from tests.events.test_log_line import UNREADABLE
from tests.lines import log_fields
from tests.service import Service

NOW_MS = time.time_ns() // 1_000_000


def pageviews(first: int, count: int, **columns) -> list[dict]:
    return [
        {
            "name": "pageview",
            "at_ms": NOW_MS - 60_000,
            "visitor": 1,
            "event_id": number,
            "path": f"/{number}",
            **columns,
        }
        for number in range(first, first + count)
    ]


def paths(service: Service, site: Site, folder: Path) -> list[str]:
    mirror = Mirror(folder, service.segments, 256)
    mirror.refresh(site)
    rows = mirror.ask(f'select path from "{site.id}".rows order by path', [], 5)
    mirror.close()
    return [path for (path,) in rows]


@pytest.mark.parametrize("payload", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_damaged_entry_of_our_own_field_ends_as_a_dead_letter_and_all_others_are_sealed(
    embedded_service: Service, tmp_path: Path, payload: bytes
) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    service.store.xadd(shard.log, log_fields(NOW_MS, pageviews(0, 2)))
    service.store.xadd(shard.log, {LOG_FIELD: payload})
    service.store.xadd(shard.log, log_fields(NOW_MS, pageviews(2, 2)))
    expected = ["/0", "/1", "/2", "/3"]
    assert paths(service, site, tmp_path / "tail") == expected
    service.seal()
    assert paths(service, site, tmp_path / "sealed") == expected
    ((_, letter),) = service.store.xrange(shard.dead)
    assert letter[b"payload"] == payload
    assert letter[b"reason"]


def test_a_batch_of_doubles_and_late_events_gives_a_segment_a_day(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    service.store.xadd(shard.log, log_fields(NOW_MS, pageviews(0, 3)))
    service.seal()
    late = [row | {"at_ms": NOW_MS - 2 * DAY_MS} for row in pageviews(10, 2)]
    service.store.xadd(shard.log, log_fields(NOW_MS + 1, [*pageviews(2, 3), *late, *pageviews(3, 1)]))
    service.seal()
    segments = service.segments.read(shard, "", "0-0").segments or ()
    day = (NOW_MS - 60_000) // DAY_MS
    assert sorted((each.first_day, each.rows) for each in segments) == [(day - 2, 2), (day, 2), (day, 3)]
    assert paths(service, site, tmp_path) == ["/0", "/1", "/10", "/11", "/2", "/3", "/4"]


def test_no_segment_is_larger_than_a_node_serves_at_once(embedded_service: Service, tmp_path: Path) -> None:
    service, random_ = embedded_service, random.Random(1)
    site = service.new_site()
    shard = Shard(site.id, 0)
    for first in range(0, 900, 30):
        rows = [row | {"props": json.dumps({"noise": random_.randbytes(5000).hex()})} for row in pageviews(first, 30)]
        service.store.xadd(shard.log, log_fields(NOW_MS, rows))
    service.seal()
    segments = service.segments.read(shard, "", "0-0").segments or ()
    assert len(segments) > 1
    assert max(each.bytes for each in segments) <= MOST_SEGMENT_BYTES
    assert sum(each.rows for each in segments) == len(paths(service, site, tmp_path)) == 900


def test_a_folder_may_have_any_name(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    folder = tmp_path / "o'brien's \"data\""
    days = [pageviews(0, 2), [row | {"at_ms": NOW_MS - 2 * DAY_MS} for row in pageviews(2, 2)]]
    for rows in days:
        service.store.xadd(shard.log, log_fields(NOW_MS, rows))
    bench = Workbench(folder / "bench")
    assert Sealer(service.segments, bench, 1000, lambda: NOW_MS).seal(shard) == 2
    bench.close()
    assert paths(service, site, folder / "mirror") == ["/0", "/1", "/2", "/3"]


def test_a_column_that_no_batch_had_before_is_sealed_with_the_others(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    bench = Workbench(tmp_path / "bench")
    sealer = Sealer(service.segments, bench, 1000, lambda: NOW_MS)
    added = ({}, {"utm_term": "shoes"}, {}, {"revenue_amount": 9.5}, {"is_bot": False, "utm_term": "boots"})
    for number, columns in enumerate(added):
        service.store.xadd(shard.log, log_fields(NOW_MS, pageviews(number, 1, **columns)))
        assert sealer.seal(shard) == 1
    files = [service.segments.read_bytes(shard, each) for each in service.segments.read(shard, "", "0-0").segments]
    bench.load_segments("sealed", files)
    rows = bench.database.execute("select path, utm_term, revenue_amount, is_bot from sealed order by path").fetchall()
    bench.close()
    assert rows == [
        ("/0", None, None, None),
        ("/1", "shoes", None, None),
        ("/2", None, None, None),
        ("/3", None, 9.5, None),
        ("/4", "boots", None, False),
    ]
