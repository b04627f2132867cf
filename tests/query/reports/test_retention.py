"""Retention against plain sets of days, weeks and months."""

from datetime import date, datetime
from fractions import Fraction
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.query.plain import label_time, labels_between, mean
from tests.query.site import NOW_MS, Site, build_event

from .asking import DAY_MS, DAYS, people, rows_of

ZONES = ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"]


def build_events(seed: int) -> list[dict[str, Any]]:
    random = Random(seed)
    return [
        build_event(
            NOW_MS + random.randint(-7 * 24, 5 * 24) * DAY_MS // 24,
            visitor=random.randint(1, 5) * 7_919_345_111_222_333,
            name=random.choice(["pageview", "signup"]),
            user_id=random.choice([None, "u1", "u2"]),
            is_bot=random.random() < 0.1,
            seq=i,
        )
        for i in range(random.randint(0, 25))
    ]


@given(
    seed=st.integers(0, 2**32),
    period=st.sampled_from(["day", "week", "month"]),
    of=st.sampled_from(["visitor", "user"]),
    zone=st.sampled_from(ZONES),
    has_filters=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_who_comes_back_is_who_was_there_before(
    site: Site, seed: int, period: str, of: str, zone: str, has_filters: bool
) -> None:
    site.load(build_events(seed))
    first, last = map(date.fromisoformat, DAYS)
    labels = labels_between(first, last, ZoneInfo(zone), f"time:{period}")
    seen: dict[Any, list[tuple[int, str]]] = {}
    for row in people(site.read("rows")):
        local = datetime.fromtimestamp(row["at_ms"] / 1000, ZoneInfo(zone))
        who = row["visitor" if of == "visitor" else "user_id"]
        if first <= local.date() <= last and who is not None:
            seen.setdefault(who, []).append((labels.index(label_time(local, f"time:{period}", first)), row["name"]))
    cohorts: dict[int, list[list[tuple[int, str]]]] = {}
    for events in seen.values():
        starts = [number for number, name in events if name == "signup" or not has_filters]
        if starts:
            cohorts.setdefault(min(starts), []).append(events)
    expected = []
    for cohort, members in sorted(cohorts.items()):
        for number in range(cohort, len(labels)):
            back = sum(
                any(at == number and (number == cohort or name == "pageview" or not has_filters) for at, name in events)
                for events in members
            )
            if back:
                rate = mean([Fraction(100 * back, len(members))], 1)
                expected.append((labels[cohort], len(members), number - cohort, back, rate))
    fields: dict[str, Any] = {"start": ["is", "event:name", ["signup"]], "return": ["is", "event:name", ["pageview"]]}
    found = rows_of(site, "retention", period=period, of=of, timezone=zone, **(fields if has_filters else {}))
    assert found == expected
