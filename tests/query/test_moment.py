"""A moment of the mirror: one state for all statements of a question, one deadline, and an end when it is cancelled."""

import threading
import time
from pathlib import Path

import pytest

from collector.errors import Problem
from collector.query.mirror import Mirror
from collector.query.question import prepare
from tests.service import Service

ENDLESS = "select count(*) from range(100000000) a, range(100000000) b where a.range + b.range = 7"


def test_rows_totals_and_comparison_are_of_one_state(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    view = {"site": site.id, "events": [{"name": "pageview"}]}
    assert service.post(view).status == 202
    mirror = Mirror(tmp_path, service.segments, 256)
    mirror.refresh(site)
    body = {
        "site_id": site.id, "metrics": ["events"], "date_range": "day", "dimensions": ["event:name"],
        "include": {"totals": True, "total_rows": True},
    }  # fmt: skip
    prepared = prepare(body, default_timezone="UTC", now_ms=time.time_ns() // 1_000_000, earliest_ms=None)
    with mirror.open(10) as moment:

        def run_while_more_comes(sql: str, values: object) -> list[tuple[object, ...]]:
            rows = moment.run(sql, values)  # type: ignore[arg-type]
            assert service.post(view).status == 202
            mirror.refresh(site)
            return rows

        answer = prepared.answer(run_while_more_comes)
    assert answer["results"] == [{"dimensions": ["pageview"], "metrics": [1]}]
    assert answer["meta"] == {"total_rows": 1, "totals": [1]}
    with mirror.open(10) as moment:
        assert prepared.answer(moment.run)["meta"]["totals"] == [4], "three statements, an event after each"
    mirror.close()


def test_all_statements_together_have_one_deadline(embedded_service: Service, tmp_path: Path) -> None:
    mirror = Mirror(tmp_path, embedded_service.segments, 256)
    with mirror.open(0.5) as moment:
        assert moment.run("select 1", []) == [(1,)]
        with pytest.raises(Problem) as caught:
            moment.run(ENDLESS, [])
        assert (caught.value.code, caught.value.status) == ("too_slow", 503)
    assert mirror.ask("select 1", [], 5) == [(1,)]
    mirror.close()


def test_a_cancelled_moment_ends_and_stays_ended_also_when_it_is_over(
    embedded_service: Service, tmp_path: Path
) -> None:
    mirror = Mirror(tmp_path, embedded_service.segments, 256)
    with mirror.open(60) as moment:
        timer = threading.Timer(0.3, moment.cancel)
        timer.start()
        for sql in (ENDLESS, "select 1"):
            with pytest.raises(Problem) as caught:
                moment.run(sql, [])
            assert (caught.value.code, caught.value.status) == ("cancelled", 409)
        timer.join()
    moment.cancel()
    mirror.close()
