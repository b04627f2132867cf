"""Files of other systems, each with totals that were counted in the file by hand."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from collector.exchange.load import Tally
from collector.storage.sites import Site
from tests.exchange.loading import load_file
from tests.service import Service

DATA = Path(__file__).parents[1] / "data" / "foreign"


class Loaded:
    """A site that has one file."""

    def __init__(self, service: Service, form: str, path: Path, days: list[str], **facts: Any) -> None:
        self._service = service
        self._days = days
        self.site: Site = service.new_site(**facts)
        self.tally: Tally = load_file(service, self.site, form, path).tally

    def by(self, dimension: str, *metrics: str, **rest: Any) -> dict[str, list[Any]]:
        rows = self._service.rows(self.site, dimension, *metrics, **{"date_range": self._days, **rest})
        return {label: values for label, values in rows.items() if any(values)}

    def numbers(self, *metrics: str, **rest: Any) -> list[Any]:
        return self._service.numbers(self.site, *metrics, **{"date_range": self._days, **rest})


@pytest.fixture(scope="module")
def umami(embedded_service: Service) -> Loaded:
    return Loaded(embedded_service, "umami", DATA / "umami.csv", ["2024-03-01", "2024-03-03"])


def test_umami_has_equal_totals(umami: Loaded) -> None:
    assert (umami.tally.rows, umami.tally.events, umami.tally.skipped.total()) == (8, 5, 1)
    assert [place for place, _ in umami.tally.faults] == [7, 8]
    assert umami.numbers("visitors", "pageviews", "events") == [3, 4, 5]
    assert umami.by("time:day", "visitors", "pageviews") == {"2024-03-01": [2, 3], "2024-03-02": [1, 1]}
    assert umami.by("event:page", "pageviews", filters=[["is", "event:name", ["pageview"]]]) == {
        "/": [2], "/p/42": [1], "/about": [1],
    }  # fmt: skip
    assert umami.by("event:name", "events")["add-to-cart"] == [1]


@pytest.mark.parametrize(
    ("dimension", "visits"),
    [
        ("visit:browser", {"Chrome": [1], "Safari": [1], "Firefox": [1]}),
        ("visit:os", {"Windows": [1], "iOS": [1], "macOS": [1]}),
        ("visit:device", {"desktop": [2], "mobile": [1]}),
        ("visit:country", {"DE": [1], "US": [1], "FR": [1]}),
        ("visit:region", {"DE-BE": [1], "US-CA": [1], "(not set)": [1]}),
        ("visit:city", {"Berlin": [1], "San Francisco": [1], "(not set)": [1]}),
        ("visit:language", {"de-DE": [1], "en-US": [1], "fr": [1]}),
        ("visit:source", {"news": [1], "Google": [1], "Direct / None": [1]}),
        ("visit:channel", {"Email": [1], "Organic Search": [1], "Direct": [1]}),
    ],
)
def test_umami_says_what_its_sessions_said(umami: Loaded, dimension: str, visits: dict[str, list[int]]) -> None:
    assert umami.by(dimension, "visits") == visits


def test_a_file_without_umamis_header_is_named(embedded_service: Service, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    tally = load_file(embedded_service, embedded_service.new_site(), "umami", path).tally
    assert (tally.events, tally.faulty) == (0, 1)
    assert "event_id" in tally.faults[0][1]


@pytest.fixture(scope="module")
def matomo(embedded_service: Service) -> Loaded:
    return Loaded(embedded_service, "matomo", DATA / "matomo.json", ["2024-07-04", "2024-07-05"])


def test_matomo_has_equal_totals(matomo: Loaded) -> None:
    assert (matomo.tally.events, dict(matomo.tally.skipped)) == (8, {"action of type content": 1})
    assert [place for place, _ in matomo.tally.faults] == [3, 4]
    assert matomo.numbers("visitors", "visits", "pageviews", "visit_duration") == [2, 2, 3, 114.0]
    assert matomo.by("event:name", "events") == {
        "pageview": [3], "play": [1], "outlink": [1], "purchase": [1], "Ordered": [1], "search": [1],
    }  # fmt: skip
    assert matomo.by("visit:browser", "visits") == {"Chrome": [1], "Safari": [1]}
    assert matomo.by("visit:device", "visits") == {"mobile": [1], "desktop": [1]}
    assert matomo.by("visit:os", "visits") == {"Android": [1], "macOS": [1]}
    assert matomo.by("visit:country", "visits") == {"DE": [1], "(not set)": [1]}
    assert matomo.by("visit:region", "visits") == {"DE-BE": [1], "(not set)": [1]}
    assert matomo.by("visit:source", "visits") == {"Google": [1], "news": [1]}
    assert matomo.by("visit:channel", "visits") == {"Organic Search": [1], "Email": [1]}
    assert matomo.by("visit:referrer", "visits") == {"Direct / None": [1], "blog.example/post": [1]}


def test_matomos_visits_may_stand_one_a_line(embedded_service: Service, tmp_path: Path) -> None:
    visit = '{"idVisit": 1, "visitorId": "a", "actionDetails": [{"type": "action", "url": "https://a.example/", '
    visit += '"timestamp": 1720118585}]}'
    path = tmp_path / "visits.ndjson"
    path.write_text(f"{visit}\n[{visit.replace('1,', '2,', 1)}, {visit.replace('1,', '3,', 1)}]\n{{\n")
    tally = load_file(embedded_service, embedded_service.new_site(), "matomo", path).tally
    assert (tally.events, [place for place, _ in tally.faults]) == (3, [3])


@pytest.fixture(scope="module")
def ga4(embedded_service: Service) -> Loaded:
    return Loaded(embedded_service, "ga4", DATA / "ga4.ndjson", ["2023-10-05", "2023-10-06"])


def test_ga4_has_equal_totals(ga4: Loaded) -> None:
    assert (ga4.tally.rows, ga4.tally.events, ga4.tally.skipped.total()) == (10, 6, 1)
    assert [place for place, _ in ga4.tally.faults] == [8, 9, 10]
    assert ga4.numbers("visitors", "pageviews", "events") == [3, 3, 5]
    assert ga4.by("time:day", "visitors", "pageviews") == {"2023-10-05": [1, 1], "2023-10-06": [2, 2]}
    assert ga4.by("event:name", "events") == {"pageview": [3], "scroll": [1], "purchase": [1]}
    assert ga4.numbers("time_on_page") == [31.0]
    assert ga4.by("event:page", "pageviews", filters=[["is", "event:name", ["pageview"]]]) == {
        "/": [1], "/p/42": [1], "/cart": [1],
    }  # fmt: skip
    assert ga4.by("visit:device", "visits") == {"mobile": [1], "desktop": [1], "tablet": [1]}
    assert ga4.by("visit:country", "visits") == {"DE": [1], "US": [1], "CI": [1]}
    assert ga4.by("visit:browser_version", "visits") == {"117": [1], "16": [1], "(not set)": [1]}
    assert ga4.by("visit:os_version", "visits") == {"13": [1], "Intel 10.15": [1], "(not set)": [1]}
    assert ga4.by("visit:source", "visits") == {"Facebook": [1], "news": [1], "Direct / None": [1]}
    assert ga4.by("visit:utm_campaign", "visits") == {"october": [1], "(not set)": [2]}
    assert ga4.by("visit:app", "visits")["com.example.shop"] == [1]


@pytest.fixture(scope="module")
def plausible(embedded_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    path = tmp_path_factory.mktemp("plausible") / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for table in sorted((DATA / "plausible").glob("*.csv")):
            archive.write(table, table.name)
        archive.writestr("readme.txt", "no table")
    return Loaded(embedded_service, "plausible", path, ["2024-03-01", "2024-03-03"], timezone="America/St_Johns")


def test_plausibles_days_have_equal_totals(plausible: Loaded) -> None:
    assert plausible.by("time:day", "visitors", "visits", "pageviews", "bounce_rate", "visit_duration") == {
        "2024-03-01": [5, 7, 50, 28.6, 1234.286],  # 2 of 7; 8640 s / 7
        "2024-03-02": [3, 4, 6, 50.0, 578.25],  # 2313 / 4
        "2024-03-03": [1, 1, 1, 100.0, 0.0],
    }
    assert [(place, "visitors: " in fault) for place, fault in plausible.tally.faults] == [(5, True)]


@pytest.mark.parametrize(
    ("dimension", "metric", "totals"),
    [
        ("event:page", "pageviews", {"/": [25], "/p/42": [30], "/about": [2]}),
        ("event:hostname", "pageviews", {"shop.example": [57]}),
        ("visit:entry_page", "visits", {"/": [11], "/p/42": [1]}),
        ("visit:source", "visits", {"Direct / None": [3], "Google": [3], "news": [2], "Hacker News": [4]}),
        ("visit:channel", "visits", {"Direct": [3], "Organic Search": [3], "Email": [2], "Organic Social": [4]}),
        ("visit:utm_campaign", "visits", {"march": [2], "(not set)": [10]}),
        ("visit:country", "visits", {"DE": [8], "FR": [3], "(not set)": [1]}),
        ("visit:region", "visits", {"DE-BE": [4], "(not set)": [8]}),
        ("visit:device", "visits", {"desktop": [5], "mobile": [3], "tablet": [4]}),
        ("visit:browser", "visits", {"Chrome": [6], "Edge": [2], "Safari": [4]}),
        ("visit:browser_version", "visits", {"122": [6], "121": [2], "17": [4]}),
        ("visit:os", "visits", {"macOS": [5], "Windows": [2], "iOS": [4], "Android": [1]}),
    ],
)
def test_plausibles_tables_have_equal_totals(
    plausible: Loaded, dimension: str, metric: str, totals: dict[str, list[int]]
) -> None:
    filters = [["is", "event:name", ["pageview"]]] if metric == "pageviews" else []
    assert plausible.by(dimension, metric, filters=filters) == totals


def test_plausibles_goals_have_equal_totals(plausible: Loaded) -> None:
    assert plausible.by("event:name", "events") == {"pageview": [57], "Signup": [3], "Outbound Link: Click": [1]}


def test_a_table_that_is_not_plausibles_is_named_by_its_lines(embedded_service: Service, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imported_visitors_20240301_20240301.csv", "date,visitors\n2024-03-01,1\n")
        archive.writestr("imported_devices_20240301_20240301.csv", "date,device,visits\n2024-03-01,Desktop,-1\n")
        archive.writestr(
            "imported_pages_20240301_20240301.csv", "date,page,pageviews\n2024-03-01,/,99999999999\n2024-03-01,/\n"
        )
        archive.writestr("imported_browsers_20240301_20240301.csv", "date,browser,visits\n2024-03-01," + "x" * 200_000)
    tally = load_file(embedded_service, embedded_service.new_site(), "plausible", path).tally
    assert (tally.events, tally.faulty) == (0, 5)
    assert [(place, fault.partition(":")[0]) for place, fault in tally.faults] == [
        (2, "visitors"), (2, "devices"), (2, "pages"), (3, "pages"), (2, "browsers"),
    ]  # fmt: skip


def test_no_zip_is_named(embedded_service: Service) -> None:
    tally = load_file(embedded_service, embedded_service.new_site(), "plausible", DATA / "umami.csv").tally
    assert (tally.events, tally.faulty) == (0, 1)


def test_a_cell_that_never_ends_costs_its_line_alone(embedded_service: Service, tmp_path: Path) -> None:
    head, first, *_ = (DATA / "umami.csv").read_text().splitlines()
    path = tmp_path / "umami.csv"
    path.write_text(f"{head}\n{first}\n{'x' * 200_000}\n{first.replace('0001', '0009', 1)}\n")
    tally = load_file(embedded_service, embedded_service.new_site(), "umami", path).tally
    assert (tally.events, [place for place, _ in tally.faults]) == (2, [3])
