"""Whose doing: clicks an influencer bought, or clicks others laid on an honest one.

Who buys clicks wants them to count: they follow the posts or run through the campaign, and look
like readers as well as the price allows. Who wants to harm somebody wants them found: one flood
within hours, of one kind, over a stream that is otherwise readers'. Where it could be either, the
clicks are excluded and nobody is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaigns.quality.clicks.cohorts import Cohort
from campaigns.quality.clicks.table import HOUR, Bools, Ints, Table
from campaigns.quality.clicks.usual import hours_since

LONGEST = 48 * HOUR  # of one flood
PAUSE = 12 * HOUR  # between two floods
FLOODS = 2
MOST = 0.7  # of the excluded clicks, in the floods
READERS = 20  # clicks of readers before, between or after them
FOLLOWS = 12  # hours after a post in which clicks bought for it begin
LONG = 12 * HOUR  # who buys one delivery has it spread over a day; who floods wants it seen
BY_CHANCE = 0.03  # of all floods that have nothing to do with the posts


def tell(table: Table, cohorts: list[Cohort], counted: Bools) -> None:
    """Marks the cohorts laid on by others; `counted` are the clicks of readers."""
    of: dict[int, list[Cohort]] = {}
    for cohort in cohorts:
        of.setdefault(cohort.inf, []).append(cohort)
    for inf, group in of.items():
        rows = np.sort(np.concatenate([cohort.rows for cohort in group]))
        readers = table.slices[inf][counted[table.slices[inf]]]
        floods = _floods(table, rows)
        if not floods or not _are_laid_on(table, readers, floods):
            continue
        unsure = len(floods) > 1 or floods[0].follows
        if _are_bought(table, inf, floods) or (floods[0].follows and _hammer(group)):
            continue
        for cohort in group:
            if _within(table.ts[cohort.rows], floods).mean() > 0.5:
                cohort.laid_on, cohort.unsure = True, unsure
                cohort.reason = "click.sabotage"


def _hammer(group: list[Cohort]) -> bool:
    """Few devices again and again."""
    return all(cohort.fails("returning") == 2 for cohort in group if cohort.traits)


def _are_bought(table: Table, inf: int, floods: list[Flood]) -> bool:
    """One delivery, over a day or so, that began sooner after a post than chance would have it."""
    rows, flood = table.slices[inf], floods[0]
    if len(floods) > 1 or not flood.follows or flood.last - flood.first < LONG:
        return False
    moments = table.ts[rows] / HOUR - table.phase[rows]
    posts = len(np.unique(np.round(moments[np.isfinite(moments)], 2)))
    return bool(posts * flood.after * HOUR < BY_CHANCE * (table.ts[rows[-1]] - table.ts[rows[0]]))


@dataclass(frozen=True, slots=True)
class Flood:
    """first, last: microseconds; after: hours since the last post; follows: these are few."""

    first: int
    last: int
    after: float

    @property
    def follows(self) -> bool:
        return self.after < FOLLOWS


def _floods(table: Table, rows: Ints) -> list[Flood]:
    """The stretches the clicks fall into; none where they are more than FLOODS, or long.

    A flood's clicks lie close together; the few readers taken for them are strewn, and left out.
    """
    close = np.searchsorted(table.ts[rows], table.ts[rows] + HOUR) - np.searchsorted(
        table.ts[rows], table.ts[rows] - HOUR
    )
    dense = rows[close >= 0.1 * np.median(close)]
    cuts = np.flatnonzero(np.diff(table.ts[dense]) > PAUSE) + 1
    parts = [part for part in np.split(dense, cuts) if len(part) >= max(10.0, 0.03 * len(rows))]
    if not 0 < len(parts) <= FLOODS or sum(map(len, parts)) < MOST * len(rows):
        return []
    floods = []
    for part in parts:
        begun = part[int(0.02 * len(part))]
        last = int(np.quantile(table.ts[part], 0.98))
        floods.append(Flood(int(table.ts[begun]), last, float(hours_since(table, begun))))
    return floods if all(flood.last - flood.first <= LONGEST for flood in floods) else []


def _within(ts: Ints, floods: list[Flood]) -> Bools:
    inside = [(ts >= flood.first - HOUR) & (ts <= flood.last + HOUR) for flood in floods]
    return np.asarray(np.any(inside, axis=0))


def _are_laid_on(table: Table, readers: Ints, floods: list[Flood]) -> bool:
    """Readers came over a time several times as long, and not every flood began with a post."""
    ts = table.ts[readers]
    if (~_within(ts, floods)).sum() < READERS:
        return False
    lasted = max(ts.max(), floods[-1].last) - min(ts.min(), floods[0].first)
    if sum(flood.last - flood.first for flood in floods) > 0.25 * lasted:
        return False
    return len(floods) == 1 or not all(flood.follows for flood in floods)
