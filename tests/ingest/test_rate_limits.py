"""ingest/rate_limits.py and known_keys.py: what one sender may do to the others, and to the store."""

from itertools import count
from pathlib import Path

import gevent
import pytest
from redis.exceptions import ConnectionError as NoConnection

from collector.errors import Problem
from collector.ingest import known_keys, rate_limits
from collector.ingest.counters import Counters
from collector.ingest.known_keys import KnownKeys
from collector.ingest.rate_limits import SHARES, WINDOW_SECONDS, RateLimits, prefix_of
from collector.storage.rates import Rates
from collector.storage.tokens import Access, Tokens
from tests.beacons import build_pageview, read_metrics
from tests.service import Service, request, running_service

LIMIT = 100
_names = count(1)


class Clock:
    """A time that stands until it is moved."""

    def __init__(self, seconds: float = 1_763_800_000.0) -> None:
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds


def build_limits(service: Service, clock: Clock, address: int = 0, key: int = LIMIT) -> RateLimits:
    return RateLimits(Rates(service.store), {"address": address, "key": key}, Counters(), clock)


def take_all(limits: RateLimits, name: str, most: int = 10 * LIMIT) -> int:
    """How many events are let through, one by one."""
    for taken in range(most):
        try:
            limits.take_key(name, 1)
        except Problem:
            return taken
    return most


def test_one_worker_keeps_a_limit_exactly_and_says_when_to_come_again(embedded_service: Service) -> None:
    clock = Clock(WINDOW_SECONDS * 1000.0 + 12)
    limits, name = build_limits(embedded_service, clock), f"key-{next(_names)}"
    assert take_all(limits, name) == LIMIT
    with pytest.raises(Problem) as refused:
        limits.take_key(name, 1)
    assert (refused.value.status, refused.value.code) == (429, "rate_limited")
    assert refused.value.retry_after_seconds == WINDOW_SECONDS - 12 + 1
    assert take_all(limits, f"key-{next(_names)}") == LIMIT, "another one has all of its own"
    clock.seconds += WINDOW_SECONDS
    assert take_all(limits, name) == LIMIT


def test_workers_count_together_in_the_store(service: Service) -> None:
    clock, name = Clock(), f"key-{next(_names)}"
    workers = [build_limits(service, clock) for _ in range(3)]
    taken = 0
    for _ in range(10 * LIMIT):
        for worker in workers:
            taken += take_all(worker, name, 1)
            worker.tell()
    assert LIMIT <= taken <= LIMIT + len(workers) * LIMIT // SHARES


def test_what_is_counted_in_the_store_names_no_address_and_goes_by_itself(embedded_service: Service) -> None:
    limits = build_limits(embedded_service, Clock(), address=1)
    limits.take_address("203.0.113.77")
    limits.tell()
    found = [name.decode() for name in embedded_service.store.scan_iter("footfall:rate:*")]
    assert found
    assert not [name for name in found if "203.0" in name]
    assert all(0 < embedded_service.store.pttl(name) <= 120_000 for name in found)


def test_without_the_store_each_worker_counts_alone(embedded_service: Service) -> None:
    class Away:
        def add(self, used: object, window: int) -> dict[str, int]:
            raise NoConnection("the store is away")

    limits = RateLimits(Away(), {"address": 0, "key": LIMIT}, Counters(), Clock())  # type: ignore[arg-type]
    taken = 0
    for _ in range(2 * LIMIT):
        taken += take_all(limits, "k", 1)
        gevent.sleep(0)  # the one that tells the store has its turn
    assert taken == LIMIT


def test_invented_senders_do_not_fill_the_memory(embedded_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "MOST_HELD", 50)
    limits = build_limits(embedded_service, Clock())
    assert take_all(limits, "flood") == LIMIT
    for number in range(1000):
        limits.take_key(f"invented-{number}", 1)
        assert len(limits._buckets) <= 50
    assert take_all(limits, "flood") == 0, "who has used up a limit is not forgotten for that"


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
        ("203.0.113.77.1", "unknown"),
    ],
)
def test_the_network_that_an_address_counts_for(address: str, prefix: str) -> None:
    assert prefix_of(address) == prefix


