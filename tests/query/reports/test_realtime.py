"""Realtime: the last half hour by minute, and who was here in the last five."""

from tests.query.site import NOW_MS, Site, build_event

from .asking import MINUTE_MS, ask


def test_minutes_are_counted_back_from_now(site: Site) -> None:
    site.load(
        [
            build_event(NOW_MS, visitor=1),
            build_event(NOW_MS - 4 * MINUTE_MS, visitor=2),
            build_event(NOW_MS - 4 * MINUTE_MS, visitor=2, name="engagement"),
            build_event(NOW_MS - 5 * MINUTE_MS, visitor=3),
            build_event(NOW_MS - 31 * MINUTE_MS, visitor=4),
            build_event(NOW_MS, visitor=5, is_bot=True),
        ]
    )
    answer = ask(site, "realtime")
    assert answer["meta"] == {"visitors": 2}
    rows = {row["minutes_ago"]: tuple(row.values())[1:] for row in answer["results"]}
    assert list(rows) == list(range(29, -1, -1))
    assert {ago: row for ago, row in rows.items() if row != (0, 0, 0)} == {0: (1, 1, 1), 4: (1, 1, 1), 5: (1, 1, 1)}


def test_half_an_hour_of_nothing_is_thirty_rows_of_nothing(site: Site) -> None:
    site.load([])
    answer = ask(site, "realtime", include={"bots": True})
    assert answer["meta"] == {"visitors": 0}
    assert [tuple(row.values()) for row in answer["results"]] == [(ago, 0, 0, 0) for ago in range(29, -1, -1)]
