"""/api/analytics/ as S2's panel asked for it."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from collector.storage.sites import Site
from collector.storage.tokens import Access
from tests.service import Answer, Service, request

NOW_MS = time.time_ns() // 1_000_000
TODAY = datetime.fromtimestamp(NOW_MS / 1000, UTC).date()


def ask(service: Service, site: Site, path: str, word: str = "Token", method: str = "GET", **arguments: Any) -> Answer:
    url = f"{service.url}/api/analytics/{path}/?{urlencode({'site': site.id, **arguments}, doseq=True)}"
    return request(url, method=method, headers={"Authorization": f"{word} {service.reader}"})


@pytest.fixture(scope="module")
def site(services) -> Site:
    """Three visits today, one yesterday, two eight days ago and one forty days ago; one of them of an app."""
    service = services.get("embedded")
    made = service.new_site()
    visits = [(0, "/a"), (0, "/a"), (0, "/b"), (1, "/b"), (8, "/c"), (8, "/d"), (40, "/old")]
    key = service.write_key(made)
    midnight_ms = int(datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).timestamp() * 1000)
    for number, (days, path) in enumerate(visits):
        event = {"name": "pageview", "id": f"e{number}", "at": midnight_ms - days * 86_400_000}
        body = {
            "site": made.id,
            "visitor": f"v{number}",
            "page": {"url": f"https://shop.example{path}", **({"title": f"Visit {number}"} if path == "/a" else {})},
            "events": [event],
        }
        body |= {"app": {"name": "shop-android"}} if number == 0 else {}
        assert service.post(body, Authorization=f"Bearer {key}").status == 202
    return made


@pytest.mark.parametrize("word", ["Token", "Bearer"])
def test_the_overview_has_the_periods_and_their_change(embedded_service: Service, site: Site, word: str) -> None:
    """S2-05, S2-07, S2-29, S2-36."""
    answer = ask(embedded_service, site, "overview", word)
    assert answer.status == 200
    found = {name: (answer.body[name]["visits"], answer.body[name]["change_percent"]["visits"])
             for name in ("today", "yesterday", "last_7_days", "last_30_days")}  # fmt: skip
    assert found == {
        "today": (3, 200.0),
        "yesterday": (1, None),
        "last_7_days": (4, 100.0),
        "last_30_days": (6, 500.0),
    }
    assert answer.body["by_platform"] == {"web": 5, "app": 1}
    assert answer.body["by_device"] == {"desktop": 6}
    assert answer.body["today"]["sessions"] == 3


def test_the_overview_says_what_the_query_language_says(embedded_service: Service, site: Site) -> None:
    found = ask(embedded_service, site, "overview").body["last_30_days"]
    metrics = ("visits", "visitors", "pageviews", "bounce_rate", "visit_duration")
    asked = embedded_service.numbers(site, *metrics, date_range="30d")
    assert [found[name] for name in metrics] == asked


def test_a_daily_chart_has_a_point_for_every_day(embedded_service: Service, site: Site) -> None:
    """S2-30."""
    chart = ask(embedded_service, site, "chart", period="daily", days=10).body
    days = [(TODAY - timedelta(days=back)).isoformat() for back in reversed(range(10))]
    assert [point["date"] for point in chart["points"]] == days
    assert [point["visits"] for point in chart["points"]] == [0, 2, 0, 0, 0, 0, 0, 0, 1, 3]
    assert len(ask(embedded_service, site, "chart").body["points"]) == 30, "the default"


@pytest.mark.parametrize(
    ("arguments", "points"),
    [
        ({"period": "weekly", "weeks": 12}, 12),
        ({"period": "weekly"}, 12),
        ({"period": "weekly", "weeks": 7, "first_weekday": "saturday"}, 7),
        ({"period": "monthly", "months": 6}, 6),
        ({"period": "monthly", "calendar": "jalali"}, 6),
    ],
)
def test_weeks_and_months_hold_all_visits_once(embedded_service: Service, site: Site, arguments, points: int) -> None:
    """S2-31, S2-32."""
    chart = ask(embedded_service, site, "chart", **arguments).body
    assert len(chart["points"]) == points
    assert sum(point["visits"] for point in chart["points"]) == 7
    if arguments.get("calendar") == "jalali":
        assert chart["points"][-1]["label"][:2] == "14"
    if "first_weekday" in arguments:
        assert {date.fromisoformat(point["date"]).weekday() for point in chart["points"]} == {5}


def test_a_week_begins_on_the_sites_own_day_unless_the_request_says_another(embedded_service: Service) -> None:
    """S2-31."""
    site = embedded_service.new_site()
    admin = {"Authorization": f"Bearer {embedded_service.tokens.create(Access('admin', (site.id,)))}"}
    url = f"{embedded_service.url}/api/v1/sites/{site.id}"
    assert request(url, {"first_weekday": "someday"}, method="PATCH", headers=admin).body["pointer"] == "/first_weekday"
    changed = request(url, {"first_weekday": "saturday"}, method="PATCH", headers=admin)
    assert (changed.status, changed.body["first_weekday"]) == (200, "saturday")

    def weekdays(**arguments: str) -> set[int]:
        points = ask(embedded_service, site, "chart", period="weekly", **arguments).body["points"]
        return {date.fromisoformat(point["date"]).weekday() for point in points}

    deadline = time.monotonic() + 30  # every process keeps a site for some seconds
    while weekdays() != {5}:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert weekdays(first_weekday="sunday") == {6}


def test_top_pages_have_their_share_and_ties_are_in_order(embedded_service: Service, site: Site) -> None:
    """S2-06, S2-33."""
    pages = ask(embedded_service, site, "top-pages", days=30, limit=20).body["results"]
    assert [(page["path"], page["pageviews"]) for page in pages] == [("/a", 2), ("/b", 2), ("/c", 1), ("/d", 1)]
    assert pages[0]["share_percent"] == 33.3
    assert (pages[0]["title"], pages[1]["title"]) in (("Visit 0", None), ("Visit 1", None))
    assert len(ask(embedded_service, site, "top-pages", limit=1).body["results"]) == 1


def test_countries_that_are_not_known_are_shown(embedded_service: Service, site: Site) -> None:
    """S2-02, S2-34."""
    (country,) = ask(embedded_service, site, "top-countries", days=30, limit=20).body["results"]
    assert (country["code"], country["name"], country["visits"], country["share_percent"]) == (
        None,
        "unknown",
        6,
        100.0,
    )


def test_clearing_the_cache_says_how_many_answers_it_dropped_and_touches_no_event(embedded_service: Service) -> None:
    """S2-09, S2-35, S2-42."""
    service = embedded_service
    mine = service.new_site()
    service.post({"site": mine.id, "events": [{"name": "pageview"}]})
    first = ask(service, mine, "overview")
    assert ask(service, mine, "overview").headers["ETag"] == first.headers["ETag"]
    ask(service, mine, "top-pages")
    assert ask(service, mine, "clear-cache", method="POST").body == {"cleared": 2}
    assert ask(service, mine, "clear-cache", method="POST").body == {"cleared": 0}
    assert ask(service, mine, "overview").body == first.body
    service.post({"site": mine.id, "events": [{"name": "pageview"}]})
    assert ask(service, mine, "overview").body["today"]["pageviews"] == 2, "a kept answer is never an old one"


@pytest.mark.parametrize(
    ("path", "arguments", "pointer"),
    [
        ("overview", {"days": 5}, "/days"),
        ("chart", {"period": "hourly"}, "/period"),
        ("chart", {"period": "daily", "weeks": 5}, "/weeks"),
        ("chart", {"days": 367}, "/days"),
        ("chart", {"days": "-1"}, "/days"),
        ("chart", {"days": [1, 2]}, "/days"),
        ("chart", {"calendar": "mayan"}, "/calendar"),
        ("chart", {"period": "weekly", "first_weekday": "caturday"}, "/first_weekday"),
        ("top-pages", {"limit": 0}, "/limit"),
        ("top-countries", {"limit": "٣"}, "/limit"),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(
    embedded_service, site: Site, path: str, arguments, pointer
) -> None:
    answer = ask(embedded_service, site, path, **arguments)
    assert (answer.status, answer.body["pointer"]) == (400, pointer)
