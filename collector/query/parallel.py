"""Which bucket of one range stands beside which of another: the first beside the first, and so on."""

from collections.abc import Sequence

from collector.query.buckets import Bucket, list_numbers
from collector.query.periods import Range
from collector.query.query import Query

Keys = Sequence[object]


def list_beside(query: Query, span: Range, groups: Sequence[Keys]) -> list[Keys | None]:
    """The keys of the question's groups in another range; None where that range has no such bucket."""
    if query.bucket is None:
        return list(groups)
    beside = dict(zip(list_numbers(query.bucket, query.range), list_numbers(query.bucket, span), strict=False))
    place = next(i for i, dimension in enumerate(query.dimensions) if isinstance(dimension, Bucket))
    return [
        None if keys[place] not in beside else [*keys[:place], beside[keys[place]], *keys[place + 1 :]]  # type: ignore[index]
        for keys in groups
    ]
