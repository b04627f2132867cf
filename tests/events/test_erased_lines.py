"""events/erased_lines.py: what a tombstone takes out of log lines, row by row, as the SQL of erased.py would."""

import json

import pytest

from collector.events.erased import hash_subject, name_entity, split_entity
from collector.events.erased_lines import ErasedLines
from collector.events.ids import number_id
from collector.events.log_line import encode_line

VISITOR = ("visitor", "s", hash_subject("visitor", "s", "leaving"), 1000)
USER = ("user", "s", hash_subject("user", "s", "u1"), 1000)
BOOTS = ("entity", "s", hash_subject("entity", "s", name_entity("product", "42")), 1000)
EVENT = ("event", "", str(number_id("e1")), 0)


@pytest.mark.parametrize(
    ("shared", "event", "is_taken"),
    [
        ({"received_ms": 2000}, {"at_ms": 1000, "visitor_id": "leaving"}, True),
        ({"received_ms": 1000}, {"at_ms": 3000, "visitor_id": "leaving"}, True),
        ({"received_ms": 2000}, {"at_ms": 1001, "visitor_id": "leaving"}, False),  # came again later
        ({"received_ms": 900, "at_ms": 900, "visitor_id": "leaving"}, {}, True),
        ({"received_ms": 900, "visitor_id": "leaving"}, {"at_ms": 900, "visitor_id": "staying"}, False),
        ({"received_ms": 900}, {"at_ms": 900, "user_id": "u1", "visitor_id": "staying"}, True),
        ({"received_ms": 900}, {"at_ms": 900, "user_id": "leaving", "visitor_id": "u1"}, False),
        ({"received_ms": 9000}, {"at_ms": 9000, "event_id": number_id("e1")}, True),
        ({"received_ms": 900}, {"at_ms": 900, "event_id": number_id("e2")}, False),
        ({"received_ms": 900}, {"at_ms": 900, "entity_type": "product", "entity_id": "42"}, True),
        ({"received_ms": 1001}, {"at_ms": 1001, "entity_type": "product", "entity_id": "42"}, False),
        ({"received_ms": 900}, {"at_ms": 900, "entity_type": "product4", "entity_id": "2"}, False),
        ({"received_ms": 900}, {"at_ms": 900, "entity_type": "article", "entity_id": "42"}, False),
        ({"received_ms": 900}, {"at_ms": 900}, False),
    ],
)
def test_an_event_goes_or_stays(shared: dict, event: dict, is_taken: bool) -> None:
    other = {"at_ms": 5000, "visitor_id": "other", "name": "pageview"}
    erased = ErasedLines([VISITOR, USER, BOOTS, EVENT])
    payload = encode_line(shared, [event, other])
    left, dropped = erased.drop(payload)
    assert dropped == int(is_taken)
    assert json.loads(left)["events"] == ([other] if is_taken else [event, other])
    assert erased.drop(encode_line(shared, [event])) == ((b"", 1) if is_taken else (encode_line(shared, [event]), 0))


@pytest.mark.parametrize(
    "pair", [("product", "42"), ("", ""), ("a:b", "c"), ("a", ":bc"), ("ключ", "é:1"), ("7:x", "7")]
)
def test_the_name_of_an_entity_is_its_type_and_id_and_no_others(pair: tuple[str, str]) -> None:
    assert split_entity(name_entity(*pair)) == pair


def test_lines_go_when_all_their_events_do_and_a_damaged_entry_stays() -> None:
    erased = ErasedLines([VISITOR])
    theirs = encode_line({"received_ms": 1, "visitor_id": "leaving"}, [{"at_ms": 1}, {"at_ms": 2}])
    another = encode_line({"received_ms": 1, "visitor_id": "staying"}, [{"at_ms": 1}])
    assert erased.drop(b"\n".join([theirs, another, theirs])) == (another, 4)
    for damaged in (b"\xff\xfe", b"{}", b'{"events": 5}', b"[]"):
        assert erased.drop(damaged) == (damaged, 0)
