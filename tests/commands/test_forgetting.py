"""`footfall erase` and `footfall subject`: one person is gone from everywhere, and nothing else is."""

import hashlib
import json
import random
import threading
import time
from pathlib import Path

import pytest

from collector.ingest.spool import Entry, claim_own
from collector.storage.keys import Shard
from collector.storage.tombstones import Tombstones
from tests.commands.forgetting import (
    DAY_MS,
    HOUR_MS,
    answers,
    erase,
    footfall,
    log_line,
    made_up_events,
    put_dead_letter,
    seal_later,
    send,
    tell_history,
)
from tests.service import Service, end_process, start_command

NOBODY = "nobody"


def of_three_ages(seed: int) -> list[list[dict]]:
    random_ = random.Random(seed)
    now_ms = time.time_ns() // 1_000_000
    return [
        made_up_events(random_, 40, now_ms - 10 * DAY_MS, now_ms - 8 * DAY_MS),
        made_up_events(random_, 40, now_ms - 30 * HOUR_MS, now_ms - 4 * HOUR_MS),
        made_up_events(random_, 20, now_ms - 3 * HOUR_MS, now_ms - 60_000),
    ]


def test_answers_are_those_of_a_site_that_the_visitor_never_came_to(service: Service) -> None:
    site, twin = service.new_site(), service.new_site()
    history = of_three_ages(seed=1)
    tell_history(service, {NOBODY: site, "visitor-3": twin}, history)
    theirs = [event for events in history for event in events if event["visitor"] == "visitor-3"]
    assert answers(service, site) != answers(service, twin)
    put_dead_letter(service, site, log_line("visitor-3"))
    put_dead_letter(service, site, log_line("visitor-4"))

    # Others go on meanwhile, on both sites.
    now_ms = time.time_ns() // 1_000_000
    others = made_up_events(random.Random(2), 80, now_ms - HOUR_MS, now_ms - 60_000)
    others = [event | {"visitor": "visitor-1"} for event in others]
    going_on = threading.Thread(target=lambda: [send(service, each, others) for each in (site, twin)])
    going_on.start()
    certificate = erase(service, site, "--visitor", "visitor-3")
    going_on.join()

    assert answers(service, site) == answers(service, twin)
    erased = certificate["erased"]
    assert erased["segment_rows"] + erased["log_rows"] == len(theirs)
    assert erased["segment_rows"] > 0
    assert erased["log_rows"] > 0
    assert erased["dead_letters"] == 1
    assert erased["segments_rewritten"] >= 3, "closed days, merged and fresh ones"
    assert set(certificate["append_only_files"].values()) == {"rewritten"}
    assert len(certificate["append_only_files"]) >= len(service.store.get_nodes())
    assert certificate["streams_rewritten"] is True
    assert set(certificate["found_afterwards"]) == {
        "segment_rows",
        "segments",
        "log_rows",
        "dead_letters",
        "spool_events",
    }
    assert not any(certificate["found_afterwards"].values())
    assert certificate["hash"] == hashlib.sha256(f"{certificate['salt']}visitor:visitor-3".encode()).hexdigest()
    assert "visitor-3" not in json.dumps(certificate)
    for step in (service.seal, lambda: seal_later(service, 73 + 48)):
        step()
        assert answers(service, site) == answers(service, twin)
    subject = json.loads(footfall(service, "subject", "--site", site.id, "--visitor", "visitor-3").stdout)
    assert (subject["events"], subject["dead_letters"]) == ([], [])
    assert [payload for _, payload in letters_of(service, site)] == [log_line_visitor(b"visitor-4")]


def letters_of(service: Service, site) -> list[tuple[str, bytes]]:
    """Id and the visitor's part of the payload of every dead letter."""
    found = service.store.xrange(Shard(site.id, 0).dead)
    return [(letter_id, log_line_visitor(fields[b"payload"])) for letter_id, fields in found]


