"""ingest/client_address.py: nobody chooses their own address (INVENTORY S1-14)."""

from ipaddress import ip_network

import pytest

from collector.ingest.client_address import find_client_address

OURS = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "trusted", "address"),
    [
        ("203.0.113.9", None, (), "203.0.113.9"),
        ("203.0.113.9", "1.1.1.1", (), "203.0.113.9"),
        ("203.0.113.9", "1.1.1.1", OURS, "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9", OURS, "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", OURS, "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", OURS, "203.0.113.9"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", OURS, "10.0.0.3"),
        ("10.0.0.1", "203.0.113.9:4711", OURS, "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::1]:4711", OURS, "2001:db8::1"),
        ("10.0.0.1", "2001:DB8::1", OURS, "2001:db8::1"),
        ("10.0.0.1", "fe80::1%eth0", OURS, "fe80::1"),
        ("10.0.0.1", "::ffff:203.0.113.9", OURS, "203.0.113.9"),
        ("::ffff:10.0.0.1", "203.0.113.9", OURS, "203.0.113.9"),
        ("fd00::1", "203.0.113.9", OURS, "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, unknown", OURS, "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1, , 10.0.0.2", OURS, "10.0.0.2"),
        ("10.0.0.1", "", OURS, "10.0.0.1"),
        ("10.0.0.1", "999.1.1.1", OURS, "10.0.0.1"),
        ("", "1.1.1.1", OURS, ""),
    ],
)
def test_the_client_is_the_rightmost_hop_that_is_not_ours(peer, forwarded_for, trusted, address) -> None:
    assert find_client_address(peer, forwarded_for, trusted) == address
