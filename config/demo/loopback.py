"""What is safe only while nobody else can reach this machine, and whether that is so."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def dangers() -> list[str]:
    """One sentence for each setting that must not stand while the site is reachable by others."""
    reachable = _reachable()
    if not reachable:
        return []
    where = ", ".join(reachable)
    found = []
    if settings.DEMO:
        found.append(f"PATTO_DEMO=1 lets anyone in, and the site is reachable at {where}.")
    if settings.FETCH_ALLOW:
        found.append(f"PATTO_FETCH_ALLOW opens inner hosts, and the site is reachable at {where}.")
    return found


def insist() -> None:
    """Raise ImproperlyConfigured where there is a danger: the site must not start."""
    if found := dangers():
        raise ImproperlyConfigured(" ".join(found))


def is_loopback(host: str) -> bool:
    """Whether a bind address, a host of ALLOWED_HOSTS or of an address stays on this machine."""
    name = host.strip().strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _reachable() -> list[str]:
    hosts = [settings.BIND, urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS]
    return sorted({host or "an empty host" for host in hosts if not is_loopback(host)})
