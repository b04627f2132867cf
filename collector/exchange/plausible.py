"""Plausible's CSV export: a zip of tables that count days, and no events.

Each day becomes made-up visits that add up to what the tables say of that day, each table by itself: so many visitors,
visits, pageviews and bounces, so long together, so often this page, source, country, device, browser and system. Which
of them came together the export does not say, so a question that combines two means nothing there (docs/exchange.md).
"""

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from collector.exchange.found import Fault, Found, Options, Read
from collector.exchange.plausible_day import Day, Row, build_visits

TABLE = re.compile(r"(?:.*/)?imported_(?P<table>[a-z_]+?)_\d{8}_\d{8}\.csv")
TABLES: dict[str, tuple[str, ...]] = {
    "visitors": ("visitors", "visits", "pageviews", "bounces", "visit_duration"),
    "pages": ("page", "pageviews"),
    "entry_pages": ("entry_page", "entrances"),
    "sources": ("source", "visits"),
    "locations": ("country", "visits"),
    "devices": ("device", "visits"),
    "browsers": ("browser", "visits"),
    "operating_systems": ("operating_system", "visits"),
    "custom_events": ("name", "events"),
}
"""Table → the columns that it must have besides ``date``."""

NUMBERS = frozenset(("visitors", "visits", "pageviews", "bounces", "visit_duration", "entrances", "events"))
MOST_TABLE_BYTES = 1 << 30
MOST_A_DAY = 50_000_000  # of anything: what is more is no count of a day


def read_plausible(file: BinaryIO, options: Options) -> Iterator[Read]:
    days: dict[date, Day] = defaultdict(lambda: defaultdict(list))
    place = 0
    try:
        for name, line, row in _read_tables(file):
            if isinstance(row, Fault):
                yield Read(line, b"", Fault(f"{name}: {row.detail}"))
            else:
                days[row.pop("date")][name].append(row)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield Read(1, b"", Fault(f"not a zip of Plausible's: {error}"))
        return
    for day in sorted(days):
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(options.timezone))
        for visit in build_visits(days[day], day.isoformat(), int(midnight.timestamp() * 1000)):
            for number, event in enumerate(visit.events):
                place += 1
                key = f"plausible.{visit.id}.{number}".encode()
                page = {"page": event.page} if event.page else {}
                found = Found({"visitor": visit.visitor, **page, "events": [event.facts]}, visit.known)
                yield Read(place, key, found)


def _read_tables(file: BinaryIO) -> Iterator[tuple[str, int, Row | Fault]]:
    """Every row with its table and line; what is no row of a table says why."""
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            match = TABLE.fullmatch(info.filename)
            if match is None or match["table"] not in TABLES:
                continue
            if info.file_size > MOST_TABLE_BYTES:
                yield match["table"], 1, Fault("the table is larger than a table of days can be")
                continue
            with archive.open(info) as member:
                rows = csv.DictReader(io.TextIOWrapper(member, "utf-8", "replace", newline=""))
                try:
                    for row in rows:
                        yield match["table"], rows.line_num, _read_row(row, match["table"])
                except csv.Error as error:
                    yield match["table"], rows.reader.line_num, Fault(str(error))


def _read_row(row: dict[Any, Any], table: str) -> Row | Fault:
    if None in row or None in row.values():
        return Fault("not as many cells as the header has")
    if missing := [name for name in ("date", *TABLES[table]) if name not in row]:
        return Fault(f"no {', '.join(missing)}")
    try:
        return {
            name: date.fromisoformat(text) if name == "date" else _read_count(text) if name in NUMBERS else text
            for name, text in row.items()
        }
    except ValueError as error:
        return Fault(str(error))


def _read_count(text: str) -> int:
    count = int(text)
    if not 0 <= count <= MOST_A_DAY:
        raise ValueError(f"{text} is no count of a day")
    return count
