"""Everything of a site goes out whole, in every form, and each event exactly once over pulls that follow each other."""

import csv
import io
import json
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from collector.errors import Problem
from collector.events.erased import hash_subject
from collector.exchange.export import MOST_AT_ONCE, Exporter
from collector.exchange.export_formats import EXPORT_FORMATS
from collector.exchange.exported_rows import FIELDS
from collector.exchange.window import Window
from collector.query.mirror import run_here
from collector.sealing.segment_file import DAY_MS
from collector.storage.sites import Site
from collector.storage.tombstones import Tombstone, Tombstones
from tests.backup.site import HOUR_MS, append, build_events, fill, kinds, now_ms, seal_of
from tests.lines import log_fields
from tests.service import Answer, Service, request

Row = dict[str, Any]


def export(service: Service, site: Site, **parameters: str) -> Answer:
    query = "&".join(f"{name}={value}" for name, value in {"site": site.id, **parameters}.items())
    return request(f"{service.url}/api/v1/export?{query}", headers={"Authorization": f"Bearer {service.reader}"})


def pull(service: Service, site: Site, **parameters: str) -> list[Row]:
    answer = export(service, site, **parameters)
    assert answer.status == 200, answer.body
    return read_lines(answer)


def read_lines(answer: Answer) -> list[Row]:
    return [json.loads(line) for line in answer.body.splitlines()]


def facts(row: Row) -> tuple[Any, ...]:
    """What of a row is the same whether its day is closed or not."""
    return tuple(row.get(name) for name in ("visitor", "at_ms", "seq", "name", "path", "source", "country", "device"))


@pytest.fixture(scope="module")
def filled(embedded_service: Service) -> Site:
    """A site with closed, merged and fresh segments."""
    site = embedded_service.new_site(shards=2, bot_days=None)
    fill(embedded_service, site)
    assert all(kinds(embedded_service, site))
    round_ = seal_of(embedded_service, site)
    round_.run()
    round_.close()
    return site


def test_ndjson_holds_every_sealed_event_once(embedded_service: Service, filled: Site) -> None:
    rows = pull(embedded_service, filled)
    assert len(rows) > 200
    # Some of the events happen a day from now, which "all" does not count.
    days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * 86_400)) for days in (-30, 3)]
    everything = {"date_range": days, "include": {"bots": True}}
    counted = embedded_service.rows(filled, "event:name", "events", **everything)
    names = Counter(row["name"] for row in rows)
    assert {name: [count] for name, count in names.items() if name != "engagement"} == {
        name: count for name, count in counted.items() if name != "engagement"
    }
    assert [len({row["visitor"] for row in rows})] == embedded_service.numbers(filled, "visitors", **everything)
    assert all(set(row) <= set(FIELDS) and None not in row.values() for row in rows)


def test_numbers_of_64_bits_are_text_where_readers_would_round_them(embedded_service: Service, filled: Site) -> None:
    rows = pull(embedded_service, filled)
    assert max(abs(int(row["visitor"])) for row in rows) > 2**53
    for row in rows:
        assert isinstance(row["visitor"], str)
        assert isinstance(row["at_ms"], int)


def test_the_three_forms_say_the_same(embedded_service: Service, filled: Site, tmp_path: Path) -> None:
    lines = Counter(map(facts, pull(embedded_service, filled)))
    cells = list(csv.DictReader(io.StringIO(export(embedded_service, filled, format="csv").body.decode())))
    path = tmp_path / "events.parquet"
    path.write_bytes(export(embedded_service, filled, format="parquet").body)
    cursor = duckdb.connect().execute("select * from read_parquet(?)", [str(path)])
    names = [column[0] for column in cursor.description]
    stored = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert tuple(cells[0]) == FIELDS == tuple(names)

    def plain(row: Row) -> tuple[Any, ...]:
        return tuple(None if value in (None, "") else str(value) for value in facts(row))

    expected = Counter(tuple(None if value is None else str(value) for value in key) for key in lines.elements())
    assert Counter(map(plain, cells)) == expected
    assert Counter(map(plain, stored)) == expected


