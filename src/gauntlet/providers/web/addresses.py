"""Which network addresses may be fetched from: the public internet's, and what the house has allowed besides."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_FORBIDDEN: Final[tuple[tuple[Network, str], ...]] = tuple(
    (ip_network(network), kind)
    for network, kind in (
        # Where clouds hand their machines credentials. The fourth is a public address, and answered by the host alone.
        ("169.254.169.254/32", "a cloud's metadata service"),
        ("fd00:ec2::254/128", "a cloud's metadata service"),
        ("100.100.100.200/32", "a cloud's metadata service"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("0.0.0.0/8", "unspecified"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("::/128", "unspecified"),
        ("ff00::/8", "multicast"),
        # IPv4 in other clothes. Nobody writes these who means the public internet.
        ("::ffff:0:0/96", "an IPv4 address mapped into IPv6"),
        ("::ffff:0:0:0/96", "an IPv4 address translated into IPv6"),
        ("64:ff9b::/96", "an IPv4 address translated into IPv6 (NAT64)"),
        ("64:ff9b:1::/48", "an IPv4 address translated into IPv6 (NAT64)"),
        ("2001::/32", "an IPv4 address tunnelled in IPv6 (Teredo)"),
        ("2002::/16", "an IPv4 address tunnelled in IPv6 (6to4)"),
    )
)
"""Never fetched from, whatever the house allows."""

_NOT_PUBLIC: Final[tuple[tuple[Network, str], ...]] = tuple(
    (ip_network(network), kind)
    for network, kind in (
        # https://www.iana.org/assignments/iana-ipv4-special-registry
        ("10.0.0.0/8", "private"),
        ("172.16.0.0/12", "private"),
        ("192.168.0.0/16", "private"),
        ("100.64.0.0/10", "a provider's own (carrier-grade NAT)"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("192.88.99.0/24", "a relay of IPv6 tunnels"),
        ("198.18.0.0/15", "for benchmarks"),
        ("240.0.0.0/4", "reserved"),
        # https://www.iana.org/assignments/iana-ipv6-special-registry
        ("::1/128", "loopback"),
        ("::/96", "an IPv4 address embedded in IPv6"),
        ("100::/64", "for discarding"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("2001:2::/48", "for benchmarks"),
        ("2001:db8::/32", "for documentation"),
        ("3fff::/20", "for documentation"),
        ("2001::/23", "reserved for protocols"),
    )
)
_IPV6_PUBLIC: Final = IPv6Network("2000::/3")  # all global unicast space there is (RFC 4291, section 2.4)
_ISATAP: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})  # an interface's id that holds an IPv4 address (RFC 5214)


def why_refused(address: Address, *, allowed: Sequence[Network] = ()) -> str | None:
    """Return what an address is that may not be fetched from, say "private", or None for one that may.

    `allowed` are the networks that the house reaches besides the public internet; the metadata services of clouds,
    multicast and IPv4 addresses in IPv6's clothes are refused even there.
    """
    for network, kind in _FORBIDDEN:
        if address in network:
            return kind
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "bound to one interface of this machine"
    if any(address in network for network in allowed):
        return None
    for network, kind in _NOT_PUBLIC:
        if address in network:
            return kind
    if isinstance(address, IPv6Address):
        if address not in _IPV6_PUBLIC:
            return "reserved"
        if (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
            return "an IPv4 address tunnelled in IPv6 (ISATAP)"
    # Python keeps its own copy of the registries; what either calls special is special.
    return None if address.is_global else "reserved"
