"""Takes erased persons out of the lines of a log entry, where no database is at hand. The rule is that of erased.py."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from collector.events.erased import Kind, hash_subject, name_entity

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class ErasedLines:
    """Tombstones as (kind, salt, digest, ms until which), ready to be held against lines."""

    def __init__(self, tombstones: Iterable[tuple[str, str, str, int]]) -> None:
        stones = list(tombstones)
        self._events = {int(digest) for kind, _, digest, _ in stones if kind == "event"}
        self._until = {(kind, digest): before_ms for kind, _, digest, before_ms in stones if kind != "event"}
        salts = {salt for kind, salt, _, _ in stones if kind != "event"}

        @cache
        def find(kind: Kind, text: str) -> int:
            digests = (hash_subject(kind, salt, text) for salt in salts)
            return max((self._until.get((kind, digest), -1) for digest in digests), default=-1)

        self._find_until = find

    def drop(self, payload: bytes) -> tuple[bytes, int]:
        """The lines without erased events, and how many these were. A damaged entry stays as it is."""
        lines: list[bytes] = []
        dropped = 0
        for text in payload.split(b"\n"):
            try:
                line = _decode(text)
                events = [event for event in line["events"] if not self._takes({**line, **event})]
            except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError):
                return payload, 0
            dropped += len(line["events"]) - len(events)
            if events:
                lines.append(_encode({**line, "events": events}) if len(events) < len(line["events"]) else text)
        return b"\n".join(lines), dropped

    def _takes(self, event: dict[str, Any]) -> bool:
        if event.get("event_id") in self._events:
            return True
        happened_ms = min(event[name] for name in ("at_ms", "received_ms") if event.get(name) is not None)
        type_, entity = event.get("entity_type"), event.get("entity_id")
        ids: tuple[tuple[Kind, str | None], ...] = (
            ("visitor", event.get("visitor_id")),
            ("user", event.get("user_id")),
            ("entity", None if type_ is None or entity is None else name_entity(type_, entity)),
        )
        return any(happened_ms <= self._find_until(kind, text) for kind, text in ids if text is not None)
