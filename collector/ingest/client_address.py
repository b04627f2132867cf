"""Who really sent a request: the rightmost hop that no trusted proxy of ours stands for.

The first value of X-Forwarded-For is whatever the sender wrote. Each trusted proxy appends the address it saw,
so the list is read from the right, over our own proxies, to the first address that is not ours.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from collector.settings import Network

LONGEST_HOP = 100  # characters; strangers write these, and they are kept looked up


def parse_hop(text: str) -> IPv4Address | IPv6Address | None:
    """An address out of one hop: with or without port, brackets, zone or spaces. None when it is none."""
    return _parse_hop(text) if len(text) <= LONGEST_HOP else None


@lru_cache(maxsize=8192)
def _parse_hop(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


@lru_cache(maxsize=8192)
def _write_peer(peer: str) -> str:
    address = parse_hop(peer)
    return str(address) if address else peer


def find_client_address(peer: str, forwarded_for: str | None, trusted: Sequence[Network]) -> str:
    """The client's address. ``peer`` is the connection's other end; the header counts only if we trust it."""
    if not trusted or not forwarded_for:
        return _write_peer(peer)
    address = parse_hop(peer)
    for hop in reversed(forwarded_for.split(",")):
        if address is None or not any(address in network for network in trusted):
            break
        before = parse_hop(hop)
        if before is None:
            break  # garbage: the proxy that passed it on is the last one we know
        address = before
    return str(address) if address else peer