def log_line_visitor(text: bytes) -> bytes:
    return next(name for name in (b"visitor-3", b"visitor-4") if name in text)


def test_what_a_sender_sends_again_stays_out_and_what_is_new_counts(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    now_ms = time.time_ns() // 1_000_000
    events = [
        {
            "name": "pageview",
            "id": f"{who}-{n}",
            "at": now_ms - n * 1000,
            "visitor": who,
            "url": f"https://a.example/{n}",
        }
        for who in ("leaving", "staying")
        for n in range(4)
    ]
    send(service, site, events)
    service.seal()
    assert service.numbers(site, "visitors", "pageviews") == [2, 8]
    erase(service, site, "--visitor", "leaving")
    for _ in range(2):
        assert service.numbers(site, "visitors", "pageviews") == [1, 4]
        send(service, site, events)  # all of it once more: their tracker, a spool, a backup
        assert service.numbers(site, "visitors", "pageviews") == [1, 4]
        service.seal()
    held = service.segments.read(Shard(site.id, 0), "", "0-0").segments or ()
    assert sum(segment.rows for segment in held) == 4
    send(service, site, [{"name": "pageview", "visitor": "leaving", "url": "https://a.example/back"}])
    assert service.numbers(site, "visitors", "pageviews") == [2, 5]
    service.seal()
    assert service.numbers(site, "visitors", "pageviews") == [2, 5]


@pytest.mark.parametrize(
    ("who", "is_theirs"),
    [
        (("--user", "user-2"), lambda event: event.get("user") == "user-2"),
        (("--event", "event-7"), lambda event: event["id"] == "event-7"),
        (("--entity", "product", "4"), lambda event: event.get("entity") == {"type": "product", "id": "4"}),
        (("--entity", "product4", ""), lambda event: False),
        (("--visitor", "no such visitor"), lambda event: False),
        (("--user", "visitor-2"), lambda event: False),
    ],
)
def test_a_user_an_entity_and_an_event_are_erased_by_their_ids(embedded_service: Service, who, is_theirs) -> None:
    service = embedded_service
    site = service.new_site()
    now_ms = time.time_ns() // 1_000_000
    events = made_up_events(random.Random(3), 40, now_ms - 5 * HOUR_MS, now_ms - HOUR_MS)
    events = [event | {"id": f"event-{number}"} for number, event in enumerate(events)]
    for number, event in enumerate(events):
        if event["name"] != "engagement":
            kind = "article" if number % 4 == 0 else "product"
            event |= {"name": "view", "entity": {"type": kind, "id": str(number % 5)}}
    send(service, site, events[:20])
    service.seal()
    send(service, site, events[20:])
    theirs = [event for event in events if is_theirs(event)]
    countable = [event for event in events if event["name"] != "engagement"]
    assert service.numbers(site, "events") == [len(countable)]

    would_go = json.loads(footfall(service, "erase", "--site", site.id, *who, "--dry-run").stdout)["would_erase"]
    assert would_go["segment_rows"] + would_go["log_rows"] == len(theirs)
    assert service.numbers(site, "events") == [len(countable)]
    assert Tombstones(service.store).read(Shard(site.id, 0)) == frozenset()

    certificate = erase(service, site, *who)
    assert certificate["erased"]["segment_rows"] + certificate["erased"]["log_rows"] == len(theirs)
    left = [event for event in countable if not is_theirs(event)]
    assert service.numbers(site, "events") == [len(left)]
    held = service.segments.read(Shard(site.id, 0), "", "0-0").segments or ()
    assert sum(segment.rows for segment in held) == len(events) - len(theirs), "the log is sealed, without theirs"


def test_no_file_of_the_store_has_the_bytes_any_more(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site()
    folder = Path(service.store.config_get("dir", target_nodes="primaries")["dir"])
    service.store.config_set("rdbcompression", "no", target_nodes="primaries")
    try:
        send(service, site, [{"name": "pageview", "visitor": "install-of-mallory", "url": "https://a.example/"}])
        send(service, site, [{"name": "pageview", "visitor": "install-of-alice", "url": "https://a.example/"}])
        put_dead_letter(service, site, log_line("install-of-mallory"))
        put_dead_letter(service, site, log_line("install-of-alice"))
        assert files_with(folder, b"install-of-mallory")
        erase(service, site, "--visitor", "install-of-mallory")
        assert not files_with(folder, b"install-of-mallory")
        assert files_with(folder, b"install-of-alice"), "who stays is there, so the search does find"
    finally:
        service.store.config_set("rdbcompression", "yes", target_nodes="primaries")


def files_with(folder: Path, text: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and text in path.read_bytes()]


def test_an_erasure_that_is_killed_is_finished_by_the_next(embedded_service: Service) -> None:
    service = embedded_service
    site, twin = service.new_site(shards=2), service.new_site(shards=2)
    tell_history(service, {NOBODY: site, "visitor-3": twin}, of_three_ages(seed=4))
    with_them, without = answers(service, site), answers(service, twin)
    shard = Shard(site.id, 0)
    seen_halfway = 0
    for delay in range(40):
        process = start_command(service.environment, "erase", "--site", site.id, "--visitor", "visitor-3")
        try:
            deadline = time.monotonic() + 20
            while not service.store.exists(shard.tombstones) and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(delay % 8 * 0.02)
            seen_halfway += process.poll() is None
            process.kill()
        finally:
            end_process(process)
        assert answers(service, site) == without
        if seen_halfway >= 2:
            break
    assert with_them != without
    assert seen_halfway >= 2
    assert erase(service, site, "--visitor", "visitor-3")["found_afterwards"]["segment_rows"] == 0
    assert answers(service, site) == without


def test_everything_held_about_a_person_comes_with_readable_times(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(timezone="Europe/Berlin")
    at_ms = time.time_ns() // 1_000_000 // DAY_MS * DAY_MS - DAY_MS + 12 * HOUR_MS  # 12:00 UTC
    mine = {"name": "signup", "at": at_ms, "visitor": "v1", "user": "u1", "props": {"plan": "pro"}}
    send(service, site, [mine | {"id": "1"}, mine | {"id": "2", "visitor": "v2"}, mine | {"id": "3", "user": "u2"}])
    service.seal()
    send(service, site, [mine | {"id": "4"}])
    spool = claim_own(service.settings.data_dir / "spool")
    for who, number in (("v1", 5), ("v11", 6)):
        spool.put([Entry(Shard(site.id, 0), log_line(who, number, at_ms=at_ms))])
    put_dead_letter(service, site, log_line("v1") + b"damaged \xff", "Expected `int`")
    put_dead_letter(service, site, log_line("v11"))
    told = json.loads(footfall(service, "subject", "--site", site.id, "--visitor", "v1").stdout)
    spool.remove()
    assert sorted((event["place"], event["user_id"] or "") for event in told["events"]) == [
        ("log", "u1"), ("segment", "u1"), ("segment", "u2"), ("spool", ""),
    ]  # fmt: skip
    assert told["also"] == {"user": ["u1", "u2"]}
    first = next(event for event in told["events"] if event["place"] == "segment")
    assert first["at"][11:] in ("13:00:00.000+01:00", "14:00:00.000+02:00")
    assert (first["props"], first["name"], first["at_ms"]) == ({"plan": "pro"}, "signup", at_ms)
    assert [letter["reason"] for letter in told["dead_letters"]] == ["Expected `int`"]
    assert "\\xff" in told["dead_letters"][0]["payload"]


def test_whoever_names_no_site_of_ours_reads_one_clear_sentence(embedded_service: Service) -> None:
    for command in (("erase", "--visitor", "x"), ("subject", "--user", "x"), ("retention",), ("dead", "list")):
        ended = footfall(embedded_service, *command, "--site", "no-such-site")
        assert (ended.returncode, ended.stderr) == (1, "footfall: there is no site no-such-site\n")
