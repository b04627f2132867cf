"""events/visits.py against a slow plain-Python reading of the same sentence."""

import random
from functools import cache

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.events.columns import COLUMNS
from collector.events.visits import ASSIGN_VISITS, SUMMARISE_VISITS, TIE, VISIT_GAP_MS

NAMES = ("pageview", "pageview", "engagement", "click", "signup", "session_end")
MINUTE = 60_000
EVENTS = st.lists(
    st.tuples(
        st.integers(-2, 2),  # visitor
        st.integers(0, 400).map(lambda tenth: tenth * MINUTE // 2),
        st.sampled_from(NAMES),
        st.sampled_from(("/", "/a", "/b")),
    ),
    max_size=25,
    unique=True,
)


@cache
def tie_of(name: str, path: str) -> int:
    """Events of the same moment follow the database's hash."""
    (tie,) = duckdb.execute(
        f"select {TIE} from (select ? as name, ? as path, null::varchar as element)", [name, path]
    ).fetchone()
    return tie


def plain_visits(events) -> list[tuple]:
    """Visitor, start, end, pageviews, events, bounce, entry and exit of every visit."""
    visits: list[list] = []
    ended_ms = None  # of a visit that an act of a later ms may not join
    ordered = sorted(events, key=lambda e: (e[0], e[1], tie_of(e[2], e[3])))
    for event in ordered:
        last = visits[-1][-1] if visits else None
        visitor, at_ms, name, _ = event
        is_act = name not in ("engagement", "session_end")
        is_after = is_act and ended_ms is not None and at_ms > ended_ms
        if last is None or last[0] != visitor or at_ms - last[1] > VISIT_GAP_MS or is_after:
            visits.append([])
            ended_ms = None
        if name == "session_end":
            ended_ms = at_ms
        visits[-1].append(event)
    rows = []
    for visit in visits:
        views = [event for event in visit if event[2] == "pageview"]
        own = [event for event in visit if event[2] == "signup"]
        rows.append(
            (
                visit[0][0],
                visit[0][1],
                visit[-1][1],
                len(views),
                sum(event[2] != "engagement" for event in visit),
                len(views) <= 1 and not own,
                views[0][3] if views else None,
                views[-1][3] if views else None,
            )
        )
    return sorted(rows)


def sql_visits(events) -> list[tuple]:
    database = duckdb.connect(config={"threads": 1})
    columns = ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS)
    database.execute(f"create table rows ({columns})")
    for visitor, at_ms, name, path in events:
        database.execute(
            "insert into rows (visitor, at_ms, name, path) values (?, ?, ?, ?)", [visitor, at_ms, name, path]
        )
    database.execute(f"create table assigned as {ASSIGN_VISITS.format(rows=f'(select *, {TIE} as tie from rows)')}")
    visits = SUMMARISE_VISITS.format(rows="assigned")
    return sorted(
        database.execute(
            f"select visitor, start_ms, end_ms, pageviews, events, is_bounce, entry_path, exit_path from ({visits})"
        ).fetchall()
    )


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.randoms())
def test_visits_are_those_of_the_plain_reading_in_any_order(events, shuffle: random.Random) -> None:
    shuffled = list(events)
    shuffle.shuffle(shuffled)
    assert sql_visits(shuffled) == plain_visits(events)


def test_a_gap_of_thirty_minutes_goes_on_and_one_ms_more_starts_a_visit() -> None:
    same = [(1, 0, "pageview", "/"), (1, VISIT_GAP_MS, "pageview", "/")]
    apart = [(1, 0, "pageview", "/"), (1, VISIT_GAP_MS + 1, "pageview", "/")]
    assert len(sql_visits(same)) == 1
    assert len(sql_visits(apart)) == 2


END = (1, 60_000, "session_end", "/")


@pytest.mark.parametrize(
    ("after", "visits"),
    [
        ((1, 60_001, "pageview", "/"), 2),
        ((1, 60_000, "pageview", "/"), 1),  # of the same ms: nobody knows which came first
        ((1, 120_000, "engagement", "/"), 1),  # the last report of a page that is left
        ((1, 120_000, "session_end", "/"), 1),
        ((2, 120_000, "pageview", "/"), 2),  # somebody else
    ],
)
def test_after_an_end_the_next_act_starts_a_visit(after: tuple, visits: int) -> None:
    """S1-22."""
    events = [(1, 0, "pageview", "/"), END, after]
    assert len(sql_visits(events)) == len(plain_visits(events)) == visits
    later = [*events, (1, 180_000, "pageview", "/b")]
    assert sql_visits(later) == plain_visits(later)