def test_pageviews_keep_their_events_together_when_their_day_is_closed(embedded_service: Service) -> None:
    """A closed file numbers its pageviews by row; what goes out is a name that no merge changes."""
    service = embedded_service
    site = service.new_site(bot_days=None)
    events = build_events(Random(5), 0, 60, now_ms() - 20 * DAY_MS, now_ms() - 9 * DAY_MS)
    append(service, site, events, now_ms() - 5 * DAY_MS)
    round_ = seal_of(service, site)
    round_.run()
    round_.close()
    view = service.segments.read(site.all_shards()[0], "", "0-0")
    assert view.segments is not None
    assert all(segment.is_closed for segment in view.segments)
    sent: dict[int, list[tuple[Any, ...]]] = {}
    for event in events:
        sent.setdefault(event["pageview_id"], []).append((event["at_ms"], event["seq"], event["name"]))
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in pull(service, site):
        found.setdefault(row["pageview_id"], []).append((row["at_ms"], row["seq"], row["name"]))
    assert sorted(sorted(each) for each in found.values()) == sorted(sorted(each) for each in sent.values())
    assert found == {key: value for key, value in found.items() if int(key) > 2**32}


def test_a_cell_is_never_a_formula(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x", 'a"b,c\nd', "'=1", "plain", "", "=\u00e4"]
    events = [
        {"name": "click", "at": now_ms(), "seq": seq, "text": text, "visitor": "v"} for seq, text in enumerate(hostile)
    ]
    key = service.write_key(site)
    assert service.post({"site": site.id, "events": events}, Authorization=f"Bearer {key}").body["accepted"] == len(
        events
    )
    service.seal()
    text = export(service, site, format="csv").body.decode()
    cells = {int(row["seq"]): row["text"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert [cells[seq] for seq in range(len(hostile))] == [
        "'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\r=x", 'a"b,c\nd', "'=1", "plain", "", "'=\u00e4",
    ]  # fmt: skip
    as_sent = {row["seq"]: row.get("text") for row in pull(service, site)}
    assert [as_sent[seq] for seq in range(len(hostile))] == hostile


def test_days_are_those_of_the_site(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(timezone="Asia/Kathmandu")  # 18:15 UTC is midnight
    times = {"before": 1781547299999, "first": 1781547300000, "last": 1781633699999, "behind": 1781633700000}
    key = service.write_key(site)
    events = [{"name": name, "at": at, "visitor": "v"} for name, at in times.items()]
    service.post({"site": site.id, "events": events}, Authorization=f"Bearer {key}")
    service.seal()
    one_day = {"from": "2026-06-16", "to": "2026-06-16"}
    assert {row["name"] for row in pull(service, site, **one_day)} == {"first", "last"}
    assert {row["name"] for row in pull(service, site, **{"from": "2026-06-16"})} == {"first", "last", "behind"}
    assert {row["name"] for row in pull(service, site, to="2026-06-16")} == {"before", "first", "last"}
    assert len(pull(service, site)) == 4


@pytest.mark.parametrize(
    ("parameters", "pointer"),
    [
        ({"format": "xlsx"}, "/format"),
        ({"from": "yesterday"}, "/from"),
        ({"to": "2026-02-30"}, "/to"),
        ({"to": "9999-12-31"}, "/to"),
        ({"after": "-1"}, "/after"),
        ({"after": "1e3"}, "/after"),
        ({"after": "%D9%A1"}, "/after"),
        ({"after": "9" * 16}, "/after"),
    ],
)
def test_a_wrong_parameter_is_named(embedded_service: Service, parameters: Row, pointer: str) -> None:
    answer = export(embedded_service, embedded_service.new_site(), **parameters)
    assert (answer.status, answer.body["pointer"]) == (400, pointer)


class Pulls:
    """Pulls that follow each other, at moments that the test chooses."""

    def __init__(self, service: Service, site: Site, folder: Path, commit_seconds: float = 5) -> None:
        self.at_ms = now_ms()
        self.cursor = 0
        self.seen: Counter[tuple[Any, ...]] = Counter()
        self._site = site
        self._exporter = Exporter(service.segments, folder, commit_seconds, lambda: self.at_ms, run_here)

    def pull(self) -> int:
        """Take what is new; how many events that is."""
        until_ms, pieces = self._exporter.begin(self._site, Window(after_ms=self.cursor), EXPORT_FORMATS["ndjson"])
        rows = [json.loads(line) for line in b"".join(pieces).splitlines()]
        assert until_ms is not None
        assert until_ms >= self.cursor
        self.cursor = until_ms
        self.seen.update(facts(row) for row in rows)
        return len(rows)


def test_pulls_bring_every_event_exactly_once_whatever_becomes_of_it(embedded_service: Service, tmp_path: Path) -> None:
    """Arrivals of the next hours, late events of last week, seals, merges and days that are closed in between."""
    service = embedded_service
    site = service.new_site(shards=2, bot_days=None)
    random_ = Random(11)
    pulls = Pulls(service, site, tmp_path)
    start = now_ms()
    sent: Counter[tuple[Any, ...]] = Counter()
    for number in range(60):
        # Arrivals of the last nine days, so that days are closed while pulls go on.
        pulls.at_ms = start - 9 * DAY_MS + number * 4 * HOUR_MS
        late_ms = random_.choice((0, 0, 0, 50 * HOUR_MS))
        events = build_events(random_, number * 10, 3, pulls.at_ms - late_ms - HOUR_MS, pulls.at_ms - late_ms)
        for shard in site.all_shards():
            own = [event for event in events if site.shard_of(event["visitor"]) == shard]
            if own:
                fields = log_fields(pulls.at_ms - random_.randint(0, 999), own)
                service.store.xadd(shard.log, fields, id=f"{pulls.at_ms}-*")
        sent.update(facts({**event, "visitor": str(event["visitor"])}) for event in events)
        if number % 3 == 0:
            pulls.pull()
        if number % 5 != 0:
            round_ = seal_of(service, site)
            round_.run()
            round_.close()
    round_ = seal_of(service, site)
    round_.run()
    round_.close()
    pulls.at_ms += HOUR_MS
    assert pulls.pull() > 0
    assert pulls.seen == sent
    assert pulls.pull() == 0


def test_a_cursor_waits_for_what_is_not_sealed(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    append(service, site, [{"name": "x", "at_ms": now_ms(), "visitor": 2**60}], now_ms())
    time.sleep(0.01)
    pulls = Pulls(service, site, tmp_path)
    pulls.at_ms += HOUR_MS
    before = now_ms()
    assert pulls.pull() == 0
    assert pulls.cursor < before, "not the hour that has passed by the clock"
    service.seal()
    assert (pulls.pull(), pulls.pull()) == (1, 0)


def test_the_cursor_is_in_a_header_of_those_who_ask_for_one(embedded_service: Service) -> None:
    site = embedded_service.new_site()
    assert "X-Footfall-Cursor" not in export(embedded_service, site).headers
    cursor = int(export(embedded_service, site, after="0").headers["X-Footfall-Cursor"])
    assert now_ms() - 60_000 < cursor < now_ms()
    assert int(export(embedded_service, site, after=str(cursor)).headers["X-Footfall-Cursor"]) >= cursor


def test_who_is_erased_is_in_no_export_even_before_the_segments_are_written_again(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    shard = site.all_shards()[0]
    now = now_ms()
    events = [
        {"name": name, "at_ms": now - 10 * DAY_MS, "visitor": 2**60 + len(name), "visitor_id": name}
        for name in ("a", "bb")
    ]
    append(service, site, events, now)
    service.seal()
    Tombstones(service.store).put(shard, Tombstone("visitor", "salt", hash_subject("visitor", "salt", "a"), now + 1))
    for form in ("ndjson", "csv", "parquet"):
        assert export(service, site, format=form).status == 200
    assert [row["visitor_id"] for row in pull(service, site)] == ["bb"]


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_a_site_without_events_gives_an_empty_file_of_its_form(
    embedded_service: Service, tmp_path: Path, form: str
) -> None:
    answer = export(embedded_service, embedded_service.new_site(), format=form)
    assert answer.status == 200
    if form == "parquet":
        path = tmp_path / "empty.parquet"
        path.write_bytes(answer.body)
        described = duckdb.connect().execute("select * from read_parquet(?)", [str(path)])
        assert tuple(column[0] for column in described.description) == FIELDS
        assert described.fetchall() == []
    else:
        assert answer.body == EXPORT_FORMATS[form].head


def test_a_request_for_the_head_alone_makes_room_again(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    url = f"{service.url}/api/v1/export?site={site.id}"
    headers = {"Authorization": f"Bearer {service.reader}"}
    for _ in range(MOST_AT_ONCE + 1):
        assert request(url, headers=headers, method="HEAD").status == 200
    assert pull(service, site) == []


def test_only_so_many_run_at_once_and_one_that_is_given_up_makes_room(
    embedded_service: Service, tmp_path: Path
) -> None:
    site = embedded_service.new_site()
    exporter = Exporter(embedded_service.segments, tmp_path, 5, now_ms, run_here)
    form = EXPORT_FORMATS["ndjson"]
    running = [exporter.begin(site, Window(), form)[1] for _ in range(MOST_AT_ONCE)]
    with pytest.raises(Problem, match="come again") as refused:
        exporter.begin(site, Window(), form)
    assert refused.value.status == 503
    running[0].close()
    assert b"".join(exporter.begin(site, Window(), form)[1]) == b""
    running[1].close()
    assert not list(tmp_path.glob("work-*")), "its files are gone, too"
