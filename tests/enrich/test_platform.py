"""enrich/platform.py and screen.py: app or web by S2-20's signals, the explicit one winning; classes of screens."""

import pytest

from collector.enrich.platform import find_platform
from collector.enrich.screen import name_screen

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.mark.parametrize(
    ("signals", "platform"),
    [
        ({}, "web"),
        ({"says_app": True}, "app"),
        ({"says_app": True, "app_source": "web"}, "app"),
        ({"app_source": "android"}, "app"),
        ({"app_source": "Web", "user_agent": "Dart/3.5 (dart:io)"}, "web"),
        ({"app_source": ""}, "web"),
        ({"has_key": True}, "web"),
        ({"has_key": True, "user_agent": "okhttp/4.12"}, "app"),
        ({"user_agent": "okhttp/4.12"}, "web"),
        ({"has_key": True, "user_agent": ""}, "web"),
        *(
            ({"user_agent": f"Shop/1.0 {name}/3.5"}, "app")
            for name in ("Flutter", "Dart", "React-Native", "react-native", "Cordova", "Ionic", "Capacitor")
        ),
        ({"user_agent": "Mozilla/5.0 (iPad) Dartmouth/1.0"}, "web"),
    ],
)
def test_s2_20_the_explicit_signal_wins_and_a_key_alone_makes_no_app(signals: dict, platform: str) -> None:
    assert (
        find_platform(**{"says_app": False, "app_source": None, "user_agent": BROWSER, "has_key": False} | signals)
        == platform
    )


@pytest.mark.parametrize(
    ("width", "screen"),
    [(1, "mobile"), (390, "mobile"), (575, "mobile"), (576, "tablet"), (991, "tablet"), (992, "laptop"), (1439, "laptop"),
     (1440, "desktop"), (5120, "desktop")],
)  # fmt: skip
def test_a_width_has_its_class(width: int, screen: str) -> None:
    assert name_screen(width) == screen
