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
from campaigns.quality.clicks.table import Bools, Ints, Table
from campaigns.quality.clicks.traits import HOUR

LONGEST = 48 * HOUR  # of one flood
PAUSE = 12 * HOUR  # between two floods
FLOODS = 2
READERS = 20  # clicks of readers before, between or after them
FOLLOWS = 12  # hours after a post in which clicks bought for it begin


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
        if unsure and all(cohort.fails("returning") == 2 for cohort in group if cohort.traits):
            continue  # few devices again and again, right after the post: whose post it was
        for cohort in group:
            if _within(table.ts[cohort.rows], floods).mean() > 0.5:
                cohort.laid_on, cohort.unsure = True, unsure
                cohort.reason = "click.sabotage"


@dataclass(frozen=True, slots=True)
class Flood:
    """first, last: microseconds; follows: it began soon after a post."""

    first: int
    last: int
    follows: bool


def _floods(table: Table, rows: Ints) -> list[Flood]:
    """The stretches the clicks fall into; none where they are more than FLOODS, or long."""
    cuts = np.flatnonzero(np.diff(table.ts[rows]) > PAUSE) + 1
    least = max(10.0, 0.03 * len(rows))
    parts = [part for part in np.split(rows, cuts) if len(part) >= least]
    if not 0 < len(parts) <= FLOODS or sum(map(len, parts)) < 0.85 * len(rows):
        return []
    floods = []
    for part in parts:
        begun = part[int(0.02 * len(part))]
        last = int(np.quantile(table.ts[part], 0.98))
        floods.append(Flood(int(table.ts[begun]), last, bool(table.phase[begun] < FOLLOWS)))
    return floods if all(flood.last - flood.first <= LONGEST for flood in floods) else []


def _within(ts: Ints, floods: list[Flood]) -> Bools:
    inside = [(ts >= flood.first - HOUR) & (ts <= flood.last + HOUR) for flood in floods]
    return np.asarray(np.any(inside, axis=0))


def _are_laid_on(table: Table, readers: Ints, floods: list[Flood]) -> bool:
    """Readers came over a time several times as long, and not every flood began with a post."""
    ts = table.ts[readers]
    if (~_within(ts, floods)).sum() < READERS:
        return False
    if sum(flood.last - flood.first for flood in floods) > 0.25 * (ts.max() - ts.min()):
        return False
    return len(floods) == 1 or not all(flood.follows for flood in floods)
