"""What a click says of who came: enough to tell two visitors apart for a day, not who they are."""

import hashlib
import hmac
import ipaddress
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

MOST_AGENT = 400  # an app that shows pages names itself at the end
MOST_HOST = 253
MOST_TAG = 12
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_TAG = re.compile(r"\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Clicks:
    """raw: every visit. counted: without the same visitor on the same link within 30 minutes."""

    raw: int = 0
    counted: int = 0


COUNTED, DUPLICATE = "counted", "duplicate"
DISCOUNTED = "click.discounted"  # by a person's word, never by a machine
Days = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Tally:
    """Judged clicks by day. days: ISO date -> counted, duplicate or a reason code -> clicks."""

    days: Days = field(default_factory=dict)

    @property
    def by_kind(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        for day in self.days.values():
            found.update(day)
        return dict(found)

    @property
    def raw(self) -> int:
        return sum(self.by_kind.values())

    @property
    def counted(self) -> int:
        return self.by_kind.get(COUNTED, 0)

    @property
    def duplicate(self) -> int:
        return self.by_kind.get(DUPLICATE, 0)

    @property
    def unique(self) -> int:
        return self.raw - self.duplicate

    @property
    def excluded(self) -> dict[str, int]:
        """Clicks by reason, the most frequent first."""
        found = {k: n for k, n in self.by_kind.items() if k not in {COUNTED, DUPLICATE}}
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def together(days: Iterable[Days]) -> Tally:
    """One tally of many links."""
    found: dict[str, Counter[str]] = {}
    for each in days:
        for day, kinds in each.items():
            found.setdefault(day, Counter()).update(kinds)
    return Tally({day: dict(found[day]) for day in sorted(found)})


def discounted(days: Days) -> Days:
    """The same clicks once a person discounted them: what was counted is excluded."""
    return {
        day: {DISCOUNTED if kind == COUNTED else kind: n for kind, n in kinds.items()}
        for day, kinds in days.items()
    }


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


def first_language(accepted: str) -> str:
    """The first tag of Accept-Language, at most two parts of it: many people share each."""
    found = _TAG.match(accepted)
    return found[1].lower()[:MOST_TAG] if found else ""


def is_own_link(target: str, site: str) -> bool:
    """A counted link that led to another would count twice, or go round for ever."""
    parts, ours = urlsplit(target), urlsplit(site)
    return parts.netloc == ours.netloc and parts.path.startswith("/l/")


def plain(text: str, most: int) -> str:
    """What a stranger sent, without what a database or a log can't hold."""
    return "".join(letter for letter in text if letter.isprintable())[:most]
