"""A question from its JSON body to its JSON answer; whoever calls brings the database as a function."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from collector.query.answer import Extras, shape_answer, show_query
from collector.query.comparing import Comparing
from collector.query.language import parse_query
from collector.query.named import NOTHING, Names
from collector.query.parallel import list_beside
from collector.query.plan import build_sql, count_passes, count_rows
from collector.query.prepared import Prepared, Rows, Run
from collector.query.query import Order, Query


def ask(body: object, *, run: Run, **given: Any) -> dict[str, object]:
    """The answer to the question in ``body``, or a Problem with status 400 before ``run`` is called.

    ``given`` are the arguments of ``prepare``.
    """
    return prepare(body, **given).answer(run)


def prepare(
    body: object,
    *,
    default_timezone: str,
    now_ms: int,
    earliest_ms: int | None,
    people: tuple[str, ...] = (),
    names: Names = NOTHING,
) -> Prepared:
    """The question in ``body``, ready to be answered. Raises Problem with status 400.

    ``default_timezone`` is the site's, ``earliest_ms`` the time of its first event (None when it has none),
    ``now_ms`` the present, all in ms since 1970 UTC. ``people`` are the robots that the site counts as people,
    ``names`` its goals and segments.
    """
    query = parse_query(body, default_timezone=default_timezone, now_ms=now_ms, earliest_ms=earliest_ms, names=names)
    query = replace(query, selection=replace(query.selection, people=people))
    return Prepared(show_query(query), query.selection, count_passes(query), partial(answer, query))


def answer(query: Query, run: Run) -> dict[str, object]:
    """The answer to a question that is parsed already."""
    plan = build_sql(query)
    rows = run(plan.rows.sql, plan.rows.values)
    total_rows = count_rows(query) if "total_rows" in query.include else None
    if plan.total is not None:
        total_rows = int(run(plan.total.sql, plan.total.values)[0][0])
    totals = _ask_totals(query, run) if "totals" in query.include else None
    before = None if query.comparison is None else _ask_before(query, query.comparison, rows, run)
    return shape_answer(query, rows, Extras(total_rows, totals, before))


def _ask_totals(query: Query, run: Run) -> Sequence[Any]:
    whole = replace(
        query, dimensions=(), order_by=(Order(query.metrics[0].name, "asc"),), limit=1, offset=0, after=None
    )
    statement = build_sql(whole).rows
    return run(statement.sql, statement.values)[0]


def _ask_before(query: Query, comparison: Comparing, rows: Rows, run: Run) -> Rows:
    """For each of the rows the same group of the other range, or nothing where it has none."""
    cut = len(query.dimensions)
    wanted = list_beside(query, comparison.range, [row[:cut] for row in rows])
    known = [keys for keys in wanted if keys is not None]
    other = replace(
        query,
        selection=replace(query.selection, range=comparison.range),
        wanted=known,
        limit=max(len(known), 1),
        offset=0,
        after=None,
    )
    statement = build_sql(other).rows
    found = {tuple(row[:cut]): row for row in (run(statement.sql, statement.values) if known else ())}
    return [() if keys is None else found.get(tuple(keys), ()) for keys in wanted]
