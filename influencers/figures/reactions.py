"""How many of a channel's followers react, and whether reactions vary as people's do. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import median
from typing import Literal

from influencers.figures.days import Day

NEWEST = 60  # posts, or days with posts: what somebody did years ago says little
ENOUGH_POSTS = 6
ENOUGH_PEERS = 8
LOW = 0.25  # of what channels of the size get from one post
LOW_ACTIVE = 0.5  # of the same: who reacts to one post is active, so the active are never fewer
DEVIATIONS = 3.0  # below the other channels of the campaign
FLAT_POSTS = 12
FLAT_LEAST = 100  # reactions to a post; below it chance alone is wider than what we look for
FLAT = 0.05  # robust spread over the median; a store delivers by the thousand, people don't
# Average engagement on Instagram by number of followers: HypeAuditor, "What is Instagram Engagement
# Rate", nearly 37,000 accounts over 90 days, March 2018. Basis points of the followers, for a post.
TIERS = ((1_000, 1058), (5_000, 426), (20_000, 228), (100_000, 162), (1_000_000, 155))
TOP_TIER = 154


@dataclass(frozen=True, slots=True)
class Reacting:
    """Likes and comments of a post to 10,000 followers, the median of the newest posts.

    expected: what channels of this size get; by: the campaign's own channels, or published.
    kind: posts, or active where the share of active followers itself was shown.
    """

    kind: Literal["posts", "active"]
    followers: int
    rate_bps: int
    expected_bps: int
    by: Literal["campaign", "published"]
    posts: int
    is_low: bool


@dataclass(frozen=True, slots=True)
class Flat:
    """Reactions that hardly vary from post to post. spread_bps: of the median."""

    posts: int
    median: int
    least: int
    most: int
    spread_bps: int


Peer = tuple[int, int]  # followers, rate in basis points


def reacting(days: Sequence[Day], peers: Sequence[Peer] = ()) -> list[Reacting]:
    """How the channel's newest posts did, and the share of active followers where it was shown.

    peers: the campaign's other channels; with ENOUGH_PEERS of them they are the reference.
    """
    found = []
    newest = days[-1] if days else None
    shown = _shown(days)
    if newest and len(shown) >= ENOUGH_POSTS:
        rates = [10_000 * (day.reactions or 0) / max(day.followers, 1) for day in shown]
        rate = round(median(rates))
        found.append(_compared(newest.followers, rate, len(shown), peers))
    active = next((day for day in reversed(days) if day.active_bps is not None), None)
    if active and active.active_bps is not None:
        usual = expected_bps(active.followers)
        low = active.active_bps < LOW_ACTIVE * usual
        found.append(
            Reacting("active", active.followers, active.active_bps, usual, "published", 0, low)
        )
    return found


def rate_of(days: Sequence[Day]) -> Peer | None:
    """The channel as a peer of others, None where too little is known."""
    own = next((each for each in reacting(days) if each.kind == "posts"), None)
    return (own.followers, own.rate_bps) if own else None


def expected_bps(followers: int) -> int:
    """The published average for a channel of this size."""
    return next((rate for end, rate in TIERS if followers < end), TOP_TIER)


def flat(days: Sequence[Day]) -> Flat | None:
    """Whether the reactions to the newest posts hardly vary; None where they do, or are few."""
    given = sorted(day.reactions or 0 for day in _shown(days))
    if len(given) < FLAT_POSTS:
        return None
    middle = median(given)
    spread = 1.4826 * median(abs(each - middle) for each in given)
    if middle < FLAT_LEAST or spread > FLAT * middle:
        return None
    return Flat(
        posts=len(given),
        median=round(middle),
        least=round(given[0]),
        most=round(given[-1]),
        spread_bps=round(10_000 * spread / middle),
    )


def _shown(days: Sequence[Day]) -> list[Day]:
    return [day for day in days if day.reactions is not None][-NEWEST:]


def _compared(followers: int, rate: int, posts: int, peers: Sequence[Peer]) -> Reacting:
    if len(peers) < ENOUGH_PEERS:
        usual = expected_bps(followers)
        return Reacting("posts", followers, rate, usual, "published", posts, rate < LOW * usual)
    usual, spread = _fitted(followers, peers)
    below = (log(max(usual, 1)) - log(max(rate, 1))) / spread
    low = rate < LOW * usual and below > DEVIATIONS
    return Reacting("posts", followers, rate, usual, "campaign", posts, low)


def _fitted(followers: int, peers: Sequence[Peer]) -> tuple[int, float]:
    """What the peers make of this size, by Theil and Sen's line through the logarithms, and the
    robust spread around it: one strange channel among them moves neither."""
    points = [(log(max(size, 1)), log(max(rate, 1))) for size, rate in peers]
    slopes = [(y2 - y1) / (x2 - x1) for x1, y1 in points for x2, y2 in points if x2 - x1 > 0.01]
    slope = median(slopes) if slopes else 0.0
    level = median(y - slope * x for x, y in points)
    spread = 1.4826 * median(abs(y - level - slope * x) for x, y in points)
    return round(exp(level + slope * log(max(followers, 1)))), max(spread, 0.2)
