"""Address → country, region and city, from any .mmdb that the operator brings. No database is a normal state.

A database that is put in place of the old one is noticed within ``LOOK_SECONDS``. One that cannot be read is named in
the log and ignored: what was open stays in use.
"""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import maxminddb

LOOK_SECONDS = 5.0
ADDRESSES_HELD = 8192  # looked up; one takes 18 µs
MOST_NAME = 100  # characters

log = logging.getLogger("footfall.places")


class Place(NamedTuple):
    """Where an address is: ISO 3166-1 alpha-2, ISO 3166-2 such as GB-ENG, and English names."""

    country: str | None = None
    region: str | None = None
    region_name: str | None = None
    city: str | None = None


NOWHERE = Place()
_UNREADABLE = (OSError, maxminddb.InvalidDatabaseError, ValueError, UnicodeDecodeError)

# Where databases keep a value: MaxMind's and DB-IP's way first, then that of flat ones (IPinfo, IP2Location).
_COUNTRY = (("country", "iso_code"), ("registered_country", "iso_code"), ("country_code",), ("country",))
_REGION = (("subdivisions", 0, "iso_code"), ("region_code",))
_REGION_NAME = (("subdivisions", 0, "names", "en"), ("region",), ("region_name",), ("state1",))
_CITY = (("city", "names", "en"), ("city",), ("city_name",))


def open_database(path: Path) -> Any:
    """A reader of a copy of the file, which nobody can cut short under it. Raises what ``_UNREADABLE`` names."""
    with tempfile.NamedTemporaryFile(prefix="footfall-places-", suffix=".mmdb") as copy, path.open("rb") as original:
        shutil.copyfileobj(original, copy)
        copy.flush()
        reader = maxminddb.open_database(copy.name)
    try:
        reader.get("192.0.2.1")
    except maxminddb.InvalidDatabaseError:
        reader.close()
        raise
    return reader


def find_fault(path: Path) -> str | None:
    """Why a database cannot be used; None when it can."""
    try:
        open_database(path).close()
    except _UNREADABLE as error:
        return f"{path} cannot be read: {error}"
    return None


def _find_nothing(address: str) -> Place:  # noqa: ARG001  # it stands for a database
    return NOWHERE


class Places:
    """Looks addresses up; answers with ``NOWHERE`` what it does not know."""

    def __init__(self, database: Path | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = database
        self._clock = clock
        self._look_at = float("-inf")
        self._seen: tuple[int, int, int] | None = None
        self._fault = ""
        self._find: Callable[[str], Place] = _find_nothing
        self.find("192.0.2.1")  # so that no visitor waits for the file, and a broken one is named at once

    def find(self, address: str) -> Place:
        """The place of an IPv4 or IPv6 address."""
        if self._path is not None and (now := self._clock()) >= self._look_at:
            self._look_at = now + LOOK_SECONDS
            self._look(self._path)
        return self._find(address)

    def _look(self, path: Path) -> None:
        """Open the file if it is another one than the last time."""
        try:
            stat = path.stat()
            seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
            if seen == self._seen:
                return
            self._seen = seen
            reader = open_database(path)
        except _UNREADABLE as error:
            if str(error) != self._fault:
                log.warning("FOOTFALL_GEO_DATABASE: %s cannot be read and is ignored: %s", path, error)
            self._fault = str(error)
            return
        self._fault = ""

        def look_up(address: str) -> Place:
            try:
                return read_place(reader.get(address))
            except (ValueError, maxminddb.InvalidDatabaseError):  # no address, or IPv6 in an IPv4 database
                return NOWHERE

        self._find = lru_cache(maxsize=ADDRESSES_HELD)(look_up)


def read_place(record: object) -> Place:
    """The place that a record of a database names."""
    if not isinstance(record, Mapping):
        return NOWHERE
    country = _first_text(record, _COUNTRY)
    if country is not None and len(country) != 2:
        country = None
    region = _first_text(record, _REGION)
    if region is not None and country is not None and not region.startswith(f"{country}-"):
        region = f"{country}-{region}"
    return Place(country, region if country else None, _first_text(record, _REGION_NAME), _first_text(record, _CITY))


def _first_text(record: Mapping[str, Any], paths: tuple[tuple[str | int, ...], ...]) -> str | None:
    for path in paths:
        value: Any = record
        for step in path:
            if isinstance(value, Mapping):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                value = None
        if isinstance(value, str) and value:
            return value[:MOST_NAME]
    return None
