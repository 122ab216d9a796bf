"""What a click says of who came: enough to tell two visitors apart for a day, not who they are."""

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

MOST_AGENT = 200
MOST_HOST = 253
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Clicks:
    """raw: every visit. counted: without the same visitor on the same link within 30 minutes."""

    raw: int = 0
    counted: int = 0


def visitor(*, secret: str, day: date, address: Address, agent: str) -> str:
    """Who came, for one day: 32 hex digits keyed by that day, so that days can't be joined.

    Of IPv6 only the /64 counts: one machine changes the rest at will.
    """
    key = hmac.digest(secret.encode(), f"clicks/{day.isoformat()}".encode(), "sha256")
    network = address.packed if address.version == 4 else address.packed[:8]
    said = agent.encode(errors="replace")
    return hmac.digest(key, network + b"\0" + said, hashlib.sha256).hex()[:32]


def is_prefetch(headers: Mapping[str, str]) -> bool:
    """A browser that fetches ahead: nobody has clicked yet."""
    said = [headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")]
    words = " ".join(said).lower()
    return any(word in words for word in ("prefetch", "prerender", "preview"))


def host_of(referer: str) -> str:
    """The site a visitor came from; never the page."""
    try:
        return (urlsplit(referer).hostname or "")[:MOST_HOST]
    except ValueError:
        return ""


def is_own_link(target: str, site: str) -> bool:
    """A counted link that led to another would count twice, or go round for ever."""
    parts, ours = urlsplit(target), urlsplit(site)
    return parts.netloc == ours.netloc and parts.path.startswith("/l/")


def plain(text: str, most: int) -> str:
    """What a stranger sent, without what a database or a log can't hold."""
    return "".join(letter for letter in text if letter.isprintable())[:most]
