"""Random sites and random questions to them, close enough together that they often meet."""

import json
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from collector.query.metrics import METRICS
from collector.query.operators import OPERATORS

from .site import SITE, Row

MINUTE_MS = 60_000

# Berlin's clocks go forward and back; Kathmandu moves from +05:30 to +05:45.
DAYS = [date(2024, 3, 31), date(2024, 10, 27), date(1986, 1, 1)]
ZONES = ["Europe/Berlin", "Asia/Kathmandu", "UTC", "America/St_Johns"]
TIMES = ["time:hour", "time:day", "time:week", "time:month"]
PATHS = ["/", "/a", "/A/b", "/é", "(not set)"]
LABELS = {
    "event:page": PATHS,
    "event:name": ["pageview", "engagement", "click", "signup"],
    "event:element": ["%", "_'", "main > a", "(not set)"],
    "event:user": ["u1", "(not set)"],
    "event:currency": ["EUR", "(not set)"],
    "event:entity_id": ["1", "(not set)"],
    "event:entity_category": ["Shoes", "Hats", "(not set)"],
    "event:props:due": ["2024-03-31", "(none)"],
    "visit:exit_page_hostname": ["shop.example", "(not set)"],
    "event:props:price": ["10", "9.5", "(none)"],
    'event:props:a/b~"': ["x", "true", "(none)"],
    "event:goal": ["Signup", "Seen on a phone"],
    "time:hour_of_day": ["00", "02", "13"],
    "time:day_of_week": ["1", "7"],
    "visit:source": ["Google", "google", "Direct / None"],
    "visit:referrer": ["a.example/", "Direct / None"],
    "visit:device": ["mobile", "desktop", "(not set)"],
    "visit:country": ["DE", "NP", "(not set)"],
    "visit:entry_page": PATHS,
    "visit:exit_page": PATHS,
}

PROPS = [
    None, '{"price": 10}', '{"price": 9.5, "a/b~\\"": "x"}', '{"a/b~\\"": true, "price": null}',
    '{"due": "2024-03-31", "response_ms": 40}', '{"due": "2024-10-27T02:30:00+02:00", "response_ms": 7.25}',
    '{"due": "1986-01-01 00:10", "response_ms": -3}', '{"due": "infinity", "response_ms": "soon"}',
]  # fmt: skip
DATES = st.sampled_from(["2024-03-31", "2024-10-27", "1986-01-01", "2024-10-27T00:30:00Z", "1986-01-01T00:05:00+05:45"])
PATTERNS = ["^/", "a$", "[aA]/?b?", "^$", "S.*p", "(é|x)"]
NUMBERS = st.sampled_from([9.5, 10, 0, 13])

# A visit's id is its visitor xor its start: ids of few bits would collide, 64 bits of a hash do not.
VISITORS = [8_234_611_390_115_733_111, -3_917_264_501_883_126_450, 5_551_902_837_465_120_993]

# Hypothesis draws a seed and the rest follows from it: lists that it draws itself hold five events on average,
# and then hardly a visit has two, which leaves most metrics untested.
seeds = st.integers(0, 2**32)


def build_events(day: date, seed: int) -> list[Row]:
    """Some nine visits of three visitors, from a day and a half before a day's noon to two days after it."""
    random = Random(seed)
    noon_ms = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) * 1000
    events = []
    for visitor in VISITORS * random.randint(1, 5):
        at_ms = noon_ms + random.randint(-36 * 60, 48 * 60) * MINUTE_MS + random.randint(-1, 1)
        for _ in range(random.randint(1, 6)):
            events.append(build_random_event(random, at_ms, visitor))
            at_ms += random.choice([0, 1, 1000, 5 * MINUTE_MS, 25 * MINUTE_MS])
    random.shuffle(events)
    return events


