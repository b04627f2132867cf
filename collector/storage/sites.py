"""The sites, and a copy of them that every process keeps for a few seconds."""

import re
import time
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any, Literal, cast

import msgspec

from collector.errors import Problem
from collector.storage import keys
from collector.storage.connect import Client
from collector.weekdays import Weekday

SITE_ID = re.compile(r"[a-z0-9-]{1,64}")
MOST_SHARDS = 256
BOT_DAYS = 7
COPY_SECONDS = 5.0  # how long a change of a site may take to reach every process
UNKNOWN_SECONDS = 1.0  # how long an id that is no site's is refused without asking again
UNKNOWN_HELD = 1000  # such ids kept, so that invented ones neither fill memory nor cost a question each


Count = Literal["all", "guests", "users"]
COUNTS: tuple[Count, ...] = ("all", "guests", "users")

KeptAddress = Literal["none", "cut", "full"]
KEPT_ADDRESSES: tuple[KeptAddress, ...] = ("none", "cut", "full")


class Rule(msgspec.Struct, frozen=True):
    """Whether events of a path count. ``platform``: web, app or any; ingest/rules.py says what fits a path."""

    counts: bool
    path: str
    platform: str = "any"


class NamedFilters(msgspec.Struct, frozen=True):
    """A goal or a saved segment: filters as a question writes them, all of which must match, under a name."""

    name: str
    filters: list[Any]


class Site(msgspec.Struct, frozen=True):
    """What is measured. ``hostnames`` empty = pages of any host; ``timezone`` is an IANA name.

    ``retention_days``: whole days before today whose events are kept; None = all. ``bot_days``: the same for robots.
    ``count``: whose events count; a guest has no user id. ``people``: names of robots that count as people.
    ``shards`` take new events; ``shards_held`` may hold some: it grows before ``shards`` does, and never shrinks.
    ``single_session``: a user has one session at a time; a new one ends the others (docs/records.md).
    ``first_weekday``: on which a week of its charts begins, where a request does not say.
    ``keep_address``: what is stored of a sender's address; ``keep_user_agent``: whether the user agent is, as it came.
    ``goals`` and ``segments`` are what questions may name (docs/query.md); each name is there once.
    """

    id: str
    name: str
    timezone: str = "UTC"
    hostnames: tuple[str, ...] = ()
    shards: int = 1
    retention_days: int | None = None
    bot_days: int | None = BOT_DAYS
    count: Count = "all"
    rules: tuple[Rule, ...] = ()
    people: tuple[str, ...] = ()
    shards_held: int = 0
    goals: tuple[NamedFilters, ...] = ()
    segments: tuple[NamedFilters, ...] = ()
    single_session: bool = False
    keep_address: KeptAddress = "none"
    keep_user_agent: bool = False
    first_weekday: Weekday = "monday"

    def shard_of(self, visitor: int) -> keys.Shard:
        """The shard of a visitor. All of a visitor's events come into one, as long as their number stays."""
        return keys.Shard(self.id, visitor % self.shards)

    def all_shards(self) -> tuple[keys.Shard, ...]:
        """Every shard that may hold events."""
        return tuple(keys.Shard(self.id, number) for number in range(max(self.shards, self.shards_held)))

    def each_with_siblings(self) -> Iterator[tuple[keys.Shard, tuple[keys.Shard, ...]]]:
        """Every shard that may hold events, with all the others."""
        shards = self.all_shards()
        return ((shard, tuple(each for each in shards if each != shard)) for shard in shards)


_decode = msgspec.json.Decoder(Site).decode
_encode = msgspec.json.Encoder().encode


class Sites:
    """All sites, by id."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._script = (resources.files("collector.storage") / "scripts" / "change_site.lua").read_text()
        self._clock = clock
        self._copy: dict[str, Site] = {}
        self._unknown: dict[str, float] = {}
        self._read_at = float("-inf")

    def get(self, site_id: str) -> Site | None:
        """The site, from a copy at most ``COPY_SECONDS`` old; None when there is none of that id."""
        now = self._clock()
        if now - self._read_at > COPY_SECONDS:
            self.read_all()
        site = self._copy.get(site_id)
        return site if site is not None else self._find_new(site_id, now)

    def find(self, site_id: str) -> Site:
        """The site as it is now. Raises Problem when there is none of that id."""
        return _decode(self._read(site_id))

    def _read(self, site_id: str) -> bytes:
        row = cast(Any, self._client.hget(keys.SITES, site_id))
        if row is None:
            raise Problem("unknown_site", f"there is no site {site_id}")
        return bytes(row)

    def _find_new(self, site_id: str, now: float) -> Site | None:
        """A site that is younger than our copy, if it is one."""
        if now - self._unknown.get(site_id, float("-inf")) < UNKNOWN_SECONDS or not SITE_ID.fullmatch(site_id):
            return None
        row = cast(Any, self._client.hget(keys.SITES, site_id))
        if row is None:
            if len(self._unknown) >= UNKNOWN_HELD:
                self._unknown.clear()
            self._unknown[site_id] = now
            return None
        self._copy[site_id] = _decode(row)
        return self._copy[site_id]

    def read_all(self) -> list[Site]:
        """Every site, in the order of their ids."""
        rows = cast(dict[bytes, bytes], self._client.hgetall(keys.SITES))
        self._copy = {key.decode(): _decode(row) for key, row in rows.items()}
        self._read_at = self._clock()
        return [self._copy[site_id] for site_id in sorted(self._copy)]

    def add(self, site: Site) -> bool:
        """Add a site; False when the id is taken. Raises Problem on a malformed id."""
        _refuse_malformed(site)
        added = cast(Any, self._client.hsetnx(keys.SITES, site.id, _encode(site).decode()))
        self._read_at = float("-inf")
        return bool(added)

    def change(self, site_id: str, how: Callable[[Site], Site]) -> Site:
        """Change a site, and give it as it is now. Raises Problem, also what ``how`` raises.

        ``how`` is called again when somebody else changed the site meanwhile: no change undoes another.
        """
        while True:
            before = self._read(site_id)
            site = how(_decode(before))
            _refuse_malformed(site)
            after = _encode(site).decode()
            if self._client.execute_command("EVAL", self._script, 1, keys.SITES, site_id, before, after):
                self._read_at = float("-inf")
                return site


def _refuse_malformed(site: Site) -> None:
    if not SITE_ID.fullmatch(site.id):
        raise Problem("invalid_site_id", "a site id is 1 to 64 of a-z, 0-9 and -", pointer="/id")
    if not 1 <= site.shards <= MOST_SHARDS or site.shards_held > MOST_SHARDS:
        raise Problem("invalid_shards", f"a site has 1 to {MOST_SHARDS} shards", pointer="/shards")
    for name in ("retention_days", "bot_days"):
        days = getattr(site, name)
        if days is not None and days < 1:
            raise Problem("invalid_retention", "events are kept for 1 day or more", pointer=f"/{name}")
