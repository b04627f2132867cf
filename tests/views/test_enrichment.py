"""What a request says, over HTTP and asked back by every dimension that comes of it (INVENTORY S2-01, S2-02, S2-20)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.service import Service, running_service
from tests.stores import wait_until

DATA = Path(__file__).parent.parent / "data"
LONDON, NOWHERE = "81.2.69.142", "192.0.2.1"
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
BRAVE = {
    "User-Agent": WINDOWS,
    "Sec-CH-UA": '"Chromium";v="130", "Brave";v="130", "Not?A_Brand";v="99"',
    "Sec-CH-UA-Mobile": "?0",
    "Sec-CH-UA-Platform": '"Windows"',
    "Sec-CH-UA-Platform-Version": '"15.0.0"',
    "X-Forwarded-For": LONDON,
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("places") / "city.mmdb"
    shutil.copy(DATA / "GeoIP2-City-Test.mmdb", path)
    return path


@pytest.fixture(scope="module")
def service(services: Any, places: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A collector of its own, behind a proxy it trusts, with a database of cities."""
    nodes = services.get("embedded").settings.redis_nodes
    more = {"FOOTFALL_GEO_DATABASE": str(places), "FOOTFALL_TRUSTED_PROXIES": "127.0.0.1/32"}
    with running_service(nodes, tmp_path_factory.mktemp("enriched"), **more) as running:
        yield running


def send(service: Service, site: Any, page: dict[str, Any], headers: dict[str, str], **more: Any) -> None:
    body = {"site": site.id, "page": page, "events": [{"name": "pageview"}], **more}
    assert service.post(body, **headers).status == 202


@pytest.mark.parametrize(
    ("dimension", "label"),
    [
        ("visit:browser", "Brave"),
        ("visit:browser_version", "130"),
        ("visit:os", "Windows"),
        ("visit:os_version", "11"),
        ("visit:device", "desktop"),
        ("visit:country", "GB"),
        ("visit:country_name", "United Kingdom"),
        ("visit:region", "GB-ENG"),
        ("visit:region_name", "England"),
        ("visit:city", "London"),
        ("visit:city_name", "London"),
        ("visit:source", "Google"),
        ("visit:channel", "Paid Search"),
        ("visit:utm_medium", "cpc"),
        ("visit:screen", "laptop"),
        ("visit:platform", "web"),
        ("visit:app", "(not set)"),
        ("visit:bot", "(no robot)"),
    ],
)
def test_a_dimension_breaks_down_and_filters(service: Service, dimension: str, label: str) -> None:
    site = service.new_site()
    page = {"url": "https://shop.example/?gclid=x", "referrer": "https://www.google.de/", "width": 1280, "height": 700}
    send(service, site, page, BRAVE)
    assert service.rows(site, dimension, "visits") == {label: [1]}
    assert service.numbers(site, "visits", filters=[["is", dimension, [label]]]) == [1]
    assert service.numbers(site, "visits", filters=[["is_not", dimension, [label]]]) == [0]


def test_an_app_and_a_robot_and_nobody_known(service: Service) -> None:
    site = service.new_site()
    app = {"app": {"name": "shop-ios", "version": "3.2"}}
    send(service, site, {}, {"User-Agent": "okhttp/4.12", "X-Forwarded-For": NOWHERE}, **app)
    send(service, site, {"webdriver": True}, {"User-Agent": WINDOWS, "X-Forwarded-For": NOWHERE})
    send(service, site, {}, {"User-Agent": "", "X-Forwarded-For": LONDON})
    bots = {"include": {"bots": True}}
    assert service.rows(site, "visit:platform", "visits") == {"app": [1]}
    assert service.rows(site, "visit:app_version", "visits") == {"3.2": [1]}
    assert service.rows(site, "visit:bot", "visits", **bots) == {
        "(no robot)": [1], "webdriver": [1], "no user agent": [1],
    }  # fmt: skip
    assert service.rows(site, "visit:country_name", "visits", **bots) == {"(not set)": [2], "United Kingdom": [1]}
    assert service.rows(site, "visit:channel", "visits") == {"Direct": [1]}


def test_a_database_that_is_replaced_is_used_without_a_restart(service: Service, places: Path) -> None:
    def city_of_an_event() -> str:
        site = service.new_site()
        send(service, site, {}, {"User-Agent": WINDOWS, "X-Forwarded-For": LONDON})
        (city,) = service.rows(site, "visit:city", "visits")
        return city

    assert city_of_an_event() == "London"
    shutil.copy(DATA / "GeoLite2-Country-Test.mmdb", places)
    try:
        wait_until(lambda: city_of_an_event() == "(not set)", "the country database is in use", 20)
    finally:
        shutil.copy(DATA / "GeoIP2-City-Test.mmdb", places)
    wait_until(lambda: city_of_an_event() == "London", "the city database is in use again", 20)


def test_a_pageview_that_somebody_sends_with_curl_is_in_the_very_next_answer(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    body = {"site": site.id, "page": {"url": "https://shop.example/"}, "events": [{"name": "pageview"}]}
    assert service.post(body, User_Agent="curl/8.5.0").status == 202
    assert service.numbers(site, "visitors", "pageviews") == [1, 1]


def test_the_demo_shop_counts_a_browser_that_a_program_drives(embedded_service: Service) -> None:
    from collector.commands.run import DEMO

    site = embedded_service.new_site(people=DEMO.people)
    headless = WINDOWS.replace("Chrome/", "HeadlessChrome/")
    for page, agent in (({"webdriver": True}, WINDOWS), ({}, headless), ({}, "Googlebot/2.1")):
        send(embedded_service, site, page, {"User-Agent": agent, "X-Forwarded-For": NOWHERE})
    assert embedded_service.numbers(site, "pageviews") == [2]
