"""What an influencer or an agency tells of a channel, before it is a row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

WHOLE = 10_000  # basis points
MOST_REGIONS = 100
MOST_TOPICS = 30
MOST_READERS = 10**10
LONGEST = 60


@dataclass(frozen=True)
class NewChannel:
    platform: str
    name: str
    url: str
    language: str


@dataclass(frozen=True)
class Shown:
    """Aggregate figures of one channel on one day; shares in basis points.

    regions: where readers live, {"Piemonte": 4800}. topics: what the channel writes about.
    """

    shown_on: date
    regions: Mapping[str, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    readers_monthly: int | None = None

    def faults(self) -> list[str]:
        """The fields that can't be taken, by name."""
        found = []
        shares = list(self.regions.values())
        whole = all(type(share) is int and 0 <= share <= WHOLE for share in shares)
        if not whole or sum(shares) > WHOLE or not _names_fit(self.regions, MOST_REGIONS):
            found.append("regions")
        if not _names_fit(self.topics, MOST_TOPICS):
            found.append("topics")
        if self.readers_monthly is not None and not 0 <= self.readers_monthly <= MOST_READERS:
            found.append("readers_monthly")
        return found


def _names_fit(names: Collection[str], most: int) -> bool:
    return len(names) <= most and all(0 < len(name.strip()) <= LONGEST for name in names)
