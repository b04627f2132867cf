"""A question in which nothing is left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from collector.query.buckets import Bucket
from collector.query.comparing import Comparing
from collector.query.filters import Filter, Label
from collector.query.metrics import MONEY, Metric
from collector.query.periods import Range
from collector.query.selection import Selection

Direction = Literal["asc", "desc"]


class Order(NamedTuple):
    """One key of the answer's order: a metric or a dimension of the question."""

    name: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Query:
    """A question with every default filled in. ``include`` holds those keys of INCLUDES that are on.

    ``date_range`` is the range as it was asked. ``cursor``: the question pages by cursor; ``after``: the values of
    ``full_order`` behind which this page begins. ``wanted``: the only groups to give, each by its keys.
    """

    selection: Selection
    metrics: tuple[Metric, ...]
    dimensions: tuple[Label | Bucket, ...]
    order_by: tuple[Order, ...]
    include: frozenset[str]
    limit: int
    offset: int
    date_range: object = None
    comparison: Comparing | None = None
    cursor: str | None = None
    after: Sequence[object] | None = None
    wanted: Sequence[Sequence[object]] | None = None

    @property
    def range(self) -> Range:
        return self.selection.range

    @property
    def filters(self) -> tuple[Filter, ...]:
        return self.selection.filters

    @property
    def bucket(self) -> Bucket | None:
        """The time dimension, if there is one."""
        return next((each for each in self.dimensions if isinstance(each, Bucket)), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the dimensions."""
        return tuple(f"dimension_{i}" for i, _ in enumerate(self.dimensions))

    @property
    def full_order(self) -> tuple[tuple[str, Direction], ...]:
        """Columns of the asked order, then all dimensions', so that pages never overlap."""
        columns = {dimension.name: key for dimension, key in zip(self.dimensions, self.keys, strict=True)}
        columns |= {name: f"{name}.value" for name in MONEY}
        asked: dict[str, Direction] = {columns.get(name, name): direction for name, direction in self.order_by}
        return (*asked.items(), *((key, "asc") for key in self.keys if key not in asked))
