"""One request of a sender, from body to answer: decode, run the steps, append, say what became of each event."""

import secrets
from typing import NamedTuple

import gevent
import msgspec

from collector.enrich.client_hints import NO_HINTS, Hints
from collector.errors import Problem, StoreUnavailable
from collector.events.decode import Decoded, Rejection, decode
from collector.events.model import Beacon
from collector.ingest.body import Readable, read_body
from collector.ingest.counters import Counters
from collector.ingest.keep import KEPT, Keeper, Kept
from collector.ingest.known_keys import KnownKeys
from collector.ingest.known_sites import KnownSites
from collector.ingest.pipeline import Dropped, Processed, process, refuse_if_nothing_left
from collector.ingest.rate_limits import RateLimits
from collector.ingest.sending import NO_PAGE, Sending, World
from collector.ingest.unpack import unpack
from collector.storage.connect import StoreError
from collector.storage.keys import Shard
from collector.storage.sites import Site
from collector.storage.tokens import id_of


class Arrival(NamedTuple):
    """What the web server knows of a request, and where its body is read from (body.py).

    ``write_key`` is a bearer token, if it carried one.
    ``app_source``: the header by which an app names itself (enrich/platform.py).
    ``content_type`` and ``encoding``: what the body says of itself (unpack.py).
    """

    stream: Readable
    length: int | None
    address: str
    user_agent: str
    write_key: str | None
    received_ms: int
    hints: Hints = NO_HINTS
    app_source: str | None = None
    content_type: str = ""
    encoding: str = ""


_encode = msgspec.json.Encoder().encode


def new_event_id() -> str:
    """An id for an event that came without one."""
    return secrets.token_urlsafe(12)


def _read(arrival: Arrival) -> bytes:
    return unpack(read_body(arrival.stream, arrival.length), arrival.content_type, arrival.encoding)


def _tell(decoded: Decoded, processed: Processed) -> dict[str, object]:
    """What became of each event that was not taken, and of how many."""
    rejected = (*decoded.rejected, *processed.rejected)
    results: list[Rejection | Dropped] = [*rejected, *processed.dropped]
    return {
        "accepted": processed.accepted,
        "rejected": len(rejected),
        "dropped": len(processed.dropped),
        "results": [result.as_json() for result in sorted(results, key=lambda result: result.place)],
    }


class Receiver:
    """Takes beacons in. One a process. ``seconds``: the longest that it asks the store who may send what."""

    def __init__(
        self,
        sites: KnownSites,
        keys: KnownKeys,
        limits: RateLimits,
        world: World,
        keeper: Keeper,
        counters: Counters,
        seconds: float,
    ) -> None:
        self._sites = sites
        self._keys = keys
        self._limits = limits
        self._world = world
        self._keeper = keeper
        self._counters = counters
        self._accepted = {kept: counters.accepted.labels(kept) for kept in KEPT}  # found once, not at every beacon
        self._seconds = seconds

    def receive(self, arrival: Arrival) -> bytes:
        """The JSON answer of a 202. Raises Problem, or StoreUnavailable when nothing may be called accepted."""
        try:
            if arrival.write_key is None:
                self._limits.take_address(arrival.address)
            decoded = decode(_read(arrival))
            shard, processed = self._process(arrival, decoded)
            refuse_if_nothing_left(processed, decoded.rejected)
            kept = self._keeper.keep(shard, processed.payload) if processed.accepted else None
        except Problem as problem:
            self._counters.refused.labels(problem.code).inc()
            raise
        except StoreUnavailable:
            self._counters.refused.labels("store_unavailable").inc()
            raise
        if kept is not None:
            self._accepted[kept].inc(processed.accepted)
        return self._answer(decoded, processed, kept)

    def explain(self, arrival: Arrival) -> bytes:
        """What would be stored of a beacon, and what not and why, as JSON. Nothing is stored or counted.

        Raises what ``receive`` does, and Problem when the sender shows no secret write key of the site.
        """
        if arrival.write_key is None:
            raise Problem("secret_key_needed", "only a holder of the site's secret write key is shown that", status=403)
        decoded = decode(_read(arrival))
        _, processed = self._process(arrival, decoded)
        lines = [msgspec.json.decode(line) for line in processed.payload.split(b"\n") if line]
        events = [{**shared, **event} for shared in lines for event in shared.pop("events")]
        return _encode({**_tell(decoded, processed), "events": events})

    def _process(self, arrival: Arrival, decoded: Decoded) -> tuple[Shard, Processed]:
        """Run the steps. They ask the store for what this process does not know yet: a new site, today's salt."""
        try:
            with gevent.Timeout(self._seconds):
                site = self._find_site(decoded.beacon)
                is_trusted = self._is_trusted(arrival, site)
                name = id_of(arrival.write_key) if arrival.write_key else site.id
                self._limits.take_key(name, len(decoded.beacon.events))
                sending = Sending(
                    site,
                    decoded.beacon,
                    decoded.beacon.page or NO_PAGE,
                    arrival.address,
                    arrival.user_agent,
                    arrival.received_ms,
                    is_trusted,
                    arrival.hints,
                    arrival.app_source,
                    is_own_agent=not is_trusted,
                    is_own_address=not is_trusted,
                )
                processed = process(sending, decoded.places, self._world)
        except (gevent.Timeout, *StoreError) as error:
            raise StoreUnavailable(f"the store does not answer: {error}") from error
        return site.shard_of(processed.visitor), processed

    def _answer(self, decoded: Decoded, processed: Processed, kept: Kept | None) -> bytes:
        if not decoded.rejected and not processed.rejected and not processed.dropped:
            return b'{"accepted":%d,"durability":"%b"}' % (processed.accepted, (kept or "").encode())
        for each in (*decoded.rejected, *processed.rejected):
            self._counters.rejected.labels(each.code).inc()
        for drop in processed.dropped:
            self._counters.dropped.labels(drop.reason).inc()
        return _encode({**_tell(decoded, processed), "durability": kept})

    def _find_site(self, beacon: Beacon) -> Site:
        site = self._sites.get(beacon.site)
        if site is None:
            raise Problem("unknown_site", "no site of this id is registered here", pointer="/site")
        return site

    def _is_trusted(self, arrival: Arrival, site: Site) -> bool:
        if arrival.write_key is None:
            return False
        access = self._keys.find(arrival.write_key)
        if access is None or not access.may("write", site.id):
            self._limits.take_address(arrival.address)  # whoever guesses keys has no better right than without one
            raise Problem("invalid_key", "the key in Authorization may not write to this site", status=403)
        return True
