"""settings.py: a typo never opens a door (INVENTORY S3-51, S3-99)."""

from ipaddress import ip_network

import pytest

from collector.errors import SettingError
from collector.settings import SETTINGS, Settings, load_settings


@pytest.mark.parametrize(
    ("text", "rate"),
    [("2/second", (2, 1)), ("30/minute", (30, 60)), ("7/hour", (7, 3600)), ("100/day", (100, 86_400)), ("", None)],
)
def test_a_rate_says_how_many_in_which_time(text: str, rate: tuple[int, int] | None) -> None:
    """S3-27, S3-28, S3-82, S3-83."""
    settings = load_settings({"FOOTFALL_READ_RATE": text, "FOOTFALL_ADMIN_READ_RATE": text})
    assert settings.read_rate == settings.admin_read_rate == rate
    assert rate is None or str(settings.read_rate) == text


def test_nothing_set_gives_every_default() -> None:
    settings = load_settings({})
    assert settings.port == 8000
    assert settings.is_embedded
    assert settings.data_dir.name == "var"
    assert {setting.field for setting in SETTINGS} == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize("prefix", ["/stats", "/tools/stats", "/~me/stats-2.0", "/.stats", ""])
def test_a_prefix_is_in_our_own_address(prefix: str) -> None:
    """S3-08."""
    settings = load_settings({"FOOTFALL_URL_PREFIX": prefix})
    assert settings.local_url == f"http://localhost:8000{prefix}"


def test_values_are_parsed() -> None:
    settings = load_settings(
        {
            "FOOTFALL_REDIS_NODES": "10.0.0.1:7000, [::1]:7001",
            "FOOTFALL_TRUSTED_PROXIES": "10.0.0.0/8,::1/128",
            "FOOTFALL_REPLICAS_TO_WAIT": "0",
            "HOME": "/nowhere",
        }
    )
    assert settings.redis_nodes == (("10.0.0.1", 7000), ("::1", 7001))
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    assert settings.replicas_to_wait == 0
    assert not settings.is_embedded


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOOTFALL_PROT", "8000"),
        ("FOOTFALL_PORT", "eighty"),
        ("FOOTFALL_PORT", "70000"),
        ("FOOTFALL_REDIS_NODES", "localhost"),
        ("FOOTFALL_REDIS_NODES", ":7000"),
        ("FOOTFALL_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("FOOTFALL_SEAL_SECONDS", "-1"),
        ("FOOTFALL_SEAL_SECONDS", "nan"),
        ("FOOTFALL_WORKERS", "0"),
        ("FOOTFALL_UI_THEME", "pink"),
        ("FOOTFALL_UI_LOGO", "/nowhere/logo.svg"),
        ("FOOTFALL_UI_LOGO", __file__),
        ("FOOTFALL_UI_FRAME_ORIGINS", "https://ok.example; script-src *"),
        ("FOOTFALL_UI_FRAME_ORIGINS", "*"),
        ("FOOTFALL_REPLICAS_TO_WAIT", "-1"),
        ("FOOTFALL_RETENTION_DAY", "Sunday"),
        ("FOOTFALL_RETENTION_HOUR", "24"),
        ("FOOTFALL_RETENTION_HOUR", "2:30"),
        ("FOOTFALL_PANEL_ORIGINS", "*"),
        ("FOOTFALL_PANEL_ORIGINS", "panel.example"),
        ("FOOTFALL_PANEL_ORIGINS", "https://panel.example/"),
        ("FOOTFALL_PANEL_ORIGINS", "https://panel.example https://other.example"),
        *(
            ("FOOTFALL_URL_PREFIX", prefix)
            for prefix in ("stats", "/", "/stats/", "//stats", "/a b", "/a%2Fb", "/a/../b")
        ),
        *(("FOOTFALL_URL_PREFIX", prefix) for prefix in ("/.", "/a?b", '/a"b', "/é", "https://example.com/stats")),
        ("FOOTFALL_READ_RATE", "30"),
        ("FOOTFALL_READ_RATE", "30/week"),
        ("FOOTFALL_READ_RATE", "0/minute"),
        ("FOOTFALL_READ_RATE", "-1/minute"),
        ("FOOTFALL_READ_RATE", "many/minute"),
    ],
)
def test_an_unknown_or_malformed_setting_refuses_and_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        load_settings({name: value})
