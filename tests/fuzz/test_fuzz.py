"""The short form of the fuzzer; the long one is `make fuzz`."""

from tests.fuzz.__main__ import run_random


def test_thousands_of_changed_inputs_are_taken_or_refused_with_a_name() -> None:
    became = run_random(6000, seed=7)
    assert sum(became.values()) == 6000
    assert became["taken"] > 300, "inputs get through all steps"
    assert {"malformed_json", "invalid_field"} <= set(became)
