"""Which addresses are public: the special-purpose registries of IANA (read 2026-11).

https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry,
written out here rather than taken from `ipaddress.is_global`, whose answer depends on the
version of Python. IPv6 is public only inside 2000::/3, the space that is handed out at all.
"""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_V4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "carrier-grade NAT",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "a cloud's inner services",
    "169.254.0.0/16": "link-local, cloud metadata",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "automatic multicast tunnelling",
    "192.88.99.0/24": "6to4 relay",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_V6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "IPv4-mapped",
    "::ffff:0:0:0/96": "IPv4-translated",
    "::/96": "IPv4-compatible",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "local NAT64",
    "100::/64": "discard",
    "2001::/32": "Teredo",
    "2001::/23": "protocol assignments",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "AS112",
    "3fff::/20": "documentation",
    "5f00::/16": "segment routing",
    "fc00::/7": "unique local",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
_SPECIAL_V4 = [(ipaddress.IPv4Network(net), what) for net, what in _V4.items()]
_SPECIAL_V6 = [(ipaddress.IPv6Network(net), what) for net, what in _V6.items()]
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: the interface id that carries an IPv4 address


def why_not_public(address: Address) -> str:
    """One sentence that says what the address is; empty where it is public."""
    if isinstance(address, ipaddress.IPv4Address):
        return _v4_reason(address)
    return _v6_reason(address)


def _v4_reason(address: ipaddress.IPv4Address) -> str:
    for network, what in _SPECIAL_V4:
        if address in network:
            return f"{address} lies in {network} ({what})"
    return ""


def _v6_reason(address: ipaddress.IPv6Address) -> str:
    for network, what in _SPECIAL_V6:
        if address in network:
            return f"{address} lies in {network} ({what})"
    if address not in _GLOBAL_V6:
        return f"{address} lies outside 2000::/3, the public space"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return _v4_reason(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return ""