def build_random_event(random: Random, at_ms: int, visitor: int) -> Row:
    return {
        "at_ms": at_ms,
        "visitor": visitor,
        "seq": random.randint(0, 9),
        "name": random.choice(["pageview", "pageview", "engagement", "engagement", "click", "signup"]),
        "hostname": random.choice([None, "shop.example", "blog.example"]),
        "entity_type": random.choice([None, "product", "article"]),
        "entity_id": random.choice([None, "1", "2"]),
        "pageview_id": random.choice([None, 1, 2, 3]),
        "path": random.choice([None, "/", "/a", "/A/b", "/é"]),
        "element": random.choice([None, "%", "_'", "main > a"]),
        "source": random.choice([None, "Google", "google"]),
        "referrer": random.choice([None, "a.example/"]),
        "device": random.choice([None, "mobile", "desktop"]),
        "country": random.choice([None, "DE", "NP"]),
        "user_id": random.choice([None, "u1", "u2"]),
        "active_ms": random.choice([None, random.randint(0, 5000)]),
        "props": random.choice(PROPS),
        **random.choice([{}, {}, build_revenue(random)]),
        "is_bot": random.choice([False, False, False, False, None, True]),
        "visible_ms": random.choice([None, random.randint(0, 5000)]),
        "scroll_percent": random.choice([None, random.randint(0, 100)]),
        **(build_vital(random) if random.random() < 0.1 else {}),
    }


def build_vital(random: Random) -> Row:
    metric, value = random.choice(["LCP", "INP", "CLS", "FAME"]), random.choice([0, 0.05, 120, 2500.5, -1, "fast"])
    return {"name": "web_vital", "props": json.dumps({"metric": metric, "value": value})}


def build_revenue(random: Random) -> Row:
    return {"revenue_amount": random.randint(-500, 900) / 100, "revenue_currency": random.choice(["EUR", "USD"])}


@st.composite
def build_comparison(draw: st.DrawFn) -> list[Any]:
    operator = draw(st.sampled_from([*OPERATORS]))
    column = draw(st.sampled_from([*LABELS]))
    if OPERATORS[operator].takes == "date":
        return [operator, draw(st.sampled_from(["time", "event:props:due", "event:page"])), [draw(DATES)]]
    if OPERATORS[operator].takes == "number":
        return [operator, draw(st.sampled_from(["event:props:price", "time:hour_of_day", column])), [draw(NUMBERS)]]
    values = st.sampled_from(LABELS[column])
    if operator.startswith("matches"):
        values = st.sampled_from(PATTERNS)
    elif column != "event:goal":
        values = st.one_of(values, st.text("/aAbgDEé", max_size=2))
    comparison = [operator, column, draw(st.lists(values, min_size=1, max_size=3))]
    return [*comparison, *draw(st.sampled_from([[], [{"case_sensitive": False}], [{"case_sensitive": True}]]))]


filters = st.recursive(
    st.one_of(build_comparison(), st.sampled_from([["is", "segment", ["buyers"]], ["is_not", "segment", ["buyers"]]])),
    lambda inside: st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inside, min_size=1, max_size=3)).map(list),
        st.tuples(st.sampled_from(["not", "has_done", "has_not_done"]), inside).map(list),
    ),
    max_leaves=4,
)


@st.composite
def build_question(draw: st.DrawFn, day: date) -> dict[str, Any]:
    """A question about up to four days around a day."""
    first = day + timedelta(days=draw(st.integers(-1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 3)))
    metrics = draw(
        st.one_of(st.permutations([*METRICS]), st.lists(st.sampled_from([*METRICS]), min_size=1, unique=True))
    )
    columns = draw(st.lists(st.sampled_from([*LABELS]), max_size=2, unique=True))
    dimensions = draw(st.permutations([*columns, *draw(st.sampled_from([[], [], *([time] for time in TIMES)]))]))
    order = draw(st.lists(st.sampled_from([*metrics, *dimensions]), unique=True, max_size=3))
    return {
        "site_id": SITE,
        "metrics": metrics,
        "date_range": [first.isoformat(), last.isoformat()],
        "timezone": draw(st.sampled_from(ZONES)),
        "dimensions": list(dimensions),
        "filters": draw(st.one_of(st.just([]), st.lists(filters, min_size=1, max_size=2))),
        "order_by": [[name, draw(st.sampled_from(["asc", "desc"]))] for name in order],
        "include": {"total_rows": True, "bots": draw(st.booleans())},
    }


@st.composite
def build_case(draw: st.DrawFn) -> tuple[list[Row], dict[str, Any]]:
    day = draw(st.sampled_from(DAYS))
    return build_events(day, draw(seeds)), draw(build_question(day))
