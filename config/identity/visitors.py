"""Where a request comes from. A forwarded address is believed only from our own proxies."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NOBODY = ipaddress.IPv4Address("0.0.0.0")


def address_of(request: HttpRequest) -> Address:
    """The visitor's address; 0.0.0.0 where it can't be known.

    PATTO_PROXIES says how many proxies of ours stand in front: each adds one address to
    X-Forwarded-For, and what stands before theirs was written by the visitor.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        text = forwarded[-settings.PROXIES] if len(forwarded) >= settings.PROXIES else ""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return NOBODY
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def network_of(address: Address) -> str:
    """The neighbourhood of an address, too wide to name a household: /24, or /48 of IPv6."""
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((address, bits), strict=False))
