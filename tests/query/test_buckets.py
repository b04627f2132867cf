"""Time buckets: which a range has, what they are called and what "time" means."""

from zoneinfo import ZoneInfo

import pytest

from collector.query.buckets import BUCKETS, choose_bucket, label_number, list_numbers
from collector.query.periods import Range, parse_range

from .site import NOW_MS, Site, build_event


def build_range(first: str, last: str, zone: str = "Europe/Berlin") -> Range:
    return parse_range([first, last], ZoneInfo(zone), NOW_MS, None, ())


def list_labels(name: str, span: Range) -> list[str]:
    return [label_number(BUCKETS[name], number, span) for number in list_numbers(BUCKETS[name], span)]


@pytest.mark.parametrize(
    ("name", "first", "last", "zone", "labels"),
    [
        ("time:day", "2024-02-28", "2024-03-01", "Europe/Berlin", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("time:day", "2011-12-29", "2011-12-31", "Pacific/Apia", ["2011-12-29", "2011-12-31"]),
        ("time:week", "2024-01-01", "2024-01-08", "Asia/Kathmandu", ["2024-01-01", "2024-01-08"]),
        ("time:week", "2024-01-03", "2024-01-08", "Asia/Kathmandu", ["2024-01-03", "2024-01-08"]),
        ("time:week", "1970-01-01", "1970-01-05", "UTC", ["1970-01-01", "1970-01-05"]),
        ("time:month", "2023-12-31", "2024-01-01", "Europe/Berlin", ["2023-12-01", "2024-01-01"]),
        ("time:month", "1970-01-01", "1970-01-01", "UTC", ["1970-01-01"]),
    ],
)
def test_a_range_has_these_buckets(name: str, first: str, last: str, zone: str, labels: list[str]) -> None:
    assert list_labels(name, build_range(first, last, zone)) == labels


def test_an_hour_that_the_clocks_skip_has_no_bucket() -> None:
    labels = list_labels("time:hour", build_range("2024-03-31", "2024-03-31"))
    assert labels[1:3] == ["2024-03-31 01:00:00", "2024-03-31 03:00:00"]
    assert len(labels) == 23


def test_an_hour_that_the_clocks_repeat_is_one_bucket_of_two_hours(site: Site) -> None:
    first_ms = 1_729_987_200_000  # 2024-10-27 02:00 in Berlin, and an hour later again
    site.load([build_event(first_ms), build_event(first_ms + 3_600_000)])
    days = ["2024-10-27", "2024-10-27"]
    answer = site.ask(metrics=["events"], date_range=days, dimensions=["time:hour"])
    assert len(answer["results"]) == 24
    assert [row for row in answer["results"] if row["metrics"] != [0]] == [
        {"dimensions": ["2024-10-27 02:00:00"], "metrics": [2]}
    ]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2024-10-27", "2024-10-27", "time:hour"),
        ("2024-10-26", "2024-10-27", "time:hour"),
        ("2024-01-01", "2024-01-03", "time:day"),
        ("2024-01-01", "2024-02-10", "time:day"),
        ("2024-01-01", "2024-02-11", "time:week"),
        ("2023-01-01", "2023-12-31", "time:week"),
        ("2023-01-02", "2024-01-07", "time:week"),
        ("2023-01-02", "2024-01-08", "time:month"),
    ],
)
def test_time_means_the_bucket_that_fits_the_range(first: str, last: str, name: str) -> None:
    assert choose_bucket(build_range(first, last)).name == name
