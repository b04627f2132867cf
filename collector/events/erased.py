"""Whom an erasure takes: the hash that is left of an id, and the rows that it fits.

A tombstone must tell a row of the erased person from all others, and must not itself say who that was. So it holds
sha256 of a random salt and the id, and the ids in the rows are hashed in the same way when it is looked for. Ids of
events are numbers already (events/ids.py), and say nothing of anybody.
"""

from hashlib import sha256
from typing import Literal

from collector.events.ids import number_id

Kind = Literal["visitor", "user", "event"]

COLUMN_OF_KIND: dict[Kind, str] = {"visitor": "visitor_id", "user": "user_id", "event": "event_id"}
"""The column of a row that holds what somebody is asked for by."""

TOMBSTONE_COLUMNS = "kind VARCHAR, salt VARCHAR, digest VARCHAR, before_ms BIGINT"


def hash_subject(kind: Kind, salt: str, text: str) -> str:
    """What a tombstone holds of an id. ``ERASED_ROWS`` computes the same from a row."""
    if kind == "event":
        return str(number_id(text))
    return sha256(f"{salt}{kind}:{text}".encode("utf-8", "surrogatepass")).hexdigest()


ERASED_ROWS = """
with named as (
    select distinct 'visitor' as kind, visitor_id as id from {rows} where visitor_id is not null
    union all
    select distinct 'user' as kind, user_id as id from {rows} where user_id is not null
),
erased as (
    select named.kind, named.id, tombstones.before_ms
    from named
    cross join (select distinct salt from {tombstones} as every where kind <> 'event') as salts
    join {tombstones} as tombstones
        on tombstones.kind = named.kind and tombstones.salt = salts.salt
        and tombstones.digest = sha256(salts.salt || named.kind || ':' || named.id)
)
select row from {rows} as rows join erased on kind = 'visitor' and id = visitor_id
where least(at_ms, received_ms) <= before_ms
union
select row from {rows} as rows join erased on kind = 'user' and id = user_id
where least(at_ms, received_ms) <= before_ms
union
select row from {rows} as rows
where event_id in (select try_cast(digest as BIGINT) from {tombstones} as every where kind = 'event')
"""
"""``row`` of all rows that tombstones take. ``{rows}`` is a relation with the columns of an event and ``row``, its
number; ``{tombstones}`` one with ``TOMBSTONE_COLUMNS``.

An id is hashed once however many rows have it: 0.5 s for 200,000 of them.
"""
