"""What a site says of the things that are viewed there: names, categories and other facts, one hash a type.

They are facts and no statistics: views come from events, whether a thing is registered or not.
"""

from collections.abc import Iterator
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta

from collector.errors import Problem
from collector.storage import keys
from collector.storage.connect import Client

MOST_TYPES = 100  # of a site
MOST_ENTITIES = 100_000  # of a type
MOST_FACTS = 30

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=2_000)]
Fact = Text | int | float | bool | None


class Entity(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Facts of one thing. ``facts`` are the site's own: up to 30 scalars."""

    name: Name | None = None
    category: Annotated[str, Meta(max_length=200)] | None = None
    url: Text | None = None
    tags: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=100)], ...], Meta(max_length=20)] = ()
    facts: Annotated[dict[Name, Fact], Meta(max_length=MOST_FACTS)] = {}


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Entity).decode


class Entities:
    """Registered things of all sites."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, site: str, type_: str, ids: list[str]) -> dict[str, Entity]:
        """Those of the ids that are registered."""
        if not ids:
            return {}
        rows = cast(list[bytes | None], self._client.hmget(keys.entities(site, type_), ids))
        return {each: _decode(row) for each, row in zip(ids, rows, strict=True) if row is not None}

    def put(self, site: str, type_: str, entity_id: str, entity: Entity) -> bool:
        """Register a thing, in place of what was there; True when nothing was. Raises Problem (409) when it is full."""
        key = keys.entities(site, type_)
        known = cast(Any, self._client.hexists(key, entity_id))
        if not known and self.count(site, type_) >= MOST_ENTITIES:
            raise Problem("too_many_entities", f"a type has at most {MOST_ENTITIES:,} entities", status=409)
        types = self.read_types(site)
        if type_ not in types and len(types) >= MOST_TYPES:
            raise Problem("too_many_types", f"a site has at most {MOST_TYPES} types", status=409)
        self._client.sadd(keys.entity_types(site), type_)
        is_new = bool(self._client.hset(key, entity_id, _encode(entity).decode()))
        self._client.incr(keys.entity_changes(site))
        return is_new

    def delete(self, site: str, type_: str, entity_id: str) -> bool:
        """Forget the facts; False when there were none."""
        gone = bool(self._client.hdel(keys.entities(site, type_), entity_id))
        if not self.count(site, type_):
            self._client.srem(keys.entity_types(site), type_)
        self._client.incr(keys.entity_changes(site))
        return gone

    def read_changes(self, site: str) -> str:
        """Another text after every change of the site's."""
        found = cast(bytes | None, self._client.get(keys.entity_changes(site)))
        return "" if found is None else found.decode()

    def read_categories(self, site: str) -> Iterator[tuple[str, str, str]]:
        """Type, id and category of everything that is registered with one."""
        for type_ in self.read_types(site):
            rows = cast(Iterator[tuple[bytes, bytes]], self._client.hscan_iter(keys.entities(site, type_), count=1000))
            # What changes meanwhile may come twice.
            found = {entity_id.decode(): _decode(facts).category for entity_id, facts in rows}
            yield from ((type_, each, category) for each, category in found.items() if category is not None)

    def count(self, site: str, type_: str) -> int:
        """How many of a type are registered."""
        return int(cast(Any, self._client.hlen(keys.entities(site, type_))))

    def read_types(self, site: str) -> list[str]:
        """Types that have a registered thing."""
        return sorted(each.decode() for each in cast(set[bytes], self._client.smembers(keys.entity_types(site))))
