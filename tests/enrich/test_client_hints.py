"""enrich/client_hints.py: what Chromium says in headers wins over the user agent that it froze."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.enrich.agent import read_agent
from collector.enrich.client_hints import NO_HINTS, Hints, read_hints

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {CHROME} Safari/537.36"
ANDROID = f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36"
ANDROID_TABLET = f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Safari/537.36"
LINUX = f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36"


def brands(name: str, version: str = "130") -> str:
    return f'"Chromium";v="130", "{name}";v="{version}", "Not?A_Brand";v="99"'


@pytest.mark.parametrize(
    ("user_agent", "hints", "expected"),
    [
        (WINDOWS, NO_HINTS, ("desktop", "Chrome", "130", "Windows", "10")),
        (WINDOWS, Hints(brands("Google Chrome"), platform='"Windows"', platform_version='"15.0.0"'),
         ("desktop", "Chrome", "130", "Windows", "11")),
        (WINDOWS, Hints(brands("Google Chrome"), platform='"Windows"', platform_version='"10.0.0"'),
         ("desktop", "Chrome", "130", "Windows", "10")),
        (WINDOWS, Hints(brands("Google Chrome"), platform='"Windows"', platform_version='"0.3.0"'),
         ("desktop", "Chrome", "130", "Windows", "8.1")),
        (WINDOWS, Hints(brands("Brave")), ("desktop", "Brave", "130", "Windows", "10")),
        (WINDOWS, Hints(brands("Microsoft Edge", "131")), ("desktop", "Edge", "131", "Windows", "10")),
        (WINDOWS, Hints(brands("Opera", "115")), ("desktop", "Opera", "115", "Windows", "10")),
        (WINDOWS, Hints(brands("Opera GX", "114")), ("desktop", "Opera GX", "114", "Windows", "10")),
        (f"{WINDOWS} Vivaldi/7.0", Hints('"Chromium";v="130"'), ("desktop", "Vivaldi", "7", "Windows", "10")),
        (WINDOWS, Hints(brands("Brave"), full_versions=brands("Brave", "131.1.73.89")),
         ("desktop", "Brave", "131", "Windows", "10")),
        (MAC, NO_HINTS, ("desktop", "Chrome", "130", "macOS", None)),
        (MAC, Hints(brands("Google Chrome"), platform='"macOS"', platform_version='"14.5.0"'),
         ("desktop", "Chrome", "130", "macOS", "14.5")),
        (ANDROID, NO_HINTS, ("mobile", "Chrome", "130", "Android", None)),
        (ANDROID, Hints(brands("Samsung Internet", "27"), mobile="?1", platform='"Android"', platform_version='"14.0.0"'),
         ("mobile", "Samsung Internet", "27", "Android", "14")),
        (ANDROID_TABLET, Hints(brands("Google Chrome"), mobile="?0", platform='"Android"'),
         ("tablet", "Chrome", "130", "Android", None)),
        (ANDROID, Hints(brands("Google Chrome"), mobile="?1", platform='"Android"', model='"SM-X710"'),
         ("tablet", "Chrome", "130", "Android", None)),
        # A phone that asks for the desktop page.
        (LINUX, Hints(brands("Google Chrome"), mobile="?1", platform='"Android"', platform_version='"13"'),
         ("mobile", "Chrome", "130", "Android", "13")),
        (LINUX, Hints(brands("Google Chrome"), platform='"Chrome OS"'), ("desktop", "Chrome", "130", "Chrome OS", None)),
        (LINUX, Hints("garbage", "", "?", "", '"', '"'), ("desktop", "Chrome", "130", "Linux", None)),
    ],
)  # fmt: skip
def test_hints_correct_the_agent(user_agent: str, hints: Hints, expected: tuple[str | None, ...]) -> None:
    assert read_agent(user_agent, hints)[:5] == expected


def test_a_headless_browser_says_so_in_its_brands() -> None:
    assert read_agent(LINUX, Hints(brands("HeadlessChrome"))).bot == "HeadlessChrome"
    assert read_agent(LINUX, Hints(brands("Google Chrome"))).bot is None


def test_hints_are_read_from_a_request_and_cut() -> None:
    environ = {"HTTP_SEC_CH_UA": brands("Brave"), "HTTP_SEC_CH_UA_MOBILE": "?0", "HTTP_SEC_CH_UA_MODEL": "x" * 9000}
    hints = read_hints(environ)
    assert (hints.brands, hints.mobile, hints.platform) == (brands("Brave"), "?0", None)
    assert len(hints.model or "") == 512
    assert read_hints({"HTTP_USER_AGENT": LINUX}) is NO_HINTS


@given(st.text(max_size=60), st.tuples(*[st.none() | st.text(max_size=60)] * 6))
def test_no_header_breaks_anything(user_agent: str, values: tuple[str | None, ...]) -> None:
    assert read_agent(user_agent, Hints(*values)).device in {"desktop", "mobile", "tablet", "tv", "other"}
