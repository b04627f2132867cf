"""events/schema.py: what fits the published schema is taken whole, and what is taken whole fits it.

As far as JSON Schema can say. What it cannot say is one row each of ``BEYOND``, and docs/events.md lists the same.
"""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.errors import Problem
from collector.events.decode import decode
from collector.events.limits import most
from collector.events.schema import build_schema
from tests.service import Service, request
from tests.test_docs import read

SCHEMA = build_schema()
CHARACTERS = st.characters(exclude_categories=["Cs"])  # half of a pair is no text; it can only be written as an escape
fits = jsonschema.Draft202012Validator(SCHEMA).is_valid


def is_taken(body: Any) -> bool:
    """Whether the decoder takes all of it, written as JSON is usually written."""
    try:
        return not decode(json.dumps(body, allow_nan=False).encode()).rejected
    except Problem:
        return False


def build(**fields: Any) -> dict[str, Any]:
    return {"site": "a", "events": [{"name": "x"}], **fields}


def build_event(**fields: Any) -> dict[str, Any]:
    return build(events=[{"name": "x", **fields}])


def test_it_is_a_schema_of_its_dialect() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_it_is_served_to_any_page(embedded_service: Service) -> None:
    answer = request(f"{embedded_service.url}/api/v1/events.schema.json")
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert answer.body == SCHEMA


def from_schema(part: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit a part of the schema. Texts are short, or as long as they may be."""
    if "$ref" in part:
        return from_schema(SCHEMA["$defs"][part["$ref"].rpartition("/")[2]])
    if "anyOf" in part:
        return st.one_of([from_schema(each) for each in part["anyOf"]])
    match part["type"]:
        case "object" if "properties" in part:
            fields = {name: from_schema(each) for name, each in part["properties"].items()}
            needed = {name: fields.pop(name) for name in part["required"]} if "required" in part else {}
            return st.fixed_dictionaries(needed, optional=fields)
        case "object":
            names = from_schema({"type": "string", **part["propertyNames"]})
            return st.dictionaries(names, from_schema(part["additionalProperties"]), max_size=part["maxProperties"])
        case "array":
            return st.lists(from_schema(part["items"]), min_size=part["minItems"], max_size=4)
        case "string" if "pattern" in part:
            return st.from_regex(part["pattern"], fullmatch=True).filter(lambda text: len(text) <= part["maxLength"])
        case "string":
            longest = part.get("maxLength", 5000)
            return st.text(CHARACTERS, min_size=part.get("minLength", 0), max_size=12) | st.just("\u00e9" * longest)
        case "integer":
            return st.integers(part["minimum"], part["maximum"])
        case "number":
            return st.floats(part.get("minimum"), part.get("maximum"), allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    raise AssertionError(f"a kind of schema that is not generated: {part}")


def nodes_of(value: Any) -> list[Any]:
    """Every object and list in a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(node for each in inner for node in nodes_of(each))] if isinstance(value, dict | list) else []


TEXT = st.text(CHARACTERS, max_size=12)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: number % 1 != 0)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXT | st.sampled_from(["", "x" * 121, "x" * 201, "x" * 2001, "EUR\n"])
NAMES = st.sampled_from(sorted({name for part in SCHEMA["$defs"].values() for name in part["properties"]})) | TEXT
JSON = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(NAMES, SCALARS, max_size=3)


BODIES = from_schema(SCHEMA)


@st.composite
def nearly_valid(draw: st.DrawFn) -> Any:
    """A body that fits, with up to two places of it changed into anything."""
    body = draw(BODIES)
    for _ in range(draw(st.integers(0, 2))):
        node = draw(st.sampled_from(nodes_of(body)))
        if isinstance(node, list):
            node.insert(0, draw(JSON))
        elif node and draw(st.booleans()):
            del node[draw(st.sampled_from(sorted(node)))]
        else:
            node[draw(NAMES)] = draw(JSON)
    return body


def is_sayable(value: Any) -> bool:
    """Whether nothing in it is a row of ``BEYOND``."""
    if isinstance(value, float):
        return value % 1 != 0
    if isinstance(value, int):
        return abs(value) <= most("prop_number")
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(is_sayable(each) for each in inner)


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(nearly_valid().filter(is_sayable))
def test_a_body_fits_the_schema_when_and_only_when_all_of_it_is_taken(body: Any) -> None:
    assert fits(body) == is_taken(body)


@pytest.mark.parametrize(
    "body",
    [
        build(),
        build(site="x" * most("site")),
        build(events=[{"name": "x"}] * most("events")),
        build_event(name="\N{PILE OF POO}" * most("name")),
        build_event(props={str(number): None for number in range(most("props"))}),
        build_event(props={"x" * most("prop_name"): "x" * most("prop_value")}),
        build_event(props={"a": most("prop_number"), "b": -most("prop_number"), "c": 1.5e300}),
        build_event(scroll_percent=100, visible_ms=most("visible_ms"), seq=most("seq"), x=most("pixels")),
        build_event(revenue={"amount": -most("revenue"), "currency": "EUR"}),
        build_event(text=None, props=None, entity=None),
        build(page={"id": "12345678", "url": "x" * 9999, "language": "x" * most("language"), "webdriver": True}),
    ],
)
def test_the_most_that_is_allowed_fits_and_is_taken(body: Any) -> None:
    assert (fits(body), is_taken(body)) == (True, True)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"site": "a"},
        build(site=""),
        build(site="x" * (most("site") + 1)),
        build(events=[]),
        build(events=[{"name": "x"}] * (most("events") + 1)),
        build(colour="red"),
        build(page={"id": "1234567"}),
        build(page={"language": "x" * (most("language") + 1)}),
        build(page={"webdriver": 1}),
        build_event(name="\N{PILE OF POO}" * (most("name") + 1)),
        build_event(seq=True),
        build_event(seq=most("seq") + 1),
        build_event(scroll_percent=101),
        build_event(props={"": 1}),
        build_event(props={"a": {}}),
        build_event(props={"x" * (most("prop_name") + 1): 1}),
        build_event(props={"a": "x" * (most("prop_value") + 1)}),
        build_event(props={str(number): None for number in range(most("props") + 1)}),
        build_event(revenue={"amount": 1, "currency": "EUR\n"}),
        build_event(revenue={"amount": most("revenue") + 1, "currency": "EUR"}),
        build_event(ip="x" * (most("ip") + 1)),
    ],
)
def test_what_is_more_neither_fits_nor_is_taken(body: Any) -> None:
    assert (fits(body), is_taken(body)) == (False, False)


BEYOND = {
    "a whole number is written without a point or an exponent": b'{"site":"a","events":[{"name":"x","seq":1.0}]}',
    "a whole number in `props` has at most 64 bits": b'{"site":"a","events":[{"name":"x","props":{"a":%d}}]}' % 2**70,
    "a number is one that a double can hold": b'{"site":"a","events":[{"name":"x","props":{"a":1e400}}]}',
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "body"), BEYOND.items())
def test_what_the_schema_cannot_say_is_in_the_docs(sentence: str, body: bytes) -> None:
    assert fits(json.loads(body))
    with pytest.raises(Problem):
        decode(body)
    assert sentence in " ".join(read("events.md").split())
