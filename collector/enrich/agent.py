"""What a request says of its sender's device, browser and system, behind one bounded cache."""

from functools import lru_cache

from collector.enrich.client_hints import NO_HINTS, Hints, correct
from collector.enrich.user_agent import Agent, parse_agent
from collector.events.limits import most

AGENTS_HELD = 10_000  # pairs of user agent and hints kept parsed


@lru_cache(maxsize=AGENTS_HELD)
def _read(user_agent: str, hints: Hints) -> Agent:
    return correct(parse_agent(user_agent), hints, user_agent)


def read_agent(user_agent: str, hints: Hints = NO_HINTS) -> Agent:
    """The agent of a ``User-Agent`` header, of which the first 512 characters count, and of its client hints."""
    return _read(user_agent[: most("user_agent")], hints)
