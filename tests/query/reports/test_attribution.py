"""Attribution: credits by three rules against plain loops."""

from collections import defaultdict
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.query.site import NOW_MS, Site, build_event

from .asking import DAY_MS, people, rows_of

START_MS = 1_711_321_200_000  # when DAYS begin in Berlin
ORDER = ["is", "event:name", ["order"]]


def build_events(seed: int) -> list[dict[str, Any]]:
    random = Random(seed)
    return [
        build_event(
            NOW_MS + random.randint(-40 * 24, 4 * 24) * DAY_MS // 24,
            visitor=random.randint(1, 3) * 7_919_345_111_222_333,
            name=random.choice(["pageview", "pageview", "order"]),
            source=random.choice([None, "Google", "Bing"]),
            seq=i,
        )
        for i in range(random.randint(0, 20))
    ]


@given(seed=st.integers(0, 2**32), days=st.sampled_from([1, 7, 30]))
@settings(max_examples=80, deadline=None)
def test_credits_are_shared_out_over_the_visits_before(site: Site, seed: int, days: int) -> None:
    site.load(build_events(seed))
    visits = sorted(site.read("visits"), key=lambda visit: visit["start_ms"])
    credits: dict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for row in people(site.read("rows")):
        if row["name"] == "order" and row["at_ms"] >= START_MS:
            touches = [
                visit["source"] or "Direct / None"
                for visit in visits
                if visit["visitor"] == row["visitor"]
                and row["at_ms"] - days * DAY_MS <= visit["start_ms"] <= row["at_ms"]
            ]
            for rule, parts in enumerate((touches[:1], touches[-1:], touches)):
                for source in parts:
                    credits[source][rule] += Fraction(1, len(parts))
    found = rows_of(site, "attribution", conversion=ORDER, window_days=days)
    assert {row[0]: row[1:3] for row in found} == {key: (first, last) for key, (first, last, _) in credits.items()}
    assert {row[0]: row[3] for row in found} == {
        key: round(float(linear), 3) for key, (_, _, linear) in credits.items()
    }


def test_every_conversion_is_credited_once_by_each_rule(site: Site) -> None:
    visits = [
        build_event(NOW_MS - day * DAY_MS, source=source) for day, source in ((2, "Bing"), (1, None), (0, "Google"))
    ]
    orders = [build_event(NOW_MS + i, name="order", seq=i) for i in (1, 2)]
    site.load([*visits, *orders, build_event(NOW_MS, name="order", visitor=2, is_bot=True)])
    assert rows_of(site, "attribution", conversion=ORDER) == [
        ("Bing", 2, 0, 0.667),
        ("Direct / None", 0, 0, 0.667),
        ("Google", 0, 2, 0.667),
    ]
    assert rows_of(site, "attribution", conversion=ORDER, dimension="visit:device") == [("(not set)", 2, 2, 2.0)]
