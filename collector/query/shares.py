"""Shares: visitors of a group as a part of other visitors, who are counted in a part of their own.

Goals and properties say what visitors did; a conversion rate is of all who could have done it. So their filters
(each of the question's that looks at one of the event itself) and their dimensions are left out, as Plausible does.
"""

from dataclasses import replace
from typing import NamedTuple

from collector.query.buckets import Bucket
from collector.query.dimensions import Property
from collector.query.facts import VISITORS, count_of, facts_sql
from collector.query.filters import Filter, Goals, Label, list_labels
from collector.query.metrics import Metric, mean
from collector.query.query import Query
from collector.query.selection import Selection
from collector.query.statement import Statement


class Part(NamedTuple):
    """A part of the plan with ``whole``, its visitors, and how it joins the groups."""

    name: str
    statement: Statement
    join: str


def share_sql(metric: Metric) -> str:
    """The metric, in the row that has its part's visitors. A group without visitors has a share of 0."""
    return mean(f"100 * coalesce({metric.name}, 0)", f"{metric.share_of}.whole", digits=1)


def shares_of(query: Query) -> list[Part]:
    """The parts that the question's metrics need."""
    everyone = replace(query.selection, filters=tuple(each for each in query.filters if not _is_of_conversion(each)))
    wanted = dict.fromkeys(metric.share_of for metric in query.metrics if metric.share_of is not None)
    parts = []
    for share in wanted:
        kept = [i for i, each in enumerate(query.dimensions) if share == "peers" and not _is_converted(each)]
        selection = query.selection if share == "question" else everyone
        parts.append(Part(share, _visitors_sql(query, selection, kept, share), _join_sql(share, kept)))
    return parts


def _visitors_sql(query: Query, selection: Selection, kept: list[int], share: str) -> Statement:
    source, values = facts_sql(selection, [query.dimensions[i] for i in kept], VISITORS, name=f"{share}_filter")
    keys = [f"dimension_{i} as key_{kept[i]}" for i, _ in enumerate(kept)]
    group_by = f"\ngroup by {', '.join(f'dimension_{i}' for i, _ in enumerate(kept))}" if kept else ""
    columns = ", ".join((*keys, f"{count_of(VISITORS)} as whole"))
    return Statement(f"select {columns}\nfrom ({source.strip()}){group_by}", values)


def _join_sql(share: str, kept: list[int]) -> str:
    if not kept:
        return f"cross join {share}"
    return f"left join {share} on " + " and ".join(f"dimension_{i} = {share}.key_{i}" for i in kept)


def _is_of_conversion(each: Filter) -> bool:
    return any(_is_converted(label) for label in list_labels((each,)))


def _is_converted(dimension: Label | Bucket) -> bool:
    return isinstance(dimension, Goals | Property)
