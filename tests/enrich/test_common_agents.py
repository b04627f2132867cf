"""The thirteen common agents by which the earlier systems' tables were measured: S2's got 3 of them right.

INVENTORY S2-24 to S2-26: every one contains the names of several browsers and systems, so a table that looks for a name
must look in the right order: Edge and Opera call themselves Chrome, Chrome calls itself Safari, Android calls itself
Linux, an iPhone calls itself like Mac OS X, and a tablet is known by what it does not say.
"""

import pytest

from collector.enrich.agent import read_agent

BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"

AGENTS = {
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/131.0.0.0 Safari/537.36": ("desktop", "Chrome", "131", "Windows", "10"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0": ("desktop", "Edge", "131", "Windows", "10"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0": ("desktop", "Opera", "115", "Windows", "10"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0": ("desktop", "Firefox", "132", "Windows", "10"),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.1 Safari/605.1.15": ("desktop", "Safari", "18", "macOS", None),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {BLINK} Chrome/131.0.0.0 Safari/537.36": ("desktop", "Chrome", "131", "macOS", None),
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0": ("desktop", "Firefox", "132", "Linux", None),
    f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {BLINK} Chrome/131.0.6778.39 Mobile Safari/537.36": ("mobile", "Chrome", "131", "Android", "14"),
    f"Mozilla/5.0 (Linux; Android 13; SM-X700) {BLINK} Chrome/131.0.0.0 Safari/537.36": ("tablet", "Chrome", "131", "Android", "13"),
    "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0": ("mobile", "Firefox", "132", "Android", "14"),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1": ("mobile", "Safari", "18", "iOS", "18.1"),
    f"Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) {WEBKIT} Version/17.6 Mobile/15E148 Safari/604.1": ("tablet", "Safari", "17", "iOS", "17.6"),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {WEBKIT} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1": ("mobile", "Chrome", "131", "iOS", "18.1"),
}  # fmt: skip


@pytest.mark.parametrize(("user_agent", "expected"), AGENTS.items())
def test_a_common_agent_is_called_by_its_name_s2_24_s2_25_s2_26(
    user_agent: str, expected: tuple[str | None, ...]
) -> None:
    agent = read_agent(user_agent)
    assert (agent.device, agent.browser, agent.browser_version, agent.os, agent.os_version) == expected
    assert agent.bot is None
