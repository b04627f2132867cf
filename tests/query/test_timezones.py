"""Stretches of one offset, against zoneinfo asked at single instants."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.query.timezones import Stretch, find_stretches, known_names, midnight_ms

HOUR_MS = 3_600_000


def milliseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_a_range_without_a_clock_change_is_one_stretch() -> None:
    assert find_stretches(ZoneInfo("Asia/Kathmandu"), 5, 10**12) == (
        Stretch(5, milliseconds("1985-12-31T18:30"), 5 * HOUR_MS + HOUR_MS // 2),
        Stretch(milliseconds("1985-12-31T18:30"), 10**12, 5 * HOUR_MS + HOUR_MS * 3 // 4),
    )
    assert find_stretches(ZoneInfo("UTC"), 5, 10**12) == (Stretch(5, 10**12, 0),)


def test_a_year_in_berlin_has_three_stretches() -> None:
    start_ms, end_ms = milliseconds("2024-01-01T00:00"), milliseconds("2025-01-01T00:00")
    march_ms, october_ms = milliseconds("2024-03-31T01:00"), milliseconds("2024-10-27T01:00")
    assert find_stretches(ZoneInfo("Europe/Berlin"), start_ms, end_ms) == (
        Stretch(start_ms, march_ms, HOUR_MS),
        Stretch(march_ms, october_ms, 2 * HOUR_MS),
        Stretch(october_ms, end_ms, HOUR_MS),
    )


def test_a_range_may_start_or_end_right_at_a_change_or_be_empty() -> None:
    berlin, change_ms = ZoneInfo("Europe/Berlin"), milliseconds("2024-03-31T01:00")
    assert find_stretches(berlin, change_ms - 1, change_ms) == (Stretch(change_ms - 1, change_ms, HOUR_MS),)
    assert find_stretches(berlin, change_ms, change_ms + 1) == (Stretch(change_ms, change_ms + 1, 2 * HOUR_MS),)
    assert len(find_stretches(berlin, change_ms - 1, change_ms + 1)) == 2
    assert find_stretches(berlin, change_ms, change_ms) == ()


@given(
    name=st.sampled_from(sorted(known_names())),
    start_ms=st.integers(0, 2_500_000_000_000),
    length_ms=st.integers(1, 3 * 365 * 24 * HOUR_MS),
    share=st.fractions(0, 1),
)
@settings(max_examples=200, deadline=None)
def test_at_any_instant_of_any_zone_the_offset_is_the_one_of_zoneinfo(
    name: str, start_ms: int, length_ms: int, share: float
) -> None:
    zone, end_ms = ZoneInfo(name), start_ms + length_ms
    stretches = find_stretches(zone, start_ms, end_ms)
    borders = [start_ms, *(stretch.end_ms for stretch in stretches)]
    assert [stretch.start_ms for stretch in stretches] == borders[:-1]
    assert borders[-1] == end_ms
    at_ms = start_ms + int((length_ms - 1) * share)
    (offset_ms,) = (each.offset_ms for each in stretches if each.start_ms <= at_ms < each.end_ms)
    offset = datetime.fromtimestamp(at_ms // 1000, zone).utcoffset()
    assert offset is not None
    assert offset_ms == offset.total_seconds() * 1000


@pytest.mark.parametrize(
    ("name", "day", "start"),
    [
        ("Europe/Berlin", "2024-03-31", "2024-03-30T23:00"),
        ("Asia/Kathmandu", "2024-03-31", "2024-03-30T18:15"),
        ("Asia/Tehran", "2021-03-22", "2021-03-21T20:30"),
        ("America/Havana", "2024-11-03", "2024-11-03T04:00"),  # has two midnights; the day starts at the first
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00"),
    ],
)
def test_a_day_starts_at_its_first_midnight_or_after_the_gap(name: str, day: str, start: str) -> None:
    assert midnight_ms(ZoneInfo(name), date.fromisoformat(day)) == milliseconds(start)
