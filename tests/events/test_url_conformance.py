"""events/url.py against the URL Standard's own test cases, as far as it takes addresses: those of pages."""

from typing import Any

import pytest

from collector.events.secrets import hide_personal
from collector.events.url import LONGEST_HOST, parse_address
from tests.public_suites import load_url_cases

# What the parser leaves as it is: labels that decode to nothing. They name no host, and look like no other one.
EMPTY_LABELS = ("xn--pokxncvks", "xn--/")


def is_of_a_page(case: dict[str, Any]) -> bool:
    """An address that needs no base, is text, and does not begin with /, which names a screen of an app."""
    text = case["input"]
    is_alone = case["base"] in (None, "about:blank") and text[:1] != "/"
    return is_alone and not any("\ud800" <= character <= "\udfff" for character in text)


ALONE = [case for case in load_url_cases() if is_of_a_page(case)]


def test_there_are_cases() -> None:
    assert len([case for case in ALONE if "failure" in case]) > 100
    assert len([case for case in ALONE if case.get("hostname")]) > 100


@pytest.mark.parametrize("case", ALONE, ids=lambda case: ascii(case["input"])[:60])
def test_an_address_has_the_host_and_path_that_the_standard_gives_it(case: dict[str, Any]) -> None:
    address = parse_address(case["input"])
    hostname = case.get("hostname")
    if any(label in case["input"].lower() for label in EMPTY_LABELS):
        assert address is not None
        assert "xn--" in str(address.hostname)
    elif not hostname or len(hostname) > LONGEST_HOST:
        assert address is None
    else:
        assert address is not None
        assert address.hostname == (hostname.removesuffix(".") or None)
        # The standard writes ^ as %5E since these cases were written.
        assert address.path == hide_personal(case["pathname"]).replace("^", "%5E")
