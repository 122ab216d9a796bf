"""The clicks a group is held against, and their figures, each reckoned once.

Figures of the bulk are medians over influencers wherever some who bought could move a mean
(P. J. Huber, Robust Statistics, 1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaigns.quality.clicks.table import (
    DWELL_EDGES,
    Floats,
    Ints,
    Table,
    unevenness,
    varied,
)

NEVER = 1e6  # hours since the last post, where there was none
BINS = np.concatenate(([0.0], DWELL_EDGES, [np.inf]))


@dataclass(frozen=True, slots=True)
class Trait:
    """value beside usual: the group's figure and the bulk's."""

    value: float
    usual: float
    fails: int


class Usual:
    """Clicks a group is held against, and their figures, each reckoned once."""

    def __init__(self, table: Table, rows: Ints) -> None:
        self.table, self.rows = table, rows
        self._varied: dict[tuple[str, int], float] = {}
        self._uneven: dict[int, float | None] = {}

    @cached_property
    def parts(self) -> list[Ints]:
        """The clicks of each influencer with enough of them."""
        order = self.rows[np.argsort(self.table.inf[self.rows], kind="stable")]
        parts = np.split(order, np.flatnonzero(np.diff(self.table.inf[order])) + 1)
        return [part for part in parts if len(part) >= 20] or [self.rows]

    @cached_property
    def dwell(self) -> Floats:
        dwell = self.table.dwell[self.rows]
        return dwell[np.isfinite(dwell)]

    @cached_property
    def dwell_shares(self) -> Floats:
        return np.asarray(np.histogram(self.dwell, BINS)[0].cumsum() / max(len(self.dwell), 1))

    @cached_property
    def dwell_spread(self) -> float:
        return spread(self.dwell)

    @cached_property
    def dwells(self) -> list[Floats]:
        """The known dwells of each influencer with enough of them, or of all together."""
        known = [self.table.dwell[part] for part in self.parts]
        known = [part[np.isfinite(part)] for part in known]
        return [part for part in known if len(part) >= 10] or [self.dwell]

    @cached_property
    def dwell_nature(self) -> float:
        """Octaves by which influencers' median dwells differ anyway: three scaled MADs, or 1."""
        medians = np.log2([float(np.median(part)) for part in self.dwells])
        mad = 1.4826 * float(np.median(np.abs(medians - np.median(medians))))
        return max(1.0, 3 * mad)

    @cached_property
    def timing(self) -> tuple[float, float, float] | None:
        """Hours after a post within which nine tenths come; shares later, and before any post."""
        known = [part[self.table.posted[part]] for part in self.parts]
        phases = [hours_since(self.table, part) for part in known if len(part) >= 20]
        if not phases:
            return None
        limit = float(np.clip(np.median([np.quantile(x, 0.9) for x in phases]), 3, 72))
        late = float(np.median([(x > limit).mean() for x in phases]))
        return limit, late, float(np.median([(x == NEVER).mean() for x in phases]))

    def uneven(self, many: int) -> float | None:
        """The median unevenness of influencers' clicks, thinned to about as many."""
        size = 1 << (max(many, 1).bit_length() - 1)
        if size not in self._uneven:
            times = [np.sort(self.table.ts[part]) for part in self.parts if len(part) >= 40]
            each = [unevenness(ts[:: max(1, len(ts) // size)]) for ts in times]
            self._uneven[size] = float(np.median(each)) if each else None
        return self._uneven[size]

    def varied(self, name: str, many: int) -> float:
        if (name, many) not in self._varied:
            codes: Ints = getattr(self.table, name)
            self._varied[name, many] = varied(codes[every(self.rows, many)])
        return self._varied[name, many]

    @cached_property
    def foreign(self) -> float | None:
        known = self.rows[self.table.foretold[self.rows] >= 0]
        if len(known) < 30:
            return None
        parts = [part[self.table.foretold[part] >= 0] for part in self.parts]
        each = [(self.table.foretold[part] == 0).mean() for part in parts if len(part)]
        return float(np.median(each)) if each else None

    @cached_property
    def from_lands(self) -> Floats:
        """The share of clicks from each country."""
        counts = np.bincount(self.table.country[self.rows], minlength=len(self.table.countries))
        return np.asarray(counts / max(len(self.rows), 1))

    @cached_property
    def spoken(self) -> tuple[Ints, Ints, Ints, bool]:
        """Pairs of country and language, how often each, clicks by country, whether told."""
        pairs, counts = np.unique(pair(self.table, self.rows), return_counts=True)
        lands = np.bincount(self.table.country[self.rows], minlength=len(self.table.countries))
        told = np.count_nonzero(self.table.spoken[self.rows]) > 0.5 * len(self.rows)
        return pairs, counts, lands, bool(told)

    @cached_property
    def once(self) -> float:
        return once(self.table, self.rows)

    def from_countries(self, rows: Ints) -> Usual:
        """The clicks from the countries of `rows`, where networks can be compared."""
        shares = np.bincount(self.table.country[rows], minlength=len(self.table.countries))
        return Usual(self.table, self.rows[shares[self.table.country[self.rows]] > 0.2 * len(rows)])


def every(rows: Ints, many: int) -> Ints:
    """About as many rows, evenly taken."""
    return rows if len(rows) <= many else rows[np.linspace(0, len(rows) - 1, many).astype(np.int64)]


def hours_since(table: Table, rows: Ints) -> Floats:
    phase = table.phase[rows]
    return np.where(np.isnan(phase), NEVER, phase)


def pair(table: Table, rows: Ints) -> Ints:
    return table.country[rows] * (int(table.lang.max(initial=0)) + 1) + table.lang[rows]


def once(table: Table, rows: Ints) -> float:
    counts = np.unique(table.addr[rows], return_counts=True)[1]
    return float((counts == 1).sum() / len(rows))


def spread(dwell: Floats) -> float:
    """Octaves between the twentieth and the eightieth of a hundred."""
    low, high = np.quantile(np.log2(np.maximum(dwell, 30.0)), [0.2, 0.8])
    return float(high - low)
