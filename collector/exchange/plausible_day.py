"""One day of Plausible's tables → visits that add up to them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from collector.enrich.channel import DIRECT, name_channel
from collector.enrich.source import find_source

Row = dict[str, Any]
Day = Mapping[str, list[Row]]
"""Table → its rows of the day."""

SPREAD_MS = 23 * 3_600_000  # of a local day, the shortest of which has 23 hours
GAP_MS = 31 * 60_000  # after which a visit is another one
SYSTEMS = {"Mac": "macOS", "GNU/Linux": "Linux"}
BROWSERS = {"Microsoft Edge": "Edge"}
DIRECT_SOURCES = ("", "Direct / None")


class Made(NamedTuple):
    """One event, and its page in the form of docs/events.md."""

    facts: Row
    page: Row


class Visit(NamedTuple):
    """A visit. ``known`` are the columns that the tables say."""

    id: str
    visitor: str
    known: Row
    events: Sequence[Made]


def build_visits(day: Day, name: str, midnight_ms: int) -> Iterator[Visit]:
    """The visits of one day, always the same ones for the same tables."""
    total: Counter[str] = Counter()
    for row in day["visitors"]:
        total.update({key: row[key] for key in ("visitors", "visits", "pageviews", "bounces", "visit_duration")})
    visits, visitors = total["visits"], max(1, min(total["visitors"], total["visits"]))
    bounces = min(total["bounces"], visits)
    staying = visits - bounces
    views = _share(total["pageviews"] - bounces, staying) + [1] * bounces
    lengths = _share(total["visit_duration"] * 1000, staying) + [0] * bounces
    spacing_ms = SPREAD_MS // max(1, -(-visits // visitors))
    facts = [_expand(day.get(table, ()), table) for table in COLUMNS_OF]
    pages = _Pages(day)
    events = _share_events(day.get("custom_events", ()), staying or visits)
    for number in range(visits):
        start_ms = midnight_ms + number // visitors * spacing_ms + number % visitors % 60_000
        length_ms = max(0, min(lengths[number], spacing_ms - GAP_MS))
        known: Row = {"platform": "web", "is_bot": False}
        for expanded in facts:
            known |= expanded[number] if number < len(expanded) else {}
        count = views[number]
        times = [start_ms + length_ms * place // max(1, count - 1) for place in range(count)]
        made = [
            Made({"name": "pageview", "at": at_ms, "props": MARK}, pages.take(number if place == 0 else None))
            for place, at_ms in enumerate(times)
        ]
        made += [
            Made({**event, "at": start_ms + length_ms, "props": event["props"] | MARK}, {})
            for event in events.get(number, ())
        ]
        yield Visit(f"{name}.{number}", f"plausible.{name}.{number % visitors}", known, made)


MARK = {"imported": "plausible"}


def _share(total: int, parts: int) -> list[int]:
    """A number in as many whole parts, as equal as can be."""
    return [total // parts + (place < total % parts) for place in range(parts)] if parts and total > 0 else [0] * parts


def _source(row: Row) -> Row:
    said = row.get("source", "")
    source = None if said in DIRECT_SOURCES else find_source(said, None, None)
    medium, campaign = row.get("utm_medium") or None, row.get("utm_campaign") or None
    channel = row.get("channel") or name_channel(source.kind if source else None, said, medium, campaign)
    tags = {tag: row.get(tag) for tag in ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")}
    return {"source": source.name if source else None, "channel": None if channel == DIRECT else channel, **tags}


COLUMNS_OF: dict[str, Callable[[Row], Row]] = {
    "sources": _source,
    "locations": lambda row: {"country": row.get("country"), "region": row.get("region")},
    "devices": lambda row: {"device": row["device"].lower()},
    "browsers": lambda row: {
        "browser": BROWSERS.get(row["browser"], row["browser"]),
        "browser_version": row.get("browser_version", "").partition(".")[0],
    },
    "operating_systems": lambda row: {
        "os": SYSTEMS.get(row["operating_system"], row["operating_system"]),
        "os_version": row.get("operating_system_version"),
    },
}
"""Table of visits → our columns of one of its rows."""


def _expand(rows: Sequence[Row], table: str) -> list[Row]:
    """The columns of every visit that a table counts, one after another."""
    return [
        columns
        for row in rows
        for columns in [{name: value for name, value in COLUMNS_OF[table](row).items() if value}]
        for _ in range(row["visits"])
    ]


def _share_events(rows: Sequence[Row], visits: int) -> dict[int, list[Row]]:
    """Custom events by the number of the visit that they are given to."""
    shared: dict[int, list[Row]] = {}
    number = 0
    for row in rows:
        props = {name: row[name] for name in ("link_url", "path") if row.get(name)}
        for _ in range(row["events"] if visits else 0):
            shared.setdefault(number % visits, []).append({"name": row["name"], "props": props})
            number += 1
    return shared


class _Pages:
    """The day's pageviews, each given out once; first pages of visits as the table of entry pages says."""

    def __init__(self, day: Day) -> None:
        self._left = Counter[tuple[str, str]]()
        for row in day.get("pages", ()):
            self._left[row.get("hostname", ""), row["page"]] += row["pageviews"]
        self._host_of = {path: host for host, path in self._left}
        self._entries = [row["entry_page"] for row in day.get("entry_pages", ()) for _ in range(row["entrances"])]
        self._reserved = Counter(self._entries)
        self._others = iter(
            [page for page, count in self._left.items() for _ in range(max(0, count - self._reserved[page[1]]))]
        )

    def take(self, visit: int | None) -> Row:
        """A page, in the form of docs/events.md; of the first page of a visit its number. Empty when none is left."""
        page = None
        if visit is not None and visit < len(self._entries):
            path = self._entries[visit]
            page = (self._host_of.get(path, ""), path)
        else:
            page = next(self._others, None)
        if page is None:
            return {}
        host, path = page
        return {"url": f"https://{host}{path}" if host else path}
