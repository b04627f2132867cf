"""The query string of a list: page, order, filters and search. What is not in the tables is refused by its name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from collector.errors import Problem
from collector.query.fields import show
from collector.query.limits import MAX_OFFSET, MAX_VALUE_CHARACTERS
from collector.query.records.conditions import any_of, condition_of, search_condition
from collector.query.records.context import Context
from collector.query.records.lookup import parse_flag
from collector.query.records.lookups import LOOKUPS
from collector.query.records.metadata_filter import has_key, has_pairs, split_key
from collector.query.records.public_id import Place, parse_id
from collector.query.records.resource import Field, Resource
from collector.query.selection import NO_BOTS, NO_BOTS_BUT_PEOPLE
from collector.query.statement import Statement

DEFAULT_LIMIT, MAX_LIMIT = 10, 100
MAX_FILTERS = 50
MAX_TERMS = 8
RESERVED = ("site", "limit", "offset", "cursor", "ordering", "search", "expand", "bots")


class Order(NamedTuple):
    field: Field
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A list in which nothing is left open. ``cursor``: behind which record it begins; None = at ``offset``."""

    resource: Resource
    conditions: tuple[Statement, ...]
    order: tuple[Order, ...]
    limit: int
    offset: int
    cursor: Place | None
    has_cursor: bool
    expands: bool

    @property
    def is_by_time(self) -> bool:
        return len(self.order) == 1 and self.order[0].field.name in (self.resource.time_field, "id")

    @property
    def is_descending(self) -> bool:
        """Whether the newest come first, where the order is that of time."""
        return self.order[0].is_descending


def parse_question(resource: Resource, arguments: Iterable[tuple[str, str]], context: Context) -> Question:
    """The list that a query string asks for. Raises Problem (400) whose pointer is the parameter's name."""
    given: dict[str, list[str]] = defaultdict(list)
    for name, text in arguments:
        given[name].append(text)
    page = {name: _single(name, given.pop(name)) for name in RESERVED if name in given}
    if len(given) > MAX_FILTERS:
        raise refuse_parameter("", f"{len(given)} filters are too many; at most {MAX_FILTERS}", "too_many")
    conditions = [_filter(resource, name, texts, f"f{i}", context) for i, (name, texts) in enumerate(given.items())]
    question = Question(
        resource,
        tuple(each for each in (*_fixed(resource, page, context), *_search(resource, page, context), *conditions)),
        _parse_order(resource, page.get("ordering", "")),
        _parse_whole("limit", page.get("limit") or str(DEFAULT_LIMIT), 1, MAX_LIMIT),
        _parse_whole("offset", page.get("offset") or "0", 0, MAX_OFFSET),
        _parse_cursor(page.get("cursor", "")),
        "cursor" in page,
        _parse_expand(resource, page.get("expand", "")),
    )
    if question.has_cursor and not question.is_by_time:
        raise refuse_parameter("cursor", f"works in the order of time, that is by {resource.time_field} alone")
    if question.has_cursor and "offset" in page:
        raise refuse_parameter("offset", "give either a cursor or an offset")
    return question


def refuse_parameter(name: str, detail: str, code: str = "invalid_parameter") -> Problem:
    """The problem to raise for a parameter of the query string."""
    pointer = f"/{name[:100].replace('~', '~0').replace('/', '~1')}" if name else ""
    return Problem(code, f"{name[:100]}: {detail}" if name else detail, pointer=pointer)


def _single(name: str, texts: list[str]) -> str:
    if len(texts) > 1:
        raise refuse_parameter(name, "is given twice")
    return texts[0]


def _fixed(resource: Resource, page: dict[str, str], context: Context) -> list[Statement]:
    """Which rows are such records; robots are left out, as everywhere, but for those that the site counts."""
    try:
        has_bots = parse_flag(page.get("bots", "false"))
    except ValueError as error:
        raise refuse_parameter("bots", str(error)) from None
    bots = (NO_BOTS_BUT_PEOPLE if context.people else NO_BOTS).replace("event.", f"{resource.alias}.")
    texts = [resource.fixed] if has_bots else [resource.fixed, bots]
    return [Statement(text, context.values_of(text)) for text in texts]


