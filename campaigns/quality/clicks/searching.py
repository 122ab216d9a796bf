"""Finds in each influencer's stream the groups of clicks that are not readers'."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaigns.quality.clicks import mixture
from campaigns.quality.clicks.cohorts import Cohort
from campaigns.quality.clicks.table import Bools, Floats, Ints, Table
from campaigns.quality.clicks.traits import weigh
from campaigns.quality.clicks.usual import Usual

FEWEST = 20  # clicks: below this a group is not judged
USUAL = 5000  # clicks of the bulk a group is compared with
AGAIN = 4  # groups looked for in one stream
STARTS: tuple[tuple[str, ...], ...] = (
    ("model", "agent", "country", "language", "network", "referer", "dwell", "phase", "address"),
    ("dwell", "phase"),
    ("model", "agent", "network"),
    ("country", "language", "referer"),
)


def search(table: Table, active: Bools) -> list[Cohort]:
    """Groups among the `active` clicks; searched twice, the second time beside a cleaner bulk."""
    if not active.any():
        return []
    made_of = mixture.features(table)
    found = _search(table, made_of, active, active, STARTS[:2])
    clean = active.copy()
    for cohort in found:
        if not cohort.doubtful:
            clean[cohort.rows] = False
    return _search(table, made_of, active, clean, STARTS)


def _search(
    table: Table,
    made_of: list[mixture.Feature],
    active: Bools,
    clean: Bools,
    starts: tuple[tuple[str, ...], ...],
) -> list[Cohort]:
    whole = mixture.bulk(table, made_of, clean)
    pool = _pool(table, whole)
    names = [feature.name for feature in made_of]
    found: list[Cohort] = []
    for inf, rows in enumerate(table.slices):
        left = rows[active[rows]]
        if len(left) < FEWEST:
            continue
        over = mixture.seen(table, made_of, whole, left)
        usual = Usual(table, pool[table.inf[pool] != inf])
        found += _Stream(table, left, over, names, usual).groups(starts)
    return found


def _pool(table: Table, whole: mixture.Bulk) -> Ints:
    """Clicks of the bulk, as many of each influencer as its weight allows."""
    rows = np.flatnonzero(whole.active)
    shares = whole.weights[table.inf[rows]]
    each = max(1.0, shares.sum() / USUAL)
    steps = np.floor(np.cumsum(shares) / each)
    return rows[np.flatnonzero(np.diff(steps, prepend=-1.0) > 0)]


@dataclass(slots=True)
class _Stream:
    """The clicks of one influencer, searched for groups one after the other."""

    table: Table
    rows: Ints
    over: list[mixture.Seen]
    names: list[str]
    usual: Usual

    def groups(self, starts: tuple[tuple[str, ...], ...]) -> list[Cohort]:
        left = np.ones(len(self.rows), dtype=bool)
        found: list[Cohort] = []
        while len(found) < AGAIN and left.sum() >= FEWEST:
            group = self._group(left, starts)
            if group is None:
                break
            found.append(group)
            if group.doubtful:
                break
            left &= ~np.isin(self.rows, group.rows, assume_unique=True)
        return found

    def _group(self, left: Bools, starts: tuple[tuple[str, ...], ...]) -> Cohort | None:
        """The first group that is not readers', from several first guesses; else a doubtful one,
        else None."""
        stands_out = mixture.lifts(self.over, self.names, left)
        doubtful: Cohort | None = None
        seen: list[Bools] = []
        for start in starts:
            told = [np.clip(stands_out[name], -2, 2) for name in start if name in stands_out]
            if not told:
                continue
            guess = np.sum(told, axis=0)
            guess = 1 / (1 + np.exp(-2 * (guess - np.quantile(guess[left], 0.7)) + 0.5))
            chance = mixture.told_apart(self.over, left, guess)
            inside = left & (chance > _limit(chance[left]))
            if any((inside != other).mean() < 0.01 for other in seen):
                continue
            seen.append(inside)
            for members in (inside, left & ~inside):
                cohort = self._weighed(members, left)
                if cohort is not None and cohort.is_not_readers():
                    return cohort
                if cohort is not None and doubtful is None and cohort.is_doubtful():
                    doubtful = cohort
        if doubtful is not None:
            doubtful.doubtful = True
        return doubtful

    def _weighed(self, members: Bools, left: Bools) -> Cohort | None:
        rows, rest = self.rows[members], self.rows[left & ~members]
        if len(rows) < max(FEWEST, 0.01 * len(self.rows)):
            return None
        usual = self.usual if len(self.usual.rows) >= 200 else Usual(self.table, rest)
        traits = weigh(self.table, rows, usual, rest)
        cohort = Cohort(int(self.table.inf[rows[0]]), "", rows, traits)
        cohort.reason = name(self.table, cohort)
        return cohort


def _limit(chance: Floats) -> float:
    """As few readers as may be, while nearly all of the other kind are beyond it."""
    most = np.sort(chance)[::-1]
    share = np.cumsum(most) / max(float(most.sum()), 1e-9)
    return float(np.clip(most[np.searchsorted(share, 0.97).clip(0, len(most) - 1)], 0.5, 0.9))


def name(table: Table, cohort: Cohort) -> str:
    """The reason that fits the group's traits best."""
    if cohort.fails("hosting") or cohort.fails("language") == 2:
        return "click.datacentre"
    if cohort.fails("foreign") == 2 or cohort.fails("referer"):
        return "click.paid_crowd"
    if cohort.fails("returning") == 2 and len(np.unique(table.agent[cohort.rows])) <= 5:
        return "click.self"
    few = max(cohort.fails("agents"), cohort.fails("models"))
    farm = few == 2 or (few and cohort.fails("networks"))
    return "click.device_farm" if farm else "click.slow_drip"
