"""enrich/country.py, on MaxMind's test database with known answers (INVENTORY S2-02)."""

from pathlib import Path

import pytest

from collector.enrich.country import Countries
from collector.errors import SettingError

DATABASE = Path(__file__).parent.parent / "data" / "GeoLite2-Country-Test.mmdb"


@pytest.mark.parametrize(
    ("address", "country"),
    [("81.2.69.142", "GB"), ("216.160.83.56", "US"), ("2001:218::1", "JP"), ("127.0.0.1", None), ("", None),
     ("garbage", None), ("999.1.1.1", None)],
)  # fmt: skip
def test_an_address_has_the_country_of_the_database(address: str, country: str | None) -> None:
    assert Countries(DATABASE).find(address) == country


def test_no_database_is_a_normal_state() -> None:
    assert Countries(None).find("81.2.69.142") is None


def test_a_broken_database_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(b"no database")
    with pytest.raises(SettingError, match=r"broken\.mmdb"):
        Countries(broken)
