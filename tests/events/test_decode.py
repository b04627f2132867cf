"""events/decode.py: what is taken, what is refused, and which field it names."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import Problem
from collector.events.decode import decode
from collector.events.limits import most


def body(**fields) -> bytes:
    return json.dumps({"site": "a", "events": [{"name": "x"}], **fields}).encode()


def event(**fields) -> bytes:
    return body(events=[{"name": "x", **fields}])


@pytest.mark.parametrize(
    ("sent", "code", "pointer"),
    [
        (b"", "malformed_json", ""),
        (b"{", "malformed_json", ""),
        (b"\xff\xfe", "malformed_json", ""),
        (b'{"site": "\xed\xa0\x80"}', "malformed_json", ""),
        (b"[" * 200_000, "malformed_json", ""),
        (b'{"site":"a","events":' + b"[" * 200_000, "malformed_json", ""),
        (b'{"site":"a","events":[{"name":"x"}],"colour":' + b"[" * 200_000, "malformed_json", ""),
        (b"[]", "invalid_field", ""),
        (b"null", "invalid_field", ""),
        (b'{"site":"a"}', "invalid_field", "/events"),
        (body(site=1), "invalid_field", "/site"),
        (body(site=""), "invalid_field", "/site"),
        (body(events=[]), "invalid_field", "/events"),
        (body(events={}), "invalid_field", "/events"),
        (body(events=[{"name": "x"}] * 501), "invalid_field", "/events"),
        (body(colour="red"), "invalid_field", "/colour"),
        (body(page={"id": "short"}), "invalid_field", "/page/id"),
        (body(page={"ti~t/le": 1}), "invalid_field", "/page/ti~0t~1le"),
        (body(sent_at="now"), "invalid_field", "/sent_at"),
        (body(sent_at=10**15), "invalid_field", "/sent_at"),
        (event(name=""), "invalid_field", "/events/0/name"),
        (event(name="x" * 121), "invalid_field", "/events/0/name"),
        (event(scroll_percent=101), "invalid_field", "/events/0/scroll_percent"),
        (event(visible_ms=-1), "invalid_field", "/events/0/visible_ms"),
        (event(entity={"type": "product"}), "invalid_field", "/events/0/entity/id"),
        (event(props={"a": {"b": 1}}), "invalid_field", "/events/0/props"),
        (event(props={str(n): n for n in range(31)}), "invalid_field", "/events/0/props"),
        (event(revenue={"amount": 1, "currency": "eur"}), "invalid_field", "/events/0/revenue/currency"),
        (event(revenue={"amount": 1e13, "currency": "EUR"}), "invalid_field", "/events/0/revenue/amount"),
        (event(nmae="y"), "invalid_field", "/events/0/nmae"),
    ],
)
def test_a_bad_body_is_refused_and_the_field_named(sent: bytes, code: str, pointer: str) -> None:
    with pytest.raises(Problem) as refused:
        decode(sent)
    assert (refused.value.code, refused.value.pointer, refused.value.status) == (code, pointer, 400)


def test_only_the_bad_events_of_a_batch_are_refused() -> None:
    decoded = decode(body(events=[{"name": "a"}, {"name": 1}, {"name": "b", "x": "left"}, {"name": "c"}]))
    assert [event.name for event in decoded.beacon.events] == ["a", "c"]
    assert decoded.places == (0, 3)
    assert [(each.place, each.pointer) for each in decoded.rejected] == [(1, "/events/1/name"), (2, "/events/2/x")]


def test_a_bad_field_of_the_beacon_sinks_it_whole_even_beside_a_bad_event() -> None:
    with pytest.raises(Problem) as refused:
        decode(body(page={"width": "wide"}, events=[{"name": "a"}, {"name": 1}]))
    assert refused.value.status == 400


def test_the_most_events_are_taken() -> None:
    assert len(decode(body(events=[{"name": "x"}] * most("events"))).beacon.events) == most("events")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"a\u0000b", "a\ufffdb"),
        (r"a\\u0000b", r"a\u0000b"),
        (r"a\\\u0000b", "a\\\ufffdb"),
        (r"\ud83d", "\ufffd"),
        (r"\uDE00\uD83D", "\ufffd\ufffd"),
        (r"\ud83d\ud83d\ude00", "\ufffd\U0001f600"),
        (r"\ud83d\ude00\ude00", "\U0001f600\ufffd"),
        (r"\\ud83d", r"\ud83d"),
        (r"\ud83dx", "\ufffdx"),
        (r"\ud83d\n", "\ufffd\n"),
    ],
)
def test_an_escape_that_is_no_text_becomes_a_replacement_character(written: str, text: str) -> None:
    body = '{"site":"a","events":[{"name":"x","text":"' + written + '"}]}'
    assert decode(body.encode()).beacon.events[0].text == text


def refusal_of(sent: bytes) -> Problem | None:
    try:
        decode(sent)
    except Problem as problem:
        return problem
    return None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(st.fixed_dictionaries({"site": st.text() | JSON, "events": st.lists(JSON, max_size=5) | JSON}))
def test_any_json_is_taken_or_refused_with_a_named_field(value) -> None:
    refusal = refusal_of(json.dumps(value).encode())
    if refusal is None:
        decoded = decode(json.dumps(value).encode())
        assert len(decoded.beacon.events) + len(decoded.rejected) == len(value["events"])
    else:
        assert (refusal.status, refusal.pointer is not None) == (400, True)


@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(value: bytes) -> None:
    with pytest.raises(Problem):
        decode(value)
