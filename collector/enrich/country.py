"""Address → country, from any .mmdb that the operator brings. No database is a normal state."""

from pathlib import Path
from typing import Any

import maxminddb

from collector.errors import SettingError


class Countries:
    """Looks countries up; answers None for what it does not know."""

    def __init__(self, database: Path | None) -> None:
        self._reader: Any = None
        if database is None:
            return
        try:
            self._reader = maxminddb.open_database(str(database))
        except (OSError, maxminddb.InvalidDatabaseError, ValueError) as error:
            raise SettingError(f"FOOTFALL_GEO_DATABASE: {database} cannot be read: {error}") from error

    def find(self, address: str) -> str | None:
        """ISO 3166-1 alpha-2 code of an IPv4 or IPv6 address."""
        if self._reader is None:
            return None
        try:
            record = self._reader.get(address)
        except ValueError:  # no address, or IPv6 in an IPv4 database
            return None
        if not isinstance(record, dict):
            return None
        place = record.get("country") or record.get("registered_country") or {}
        code = place.get("iso_code")
        return code if isinstance(code, str) else None
