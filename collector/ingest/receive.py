"""One request of a sender, from body to answer: decode, run the steps, append, say what became of each event."""

import secrets
from typing import NamedTuple

import msgspec

from collector.errors import Problem
from collector.events.decode import Rejection, decode
from collector.events.model import Beacon
from collector.ingest.commit import GroupCommit
from collector.ingest.pipeline import Dropped, process, refuse_if_nothing_left
from collector.ingest.sending import NO_PAGE, Sending, World
from collector.storage.log import Durability
from collector.storage.sites import Site, Sites
from collector.storage.tokens import Tokens


class Arrival(NamedTuple):
    """What the web server knows of a request. ``write_key`` is a bearer token, if it carried one."""

    body: bytes
    address: str
    user_agent: str
    write_key: str | None
    received_ms: int


_encode = msgspec.json.Encoder().encode


def new_event_id() -> str:
    """An id for an event that came without one."""
    return secrets.token_urlsafe(12)


class Receiver:
    """Takes beacons in. One a process."""

    def __init__(self, sites: Sites, tokens: Tokens, world: World, commit: GroupCommit) -> None:
        self._sites = sites
        self._tokens = tokens
        self._world = world
        self._commit = commit

    def receive(self, arrival: Arrival) -> bytes:
        """The JSON answer of a 202. Raises Problem, or StoreUnavailable when nothing may be called accepted."""
        decoded = decode(arrival.body)
        site = self._find_site(decoded.beacon)
        sending = Sending(
            site,
            decoded.beacon,
            decoded.beacon.page or NO_PAGE,
            arrival.address,
            arrival.user_agent,
            arrival.received_ms,
            self._is_trusted(arrival.write_key, site),
        )
        processed = process(sending, decoded.places, self._world)
        refuse_if_nothing_left(processed, decoded.rejected)
        durability: Durability | None = None
        if processed.accepted:
            durability = self._commit.append(site.shard_of(processed.visitor), processed.payload)
        if not decoded.rejected and not processed.rejected and not processed.dropped:
            return b'{"accepted":%d,"durability":"%b"}' % (processed.accepted, (durability or "").encode())
        rejected = sorted((*decoded.rejected, *processed.rejected))
        results: list[Rejection | Dropped] = [*rejected, *processed.dropped]
        return _encode(
            {
                "accepted": processed.accepted,
                "rejected": len(rejected),
                "dropped": len(processed.dropped),
                "durability": durability,
                "results": [result.as_json() for result in sorted(results, key=lambda result: result.place)],
            }
        )

    def _find_site(self, beacon: Beacon) -> Site:
        site = self._sites.get(beacon.site)
        if site is None:
            raise Problem("unknown_site", "no site of this id is registered here", pointer="/site")
        return site

    def _is_trusted(self, write_key: str | None, site: Site) -> bool:
        if write_key is None:
            return False
        access = self._tokens.find(write_key)
        if access is None or not access.may("write", site.id):
            raise Problem("invalid_key", "the key in Authorization may not write to this site", status=403)
        return True
