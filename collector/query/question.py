"""A question from its JSON body to its JSON answer; whoever calls brings the database as a function."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from collector.query.answer import shape_answer
from collector.query.language import Query, parse_query
from collector.query.plan import build_sql, count_rows

Run: TypeAlias = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]
"""Executes SQL with the values of its ``$names`` and gives all rows."""


def ask(
    body: object,
    *,
    run: Run,
    default_timezone: str,
    now_ms: int,
    earliest_ms: int | None,
    people: tuple[str, ...] = (),
) -> dict[str, object]:
    """The answer to the question in ``body``, or a Problem with status 400 before ``run`` is called.

    ``default_timezone`` is the site's, ``earliest_ms`` the time of its first event (None when it has none),
    ``now_ms`` the present, all in ms since 1970 UTC. ``people`` are the robots that the site counts as people.
    """
    query = parse_query(body, default_timezone=default_timezone, now_ms=now_ms, earliest_ms=earliest_ms)
    return answer(replace(query, people=people), run=run)


def answer(query: Query, *, run: Run) -> dict[str, object]:
    """The answer to a question that is parsed already."""
    plan = build_sql(query)
    rows = run(plan.rows.sql, plan.rows.values)
    total_rows = count_rows(query) if "total_rows" in query.include else None
    if plan.total is not None:
        total_rows = int(run(plan.total.sql, plan.total.values)[0][0])
    return shape_answer(query, rows, total_rows)
