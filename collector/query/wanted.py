"""Only some of the groups: those that another answer has, so that the two can stand side by side."""

from collector.query.buckets import Bucket
from collector.query.query import Query
from collector.query.statement import Statement


def wanted_sql(query: Query) -> Statement | None:
    """The condition that a group is one of ``query.wanted``; None when all are, as the one group without dimensions."""
    if query.wanted is None or not query.dimensions:
        return None
    values, lists = {}, []
    for i, dimension in enumerate(query.dimensions):
        values[f"wanted_{i}"] = [keys[i] for keys in query.wanted]
        lists.append(f"unnest($wanted_{i}::{'bigint' if isinstance(dimension, Bucket) else 'varchar'}[])")
    return Statement(f"({', '.join(query.keys)}) in (select {', '.join(lists)})", values)
