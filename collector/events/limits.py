"""Every limit of what a sender may send, one row each. docs/events.md shows this table."""

from typing import NamedTuple


class Limit(NamedTuple):
    """A limit, its unit, and what becomes of more: ``refuse`` with a named field, or ``cut`` to fit.

    A character is a Unicode code point, in whatever bytes or UTF-16 units it is written.
    """

    most: int
    unit: str
    beyond: str


LIMITS: dict[str, Limit] = {
    "body": Limit(262_144, "bytes", "refuse"),
    "events": Limit(500, "events a beacon", "refuse"),
    "fields": Limit(200, "fields of a form in parts", "refuse"),
    "site": Limit(64, "characters", "refuse"),
    "name": Limit(120, "characters", "refuse"),
    "id": Limit(100, "characters", "refuse"),
    "visitor": Limit(200, "characters", "refuse"),
    "user": Limit(200, "characters", "refuse"),
    "entity": Limit(200, "characters", "refuse"),
    "language": Limit(35, "characters", "refuse"),
    "ip": Limit(45, "characters", "refuse"),
    "props": Limit(30, "properties", "refuse"),
    "prop_name": Limit(100, "characters", "refuse"),
    "prop_value": Limit(2_000, "characters", "refuse"),
    "prop_number": Limit(2**63 - 1, "either side of 0, for a whole number", "refuse"),
    "revenue": Limit(10**12, "either side of 0", "refuse"),
    "url": Limit(4_096, "characters", "cut"),
    "campaign": Limit(200, "characters of a `utm_` parameter", "cut"),
    "title": Limit(500, "characters", "cut"),
    "element": Limit(200, "characters", "cut"),
    "text": Limit(120, "characters", "cut"),
    "user_agent": Limit(512, "characters", "cut"),
    "visible_ms": Limit(7 * 86_400_000, "ms", "refuse"),
    "pixels": Limit(10_000_000, "CSS px", "refuse"),
    "scroll_percent": Limit(100, "percent", "refuse"),
    "seq": Limit(1_000_000, "number", "refuse"),
    "past": Limit(72 * 3_600_000, "ms before arrival, without a secret key", "refuse"),
    "future": Limit(60_000, "ms after arrival", "cut"),
}


def most(name: str) -> int:
    """The number of a limit."""
    return LIMITS[name].most
