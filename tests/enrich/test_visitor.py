"""enrich/visitor.py: the same for the same visitor, and nothing else the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from collector.enrich.visitor import hash_visitor

DAY = date(2026, 11, 22)
WHO = {"salt": b"s" * 16, "day": DAY, "address": "192.0.2.1", "agent": "Firefox"}


def test_one_day_one_visitor_and_the_next_day_another() -> None:
    today = hash_visitor("a", None, None, **WHO)
    assert today == hash_visitor("a", None, None, **WHO)
    changed = [
        hash_visitor("b", None, None, **WHO),
        *(
            hash_visitor("a", None, None, **(WHO | change))
            for change in ({"salt": b"t" * 16}, {"day": date(2026, 11, 23)}, {"address": "192.0.2.2"}, {"agent": "x"})
        ),
    ]
    assert len({today, *changed}) == 6


def test_an_id_that_is_brought_lasts_over_days_addresses_and_agents() -> None:
    other = {"salt": b"", "day": date(2027, 1, 1), "address": "::1", "agent": ""}
    assert hash_visitor("a", "me", None, **WHO) == hash_visitor("a", "me", "user", **other)
    assert hash_visitor("a", None, "user", **WHO) == hash_visitor("a", None, "user", **other)
    assert hash_visitor("a", "me", None, **WHO) != hash_visitor("a", None, "me", **WHO)


@given(st.text(), st.text(), st.text(), st.text())
def test_parts_never_run_into_each_other(site: str, address: str, agent: str, moved: str) -> None:
    if moved:
        one = hash_visitor(site, None, None, **(WHO | {"address": address + moved, "agent": agent}))
        two = hash_visitor(site, None, None, **(WHO | {"address": address, "agent": moved + agent}))
        assert one != two
    number = hash_visitor(site, None, None, **(WHO | {"address": address, "agent": agent}))
    assert -(2**63) <= number < 2**63
