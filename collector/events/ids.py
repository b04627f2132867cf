"""Ids from outside → 64-bit integers, which is how they are stored.

A text id of 25 characters doubles the size of an event. 63 bits of a hash tell apart what comes within the 72 hours
in which doubles are removed: among 10 million events the chance that any two share a number is 5 in a million.
"""

from hashlib import blake2b

LEAST_ID = 1 << 32
"""Ids start here; smaller numbers, and negative ones, are left to those who number things themselves."""


def number_id(text: str) -> int:
    """The number of an id: at least ``LEAST_ID``, below 2**63."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 1) | LEAST_ID
