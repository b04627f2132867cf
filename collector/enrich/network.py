"""The network that an address is in: an address without the part that tells one household from another."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IPV4_BITS = 24
KEPT_IPV6_BITS = 48


def find_network(address: str, ipv6_bits: int) -> IPv4Network | IPv6Network | None:
    """The /24 of an IPv4 address, the network of so many bits of an IPv6 one; None when it is no address."""
    try:
        bits = ipv6_bits if isinstance(ip_address(address), IPv6Address) else IPV4_BITS
    except ValueError:
        return None
    return ip_network((address, bits), strict=False)


@lru_cache(maxsize=8192)
def cut_address(address: str) -> str | None:
    """The first address of its network: the last 8 bits of an IPv4 address, the last 80 of an IPv6 one are zero.

    None when it is no address.
    """
    network = find_network(address, KEPT_IPV6_BITS)
    return None if network is None else str(network.network_address)
