"""sealing/merge.py: which segments become one, and that a closed segment still answers the same."""

import random
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.events.columns import DUPLICATE_WINDOW_MS
from collector.events.ids import LEAST_ID
from collector.query.mirror import Mirror
from collector.sealing.merge import CLOSED_LEVEL, FAN, choose_merge
from collector.sealing.segment_file import DAY_MS, MOST_SEGMENT_BYTES
from collector.sealing.work import SealingRound, wall_clock_ms
from collector.storage.keys import Shard
from collector.storage.segments import Segment
from collector.storage.sites import Site
from tests.lines import log_fields
from tests.service import Service

TODAY = 20_000
NOW_MS = TODAY * DAY_MS + DAY_MS // 2
LONG_AGO = TODAY - 100


def segment(number: int, day: int, level: int = 0, size: int = 1000, received_ms: int | None = None) -> Segment:
    received = (day + 1) * DAY_MS if received_ms is None else received_ms
    times = (day * DAY_MS, day * DAY_MS, received)
    return Segment(f"{number}-0", day, day, level, 10, size, *times, is_closed=level >= CLOSED_LEVEL)


def names(run: Iterable[Segment]) -> list[str]:
    return [each.name.removesuffix("-0") for each in run]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([], None),
        ([segment(n, TODAY) for n in range(FAN - 1)], None),
        ([segment(n, TODAY) for n in range(FAN)], (FAN, 1)),
        ([segment(n, TODAY) for n in range(FAN + 3)], (FAN, 1)),
        ([segment(n, TODAY, level=1) for n in range(FAN)], (FAN, 2)),
        ([segment(n, TODAY, level=n % 2) for n in range(FAN)], None),
        ([segment(n, TODAY - n % 2) for n in range(FAN)], None),
        ([segment(n, TODAY, size=MOST_SEGMENT_BYTES // 4) for n in range(FAN)], None),
        # A day is closed when no sender may send again: 72 hours after its end, and after its last arrival.
        ([segment(1, TODAY - 3)], None),
        ([segment(1, TODAY - 4)], (1, CLOSED_LEVEL)),
        ([segment(n, TODAY - 4) for n in range(3)], (3, CLOSED_LEVEL)),
        ([segment(1, LONG_AGO, received_ms=NOW_MS)], None),
        ([segment(1, LONG_AGO, level=CLOSED_LEVEL)], None),
        ([segment(1, LONG_AGO, level=CLOSED_LEVEL), segment(2, LONG_AGO)], (2, CLOSED_LEVEL)),
        ([segment(1, LONG_AGO, level=CLOSED_LEVEL), segment(2, LONG_AGO, received_ms=NOW_MS)], None),
        ([segment(1, LONG_AGO, CLOSED_LEVEL, MOST_SEGMENT_BYTES), segment(2, LONG_AGO)], (1, CLOSED_LEVEL)),
        ([segment(n, LONG_AGO + n, level=CLOSED_LEVEL) for n in range(FAN)], (FAN, CLOSED_LEVEL + 1)),
        ([segment(n, LONG_AGO + n, CLOSED_LEVEL, MOST_SEGMENT_BYTES) for n in range(30)], None),
    ],
)
def test_the_next_merge_is_the_one_that_pays(segments: list[Segment], expected: tuple[int, int] | None) -> None:
    merge = choose_merge(segments, NOW_MS)
    assert (merge and (len(merge.run), merge.level)) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from((200, 20_000, MOST_SEGMENT_BYTES // 3, MOST_SEGMENT_BYTES))),
        max_size=150,
    )
)
def test_merging_ends_keeps_every_row_and_leaves_few_segments(seals: list[tuple[int, int]]) -> None:
    segments = [segment(number, TODAY - age, size=size) for number, (age, size) in enumerate(seals)]
    rows = sum(each.rows for each in segments)
    for number in range(10_000):
        merge = choose_merge(segments, NOW_MS)
        if merge is None:
            break
        run = merge.run
        assert sum(each.bytes for each in run) <= MOST_SEGMENT_BYTES or len(run) == 1
        merged = Segment(
            f"{1000 + number}-0", run[0].first_day, run[-1].last_day, merge.level, sum(each.rows for each in run),
            sum(each.bytes for each in run), run[0].min_at_ms, run[-1].max_at_ms,
            max(each.max_received_ms for each in run), merge.closes,
        )  # fmt: skip
        segments = [*(each for each in segments if each not in run), merged]
    else:
        raise AssertionError("it never ends")
    assert sum(each.rows for each in segments) == rows
    small = [each for each in segments if each.bytes <= MOST_SEGMENT_BYTES // FAN]
    assert len(small) <= 4 * FAN * 3 + 3 * FAN, "four open days of three levels, and closed days"


def later(hours: float):
    return lambda: wall_clock_ms() + int(hours * 3_600_000)


def some_events(random_: random.Random, now_ms: int) -> list[dict]:
    """Pageviews over three days with their engagement, some of it on the next day."""
    events = []
    for number in range(60):
        at_ms = now_ms - random_.randint(0, 2 * DAY_MS)
        visitor = random_.randint(1, 8)
        page = {
            "pageview_id": LEAST_ID + number,
            "path": f"/{number % 5}",
            "visitor": visitor,
            "title": f"T{number % 5}",
        }
        events.append({"name": "pageview", "at_ms": at_ms, "seq": 0, "event_id": LEAST_ID + number * 10, **page})
        for seq in range(1, random_.randint(1, 4)):
            gap = random_.choice((5_000, 60_000, 3_600_000, 30_000_000))
            more = {"visible_ms": seq * 1000, "scroll_percent": seq * 10}
            events.append(
                {"name": "engagement", "at_ms": at_ms + seq * gap, "seq": seq, "event_id": LEAST_ID + number * 10 + seq}
                | page
                | more
            )
    return events


@pytest.mark.parametrize("seed", range(3))
def test_a_closed_day_gives_the_same_answers_without_the_ids(
    embedded_service: Service, tmp_path: Path, seed: int
) -> None:
    service, random_ = embedded_service, random.Random(seed)
    site = service.new_site()
    shard = Shard(site.id, 0)
    now_ms = time.time_ns() // 1_000_000
    events = some_events(random_, now_ms)
    random_.shuffle(events)
    for start in range(0, len(events), 9):
        service.store.xadd(shard.log, log_fields(now_ms + 2000, events[start : start + 9]))
        service.seal()
    staying = Mirror(tmp_path / "staying", service.segments, 256)
    before = answers(staying, site)
    assert before[0][0] == len(events)

    closing = SealingRound(service.settings, service.sites, service.segments, later(hours=73 + 48))
    closing.run()
    closing.close()
    segments = service.segments.read(shard, "", "0-0").segments or ()
    assert segments
    assert all(each.is_closed for each in segments)
    fresh = Mirror(tmp_path / "fresh", service.segments, 256)
    assert answers(fresh, site) == before
    assert answers(staying, site) == before
    assert fresh.ask(f'select count(event_id) from "{site.id}".rows', [], 5) == [(0,)]
    assert staying.ask(f'select count(event_id) from "{site.id}".rows', [], 5) == [(len(events),)], (
        "it kept what it had"
    )

    # A late event with a secret key reopens the day; closing it again changes nothing else.
    late = {"name": "pageview", "at_ms": now_ms - DAY_MS, "visitor": 99, "event_id": 5, "path": "/late"}
    service.store.xadd(shard.log, log_fields(now_ms + 2000, [late]))
    closing = SealingRound(service.settings, service.sites, service.segments, later(hours=73 + 48))
    closing.run()
    closing.close()
    after = answers(fresh, site)
    assert after[0][0] == before[0][0] + 1
    assert after == answers(Mirror(tmp_path / "again", service.segments, 256), site)
    staying.close()
    fresh.close()


def test_a_closed_day_keeps_what_came_a_month_late_and_what_has_no_pageview(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site()
    received_ms = time.time_ns() // 1_000_000
    at_ms = received_ms - 40 * DAY_MS
    events = [{"name": "engagement", "at_ms": at_ms + number, "visitor": 1, "visible_ms": 5000} for number in range(3)]
    service.store.xadd(Shard(site.id, 0).log, log_fields(received_ms, events))
    closing = SealingRound(service.settings, service.sites, service.segments, later(hours=73))
    closing.run()
    closing.close()
    assert [each.is_closed for each in service.segments.read(Shard(site.id, 0), "", "0-0").segments or ()] == [True]
    mirror = Mirror(tmp_path / "mirror", service.segments, 256)
    mirror.refresh(site)
    ((pageviews, first_ms, last_ms),) = mirror.ask(
        f'select count(pageview_id), min(received_ms), max(received_ms) from "{site.id}".rows', [], 5
    )
    assert pageviews == 0, "they are no pageview together"
    assert received_ms - 1000 < first_ms <= last_ms <= received_ms
    mirror.close()


def answers(mirror: Mirror, site: Site) -> list[tuple]:
    """Counts, visits, and the engagement of every page, as the query language computes it."""
    mirror.refresh(site)
    (counts,) = mirror.ask(
        f'select count(*), count(distinct visit), count(distinct pageview_id), sum(at_ms) from "{site.id}".rows', [], 5
    )
    engaged = mirror.ask(
        f"""select path, count(*), sum(visible), sum(scroll) from (
            select path, pageview_id, max(visible_ms) as visible, max(scroll_percent) as scroll
            from "{site.id}".rows where name = 'engagement' group by all) group by path order by path""",
        [],
        5,
    )
    titles = mirror.ask(
        f"""select path, title, count(*) from "{site.id}".rows where name = 'pageview' group by all order by all""",
        [],
        5,
    )
    visits = mirror.ask(
        f'select visitor, start_ms, end_ms, pageviews, is_bounce, entry_path from "{site.id}".visits order by all',
        [],
        5,
    )
    return [counts, *engaged, *titles, *visits]


def test_ids_are_kept_for_as_long_as_a_sender_may_send_again() -> None:
    assert DUPLICATE_WINDOW_MS == 72 * 3_600_000
