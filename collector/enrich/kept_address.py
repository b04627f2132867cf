"""An address without the part that tells one household from another."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

IPV4_BITS, IPV6_BITS = 24, 48


@lru_cache(maxsize=8192)
def cut_address(address: str) -> str | None:
    """The first address of its network: the last 8 bits of an IPv4 address, the last 80 of an IPv6 one are zero.

    None when it is no address.
    """
    try:
        bits = IPV6_BITS if isinstance(ip_address(address), IPv6Address) else IPV4_BITS
    except ValueError:
        return None
    return str(ip_network((address, bits), strict=False).network_address)
