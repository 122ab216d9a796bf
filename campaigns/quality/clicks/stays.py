"""How long a group's clicks stay, beside the bulk's.

Readers' stays vary widely, whatever the page: many leave at once, some stay for minutes. A timer,
a task or a program stays for much the same while. So a group is told less by how short its stays
are, which the page decides, than by how alike.
"""

from __future__ import annotations

import numpy as np

from campaigns.quality.clicks.table import Floats, Ints, Table
from campaigns.quality.clicks.usual import BINS, Trait, Usual, spread

BOUNCE = 2500  # ms: many readers leave sooner, and all about as soon
VARIED = 0.4, 1.5  # as far apart as readers' stays are, beside the bulk's
EIGHTH = 3  # octaves


def stays(table: Table, rows: Ints, usual: Usual, rest: Usual, share: float) -> dict[str, Trait]:
    """The median dwell beside the bulk's, and whether the stays are as readers' (`reads`), or at
    least as varied (`varied`). share: of the influencer's clicks, how many are in the group.

    How far two distributions are apart: A. N. Kolmogorov (1933), N. V. Smirnov (1948).
    """
    given = table.dwell[rows]
    given = given[np.isfinite(given)]
    if len(given) < 12 or len(usual.dwell) < 50:
        return {}
    shares = np.histogram(given, BINS)[0].cumsum() / len(given)
    apart = float(np.abs(shares - usual.dwell_shares).max())
    narrow = spread(given) / max(usual.dwell_spread, 0.1)
    median, ordinary = float(np.median(given)), float(np.median(usual.dwell))
    shorter = float(np.log2(max(ordinary, 1.0) / max(median, 1.0)))
    varied = VARIED[0] <= narrow <= VARIED[1] and apart < 0.5 and shorter < EIGHTH
    if _is_timer(given, usual, rest, share, apart, narrow):
        fails = 4
    else:
        fails = _apart(apart, narrow, shorter, varied, 0.25 + 1 / np.sqrt(len(given)), usual)
    if fails > 1 and _forwards(given, usual.dwell, rest.dwell):
        fails = 0
    found = {"dwell": Trait(median, ordinary, fails)}
    if apart < 0.2:
        found["reads"] = Trait(apart, 0.0, 0)
    elif varied:
        found["varied"] = Trait(narrow, 1.0, 0)
    return found


def _apart(
    apart: float, narrow: float, shorter: float, varied: bool, limit: float, usual: Usual
) -> int:
    """By how much it fails to be shorter than influencers' readers differ anyway, or narrower."""
    if apart >= 0.55:
        return 2
    if apart >= limit and (narrow < 0.6 or shorter > min(usual.dwell_nature + 1, EIGHTH)):
        return 2 if apart >= max(0.4, limit) and not varied else 1
    return int(apart >= limit and shorter > usual.dwell_nature)


def _is_timer(
    given: Floats, usual: Usual, rest: Usual, share: float, apart: float, narrow: float
) -> bool:
    """All stay one same while, and one at which readers do not leave all at once anyway."""
    if len(given) < 40:
        return False
    if narrow < 0.4 and apart >= 0.3 and np.median(given) > BOUNCE:
        return True
    return narrow < 0.3 and apart >= 0.45 and _spike(given, usual, rest.dwell, share)


def _spike(given: Floats, usual: Usual, rest: Floats, share: float) -> bool:
    """Of the whole stream far more stay that long than of nearly any other influencer's.

    So a group that is only the readers who left at once, say, is not taken for another kind.
    """
    low, high = np.quantile(given, [0.2, 0.8])
    own = 0.6 * share + (1 - share) * _within(rest, low, high)
    others = [_within(part, low, high) for part in usual.dwells]
    return bool(own >= 2 * np.quantile(others, 0.8) and own >= np.median(others) + 0.1)


def _within(dwell: Floats, low: float, high: float) -> float:
    return float(((dwell >= low) & (dwell <= high)).mean()) if len(dwell) else 0.0


def _forwards(given: Floats, usual: Floats, rest: Floats) -> bool:
    """The page itself sends everybody on: none of the others stays longer. Where there are no
    others, as many leave before as anywhere."""
    late, early = 1.25 * np.quantile(given, 0.9), 0.5 * np.median(given)
    longer = _within(usual, late, np.inf)
    if len(rest) >= 30:
        return longer >= 0.05 and _within(rest, late, np.inf) < 0.3 * longer
    return longer >= 0.05 and _within(given, 0, early) >= 0.5 * _within(usual, 0, early)
