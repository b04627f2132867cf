"""From log to answer: any order of arrival, batching, sealing and restart gives the answer of the plain reference."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from collector.events.ids import LEAST_ID
from collector.query.categories import Categories
from collector.query.mirror import Mirror
from collector.query.question import prepare
from collector.sealing.work import SealingRound
from collector.storage.entities import Entities, Entity
from collector.storage.sites import Site as Sold
from tests.service import Service

from .plain import CATEGORIES, answer_plainly
from .questions import DAYS, build_events, build_question
from .site import NOW_MS, Site, build_names
from .test_mirror import append

QUESTIONS = 12


@pytest.mark.parametrize("day", DAYS)
def test_answers_are_the_reference_s_however_the_events_came(
    site: Site, embedded_service: Service, tmp_path: Path, day: Any
) -> None:
    service, random_ = embedded_service, random.Random(day.toordinal())
    sold = service.new_site()
    entities = Entities(service.store)
    for (type_, entity_id), category in CATEGORIES.items():
        entities.put(sold.id, type_, entity_id, Entity(category=category))
    events = [
        {**event, "event_id": number, "pageview_id": event["pageview_id"] and LEAST_ID + event["pageview_id"]}
        for number, event in enumerate((each for seed in range(4) for each in build_events(day, seed)), 1)
    ]
    site.load(events)
    rows, visits = site.read("rows"), site.read("visits")

    def open_mirror() -> Mirror:
        return Mirror(tmp_path / "mirror", service.segments, 256, categories=Categories(entities))

    mirror = open_mirror()
    sealing = SealingRound(service.settings, service.sites, service.segments)
    waiting = events + random_.sample(events, len(events) // 4)  # some are sent twice
    random_.shuffle(waiting)
    while waiting:
        size = random_.randint(1, 25)
        append(service, sold, waiting[:size])
        del waiting[:size]
        step = random_.random()
        if step < 0.5:
            mirror.refresh(sold)
        if step > 0.5:
            sealing.run()
        if step > 0.9:
            mirror.close()
            mirror = open_mirror()
    mirror.refresh(sold)

    @given(body=build_question(day))
    @settings(
        max_examples=QUESTIONS, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def check(body: dict[str, Any]) -> None:
        assert ask(mirror, sold, body) == answer_plainly(body, rows, visits)

    check()
    mirror.close()
    sealing.close()


def ask(mirror: Mirror, sold: Sold, body: dict[str, Any]) -> Any:
    given_ = {"default_timezone": "UTC", "now_ms": NOW_MS, "earliest_ms": None, "names": build_names()}
    with mirror.open(60) as moment:
        return prepare({**body, "site_id": sold.id}, **given_).answer(moment.run)["results"]  # type: ignore[arg-type]
