"""Robots that a site counts as people (docs/events.md): the rest stays out, whatever a question asks."""

from typing import Any

import pytest

from collector.query.question import ask

from .site import NOW_MS, SITE, Site, build_event


@pytest.mark.parametrize(
    ("people", "include", "events"),
    [
        ((), {}, 1),
        (("Embedly",), {}, 2),
        (("Embedly", "Googlebot"), {}, 3),
        (("somebody else", "'); drop table x"), {}, 1),
        (("Embedly",), {"bots": True}, 4),
    ],
)
def test_people_are_counted_by_the_name_of_the_robot(
    site: Site, people: tuple[str, ...], include: Any, events: int
) -> None:
    bots = ({}, {"bot": "Embedly"}, {"bot": "Googlebot"}, {"bot": None})
    site.load([build_event(NOW_MS, **bot, is_bot=number > 0) for number, bot in enumerate(bots)])
    body = {"site_id": SITE, "metrics": ["events"], "date_range": "day", "include": include}
    answer = ask(body, run=site.run, default_timezone="UTC", now_ms=NOW_MS, earliest_ms=None, people=people)
    results: Any = answer["results"]
    assert results[0]["metrics"] == [events]
