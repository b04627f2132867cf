"""Funnels against every way through the steps, tried one by one; and rows of plain cases."""

from itertools import combinations, permutations
from random import Random
from statistics import median_low
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.errors import Problem
from collector.events.visits import AUTOMATIC_NAMES
from tests.query.site import NOW_MS, Site, build_event

from .asking import MINUTE_MS, in_order, people, rows_of

NAMES = ("pageview", "cart", "order", "click", "engagement")
STEPS = {name: ["is", "event:name", [name]] for name in NAMES} | {
    "any page": ["contains", "event:page", ["/"]],
    "phone": ["is", "visit:device", ["mobile"]],
}


def build_events(seed: int) -> list[dict[str, Any]]:
    random = Random(seed)
    events = []
    for visitor in range(1, 5):
        at_ms = NOW_MS
        for _ in range(random.randint(1, 7)):
            at_ms += random.choice([0, 1, 5, 20, 40]) * MINUTE_MS
            events.append(
                build_event(
                    at_ms, visitor=visitor * 7_919_345_111_222_333, seq=len(events), name=random.choice(NAMES),
                    device=random.choice(["mobile", "desktop"]), path=random.choice(["/a", None]),
                    is_bot=random.choice([False, False, False, True]),
                )
            )  # fmt: skip
    return events


def fits(step: str, row: dict[str, Any], visits: dict[int, dict[str, Any]]) -> bool:
    if step == "any page":
        return row["path"] is not None
    return visits[row["visit"]]["device"] == "mobile" if step == "phone" else row["name"] == step


def quickest(found: list[dict[str, Any]], steps: list[str], visits: Any, order: str, window_ms: int) -> int | None:
    """The shortest time of all ways through the steps; None without one."""
    if order == "strict":
        ways = [found[i : i + len(steps)] for i in range(len(found) - len(steps) + 1)]
    else:
        ways = [list(way) for way in combinations(found, len(steps))]
    times = []
    for way in ways:
        if all(fits(step, row, visits) for step, row in zip(steps, way, strict=True)):
            times.append(way[-1]["at_ms"] - way[0]["at_ms"])
    return min((time for time in times if time <= window_ms), default=None)


@given(
    seed=st.integers(0, 2**32),
    steps=st.lists(st.sampled_from([*STEPS]), min_size=2, max_size=4),
    order=st.sampled_from(["ordered", "strict"]),
    minutes=st.sampled_from([1, 25, 60, 600]),
    has_label=st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_a_funnel_is_all_ways_tried_one_by_one(
    site: Site, seed: int, steps: list[str], order: str, minutes: int, has_label: bool
) -> None:
    site.load(build_events(seed))
    visits = {visit["visit"]: visit for visit in site.read("visits")}
    everything = site.read("rows")
    reached: dict[str, list[list[int]]] = {}
    for visitor in {row["visitor"] for row in everything}:
        rows = in_order([row for row in people(everything) if row["visitor"] == visitor])
        if order == "strict":
            rows = [
                row for row in rows
                if row["name"] == "pageview" or row["name"] not in AUTOMATIC_NAMES
                or any(fits(step, row, visits) for step in steps)
            ]  # fmt: skip
        starts = [row for row in rows if fits(steps[0], row, visits)]
        if starts:
            label = visits[starts[0]["visit"]]["device"] if has_label else ""
            groups = reached.setdefault(label, [[] for _ in steps])
            for i in range(len(steps)):
                time = quickest(rows, steps[: i + 1], visits, order, minutes * MINUTE_MS)
                if time is not None:
                    groups[i].append(time)
    expected = []
    for label, groups in sorted(reached.items(), key=lambda item: (-len(item[1][0]), item[0])):
        expected += [
            (label, i + 1, len(times), median_low(times) / 1000 if times else None) for i, times in enumerate(groups)
        ]
    if not reached:
        expected = [("", i + 1, 0, None) for i in range(len(steps))]
    fields = {"dimension": "visit:device"} if has_label else {}
    found = rows_of(
        site, "funnel", steps=[STEPS[step] for step in steps], order=order, window_seconds=minutes * 60, **fields
    )
    assert [(row[0], row[1], row[2], row[5]) for row in found] == expected


@given(seed=st.integers(0, 2**32), minutes=st.sampled_from([1, 25, 60, 600]))
@settings(max_examples=40, deadline=None)
def test_in_any_order_is_every_order_of_as_many_steps(site: Site, seed: int, minutes: int) -> None:
    site.load(build_events(seed))
    steps = ["pageview", "cart", "order"]
    counts = [0, 0, 0]
    everything = site.read("rows")
    for visitor in {row["visitor"] for row in everything}:
        rows = in_order([row for row in people(everything) if row["visitor"] == visitor])
        for size in range(1, 4):
            ways = (way for some in permutations(steps, size) for way in [list(some)])
            counts[size - 1] += any(quickest(rows, way, {}, "ordered", minutes * MINUTE_MS) is not None for way in ways)
    found = rows_of(site, "funnel", steps=[STEPS[step] for step in steps], order="any", window_seconds=minutes * 60)
    assert [row[2] for row in found] == counts


def test_shares_are_of_the_first_step_and_of_the_one_before(site: Site) -> None:
    events = []
    for visitor, names in enumerate((["pageview"], ["pageview", "cart"], ["pageview", "cart", "order"]), 1):
        events += [build_event(NOW_MS + i * 10_000, visitor=visitor, seq=i, name=name) for i, name in enumerate(names)]
    site.load(events)
    assert rows_of(site, "funnel", steps=[STEPS["pageview"], STEPS["cart"], STEPS["order"]]) == [
        ("", 1, 3, 100.0, 100.0, 0.0),
        ("", 2, 2, 66.7, 66.7, 10.0),
        ("", 3, 1, 33.3, 50.0, 20.0),
    ]


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"steps": [STEPS["cart"]]}, "too_few", "/steps"),
        ({"steps": [STEPS["cart"]] * 13}, "too_many", "/steps"),
        ({"steps": "x"}, "wrong_type", "/steps"),
        ({"steps": [STEPS["cart"], ["is", "page", ["/"]]]}, "unknown_dimension", "/steps/1/1"),
        ({"order": "sideways"}, "unknown_choice", "/order"),
        ({"window_seconds": 0}, "out_of_bounds", "/window_seconds"),
        ({"window_seconds": 10**9}, "out_of_bounds", "/window_seconds"),
        ({"dimension": "event:goal"}, "unknown_dimension", "/dimension"),
        ({"metrics": ["visitors"]}, "unknown_field", "/metrics"),
        ({"date_range": "ever"}, "unknown_date_range", "/date_range"),
        ({"filters": [["is"]]}, "invalid_filter", "/filters/0"),
    ],
)
def test_a_wrong_funnel_is_refused_by_code_and_field(site: Site, change: Any, code: str, pointer: str) -> None:
    with pytest.raises(Problem) as caught:
        rows_of(site, "funnel", **{"steps": [STEPS["pageview"], STEPS["cart"]], **change})
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
