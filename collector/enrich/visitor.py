"""Who: 64 bits that are the same for the same visitor, and say nothing else.

By default a hash of site, address, user agent and local day under a salt that is gone after 48 hours, so
nobody can go back from it or follow a visitor into another day. An id that the sender gives (with consent, or
an app's install id) or a user is hashed without salt, because it is to last.

64 bits: among 10 million visitors of a site the chance of any two sharing one is 3 in a million.
"""

from datetime import date
from hashlib import blake2b


def _number(*parts: str, key: bytes = b"") -> int:
    # Lengths in front: ("ab", "c") and ("a", "bc") must differ.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def hash_visitor(
    site: str, visitor: str | None, user: str | None, *, salt: bytes, day: date, address: str, agent: str
) -> int:
    """The visitor of an event. ``visitor`` wins over ``user``, and both over the daily hash."""
    if visitor is not None:
        return _number("visitor", site, visitor)
    if user is not None:
        return _number("user", site, user)
    return _number("day", site, day.isoformat(), address, agent, key=salt)
