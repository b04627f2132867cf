"""A sample of real visitors (tests/data/visitors.tsv): nobody is called a robot. `make bench-agents` measures more."""

from pathlib import Path

import pytest

from collector.enrich.agent import read_agent

ROWS = [line.split("\t") for line in (Path(__file__).parent.parent / "data/visitors.tsv").read_text().splitlines()]


def test_there_are_two_hundred() -> None:
    assert len(ROWS) == len({user_agent for _, user_agent in ROWS}) == 200


@pytest.mark.parametrize(("device", "user_agent"), ROWS, ids=[f"{number}" for number in range(len(ROWS))])
def test_a_visitor_has_browser_system_and_device(device: str, user_agent: str) -> None:
    agent = read_agent(user_agent)
    assert agent.bot is None
    assert agent.browser is not None
    assert agent.os in {"Windows", "macOS", "Linux", "Android", "iOS", "Chrome OS"}
    assert agent.device == device