def _search(resource: Resource, page: dict[str, str], context: Context) -> list[Statement]:
    """Every word must be in one of the fields; Django's rest framework does so, too."""
    text = page.get("search", "")
    terms = text.replace(",", " ").split()
    if len(terms) > MAX_TERMS or len(text) > MAX_VALUE_CHARACTERS:
        raise refuse_parameter("search", f"has at most {MAX_TERMS} words and {MAX_VALUE_CHARACTERS} characters")
    return [search_condition(resource, term, f"s{i}", context) for i, term in enumerate(terms)]


def _filter(resource: Resource, name: str, texts: list[str], key: str, context: Context) -> Statement:
    if any(len(text) > MAX_VALUE_CHARACTERS for text in texts) or len(texts) > MAX_FILTERS:
        raise refuse_parameter(name, f"has at most {MAX_FILTERS} values of {MAX_VALUE_CHARACTERS} characters")
    if any("\x00" in text or "\ud800" <= letter <= "\udfff" for text in texts for letter in text):
        raise refuse_parameter(name, "is no text")
    try:
        if resource.has_metadata and name == "metadata":
            return any_of([has_pairs(f"{key}_{i}", text) for i, text in enumerate(texts)])
        if resource.has_metadata and name.startswith("metadata__"):
            path, word = split_key(name.removeprefix("metadata__"))
            return any_of([has_key(path, word, f"{key}_{i}", text) for i, text in enumerate(texts)])
        field, lookup = _find(resource, name)
        return condition_of(field, lookup, texts, key, context)
    except ValueError as error:
        raise refuse_parameter(name, str(error)) from None


def _find(resource: Resource, name: str) -> tuple[Field, str]:
    """The field that a parameter names, and the lookup. The longest field that fits is meant."""
    field_name, lookup = max(
        ((each, name[len(each) :]) for each in resource.fields if name == each or name.startswith(f"{each}_")),
        key=lambda pair: len(pair[0]),
        default=("", ""),
    )
    field = resource.fields.get(field_name)
    if field is None:
        known = ", ".join((*RESERVED, *resource.fields, *(["metadata__<key>"] if resource.has_metadata else [])))
        raise refuse_parameter(name, f"no field of {resource.name}; known: {known}", "unknown_parameter")
    # django-filter has start_time__gte, and of its ranges start_time_after.
    word = lookup.removeprefix("_").removeprefix("_") or "exact"
    if word not in LOOKUPS[field.kind] or (lookup and not lookup.startswith("__") and word not in ("after", "before")):
        known = ", ".join(f"{field_name}__{each}" for each in LOOKUPS[field.kind])
        raise refuse_parameter(name, f"is not known; known: {known}", "unknown_parameter")
    return field, word


def _parse_order(resource: Resource, text: str) -> tuple[Order, ...]:
    """Fields by commas, each with ``-`` in front where the largest comes first; without one, the newest first."""
    orders: list[Order] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name = part.removeprefix("-")
        if name not in resource.orders:
            detail = f"no order by {show(name)}; known: {', '.join(resource.orders)}"
            raise refuse_parameter("ordering", detail, "unknown_order")
        if any(name == other.field.name for other in orders):
            raise refuse_parameter("ordering", f"{name} is listed twice")
        orders.append(Order(resource.fields[name], part.startswith("-")))
    return tuple(orders) or (Order(resource.fields[resource.time_field], True),)


def _parse_whole(name: str, text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12 or not least <= int(text) <= most:
        raise refuse_parameter(name, f"must be a whole number from {least} to {most}")
    return int(text)


def _parse_cursor(text: str) -> Place | None:
    place = parse_id(text) if text else None
    if text and place is None:
        raise refuse_parameter("cursor", "is none: take it from the answer's next")
    return place


def _parse_expand(resource: Resource, text: str) -> bool:
    if text not in ("", "session") or (text and resource.alias == "visit"):
        raise refuse_parameter("expand", "can only be session, of pageviews and interactions")
    return bool(text)
