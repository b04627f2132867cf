"""What a list of records is made of: one table a resource, of the fields by which it is filtered and ordered."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["text", "name", "time", "number", "flag", "state", "url", "session", "id", "visit"]


class Field(NamedTuple):
    """A field: its SQL, what may be asked of it (lookups.py), and whether lists may be ordered by it.

    ``is_of_rows``: the SQL is about the events of a session, and a session fits when one of them does. ``order_sql``:
    what lists are ordered by instead of ``sql``. ``{rows}`` in either is the site's events.
    """

    name: str
    sql: str
    kind: Kind
    meaning: str
    is_ordered: bool = False
    is_of_rows: bool = False
    order_sql: str = ""


class Resource(NamedTuple):
    """A kind of record. Its SQL reads ``alias``: ``event`` of the site's rows, or ``visit`` of its visits.

    ``at`` is the record's time in ms and ``key`` its order within one ms. ``fixed`` says which rows are such records.
    ``search`` are the fields that ``?search=`` looks into, ``time_field`` the name of ``at``, and ``has_metadata``
    whether its metadata may be asked for.
    """

    name: str
    alias: Literal["event", "visit"]
    at: str
    key: str
    fixed: str
    fields: Mapping[str, Field]
    search: tuple[str, ...]
    time_field: str
    has_metadata: bool = False

    @property
    def orders(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields.values() if field.is_ordered)


def table_of(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}
