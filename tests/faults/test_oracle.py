"""The harness itself: what it would not see need not be looked for."""

from collections import Counter
from pathlib import Path

import pytest

from collector.events.columns import LOG_FIELD
from collector.storage.keys import Shard
from tests.faults.load import labels_of, running_load
from tests.faults.oracle import Verdict, count_in_answers, count_in_segments, events_of, judge
from tests.lines import log_fields
from tests.service import Service

A, B = labels_of(1)


@pytest.mark.parametrize(
    ("counted", "must", "may", "verdict"),
    [
        ({A: 1, B: 1}, {A, B}, set(), Verdict()),
        ({A: 1}, {A, B}, set(), Verdict(lost=frozenset({B}))),
        ({A: 1}, {A}, {B}, Verdict()),
        ({A: 1, B: 1}, {A}, {B}, Verdict()),
        ({A: 1, B: 2}, {A}, {B}, Verdict(twice=frozenset({B}))),
        ({A: 2, B: 1}, {A}, set(), Verdict(twice=frozenset({A}), uncalled=frozenset({B}))),
    ],
)
def test_a_verdict(counted: dict, must: set, may: set, verdict: Verdict) -> None:
    assert judge(Counter(counted), must=must, may=may) == verdict


def test_a_beacon_that_the_store_loses_and_one_that_it_has_twice_are_seen(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site()
    log = Shard(site.id, 0).log
    with running_load(service.settings.port, site) as load:
        load.wait_for(50)
    sent = events_of(load.sent)
    assert judge(count_in_answers(service, site), must=sent).is_clean
    (lost, _), (_, doubled), *_ = service.store.xrange(log)
    now_ms = 1_763_800_000_000
    path = path_in(doubled[LOG_FIELD.encode()])
    event = {"event_id": 7, "visitor": 1, "name": "pageview", "path": path, "at_ms": now_ms}
    service.store.xadd(log, log_fields(now_ms, [event]))
    service.store.xdel(log, lost)
    service.seal()
    for counted in (count_in_segments(service, site, tmp_path), count_in_answers(service, site)):
        verdict = judge(counted, must=sent)
        assert len(verdict.twice) == 1
        assert not verdict.uncalled
    assert len(judge(count_in_segments(service, site, tmp_path), must=sent).lost) == 2, "two events a beacon"


def path_in(payload: bytes) -> str:
    return payload.partition(b'"path":"')[2].partition(b'"')[0].decode()
