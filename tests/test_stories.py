"""What a collector does for its users, from the beacon to the answer, over each kind of store."""

import time
from typing import Any

import pytest

from collector.events.columns import LOG_FIELD
from collector.storage.keys import Shard
from collector.storage.sites import KeptAddress, Site
from tests.service import CHROME, Service, request

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def pageview(site, page_id: str = "pageview-1", path: str = "/", **page):
    return {
        "site": site.id,
        "page": {"id": page_id, "url": f"https://shop.example{path}", **page},
        "events": [{"name": "pageview", "seq": 0}],
    }


def test_an_accepted_event_is_in_the_very_next_answer(service: Service) -> None:
    site = service.new_site()
    for seen in range(1, 6):
        assert service.post(pageview(site, f"pageview-{seen}")).status == 202
        assert service.numbers(site, "pageviews", "events") == [seen, seen]


def test_the_answer_of_a_202_says_how_safe_the_event_is(service: Service) -> None:
    answer = service.post(pageview(service.new_site()))
    assert answer.status == 202
    assert answer.body["accepted"] == 1
    assert answer.body["durability"] == ("replica" if service.has_replicas() else "fsync")


def test_numbers_stay_the_same_when_the_log_is_sealed_and_merged(service: Service) -> None:
    site = service.new_site()
    shard = Shard(site.id, 0)
    metrics = ("visitors", "visits", "pageviews", "events", "bounce_rate", "time_on_page", "scroll_depth")
    for number in range(20):
        body = pageview(site, f"pageview-{number}", f"/p/{number % 3}")
        body["events"].append({"name": "engagement", "seq": 1, "visible_ms": 1000 * number, "scroll_percent": 50})
        assert service.post(body, User_Agent=CHROME if number % 2 else PHONE).status == 202
        before = service.numbers(site, *metrics)
        service.seal()
        assert service.numbers(site, *metrics) == before
    view = service.segments.read(shard, "", "0-0")
    assert view.page is None
    assert view.segments is not None
    assert len(view.segments) < 20, "small segments were merged"
    assert sum(segment.rows for segment in view.segments) == 40
    assert service.store.xlen(shard.log) == 0


def test_an_event_that_is_sent_again_counts_once(service: Service) -> None:
    site = service.new_site()
    for _ in range(3):
        assert service.post(pageview(site)).status == 202
        assert service.numbers(site, "pageviews") == [1]
        service.seal()
        assert service.numbers(site, "pageviews") == [1]
    # Also by a sealer that has just started and knows nothing but the segments.
    assert service.post(pageview(site)).status == 202
    service.seal()
    assert service.numbers(site, "pageviews") == [1]


def test_a_bad_event_does_not_sink_the_others(service: Service) -> None:
    site = service.new_site()
    body = {"site": site.id, "events": [{"name": "pageview"}, {"name": 5}, {"name": "signup"}, {"nam": "x"}]}
    answer = service.post(body)
    assert answer.status == 202
    assert (answer.body["accepted"], answer.body["rejected"], answer.body["dropped"]) == (2, 2, 0)
    assert [(each["index"], each["pointer"]) for each in answer.body["results"]] == [
        (1, "/events/1/name"),
        (3, "/events/3/nam"),
    ]
    assert service.numbers(site, "events") == [2]


def test_cumulative_engagement_counts_once_whatever_the_order(service: Service) -> None:
    site = service.new_site()
    for seq, visible_ms in ((3, 9000), (1, 2000), (2, 5000)):
        body = pageview(site)
        body["events"] = [{"name": "engagement", "seq": seq, "visible_ms": visible_ms, "scroll_percent": seq * 10}]
        service.post(body)
    assert service.numbers(site, "time_on_page", "scroll_depth") == [9.0, 30.0]


def test_visitors_are_told_apart_by_agent_and_by_the_id_they_bring(service: Service) -> None:
    site = service.new_site()
    service.post(pageview(site, "pageview-1"))
    service.post(pageview(site, "pageview-2"), User_Agent=PHONE)
    assert service.numbers(site, "visitors") == [2]
    service.post(pageview(site, "pageview-3") | {"visitor": "install-1"})
    service.post(pageview(site, "pageview-4") | {"visitor": "install-1"}, User_Agent=PHONE)
    assert service.numbers(site, "visitors") == [3]


def test_what_is_added_to_an_event_shows_in_breakdowns(service: Service) -> None:
    site = service.new_site()
    service.post(pageview(site, path="/p/42?utm_campaign=spring", referrer="https://www.google.de/search?q=x"))
    assert service.rows(site, "event:page", "pageviews") == {"/p/42": [1]}
    assert service.rows(site, "visit:source", "visitors") == {"Google": [1]}
    assert service.rows(site, "visit:utm_campaign", "visitors") == {"spring": [1]}
    assert service.rows(site, "visit:device", "visitors") == {"desktop": [1]}
    assert service.rows(site, "visit:browser", "visitors") == {"Chrome": [1]}
    assert service.rows(site, "visit:os", "visitors") == {"Linux": [1]}


def test_a_site_with_shards_adds_up(service: Service) -> None:
    site = service.new_site(shards=4)
    for number in range(40):
        body = pageview(site, f"pageview-{number}") | {"visitor": f"install-{number}"}
        assert service.post(body).status == 202
    used = [shard for shard in site.all_shards() if service.store.xlen(shard.log)]
    assert len(used) == 4
    assert service.numbers(site, "visitors", "pageviews") == [40, 40]
    service.seal()
    assert service.numbers(site, "visitors", "pageviews") == [40, 40]


