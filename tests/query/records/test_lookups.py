"""query/records: every lookup of every field, against plain Python over what the records show."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.query.records.listing import RESOURCES
from collector.query.records.lookups import LOOKUPS
from collector.query.records.metadata_filter import METADATA_LOOKUPS
from collector.query.records.text_lookups import TEXT_TESTS

from ..site import NOW_MS, Site, build_event
from .test_pages import ask

PLAIN: dict[str, Callable[[str, str], bool]] = {
    "exact": lambda shown, value: shown == value,
    "iexact": lambda shown, value: shown.lower() == value.lower(),
    "contains": lambda shown, value: value in shown,
    "icontains": lambda shown, value: value.lower() in shown.lower(),
    "startswith": lambda shown, value: shown.startswith(value),
    "istartswith": lambda shown, value: shown.lower().startswith(value.lower()),
    "endswith": lambda shown, value: shown.endswith(value),
    "iendswith": lambda shown, value: shown.lower().endswith(value.lower()),
}
URLS = (
    "https://example.com/page", "https://example.com/", "https://shop.example.com/page/Two", "https://a/a/a/a",
    "/screen/Home", "/", "/https:/", "https://example.com/https://example.com/",
)  # fmt: skip

values = st.one_of(
    st.builds(
        lambda url, a, b: url[min(a, b) : max(a, b)], st.sampled_from(URLS), st.integers(0, 40), st.integers(0, 40)
    ),
    st.builds(lambda url, a: url[a:], st.sampled_from(URLS), st.integers(0, 40)),
    st.builds(lambda url, a: url[:a].upper(), st.sampled_from(URLS), st.integers(0, 40)),
    st.sampled_from(URLS),
    st.text("htps:/.eaxm", max_size=6),
).filter(bool)


def test_plain_python_knows_every_lookup_of_texts() -> None:
    assert set(PLAIN) == set(TEXT_TESTS)


def load_urls(site: Site) -> None:
    parts = [
        url.removeprefix("https://").partition("/") if url.startswith("https") else ("", "", url[1:]) for url in URLS
    ]
    site.load(
        [
            build_event(NOW_MS - i, visitor=i, hostname=host or None, path=f"/{path}")
            for i, (host, _, path) in enumerate(parts)
        ]
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lookup=st.sampled_from(sorted(PLAIN)), value=values)
def test_an_address_that_is_stored_in_parts_is_compared_as_a_whole(site: Site, lookup: str, value: str) -> None:
    """S3-68, S3-22."""
    load_urls(site)
    found = ask_values(site, "pageviews", {f"url__{lookup}": value})
    assert sorted(record["url"] for record in found) == sorted(url for url in URLS if PLAIN[lookup](url, value))


def ask_values(site: Site, resource: str, arguments: dict[str, str]) -> list[dict[str, Any]]:
    from urllib.parse import urlencode

    return ask(site, resource, urlencode({"limit": 100, **arguments})).records


EVENTS = [
    build_event(
        NOW_MS - 86_400_000 * i,
        visitor=i,
        visitor_id=visitor_id,
        user_id=user_id,
        name=name,
        element=element,
        text=text,
        title="Two Words",
        x=x,
        props=props,
        entity_type="product" if i == 2 else None,
        entity_id="42" if i == 2 else None,
        hostname="example.com",
    )
    for i, (visitor_id, user_id, name, element, text, x, props) in enumerate(
        (
            ("test_session_123", "ann", "click", "#submit-button", "Buy", 100, '{"plan":"pro","n":-5,"deep.er":true}'),
            ("test_session_124", None, "scroll", None, None, 0, None),
            (None, "Ann", "Signup", "#Submit", "buy it", None, '{"x_coord":-100,"a/b":1.5,"n":"-5"}'),
            (None, None, "pageview", None, None, None, None),
        )
    )
]


@pytest.mark.parametrize(
    ("resource", "query", "expected"),
    [
        # S3-60: session_id, exact and contains
        ("sessions", "session_id=test_session_123", [0]),
        ("sessions", "session_id__contains=session_12", [0, 1]),
        ("sessions", "session_id__in=test_session_123,test_session_124,x", [0, 1]),
        # S3-61, S3-62: neither is stored
        ("sessions", "user_agent__icontains=firefox", []),
        ("sessions", "user_agent__isnull=true", [0, 1, 2, 3]),
        ("sessions", "ip_address=10.0.0.1", []),
        ("sessions", "ip_address__startswith=10.", []),
        # S3-63: start_time, exact, after, before, range, date
        ("sessions", "start_time__date=2024-03-31", [0]),
        ("sessions", "start_time=2024-03-31T18:00", [0]),
        ("sessions", "start_time__gte=2024-03-30", [0, 1]),
        ("sessions", "start_time_after=2024-03-30", [0, 1]),
        ("sessions", "start_time__gt=2024-03-30", [0]),
        ("sessions", "start_time__lte=2024-03-30", [1, 2, 3]),
        ("sessions", "start_time_before=2024-03-30", [1, 2, 3]),
        ("sessions", "start_time__lt=2024-03-30", [2, 3]),
        ("sessions", "start_time__range=2024-03-29,2024-03-30", [1, 2]),
        # S3-64: end_time; null = ongoing
        ("sessions", "end_time__isnull=true", [0]),
        ("sessions", "end_time__isnull=false", [1, 2, 3]),
        ("sessions", "end_time__date=2024-03-30", [1]),
        ("sessions", "state=active", [0]),
        ("sessions", "active=false", [1, 2, 3]),
        ("sessions", "state=idle,ended", [1, 2, 3]),
        # S3-65: user_id, exact, contains, isnull = anonymous
        ("sessions", "user_id=ann", [0]),
        ("sessions", "user_id__iexact=ANN", [0, 2]),
        ("sessions", "user_id__icontains=NN", [0, 2]),
        ("sessions", "user_id__isnull=true", [1, 3]),
        ("sessions", "user_id__isnull=false", [0, 2]),
        ("sessions", "search=ann", [0, 2]),
        ("sessions", "search=session_123", [0]),
        ("sessions", "search=session_123+ann", [0]),
        ("sessions", "search=session_123,nobody", []),
        # S3-66 … S3-69: page views
        ("pageviews", "session__session_id__contains=session", []),
        ("pageviews", "url=https://example.com/", [3]),
        ("pageviews", "url__icontains=EXAMPLE.com/", [3]),
        ("pageviews", "search=example", [3]),
        ("pageviews", "search=two+words", [3]),
        ("pageviews", "timestamp__date=2024-03-28", [3]),
        # S3-71: session of an interaction
        ("interactions", "session=test_session_123", [0]),
        ("interactions", "session__session_id=test_session_123", [0]),
        ("interactions", "session__session_id__icontains=SESSION_12", [0, 1]),
        ("interactions", "session__user_id=Ann", [2]),
        # S3-72: event_type, one or several, whatever the case
        ("interactions", "event_type=CLICK", [0]),
        ("interactions", "event_type=click&event_type=SCROLL", [0, 1]),
        ("interactions", "event_type__in=CLICK,signup", [0, 2]),
        # S3-73: element, exact, contains, starts with
        ("interactions", "element=#submit-button", [0]),
        ("interactions", "element__contains=ubmit", [0, 2]),
        ("interactions", "element__startswith=#Sub", [2]),
        ("interactions", "element__isnull=true", [1]),
        ("interactions", "search=BUY", [0, 2]),
        # S3-74
        ("interactions", "timestamp__gte=2024-03-30", [0, 1]),
        ("interactions", "timestamp__range=2024-03-29,2024-03-30", [1, 2]),
        # S3-75: metadata
        ("interactions", "metadata__x_coord=100", [0]),
        ("interactions", "metadata=x_coord%3D100", [0]),
        ("interactions", "metadata=x_coord%3D100,plan%3Dpro", [0]),
        ("interactions", "metadata=%7B%22x_coord%22:100,%22n%22:-5%7D", [0]),
        ("interactions", "metadata__x_coord=-100", [2]),
        ("interactions", "metadata__x_coord__lt=1", [1, 2]),
        ("interactions", "metadata__x_coord__gte=-100", [0, 1, 2]),
        ("interactions", "metadata__x_coord__isnull=false", [0, 1, 2]),
        ("interactions", "metadata__plan=pro", [0]),
        ("interactions", "metadata__plan__icontains=PR", [0]),
        ("interactions", "metadata__plan__isnull=true", [1, 2]),
        ("interactions", "metadata__n=-5", [0, 2]),
        ("interactions", "metadata__n__gt=-6", [0, 2]),
        ("interactions", "metadata__a/b=1.5", [2]),
        ("interactions", "metadata__deep__er=true", [0]),
        ("interactions", "metadata__x_coord=100&metadata__n=-5", [0]),
        ("interactions", "metadata__'%22%20or%201=1", []),
        ("interactions", "entity_type=product&entity_id=42", [2]),
    ],
)
def test_filters_of_the_earlier_systems(site: Site, resource: str, query: str, expected: list[int]) -> None:
    site.load(EVENTS)
    found = ask(site, resource, query)
    times = sorted((record.get("timestamp") or record["start_time"] for record in found.records), reverse=True)
    from collector.query.records.moments import write_moment

    assert times == [write_moment(EVENTS[i]["at_ms"]) for i in expected]
    assert found.total == len(expected)


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_lookup_of_every_field_is_sql_that_runs(site: Site, resource: str) -> None:
    site.load(EVENTS)
    text_of = {
        "time": "2024-03-31",
        "number": "1",
        "flag": "true",
        "state": "idle",
        "id": "1-" + "0" * 16,
        "visit": "0" * 16,
    }
    asked = set()
    for field in RESOURCES[resource].fields.values():
        # Fields of a kind differ in their SQL, and lookups of a kind in what they make of it: each of both once.
        new = [lookup for lookup in LOOKUPS[field.kind] if (field.kind, lookup) not in asked] or ["exact"]
        for lookup in new:
            asked.add((field.kind, lookup))
            text = "true" if lookup == "isnull" else text_of.get(field.kind, "a")
            text = f"{text},{text}" if lookup == "range" else text
            assert ask(site, resource, f"{field.name}__{lookup}={text}").total >= 0
        for sign in ("", "-") if field.is_ordered else ():
            assert len(ask(site, resource, f"ordering={sign}{field.name}").records) == ask(site, resource).total
    for lookup in METADATA_LOOKUPS if RESOURCES[resource].has_metadata else ():
        assert ask(site, resource, f"metadata__x_coord__{lookup}=1").total >= 0
