from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.providers.web.addresses import why_refused


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("127.0.0.1", "loopback"),
        ("169.254.1.1", "link-local"),
        ("169.254.169.254", "metadata"),
        ("100.64.0.1", "carrier-grade"),
        ("100.100.100.200", "metadata"),
        ("168.63.129.16", "metadata"),
        ("198.19.0.1", "benchmarks"),
        ("192.0.2.1", "documentation"),
        ("203.0.113.9", "documentation"),
        ("224.0.0.1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::7f00:1", "embedded"),
        ("::ffff:127.0.0.1", "mapped"),
        ("::ffff:8.8.8.8", "mapped"),
        ("::ffff:0:8.8.8.8", "translated"),
        ("64:ff9b::8.8.8.8", "NAT64"),
        ("64:ff9b:1::1", "NAT64"),
        ("2002:808:808::1", "6to4"),
        ("2001::1", "Teredo"),
        ("2001:2::1", "benchmarks"),
        ("2001:db8::1", "documentation"),
        ("3fff::1", "documentation"),
        ("2600::5efe:808:808", "ISATAP"),
        ("2600::200:5efe:808:808", "ISATAP"),
        ("fd00:ec2::254", "metadata"),
        ("fd12:3456::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "one interface"),
        ("2606:4700::1%eth0", "one interface"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
        ("5f00::1", "reserved"),
        ("4000::1", "reserved"),
    ],
)
def test_an_address_that_is_not_public_is_refused_with_what_it_is(address: str, kind: str) -> None:
    assert kind in (why_refused(ip_address(address)) or "")


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"])
def test_a_public_address_is_allowed(address: str) -> None:
    assert why_refused(ip_address(address)) is None


def test_a_network_of_the_house_is_allowed_and_nothing_beside_it() -> None:
    allowed = [ip_network("10.20.0.0/16"), ip_network("fd12:3456::/32")]
    assert why_refused(ip_address("10.20.3.4"), allowed=allowed) is None
    assert why_refused(ip_address("fd12:3456::9"), allowed=allowed) is None
    assert why_refused(ip_address("10.21.0.1"), allowed=allowed) == "private"
    assert why_refused(ip_address("fd12:3457::9"), allowed=allowed) == "private"


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fd00:ec2::254", "224.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fe80::1%lo"]
)
def test_metadata_and_addresses_in_disguise_are_refused_even_where_everything_is_allowed(address: str) -> None:
    assert why_refused(ip_address(address), allowed=[ip_network("0.0.0.0/0"), ip_network("::/0")]) is not None


@given(st.ip_addresses(v=4))
def test_whatever_is_allowed_is_global_by_pythons_table_too(address: IPv4Address) -> None:
    assert (why_refused(address) is None) <= (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:0:0", "::", "64:ff9b::", "::ffff:0:0:0"]))
def test_no_ipv4_address_passes_inside_an_ipv6_address(inner: IPv4Address, prefix: str) -> None:
    assert why_refused(IPv6Address(int(IPv6Address(prefix)) | int(inner))) is not None


@given(st.ip_addresses(v=4), st.integers(0, 2**80 - 1))
def test_no_ipv4_address_passes_through_a_6to4_tunnel(inner: IPv4Address, rest: int) -> None:
    assert why_refused(IPv6Address((0x2002 << 112) | (int(inner) << 80) | rest)) is not None