def test_a_secret_key_may_set_time_address_agent_and_page(service: Service) -> None:
    site = service.new_site()
    event = {
        "name": "pageview", "id": "row-1", "at": 1431857103000, "ip": "81.2.69.142", "user_agent": PHONE,
        "url": "https://shop.example/old",
    }  # fmt: skip
    body = {"site": site.id, "events": [event, {"name": "pageview", "id": "row-2"}]}
    refused = service.post(body)
    assert refused.body["results"][0]["code"] == "secret_key_needed"
    assert service.numbers(site, "events") == [1]
    taken = service.post(body, Authorization=f"Bearer {service.write_key(site)}")
    assert taken.body["accepted"] == 2
    assert service.numbers(site, "events") == [2]
    may_2015 = {"date_range": ["2015-05-17", "2015-05-17"]}
    assert service.rows(site, "event:page", "pageviews", **may_2015) == {"/old": [1]}
    assert service.rows(site, "visit:device", "visitors", **may_2015) == {"mobile": [1]}


def test_the_address_and_the_agent_themselves_are_never_stored(service: Service) -> None:
    site = service.new_site()
    event = {"name": "pageview", "id": "row-1", "ip": "203.0.113.77", "user_agent": PHONE}
    answer = service.post({"site": site.id, "events": [event]}, Authorization=f"Bearer {service.write_key(site)}")
    assert answer.body["accepted"] == 1
    ((_, fields),) = service.store.xrange(Shard(site.id, 0).log)
    assert b"iOS" in fields[LOG_FIELD.encode()], "what was made of them is there"
    assert b"203.0.113.77" not in fields[LOG_FIELD.encode()]
    assert PHONE.encode() not in fields[LOG_FIELD.encode()]


def sessions_of(service: Service, site: Site, lookup: str = "") -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {service.reader}"}
    sessions: list[dict[str, Any]] = request(
        f"{service.url}/api/v1/sessions?site={site.id}{lookup}", headers=headers
    ).body["results"]
    return sessions


@pytest.mark.parametrize(
    ("keep_address", "address", "kept"),
    [
        ("none", "203.0.113.77", None),
        ("cut", "203.0.113.77", "203.0.113.0"),
        ("cut", "2001:db8:aaaa:bbbb::7", "2001:db8:aaaa::"),
        ("cut", "no address", None),
        ("full", "203.0.113.77", "203.0.113.77"),
    ],
)
def test_a_site_may_keep_addresses_whole_or_cut_s1_06_s3_62(
    service: Service, keep_address: KeptAddress, address: str, kept: str | None
) -> None:
    site = service.new_site(keep_address=keep_address, keep_user_agent=True)
    event = {"name": "pageview", "id": "row-1", "ip": address, "user_agent": PHONE}
    key = {"Authorization": f"Bearer {service.write_key(site)}"}
    assert service.post({"site": site.id, "events": [event]}, **key).body["accepted"] == 1
    for _ in ("from the log", "sealed"):
        (session,) = sessions_of(service, site)
        assert (session["ip_address"], session["user_agent"]) == (kept, PHONE)
        service.seal()
    assert len(sessions_of(service, site, f"&ip_address__startswith={address[:3]}")) == (kept is not None)
    assert len(sessions_of(service, site, f"&search={address[:3]}")) == (kept is not None)


def test_what_is_kept_is_the_visitor_s_and_not_that_of_a_server_that_speaks_for_them(embedded_service: Service) -> None:
    service = embedded_service
    site = service.new_site(keep_address="full", keep_user_agent=True)
    key = {"Authorization": f"Bearer {service.write_key(site)}", "User-Agent": "our-server/1.0"}
    assert service.post({"site": site.id, "events": [{"name": "signup", "user": "u-1"}]}, **key).body["accepted"] == 1
    assert service.post(pageview(site), **{"User-Agent": PHONE}).body["accepted"] == 1
    sessions = sessions_of(service, site)
    kept = {session["user_id"]: (session["ip_address"], session["user_agent"]) for session in sessions}
    assert kept == {"u-1": (None, None), None: ("127.0.0.1", PHONE)}


@pytest.mark.parametrize(
    ("token_of", "status"),
    [("another site", 403), ("nobody", 403)],
)
def test_a_wrong_write_key_is_refused(embedded_service: Service, token_of: str, status: int) -> None:
    service = embedded_service
    site = service.new_site()
    token = service.write_key(service.new_site()) if token_of == "another site" else "made-up"
    assert service.post(pageview(site), Authorization=f"Bearer {token}").status == status
    assert service.numbers(site, "events") == [0]


def test_a_poisoned_log_entry_stops_nothing(service: Service) -> None:
    site = service.new_site()
    shard = Shard(site.id, 0)
    service.post(pageview(site, "pageview-1"))
    service.store.xadd(shard.log, {"b": b'{"events": [{"name": 5}]}'})
    service.store.xadd(shard.log, {"b": b"no json"})
    service.post(pageview(site, "pageview-2"))
    assert service.numbers(site, "pageviews") == [2]
    service.seal()
    assert service.numbers(site, "pageviews") == [2]
    dead = service.store.xrange(shard.dead)
    assert [fields[b"payload"] for _, fields in dead] == [b'{"events": [{"name": 5}]}', b"no json"]
    assert all(fields[b"reason"] for _, fields in dead)


def test_events_of_foreign_hosts_are_dropped_and_counted_where_a_site_lists_its_own(service: Service) -> None:
    site = service.new_site(hostnames=("shop.example",))
    assert service.post(pageview(site)).body["accepted"] == 1
    foreign = pageview(site, "pageview-2")
    foreign["page"]["url"] = "https://evilshop.example/"
    answer = service.post(foreign)
    assert answer.status == 202
    assert (answer.body["accepted"], answer.body["dropped"]) == (0, 1)
    assert answer.body["results"][0]["reason"] == "hostname_not_allowed"
    assert service.numbers(site, "events") == [1]
