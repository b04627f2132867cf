"""enrich/place.py, on MaxMind's test databases with known answers (INVENTORY S2-02)."""

import logging
import os
import shutil
from pathlib import Path

import pytest

from collector.enrich.place import LOOK_SECONDS, NOWHERE, Place, Places, find_fault, read_place

DATA = Path(__file__).parent.parent / "data"
COUNTRIES = DATA / "GeoLite2-Country-Test.mmdb"
CITIES = DATA / "GeoIP2-City-Test.mmdb"
LONDON = Place("GB", "GB-ENG", "England", "London")


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("address", "country"),
    [("81.2.69.142", "GB"), ("216.160.83.56", "US"), ("2001:218::1", "JP"), ("127.0.0.1", None), ("", None),
     ("garbage", None), ("999.1.1.1", None)],
)  # fmt: skip
def test_an_address_has_the_country_of_the_database(address: str, country: str | None) -> None:
    assert Places(COUNTRIES).find(address) == Place(country)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("81.2.69.142", LONDON),
        ("2.125.160.216", Place("GB", "GB-ENG", "England", "Boxford")),
        ("216.160.83.56", Place("US", "US-WA", "Washington", "Milton")),
        ("2001:218::1", Place("JP")),
        ("127.0.0.1", NOWHERE),
    ],
)
def test_a_city_database_gives_region_and_city_as_well(address: str, place: Place) -> None:
    assert Places(CITIES).find(address) == place


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({"country_code": "DE", "country": "Germany", "region": "Bavaria", "city": "Munich"},
         Place("DE", None, "Bavaria", "Munich")),
        ({"country": "DE", "region_code": "DE-BY", "city": "Munich"}, Place("DE", "DE-BY", None, "Munich")),
        ({"registered_country": {"iso_code": "FR"}}, Place("FR")),
        ({"country": "Germany"}, NOWHERE),
        ({"country": {"iso_code": 7}, "city": {"names": []}, "subdivisions": []}, NOWHERE),
        ({"city": "x" * 500}, Place(city="x" * 100)),
        (None, NOWHERE),
        ([], NOWHERE),
    ],
)  # fmt: skip
def test_flat_and_odd_records_are_read_as_far_as_they_make_sense(record: object, place: Place) -> None:
    assert read_place(record) == place


def test_no_database_is_a_normal_state() -> None:
    assert Places(None).find("81.2.69.142") == NOWHERE


@pytest.mark.parametrize("content", [b"no database", b"", CITIES.read_bytes()[:9000]])
def test_a_broken_database_is_named_once_and_ignored(tmp_path: Path, caplog, content: bytes) -> None:
    broken, clock = tmp_path / "broken.mmdb", Clock()
    broken.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        places = Places(broken, clock)
        for _ in range(3):
            clock.now += LOOK_SECONDS
            assert places.find("81.2.69.142") == NOWHERE
    assert [str(broken) in record.message for record in caplog.records] == [True]
    assert str(broken) in (find_fault(broken) or "")


def test_a_missing_database_is_found_when_it_comes(tmp_path: Path) -> None:
    path, clock = tmp_path / "late.mmdb", Clock()
    places = Places(path, clock)
    assert places.find("81.2.69.142") == NOWHERE
    shutil.copy(CITIES, path)
    clock.now += LOOK_SECONDS
    assert places.find("81.2.69.142") == LONDON


@pytest.mark.parametrize("is_in_place", [False, True])
def test_another_file_is_used_as_soon_as_it_is_there_and_a_broken_one_never(tmp_path: Path, is_in_place: bool) -> None:
    path, clock = tmp_path / "places.mmdb", Clock()
    shutil.copy(COUNTRIES, path)
    places = Places(path, clock)
    assert places.find("81.2.69.142") == Place("GB")
    steps = ((CITIES.read_bytes(), LONDON), (b"torn", LONDON), (COUNTRIES.read_bytes(), Place("GB")))
    for number, (content, expected) in enumerate(steps, 1):
        before = places.find("81.2.69.142")
        if is_in_place:
            path.write_bytes(content)  # cut short under the reader: with the file itself mapped this would kill us
        else:
            (tmp_path / "new").write_bytes(content)
            (tmp_path / "new").replace(path)
        os.utime(path, ns=(number, number))
        assert places.find("81.2.69.142") == before
        clock.now += LOOK_SECONDS
        assert places.find("81.2.69.142") == expected


def test_a_good_database_has_no_fault() -> None:
    assert find_fault(CITIES) is None
