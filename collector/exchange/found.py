"""What a reader of a foreign format makes of a row."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

Columns = Mapping[str, Any]


class Found(NamedTuple):
    """A beacon in the form of docs/events.md, without site and ids; each event has its ``at``.

    ``known`` are columns that the other system had found out itself, and that go before what we would find.
    """

    beacon: dict[str, Any]
    known: Columns = MappingProxyType({})


class Stored(NamedTuple):
    """An event that is one of ours already, by columns."""

    columns: dict[str, Any]


class Skipped(NamedTuple):
    """A row that is understood, and no event."""

    reason: str


class Fault(NamedTuple):
    """A row that is not understood."""

    detail: str


class Read(NamedTuple):
    """One row. ``place`` is its line, or its number, from 1. ``key``: what makes it this row and no other one."""

    place: int
    key: bytes
    what: Found | Stored | Skipped | Fault


class Options(NamedTuple):
    """``origin``: scheme and host of pages that a file names by path alone. ``timezone``: the site's.

    ``is_everything``: also requests that are no pages.
    """

    origin: str = ""
    timezone: str = "UTC"
    is_everything: bool = False