def test_a_flood_is_refused_and_nobody_else_is(embedded_service: Service, tmp_path: Path) -> None:
    limits = {"FOOTFALL_RATE_PER_ADDRESS": "5", "FOOTFALL_TRUSTED_PROXIES": "127.0.0.1/32"}
    with running_service(embedded_service.settings.redis_nodes, tmp_path, "ingest", **limits) as service:
        site = service.new_site()
        key = service.write_key(site)

        def post(number: int, address: str, **headers: str) -> int:
            answer = service.post(build_pageview(site, number), X_Forwarded_For=address, **headers)
            if answer.status == 429:
                assert 0 < int(answer.headers["Retry-After"]) <= WINDOW_SECONDS
                assert answer.body["code"] == "rate_limited"
            return answer.status

        flood = [post(number, f"198.51.100.{number}") for number in range(12)]
        # A minute may end in the midst of it, and the next one begins with a limit of its own.
        assert 429 in flood
        assert flood.count(202) in (5, 10)
        assert post(20, "198.51.101.1") == 202
        assert [post(number, "198.51.100.1", Authorization=f"Bearer {key}") for number in range(30, 36)] == [202] * 6
        guesses = [post(number, "192.0.2.1", Authorization=f"Bearer guess-{number}") for number in range(12)]
        assert set(guesses) == {403, 429}
        metrics = read_metrics(service)
        assert metrics['footfall_limited_total{limit="address"}'] == flood.count(429) + guesses.count(429)


def count_questions(service: Service) -> int:
    """How often the store was asked for a field of a hash."""
    stats = service.store.info("commandstats", target_nodes="primaries")
    return int(stats.get("cmdstat_hget", {}).get("calls", 0))


def test_keys_good_and_bad_do_not_cost_a_question_each(embedded_service: Service) -> None:
    clock = Clock()
    keys = KnownKeys(Tokens(embedded_service.store), clock)
    good = embedded_service.write_key(embedded_service.new_site())
    before = count_questions(embedded_service)
    found = [keys.find(key) is not None for _ in range(100) for key in (good, "bad")]
    assert found == [True, False] * 100
    assert count_questions(embedded_service) - before == 2
    clock.seconds += known_keys.HOLD_SECONDS
    assert keys.find(good) is not None
    assert count_questions(embedded_service) - before == 3


def test_a_key_that_was_taken_back_is_refused_within_a_second(embedded_service: Service) -> None:
    clock, tokens = Clock(), Tokens(embedded_service.store)
    keys = KnownKeys(tokens, clock)
    key = tokens.create(Access("write", (), "taken back"))
    assert keys.find(key) is not None
    (known,) = [each for each in tokens.read_all() if each.access.note == "taken back"]
    tokens.revoke(known.id)
    clock.seconds += known_keys.HOLD_SECONDS
    assert keys.find(key) is None


def test_invented_keys_do_not_fill_the_memory(embedded_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_keys, "UNKNOWN_HELD", 20)
    monkeypatch.setattr(known_keys, "MOST_HELD", 5)
    keys, tokens = KnownKeys(Tokens(embedded_service.store), Clock()), Tokens(embedded_service.store)
    for number in range(100):
        assert keys.find(f"invented-{number}") is None
    for _ in range(10):
        assert keys.find(tokens.create(Access("write"))) is not None
    assert len(keys._unknown) <= 20
    assert len(keys._known) <= 5


def test_a_known_key_is_good_while_the_store_is_away(embedded_service: Service) -> None:
    class Away:
        def find(self, key: str) -> Access | None:
            raise NoConnection("the store is away")

    clock = Clock()
    keys = KnownKeys(Tokens(embedded_service.store), clock)
    key = embedded_service.write_key(embedded_service.new_site())
    assert keys.find(key) is not None
    keys._tokens = Away()  # type: ignore[assignment]
    clock.seconds += 3600
    assert keys.find(key) is not None
    with pytest.raises(NoConnection):
        keys.find("never seen")


def test_a_site_that_is_none_costs_one_question_a_second(embedded_service: Service) -> None:
    before = count_questions(embedded_service)
    for _ in range(30):
        answer = request(f"{embedded_service.url}/api/v1/events", {"site": "nobody", "events": [{"name": "x"}]})
        assert answer.body["code"] == "unknown_site"
    assert count_questions(embedded_service) - before < 15
