"""Reading which events count: the part of the grammar that questions and reports share."""

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from collector.query.fields import Path, read_flag, read_object, read_text, refuse, show
from collector.query.filter_language import parse_filters
from collector.query.named import NOTHING, Names
from collector.query.periods import parse_range
from collector.query.selection import Selection
from collector.query.timezones import known_names

SITE_ID = re.compile(r"[a-z0-9-]{1,64}")

SELECTION = ("site_id", "date_range", "filters", "timezone")
"""Fields that say which events count; and ``include.bots``."""


def parse_selection(
    fields: Mapping[str, Any],
    *,
    default_timezone: str,
    now_ms: int,
    earliest_ms: int | None = None,
    names: Names = NOTHING,
) -> Selection:
    """What the fields select at ``now_ms``; raises Problem with status 400. See parse_query for the other arguments."""
    zone = _parse_timezone(fields.get("timezone", default_timezone), ("timezone",))
    include = read_object(fields.get("include", {}), ("bots",), ("include",))
    return Selection(
        site_id=_parse_site_id(fields["site_id"], ("site_id",)),
        range=parse_range(fields["date_range"], zone, now_ms, earliest_ms, ("date_range",)),
        filters=parse_filters(fields.get("filters", []), ("filters",), names),
        has_bots=read_flag(include.get("bots", False), ("include", "bots")),
    )


def _parse_site_id(value: object, at: Path) -> str:
    site_id = read_text(value, at)
    if not SITE_ID.fullmatch(site_id):
        raise refuse("invalid_value", "a site id is 1 to 64 of a-z, 0-9 and -", at)
    return site_id


def _parse_timezone(value: object, at: Path) -> ZoneInfo:
    name = read_text(value, at)
    if name not in known_names():
        detail = f"unknown time zone {show(name)}; known: IANA names such as Europe/Berlin"
        raise refuse("unknown_time_zone", detail, at)
    return ZoneInfo(name)
