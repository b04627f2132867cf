"""enrich/bots.py: robots by name, by library and by shape; and people who are none."""

import pytest

from collector.enrich.bots import MOST_NAME, NO_AGENT, name_bot

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot"),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "bingbot"),
        ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "AhrefsBot"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "GPTBot"),
        ("Mozilla/5.0 (compatible; UnheardOfBot/1.0)", "UnheardOfBot"),
        ("Mozilla/5.0 (compatible; UnheardOf/1.0)", "UnheardOf"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME.replace('Chrome', 'HeadlessChrome')}", "HeadlessChrome"),
        ("curl/8.5.0 (of a program)", "curl"),
        ("python-requests/2.32.3", "python-requests"),
        ("Go-http-client/2.0", "Go-http-client"),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "facebookexternalhit"),
        ("my own little program", "my own little program"),
        ("", NO_AGENT),
        ("   ", NO_AGENT),
    ],
)  # fmt: skip
def test_a_robot_is_one_and_has_a_name(user_agent: str, name: str) -> None:
    assert name_bot(user_agent) == name


@pytest.mark.parametrize(
    "user_agent",
    [
        "curl/8.5.0",  # a person who tries the endpoint out
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}",
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 7.0; M bot 54) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/78.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 15; RMX6688 Build/AP3A.240617.008) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/130.0.6723.58 Mobile Safari/537.36",
        "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)",
        "Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko",
        "Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18",
        "Nokia6300/2.0 (05.50) Profile/MIDP-2.0 Configuration/CLDC-1.1",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
        "Instagram 355.0.0.33.90 (iPhone15,2; iOS 18_1; de_DE; de; scale=3.00; 1179x2556)",
    ],
)
def test_people_are_no_robots(user_agent: str) -> None:
    assert name_bot(user_agent) is None


def test_a_name_is_never_long() -> None:
    assert len(name_bot("x" * 512) or "") == MOST_NAME
    assert len(name_bot(f"Mozilla/5.0 (compatible; {'y' * 400}bot/1.0)") or "") <= MOST_NAME
