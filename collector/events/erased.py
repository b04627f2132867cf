"""Whom or what an erasure takes: the hash that is left of an id, and the rows that it fits.

A tombstone must tell a row of the erased person from all others, and must not itself say who that was. So it holds
sha256 of a random salt and the id, and the ids in the rows are hashed in the same way when it is looked for. Ids of
events are numbers already (events/ids.py), and say nothing of anybody.
"""

from hashlib import sha256
from typing import Literal

from collector.events.ids import number_id

Kind = Literal["visitor", "user", "entity", "event"]

COLUMN_OF_KIND: dict[Kind, str] = {
    "visitor": "visitor_id",
    "user": "user_id",
    "entity": "strlen(entity_type) || ':' || entity_type || entity_id",
    "event": "event_id",
}
"""The column of a row, or an expression over its columns, that is what somebody is asked for by."""

ERASABLE = "event_id, visitor_id, user_id, entity_type, entity_id, at_ms, received_ms"
"""The columns that say whose a row is. A relation may lack those of the entity, where no row has one."""

_ENTITIES = f"""(
    select {COLUMN_OF_KIND["entity"]} as entity, row, at_ms, received_ms
    from (
        select * from {{rows}} as rows
        union all by name
        select null::VARCHAR as entity_type, null::VARCHAR as entity_id where false
    )
    where entity_id is not null and exists (select 1 from {{tombstones}} as every where kind = 'entity')
)"""

TOMBSTONE_COLUMNS = "kind VARCHAR, salt VARCHAR, digest VARCHAR, before_ms BIGINT"


def name_entity(entity_type: str, entity_id: str) -> str:
    """One text for a type and an id, which no other two have; as in ``COLUMN_OF_KIND``."""
    return f"{len(entity_type.encode('utf-8', 'surrogatepass'))}:{entity_type}{entity_id}"


def split_entity(name: str) -> tuple[str, str]:
    """Type and id of what ``name_entity`` gave."""
    size, _, text = name.partition(":")
    data = text.encode("utf-8", "surrogatepass")
    parts = data[: int(size)], data[int(size) :]
    return parts[0].decode("utf-8", "surrogatepass"), parts[1].decode("utf-8", "surrogatepass")


def hash_subject(kind: Kind, salt: str, text: str) -> str:
    """What a tombstone holds of an id. ``ERASED_ROWS`` computes the same from a row."""
    if kind == "event":
        return str(number_id(text))
    return sha256(f"{salt}{kind}:{text}".encode("utf-8", "surrogatepass")).hexdigest()


ERASED_ROWS = f"""
with named as (
    select distinct 'visitor' as kind, visitor_id as id from {{rows}} where visitor_id is not null
    union all
    select distinct 'user' as kind, user_id as id from {{rows}} where user_id is not null
    union all
    select distinct 'entity' as kind, entity as id from {_ENTITIES}
),
erased as (
    select named.kind, named.id, tombstones.before_ms
    from named
    cross join (select distinct salt from {{tombstones}} as every where kind <> 'event') as salts
    join {{tombstones}} as tombstones
        on tombstones.kind = named.kind and tombstones.salt = salts.salt
        and tombstones.digest = sha256(salts.salt || named.kind || ':' || named.id)
)
select row from {{rows}} as rows join erased on kind = 'visitor' and id = visitor_id
where least(at_ms, received_ms) <= before_ms
union
select row from {{rows}} as rows join erased on kind = 'user' and id = user_id
where least(at_ms, received_ms) <= before_ms
union
select row from {_ENTITIES} as entities join erased on kind = 'entity' and id = entity
where least(at_ms, received_ms) <= before_ms
union
select row from {{rows}} as rows
where event_id in (select try_cast(digest as BIGINT) from {{tombstones}} as every where kind = 'event')
"""
"""``row`` of all rows that tombstones take. ``{rows}`` is a relation with ``ERASABLE`` and ``row``, its
number; ``{tombstones}`` one with ``TOMBSTONE_COLUMNS``.

An id is hashed once however many rows have it: 0.5 s for 200,000 of them.
"""
