"""sealing/verify.py: a sound site has no differences, and every damage is found and named (INVENTORY S2-38)."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from collector.health.facts import read_facts
from collector.health.sites import check_sites
from collector.sealing.nightly import Nightly
from collector.sealing.schedule import Schedule
from collector.sealing.seal import Sealer
from collector.sealing.segment_file import Workbench
from collector.sealing.verify import KINDS, Verifier
from collector.sealing.work import SealingRound
from collector.storage.keys import VERIFIED, Shard
from collector.storage.segments import Segment
from collector.storage.sites import Site
from collector.storage.verifications import Verification, Verifications
from tests.backup.site import DAY_MS, OnlyThis, append, build_events, fill, now_ms, seal_of
from tests.backup.test_restore import copy_of, remove, steps_of_import
from tests.beacons import read_metrics
from tests.commands.forgetting import erase, footfall
from tests.lines import log_fields
from tests.service import Service, running_service
from tests.stores import wait_until

ROOT = Path(__file__).parent.parent.parent
TWIN = f"{1 << 62}-0"  # younger than all others


def verify(service: Service, site: Site, folder: Path) -> Verification:
    bench = Workbench(folder)
    try:
        return Verifier(service.store, bench, now_ms).verify(site)
    finally:
        bench.close()


def differences(service: Service, site: Site, folder: Path) -> list[tuple[str, str]]:
    """Kind and place of every difference, in the order of the report."""
    report = verify(service, site, folder)
    assert report.found == len(report.differences)
    return [(each.kind, each.where) for each in report.differences]


def seal(service: Service, site: Site) -> None:
    round_ = seal_of(service, site)
    round_.run()
    round_.close()


def listed(service: Service, shard: Shard) -> list[Segment]:
    return list(service.segments.read(shard, "", "0-0").segments or ())


def test_a_sound_site_has_no_differences_whatever_was_done_to_it(service: Service, tmp_path: Path) -> None:
    site = service.new_site(timezone="Europe/Berlin")
    shard = Shard(site.id, 0)
    assert verify(service, site, tmp_path).events == 0
    fill(service, site)
    report = verify(service, site, tmp_path)
    assert report.differences == ()
    held = listed(service, shard)
    assert {each.is_closed for each in held} == {True, False}
    assert (report.segments, report.bytes) == (len(held), sum(each.bytes for each in held))
    assert report.events == sum(each.rows for each in held) > 80
    assert report.entries == service.store.xlen(shard.log) > 0

    erase(service, site, "--visitor", "install-1")
    assert verify(service, site, tmp_path).differences == ()
    append(service, site, build_events(random.Random(9), 900, 30, now_ms() - DAY_MS, now_ms()), now_ms())
    seal(service, site)
    before = verify(service, site, tmp_path)
    assert before.differences == ()
    service.sites.change(site.id, lambda site: msgspec.structs.replace(site, retention_days=2))
    assert "segments dropped" in footfall(service, "retention", "--site", site.id).stdout
    kept = verify(service, site, tmp_path)
    assert kept.differences == ()
    assert kept.events < before.events

    copy = copy_of(service, site, tmp_path / "copy")
    remove(service, site)
    list(steps_of_import(service, copy))
    assert verify(service, site, tmp_path).differences == ()
    append(service, site, build_events(random.Random(9), 1900, 30, now_ms() - DAY_MS, now_ms()), now_ms())
    seal(service, site)
    restored = verify(service, site, tmp_path)
    assert restored.differences == ()
    assert restored.events > kept.events


def lose_value(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    service.store.delete(shard.segment(segment.name))
    return [("segment_lost", segment.name)]


def lose_whole_segment(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    service.store.delete(shard.segment(segment.name))
    service.store.hdel(shard.segments, segment.name)
    return [("rows_differ", "")]


def lose_from_list(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    service.store.hdel(shard.segments, segment.name)
    return [("rows_differ", ""), ("segment_unlisted", segment.name)]


def replace_by_garbage(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    service.store.set(shard.segment(segment.name), b"no Parquet at all")
    return [("segment_unreadable", segment.name)]


def cut_off(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    key = shard.segment(segment.name)
    service.store.set(key, service.store.get(key)[:-100])
    return [("segment_unreadable", segment.name)]


def replace_by_other_days(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    other = next(each for each in listed(service, shard) if each.first_day != segment.first_day)
    service.store.set(shard.segment(segment.name), service.store.get(shard.segment(other.name)))
    doubled = ("segment_doubled", max(segment, other, key=lambda each: listed(service, shard).index(each)).name)
    return [doubled, ("segment_differs", segment.name)]


def double(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    twin = msgspec.structs.replace(segment, name=TWIN)
    service.store.set(shard.segment(twin.name), service.store.get(shard.segment(segment.name)))
    service.store.hset(shard.segments, twin.name, msgspec.json.encode(twin).decode())
    by_id = [] if segment.is_closed else [("event_doubled", TWIN)]
    return [("rows_differ", ""), ("segment_doubled", TWIN), *by_id]


def lose_an_entry(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    first = service.store.xrange(shard.log, count=1)[0][0]
    service.store.xdel(shard.log, first)
    return [("entries_differ", "")]


def move_the_cursor(service: Service, shard: Shard, segment: Segment) -> list[tuple[str, str]]:
    service.store.hset(shard.state, "cursor", service.store.xrange(shard.log, count=1)[0][0].decode())
    return [("sealed_in_log", "")]


Damage = Callable[[Service, Shard, Segment], list[tuple[str, str]]]
DAMAGES: tuple[Damage, ...] = (
    lose_value, lose_whole_segment, lose_from_list, replace_by_garbage, cut_off, replace_by_other_days, double,
    lose_an_entry, move_the_cursor,
)  # fmt: skip


@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_every_damage_is_found_and_named(
    embedded_service: Service, tmp_path: Path, damage: Damage, is_closed: bool
) -> None:
    service = embedded_service
    site = service.new_site()
    shard = Shard(site.id, 0)
    fill(service, site)
    segment = max((each for each in listed(service, shard) if each.is_closed == is_closed), key=lambda each: each.rows)
    try:
        expected = {(kind, f"{site.id}.0/{name}") for kind, name in damage(service, shard, segment)}
        assert set(differences(service, site, tmp_path)) == expected
    finally:
        remove(service, site)


def test_an_event_that_two_shards_have_is_found(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site(shards=2)
    event = {"name": "pageview", "at_ms": now_ms(), "visitor": 1, "event_id": 1 << 40}
    for shard in site.all_shards():
        service.store.xadd(shard.log, log_fields(now_ms(), [event]))
        bench = Workbench(tmp_path)  # a sealer that knows nothing of the other shard
        assert Sealer(service.segments, bench, 1000, now_ms).seal(shard) == 1
        bench.close()
    (first,), (second,) = (listed(service, shard) for shard in site.all_shards())
    assert differences(service, site, tmp_path) == [("event_doubled", f"{site.id}.1/{second.name}")]
    assert f"{site.id}.0/{first.name}" in verify(service, site, tmp_path).differences[0].says
    remove(service, site)


def test_each_kind_of_difference_is_damage_done_above_and_in_the_docs() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    for kind, sentence in KINDS.items():
        assert f"| `{kind}` | {sentence} |" in text


def test_it_is_done_once_a_night_and_at_first(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site(timezone="Asia/Kathmandu")
    clock = [Schedule("daily", 3).last_due_ms(site.timezone, now_ms()) + 60_000]
    bench = Workbench(tmp_path)
    nightly = Nightly(service.store, bench, 3, lambda: clock[0])
    verified = []
    for hours in (0, 1, 22, 1, 1, 23):
        clock[0] += hours * 3_600_000
        verified.append(nightly.run([site]))
    bench.close()
    assert verified == [1, 0, 0, 1, 0, 1]
    assert Verifications(service.store).read_all()[site.id].at_ms == clock[0]


def test_the_reports_are_read_at_most_once_a_minute(embedded_service: Service, tmp_path: Path) -> None:
    service = embedded_service
    site = service.new_site()
    clock = [now_ms()]
    bench = Workbench(tmp_path)
    nightly = Nightly(service.store, bench, 3, lambda: clock[0])
    verified = []
    for seconds in (0, 30, 29, 1, -3600):
        clock[0] += seconds * 1000
        service.store.hdel(VERIFIED, site.id)  # so that it is due whenever somebody looks
        verified.append(nightly.run([site]))
    bench.close()
    assert verified == [1, 0, 0, 1, 1], "also when the clock is set back"


def test_the_sealer_does_it_between_its_rounds(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    round_ = SealingRound(replace(service.settings, verify_hour=5), OnlyThis(site), service.segments)
    assert [round_.verify_due(), round_.verify_due()] == [1, 0]
    round_.close()


def test_the_last_report_is_shown_by_the_command_by_check_and_by_metrics(
    embedded_service: Service, tmp_path: Path
) -> None:
    service = embedded_service
    site = service.new_site()
    append(service, site, build_events(random.Random(1), 0, 9, now_ms() - 1000, now_ms()), now_ms())
    seal(service, site)

    def finding():
        return next(each for each in check_sites(read_facts(service.settings, now_ms())) if each.name.endswith(site.id))

    assert "verified" not in finding().says
    ended = footfall(service, "verify", "--site", site.id)
    held = listed(service, Shard(site.id, 0))
    rows, size = sum(each.rows for each in held), sum(each.bytes for each in held)
    assert rows >= 9
    assert (
        ended.stdout == f"{site.id}\t{rows} events\t{len(held)} segments\t{size} bytes\t0 entries wait\t0 differences\n"
    )
    assert ended.returncode == 0
    assert re.search(r"; verified \d+ s ago$", finding().says)
    assert finding().status == "ok"

    segment = held[0]
    lose_value(service, Shard(site.id, 0), segment)
    ended = footfall(service, "verify", "--site", site.id, "--json")
    (difference,) = json.loads(ended.stdout)[site.id]["differences"]
    assert (ended.returncode, difference["kind"]) == (1, "segment_lost")
    assert difference["where"] == f"{site.id}.0/{segment.name}"
    assert finding().status == "wrong"
    assert f"with 1 differences, first: {difference['where']}" in finding().says
    with running_service(service.settings.redis_nodes, tmp_path, "ingest") as ingest:
        labels = f'{{site="{site.id}"}}'
        wait_until(lambda: f"footfall_verify_differences{labels}" in read_metrics(ingest), "the report was read")
        metrics = read_metrics(ingest)
    assert metrics[f"footfall_verify_differences{labels}"] == 1
    assert abs(metrics[f"footfall_verified_timestamp_seconds{labels}"] * 1000 - now_ms()) < 60_000
    remove(service, site)
    service.store.hdel(VERIFIED, site.id)
