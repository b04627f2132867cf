"""Journeys against walking every visit stop by stop."""

from collections import Counter
from itertools import groupby
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.query.site import NOW_MS, Site, build_event

from .asking import MINUTE_MS, in_order, people, rows_of

STARTS = {"/a": ["is", "event:page", ["/a"]], "signup": ["is", "event:name", ["signup"]], "": None}


def build_events(seed: int) -> list[dict[str, Any]]:
    random = Random(seed)
    return [
        build_event(
            NOW_MS + i * random.choice([1, 2, 15]) * MINUTE_MS,
            visitor=random.randint(1, 3) * 7_919_345_111_222_333,
            name=random.choice(["pageview", "pageview", "signup", "click", "engagement"]),
            path=random.choice(["/a", "/b", "/c", None]),
            is_bot=random.random() < 0.1,
            seq=i,
        )
        for i in range(random.randint(0, 25))
    ]


def walk(rows: list[dict[str, Any]], start: str, is_backward: bool) -> list[str]:
    """The stops of one visit from its start on, in the direction of the journey."""
    stops = []
    for row in rows:
        is_start = not start or row["path"] == start or row["name"] == start
        is_stop = row["name"] in ("pageview", "signup")
        if is_stop or (start and is_start):
            place = row["path"] or "(not set)" if row["name"] == "pageview" else row["name"]
            stops.append((place, is_start))
    runs = [(place, any(each[1] for each in run)) for place, run in groupby(stops, lambda stop: stop[0])]
    if is_backward:
        runs.reverse()
    begins = [i for i, (_, is_start) in enumerate(runs) if is_start]
    return [place for place, _ in runs[begins[0] :]] if begins else []


@given(
    seed=st.integers(0, 2**32),
    start=st.sampled_from([*STARTS]),
    direction=st.sampled_from(["forward", "backward"]),
    steps=st.integers(1, 4),
)
@settings(max_examples=80, deadline=None)
def test_journeys_are_visits_walked_stop_by_stop(site: Site, seed: int, start: str, direction: str, steps: int) -> None:
    site.load(build_events(seed))
    links: Counter[tuple[int, str, str]] = Counter()
    rows = in_order(people(site.read("rows")))
    for visit in {row["visit"] for row in rows}:
        stops = walk([row for row in rows if row["visit"] == visit], start, direction == "backward")
        ends = [*stops, "(exit)" if direction == "forward" else "(entry)"]
        for i in range(min(steps, len(stops))):
            links[i + 1, ends[i], ends[i + 1]] += 1
    expected = sorted(((*link, count) for link, count in links.items()), key=lambda row: (row[0], -row[3], row[1:3]))
    condition = STARTS[start]
    fields = {} if condition is None else {"start": condition}
    assert rows_of(site, "journeys", direction=direction, steps=steps, **fields) == expected


@pytest.mark.parametrize("links", [1, 2])
def test_each_step_has_its_most_frequent_links(site: Site, links: int) -> None:
    events = []
    for visitor, path in enumerate(["/b", "/b", "/c", "/d"], 1):
        events += [
            build_event(NOW_MS + i * 1000, visitor=visitor, seq=i, path=each) for i, each in enumerate(["/a", path])
        ]
    site.load(events)
    first = [row[1:] for row in rows_of(site, "journeys", links=links) if row[0] == 1]
    assert first == [("/a", "/b", 2), ("/a", "/c", 1)][:links]
