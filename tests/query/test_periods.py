"""Date ranges, seen from 2024-03-31 18:00 in Berlin, the day its clocks went forward."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from collector.errors import Problem
from collector.query.periods import PERIODS, Range, parse_range

BERLIN = ZoneInfo("Europe/Berlin")
NOW_MS = 1_711_900_800_123


def parse(value: object, zone: ZoneInfo = BERLIN, earliest_ms: int | None = None, now_ms: int = NOW_MS) -> Range:
    return parse_range(value, zone, now_ms, earliest_ms, ("date_range",))


NAMED = {
    "day": ["2024-03-31T00:00:00+01:00", "2024-03-31T23:59:59+02:00"],
    "24h": ["2024-03-30T17:00:01+01:00", "2024-03-31T18:00:00+02:00"],
    "7d": ["2024-03-25T00:00:00+01:00", "2024-03-31T23:59:59+02:00"],
    "28d": ["2024-03-04T00:00:00+01:00", "2024-03-31T23:59:59+02:00"],
    "30d": ["2024-03-02T00:00:00+01:00", "2024-03-31T23:59:59+02:00"],
    "91d": ["2024-01-01T00:00:00+01:00", "2024-03-31T23:59:59+02:00"],
    "month": ["2024-03-01T00:00:00+01:00", "2024-03-31T23:59:59+02:00"],
    "6mo": ["2023-10-01T00:00:00+02:00", "2024-03-31T23:59:59+02:00"],
    "12mo": ["2023-04-01T00:00:00+02:00", "2024-03-31T23:59:59+02:00"],
    "year": ["2024-01-01T00:00:00+01:00", "2024-12-31T23:59:59+01:00"],
    "realtime": ["2024-03-31T17:55:01+02:00", "2024-03-31T18:00:00+02:00"],
}


@pytest.mark.parametrize("name", PERIODS)
def test_a_named_range_includes_the_present(name: str) -> None:
    found = parse(name)
    assert found.as_json() == NAMED[name]
    assert found.start_ms <= NOW_MS < found.end_ms


@pytest.mark.parametrize(
    ("earliest_ms", "first_day"),
    [
        (None, "2024-03-31"),
        (NOW_MS + 10**9, "2024-03-31"),
        (1_700_000_000_000, "2023-11-14"),
        (0, "1970-01-01"),
        (-(10**18), "1970-01-01"),
    ],
)
def test_all_starts_on_the_day_of_the_first_event(earliest_ms: int | None, first_day: str) -> None:
    assert parse("all", earliest_ms=earliest_ms).first_day.isoformat() == first_day
    assert parse("all", earliest_ms=earliest_ms).as_json()[1] == "2024-03-31T23:59:59+02:00"


@pytest.mark.parametrize(
    ("pair", "zone", "start", "hours"),
    [
        (["2024-03-31", "2024-03-31"], "Europe/Berlin", "2024-03-30T23:00Z", 23),
        (["2024-10-27", "2024-10-27"], "Europe/Berlin", "2024-10-26T22:00Z", 25),
        (["2024-03-31", "2024-03-31"], "Asia/Kathmandu", "2024-03-30T18:15Z", 24),
        (["1986-01-01", "1986-01-01"], "Asia/Kathmandu", "1985-12-31T18:30Z", 23.75),
        (["2021-03-22", "2021-03-22"], "Asia/Tehran", "2021-03-21T20:30Z", 23),  # its midnight was skipped
        (["2011-12-30", "2011-12-30"], "Pacific/Apia", "2011-12-30T10:00Z", 0),  # the whole day was
        (["2024-02-28", "2024-03-01"], "UTC", "2024-02-28T00:00Z", 72),
        (["2024-01-01T00:00:00Z", "2024-01-01T00:59:59Z"], "Asia/Tehran", "2024-01-01T00:00Z", 1),
        (["2024-01-01T05:45:00+05:45", "2024-01-01T00:00:00.999Z"], "UTC", "2024-01-01T00:00Z", 1 / 3600),
        (["2024-01-01T00:00:00.0Z", "2024-01-01T00:00:00.0009Z"], "UTC", "2024-01-01T00:00Z", 1 / 3600),
        (["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.499Z"], "UTC", "2024-01-01T00:00Z", 0.5 / 3600),
    ],
)
def test_a_pair_includes_both_its_ends(pair: list[str], zone: str, start: str, hours: float) -> None:
    found = parse(pair, ZoneInfo(zone))
    assert found.start_ms == datetime.fromisoformat(start).timestamp() * 1000
    assert found.end_ms - found.start_ms == round(hours * 3_600_000)
    if hours:
        assert parse(found.as_json(), ZoneInfo(zone)) == found


@pytest.mark.parametrize(
    ("value", "code", "pointer"),
    [
        ("yesterday", "unknown_date_range", "/date_range"),
        ("7D", "unknown_date_range", "/date_range"),
        ("", "unknown_date_range", "/date_range"),
        (None, "unknown_date_range", "/date_range"),
        (7, "unknown_date_range", "/date_range"),
        ({"from": "2024-01-01"}, "unknown_date_range", "/date_range"),
        (["2024-01-01"], "unknown_date_range", "/date_range"),
        (["2024-01-01"] * 3, "unknown_date_range", "/date_range"),
        (["2024-01-01", "2024-01-02T00:00:00Z"], "unknown_date_range", "/date_range/0"),
        (["2024-01-01T00:00:00Z", "2024-01-02T00:00:00"], "unknown_date_range", "/date_range/1"),
        (["20240101", "20240102"], "unknown_date_range", "/date_range/0"),
        (["2024-W01-1", "2024-W01-2"], "unknown_date_range", "/date_range/0"),
        (["٢٠٢٤-01-01", "2024-01-02"], "unknown_date_range", "/date_range/0"),
        (["2024-01-01\n", "2024-01-02"], "unknown_date_range", "/date_range/0"),
        (["2024-02-30", "2024-03-01"], "invalid_date_range", "/date_range/0"),
        (["2024-01-01T00:00:00Z", "2024-01-01T25:00:00Z"], "invalid_date_range", "/date_range/1"),
        (["2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00Z"], "invalid_date_range", "/date_range/0"),
        (["2024-01-02", "2024-01-01"], "invalid_date_range", "/date_range"),
        (["2024-01-01T00:00:01Z", "2024-01-01T00:00:00Z"], "invalid_date_range", "/date_range"),
        (["1969-12-31", "2024-01-01"], "invalid_date_range", "/date_range/0"),
        (["1970-01-01", "9999-12-31"], "invalid_date_range", "/date_range/1"),
        (["1970-01-01T00:00:00+14:00", "1970-01-02T00:00:00Z"], "invalid_date_range", "/date_range"),
    ],
)
def test_a_wrong_range_is_refused_by_code_and_field(value: object, code: str, pointer: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(value)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
