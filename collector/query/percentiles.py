"""Metrics that are percentiles of what events measured: web vitals, and a server's time to answer.

A percentile is the smallest value that so many of the values have or less, so it is one of them, whatever their order.
"""

from typing import NamedTuple

PERCENTS = (50, 75, 90, 99)


class Measure(NamedTuple):
    """What is measured: the prefix of its metrics, the fact that is the value, of which events, and its words."""

    name: str
    value: str
    unit: str
    meaning: str
    only: str = "true"


VITALS: tuple[Measure, ...] = tuple(
    Measure(name.lower(), "vital_value", unit, f"{name} of matching web_vital events", f"vital = '{name}'")
    for name, unit in (("LCP", "ms"), ("INP", "ms"), ("CLS", "score"), ("FCP", "ms"), ("TTFB", "ms"))
)
RESPONSE = Measure(
    "response_ms", "response_ms", "ms", "the property response_ms, a number from 0 on, of matching events that have it"
)


def quantile_sql(measure: Measure, percent: int) -> str:
    """SQL of the percentile; null over nothing."""
    return f"quantile_disc({measure.value}, {percent / 100}) filter ({measure.only})"
