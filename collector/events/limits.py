"""Every limit of what a sender may send, one row each. docs/events.md shows this table."""

from typing import NamedTuple


class Limit(NamedTuple):
    """A limit, its unit, and what becomes of more: ``refuse`` with a named field, or ``cut`` to fit."""

    most: int
    unit: str
    beyond: str


LIMITS: dict[str, Limit] = {
    "body": Limit(262_144, "bytes", "refuse"),
    "events": Limit(500, "events a beacon", "refuse"),
    "name": Limit(120, "characters", "refuse"),
    "id": Limit(100, "characters", "refuse"),
    "visitor": Limit(200, "characters", "refuse"),
    "user": Limit(200, "characters", "refuse"),
    "entity": Limit(200, "characters", "refuse"),
    "props": Limit(30, "properties", "refuse"),
    "prop_name": Limit(100, "characters", "refuse"),
    "prop_value": Limit(2_000, "characters", "refuse"),
    "url": Limit(4_096, "characters", "cut"),
    "title": Limit(500, "characters", "cut"),
    "element": Limit(200, "characters", "cut"),
    "text": Limit(120, "characters", "cut"),
    "user_agent": Limit(512, "characters", "cut"),
    "visible_ms": Limit(7 * 86_400_000, "ms", "refuse"),
    "pixels": Limit(10_000_000, "CSS px", "refuse"),
    "seq": Limit(1_000_000, "number", "refuse"),
    "past": Limit(72 * 3_600_000, "ms before arrival, without a secret key", "refuse"),
    "future": Limit(60_000, "ms after arrival", "cut"),
}


def most(name: str) -> int:
    """The number of a limit."""
    return LIMITS[name].most
