"""Every key in the store, and nothing else. All of a shard's keys carry its hash tag, so they share a slot.

==============================  ========  ==================================================================
key                             type      holds
==============================  ========  ==================================================================
``footfall:sites``              hash      site id → site as JSON
``footfall:tokens``             hash      sha256 of a token → what it may do, as JSON
``footfall:login:<sha256>``     string    a one-time login token, until it is used or too old
``footfall:erasures``           hash      erasures that wait for the sealer, as JSON (storage/erasures.py)
``footfall:verified``           hash      site id → its last verification as JSON (storage/verifications.py)
``footfall:webhooks``           hash      site id → where its news is told, as JSON (storage/webhooks.py)
``footfall:delivered``          hash      site id → how far it was told, as JSON
``footfall:delivering``         string    who tells it, gone by itself after some seconds
``footfall:cookie-key``         string    signs the session cookies of the dashboard
``footfall:rate-salt``          string    salt of the next key's hashes, gone after a day
``footfall:rate:<hash>:<min>``  string    what was used of a rate limit in one minute (storage/rates.py)
``{<site>}:salt:<date>``        string    salt of one local day of a site, gone 48 h after that day began
``{<site>}:entities:<type>``    hash      entity id → what the site says of it, as JSON (storage/entities.py)
``{<site>}:entity-types``       set       types that have any
``{<site>}:entity-changes``     string    how often any of them changed, so that a copy knows when it is old
``{<site>.<n>}:log``            stream    accepted beacons that are not sealed yet, one entry a beacon
``{<site>.<n>}:state``          hash      ``cursor`` last sealed entry · ``epoch`` another one at every change of
                                          segments or tombstones · ``retention`` when it was last applied, and
                                          for how many days · ``rows`` that all segments should have ·
                                          ``sealed`` log entries, ever
``{<site>.<n>}:segments``       hash      segment name → its facts as JSON
``{<site>.<n>}:segment:<name>`` string    the segment: one Parquet file
``{<site>.<n>}:dead``           stream    entries that could not be sealed, with the reason
``{<site>.<n>}:tombstones``     hash      who was erased, as a hash → ms until which (storage/tombstones.py)
``{<site>.<n>}:rewriting``      stream    the copy that takes the place of a stream (storage/compact.py)
``{<site>.<n>}:loads``          hash      file's digest → how many of its rows are in the shard (storage/loads.py)
``{<site>}:salt:load``          string    salt of loaded events, gone 48 h after the last load
``{<site>.0}:lease``            string    who seals the site, gone by itself after some seconds (storage/leases.py)
``{<tag>}:replicated``          string    nothing; a write that replicas confirm together with all before it
``{<site>.<n>}:restore…``       several   an import's work until the shard is whole, see storage/restoring.py
==============================  ========  ==================================================================
"""

from typing import NamedTuple

SITES = "footfall:sites"
TOKENS = "footfall:tokens"
COOKIE_KEY = "footfall:cookie-key"
ERASURES = "footfall:erasures"
VERIFIED = "footfall:verified"
WEBHOOKS = "footfall:webhooks"
DELIVERED = "footfall:delivered"
DELIVERING = "footfall:delivering"
RATE_SALT = "footfall:rate-salt"


def login(digest: str) -> str:
    return f"footfall:login:{digest}"


def rate(digest: str, window: int) -> str:
    return f"footfall:rate:{digest}:{window}"


def salt(site: str, date: str) -> str:
    return f"{{{site}}}:salt:{date}"


def entities(site: str, type_: str) -> str:
    return f"{{{site}}}:entities:{type_}"


def entity_types(site: str) -> str:
    return f"{{{site}}}:entity-types"


def entity_changes(site: str) -> str:
    return f"{{{site}}}:entity-changes"


def replicated(key: str) -> str:
    """A key in the slot of another one."""
    tag = key.partition("{")[2].partition("}")[0] or key
    return f"{{{tag}}}:replicated"


class Shard(NamedTuple):
    """One shard of a site. Its properties are its keys."""

    site: str
    number: int

    @property
    def log(self) -> str:
        return f"{{{self.site}.{self.number}}}:log"

    @property
    def state(self) -> str:
        return f"{{{self.site}.{self.number}}}:state"

    @property
    def segments(self) -> str:
        return f"{{{self.site}.{self.number}}}:segments"

    @property
    def dead(self) -> str:
        return f"{{{self.site}.{self.number}}}:dead"

    @property
    def tombstones(self) -> str:
        return f"{{{self.site}.{self.number}}}:tombstones"

    @property
    def rewriting(self) -> str:
        return f"{{{self.site}.{self.number}}}:rewriting"

    @property
    def loads(self) -> str:
        return f"{{{self.site}.{self.number}}}:loads"

    @property
    def lease(self) -> str:
        return f"{{{self.site}.{self.number}}}:lease"

    def segment(self, name: str) -> str:
        return f"{{{self.site}.{self.number}}}:segment:{name}"

    def restore(self, part: str = "") -> str:
        """Where an import puts ``part`` of the shard until all of it is there."""
        return f"{{{self.site}.{self.number}}}:restore{part and ':'}{part}"
