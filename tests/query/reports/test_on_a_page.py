"""Reports about what happens on pages: entries and exits, clicks, scrolling, frustration, web vitals."""

import json
from random import Random
from typing import Any

import pytest

from collector.errors import Problem
from tests.query.site import NOW_MS, Site, build_event

from .asking import DAY_MS, rows_of


def build_visit(visitor: int, *paths: str | None, at_ms: int = NOW_MS, **columns: Any) -> list[dict[str, Any]]:
    return [build_event(at_ms + i * 1000, visitor=visitor, seq=i, path=path, **columns) for i, path in enumerate(paths)]


def test_visits_begin_and_end_somewhere(site: Site) -> None:
    robot = build_visit(9, "/a", is_bot=True)
    before = build_visit(1, "/c", at_ms=NOW_MS - 30 * DAY_MS)
    site.load([*build_visit(1, "/a", "/b"), *build_visit(2, "/a"), *build_visit(3, "/b", "/a"), *robot, *before])
    assert rows_of(site, "entry-pages") == [("/a", 2, 2, 50.0, 0.5), ("/b", 1, 1, 0.0, 1.0)]
    assert rows_of(site, "exit-pages") == [("/a", 2, 2, 3, 66.7), ("/b", 1, 1, 2, 50.0)]
    phones = {"filters": [["is", "visit:device", ["mobile"]]]}
    assert rows_of(site, "entry-pages", **phones) == rows_of(site, "exit-pages", **phones) == []
    assert rows_of(site, "exit-pages", limit=1) == [("/a", 2, 2, 3, 66.7)]


def click(x: int | None, y: int | None, visitor: int = 1, screen: str = "desktop", **columns: Any) -> dict[str, Any]:
    facts = {"name": "click", "path": "/", "element": "button#buy", "text": "Buy", **columns}
    return build_event(NOW_MS, visitor=visitor, x=x, y=y, screen=screen, **facts)


def test_clicks_are_counted_by_element_and_by_place_and_class_of_screens(site: Site) -> None:
    site.load(
        [
            *build_visit(1, "/", "/", screen="desktop"), *build_visit(2, "/", screen="mobile"),
            click(0, 0), click(39, 79), click(None, None, text="Buy now"), click(40, 80, element=None, text=None),
            click(10, 10, visitor=2, screen="mobile"), click(10, 10, path="/other"),
        ]
    )  # fmt: skip
    assert rows_of(site, "clicks", page="/") == [
        ("desktop", "button#buy", "Buy", 3, 1, 1.5),
        ("desktop", "(not set)", None, 1, 1, 0.5),
        ("mobile", "button#buy", "Buy", 1, 1, 1.0),
    ]
    assert rows_of(site, "click-map", page="/") == [
        ("desktop", 0, 0, 1, 1), ("desktop", 0, 40, 1, 1), ("desktop", 40, 80, 1, 1), ("mobile", 0, 0, 1, 1),
    ]  # fmt: skip
    assert rows_of(site, "click-map", page="/", cell=100)[0] == ("desktop", 0, 0, 3, 1)
    phones = {"filters": [["is", "visit:screen", ["mobile"]]]}
    assert rows_of(site, "click-map", page="/", **phones) == [("mobile", 0, 0, 1, 1)]


def test_a_page_is_scrolled_as_far_as_the_largest_depth_of_each_pageview(site: Site) -> None:
    def engagement(pageview_id: int, percent: int | None, path: str = "/") -> dict[str, Any]:
        facts = {"name": "engagement", "pageview_id": pageview_id, "scroll_percent": percent, "screen": "laptop"}
        return build_event(NOW_MS, path=path, **facts)

    site.load([engagement(1, 20), engagement(1, 50), engagement(2, 100), engagement(3, None), engagement(4, 9, "/x")])
    rows = rows_of(site, "scroll-map", page="/")
    assert [row[1] for row in rows] == list(range(0, 101, 5))
    assert {row[1]: row[2:] for row in rows if row[1] in (0, 50, 55, 100)} == {
        0: (2, 100.0), 50: (2, 100.0), 55: (1, 50.0), 100: (1, 50.0),
    }  # fmt: skip


def test_frustration_is_told_by_page_and_element(site: Site) -> None:
    rage, dead = ({"name": name, "path": "/", "element": "a#x", "text": "X"} for name in ("rage_click", "dead_click"))
    site.load(
        [
            build_event(NOW_MS, visitor=1, **rage), build_event(NOW_MS, visitor=2, **rage),
            build_event(NOW_MS, visitor=1, **dead), build_event(NOW_MS, visitor=1, **{**dead, "element": None}),
            build_event(NOW_MS, visitor=1, name="click", element="a#x"),
        ]
    )  # fmt: skip
    assert rows_of(site, "frustration") == [("/", "a#x", "X", 2, 1, 2, 2), ("/", "(not set)", "X", 0, 1, 1, 1)]


def test_web_vitals_are_values_that_were_measured(site: Site) -> None:
    random = Random(7)
    values = [random.randint(1, 4000) for _ in range(137)]
    events = [
        build_event(NOW_MS, visitor=i, name="web_vital", country="DE" if i % 2 else "AT",
                    props=json.dumps({"metric": "LCP", "value": value, "rating": "good" if value <= 2500 else "poor"}))
        for i, value in enumerate(values)
    ]  # fmt: skip
    odd = [
        {"metric": "CLS", "value": 0.05},
        {"metric": "LCP", "value": "fast"},
        {"metric": "LCP"},
        {"metric": "FAME", "value": 1},
    ]
    site.load([*events, *(build_event(NOW_MS, visitor=-1, name="web_vital", props=json.dumps(props)) for props in odd)])
    lcp, cls = rows_of(site, "web-vitals")
    good = sum(value <= 2500 for value in values)
    ranked = sorted(values)
    middles = [float(ranked[-(-137 * percent // 100) - 1]) for percent in (50, 75, 90, 99)]
    assert lcp[:7] == ("LCP", "", 137, *middles)
    assert lcp[7:] == (round(100 * good / 137, 1), round(100 * (137 - good) / 137, 1))
    assert cls == ("CLS", "", 1, 0.05, 0.05, 0.05, 0.05, 0.0, 0.0)
    by_country = rows_of(site, "web-vitals", dimension="visit:country")
    assert [row[:3] for row in by_country] == [("LCP", "AT", 69), ("LCP", "DE", 68), ("CLS", "(not set)", 1)]


@pytest.mark.parametrize("name", ["clicks", "click-map", "scroll-map"])
def test_a_map_is_of_one_page(site: Site, name: str) -> None:
    with pytest.raises(Problem, match="page is needed"):
        rows_of(site, name)
