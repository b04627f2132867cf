"""Entries of a log that were read together. Their lines stay one piece for as long as nothing is wrong with any.

An object an entry took a third of the sealer's time.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import NamedTuple


class LogEntry(NamedTuple):
    """One accepted beacon: its lines (events/log_line.py), and the field that they stand in."""

    payload: bytes
    field: str


class LogPage(NamedTuple):
    """Neighbours in a log. ``lines`` are their payloads with a newline between two, ``sizes`` the bytes of each.

    ``fields`` are the names that they stand under, or one when all have the same.
    """

    first_id: str
    last_id: str
    sizes: tuple[int, ...]
    fields: tuple[str, ...]
    lines: bytes

    @property
    def entries(self) -> int:
        return len(self.sizes)

    def split(self) -> Iterator[LogEntry]:
        """The entries one by one."""
        start = 0
        for size, field in zip(self.sizes, cycle(self.fields), strict=False):
            yield LogEntry(self.lines[start : start + size], field)
            start += size + 1


def parse_page(first_id: bytes, last_id: bytes, sizes: bytes, fields: list[bytes], lines: bytes) -> LogPage | None:
    """A page as read_shard.lua gives it; None when no entry was there."""
    if not sizes:
        return None
    names = tuple(field.decode() for field in fields)
    return LogPage(first_id.decode(), last_id.decode(), tuple(map(int, sizes.split())), names, lines)
