"""events/secrets.py: what must not be stored does not get through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.events.secrets import clean_url, hide_personal


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:pw@a.example/x", "https://a.example/x"),
        ("https://a.example/x?page=2&token=t0p", "https://a.example/x?page=2"),
        ("https://a.example/x?API_KEY=t0p&q=shoes#access_token=t0p", "https://a.example/x?q=shoes"),
        ("https://a.example/x?user[password]=t0p&user%5Bemail%5D=t0p", "https://a.example/x"),
        ("https://a.example/?to=ada@person.example", "https://a.example/?to=(hidden)"),
        ("https://a.example/u/ada@person.example", "https://a.example/u/(hidden)"),
        ("https://a.example/?j=eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc", "https://a.example/?j=(hidden)"),
        ("https://a.example/?keyword=shoes&monkey=1", "https://a.example/?keyword=shoes&monkey=1"),
        ("https://[", "https://["),
        ("plain text", "plain text"),
    ],
)
def test_an_address_loses_its_secrets_and_nothing_else(url: str, expected: str) -> None:
    assert clean_url(url) == expected


@pytest.mark.parametrize("text", ["", "/@ada@social.example", "a@b", "price @ 5.00", "/npm/@scope/pkg@1.2"])
def test_what_is_no_address_of_a_person_stays(text: str) -> None:
    assert hide_personal(text) == text


@given(st.text(), st.text(alphabet="abc=&?#@.:%[]/"))
def test_any_text_is_cleaned(text: str, odd: str) -> None:
    assert isinstance(clean_url(text), str)
    assert "secretvalue" not in clean_url(f"https://u:secretvalue@a.example/?token=secretvalue&{odd}")
