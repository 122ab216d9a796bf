"""Two kinds of clicks in one stream, told apart by expectation and maximisation.

A stream of an influencer is taken as readers plus one unknown kind. What readers look like is not
learned from that stream but from all others of the campaign, weighted so that no influencer is
most of it; the unknown kind is free. Each feature is a list of codes; some are read given another
(the language given the country). A bounded log ratio per feature keeps one habit from deciding.

A. P. Dempster, N. M. Laird, D. B. Rubin (1977), Maximum likelihood from incomplete data via the EM
algorithm, Journal of the Royal Statistical Society B 39.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaigns.quality.clicks.table import (
    DWELL_EDGES,
    PHASE_EDGES,
    Bools,
    Floats,
    Ints,
    Table,
    compact,
)

SAMPLE = 3000  # clicks of an influencer the kinds are learned from; all are then told by them
ROUNDS = 11
BOUND = 4.0  # of one feature's log ratio
OWN = 30.0  # clicks of the campaign for which the influencer's own share stands
FREE = 5.0  # clicks spread over all codes in the unknown kind


@dataclass(frozen=True, slots=True)
class Feature:
    name: str
    codes: Ints
    given: Ints | None = None  # read as share within this
    holds: float = 300.0  # clicks of the campaign that hold this influencer's readers in place
    weight: float = 1.0


def features(table: Table) -> list[Feature]:
    """What is compared; a feature nobody told (no dwell, no posts) is left out."""
    uses = np.bincount(table.addr)[table.addr] if table.size else table.addr
    found = [
        Feature("model", table.model, weight=0.6),
        Feature("agent", table.agent, weight=0.6),
        Feature("country", table.country),
        Feature("language", compact(table.country, table.lang), given=table.country),
        Feature("network", compact(table.country, table.block), given=table.country),
        Feature("referer", table.host, weight=0.7),
        Feature("address", np.searchsorted([2, 3, 6, 20], uses, side="right"), weight=0.7),
    ]
    dwell = np.searchsorted(DWELL_EDGES, np.nan_to_num(table.dwell, nan=0.0)) + 1
    if np.isfinite(table.dwell).mean() > 0.05:
        found.append(Feature("dwell", np.where(np.isnan(table.dwell), 0, dwell), holds=1000))
    if table.posted.any():
        phase = np.searchsorted(PHASE_EDGES, np.nan_to_num(table.phase, nan=0.0)) + 2
        early = np.where(np.isnan(table.phase), 1, phase)
        found.append(Feature("phase", np.where(table.posted, early, 0)))
    return found


@dataclass(frozen=True, slots=True)
class Bulk:
    """The campaign's clicks by feature and code, each influencer's weight bounded."""

    totals: list[Floats]
    parents: list[Floats]  # of features read within another; else empty
    weights: Floats  # of each influencer
    active: Bools  # clicks that take part


def bulk(table: Table, made_of: list[Feature], active: Bools) -> Bulk:
    counts = np.bincount(table.inf[active], minlength=len(table.names)).astype(float)
    busy = counts[counts > 0]
    cap = 2 * float(np.median(busy)) if len(busy) else 1.0
    weights = np.where(counts > 0, np.minimum(1.0, cap / np.maximum(counts, 1)), 0.0)
    each = weights[table.inf] * active
    totals = [_sums(feature.codes, each) for feature in made_of]
    parents = [
        np.zeros(0) if feature.given is None else _sums(feature.given, each) for feature in made_of
    ]
    return Bulk(totals, parents, weights, active)


def _sums(codes: Ints, weights: Floats) -> Floats:
    return np.asarray(np.bincount(codes, weights=weights), dtype=np.float64)


@dataclass(slots=True)
class Seen:
    """One feature of the clicks of one influencer: local codes and the readers' log shares."""

    codes: Ints
    parents: Ints | None
    base: Floats  # share among readers
    holds: float
    weight: float


def seen(table: Table, made_of: list[Feature], whole: Bulk, rows: Ints) -> list[Seen]:
    """The features of `rows`, all of one influencer, beside the rest of the campaign."""
    own_weight = whole.weights[table.inf[rows[0]]]
    take = whole.active[rows].astype(float)
    found = []
    for place, feature in enumerate(made_of):
        values, codes = np.unique(feature.codes[rows], return_inverse=True)
        own = _sums(codes, take)
        others = np.maximum(whole.totals[place][values] - own_weight * own, 0.0)
        parents = None
        if feature.given is None:
            total = whole.totals[place].sum() - own_weight * own.sum()
            base = _shares(others, own, np.full(len(own), total), np.full(len(own), own.sum()))
        else:
            lands, parents = np.unique(feature.given[rows], return_inverse=True)
            own_lands = _sums(parents, take)
            all_lands = np.maximum(whole.parents[place][lands] - own_weight * own_lands, 0.0)
            of = np.zeros(len(values), dtype=np.int64)
            of[codes] = parents
            base = _shares(others, own, all_lands[of], own_lands[of])
        if feature.name in ("agent", "model"):
            codes, base = _rare_together(codes, base, np.bincount(codes).astype(float))
        found.append(Seen(codes, parents, base, feature.holds, feature.weight))
    return found


def _shares(others: Floats, own: Floats, total: Floats, own_total: Floats) -> Floats:
    """Among the others; the influencer's own share counts for OWN clicks."""
    own_share = own / np.maximum(own_total, 1.0)
    return np.asarray((others + OWN * own_share + 1e-3) / (total + OWN + 1e-3))


def _rare_together(codes: Ints, base: Floats, own: Floats) -> tuple[Ints, Floats]:
    """Agents seen a few times only are one code: what any reader may bring."""
    kept = own >= max(4.0, 0.003 * own.sum())
    place = np.where(kept, np.cumsum(kept), 0)
    shares = np.concatenate(([max(1.0 - base[kept].sum(), 0.02)], base[kept]))
    return place[codes], shares


def told_apart(over: list[Seen], among: Bools, start: Floats) -> Floats:
    """The chance of each click to be of the unknown kind; `start` is the first guess in (0, 1).

    among: the clicks that take part; the others are told by what was learned.
    """
    rows = np.flatnonzero(among)
    if len(rows) > SAMPLE:
        rows = rows[np.linspace(0, len(rows) - 1, SAMPLE).astype(np.int64)]
    sample = [
        Seen(
            each.codes[rows],
            None if each.parents is None else each.parents[rows],
            each.base,
            each.holds,
            each.weight,
        )
        for each in over
    ]
    chance, tables, odds = start[rows], [], 0.0
    for _ in range(ROUNDS):
        tables = [_ratio(each, chance) for each in sample]
        share = float(np.clip(chance.mean(), 0.002, 0.998))
        odds = float(np.log(share / (1 - share)))
        logit = odds + sum(ratio[each.codes] for ratio, each in zip(tables, sample, strict=True))
        chance = 1 / (1 + np.exp(-logit))
    whole = odds + sum(ratio[each.codes] for ratio, each in zip(tables, over, strict=True))
    return np.asarray(1 / (1 + np.exp(-whole)))


def _ratio(each: Seen, chance: Floats) -> Floats:
    """Log of how much more often the unknown kind shows each code than readers do."""
    size = len(each.base)
    theirs = np.bincount(each.codes, weights=chance, minlength=size)
    readers = np.bincount(each.codes, weights=1 - chance, minlength=size)
    if each.parents is None:
        total, reading = theirs.sum(), readers.sum()
    else:
        of = np.zeros(size, dtype=np.int64)
        of[each.codes] = each.parents
        total, reading = np.bincount(of, weights=theirs)[of], np.bincount(of, weights=readers)[of]
    base = (readers + each.holds * each.base) / (reading + each.holds)
    free = (theirs + FREE * each.base) / (total + FREE)
    return np.asarray(each.weight * np.clip(np.log(free / base), -BOUND, BOUND))


def lifts(over: list[Seen], names: list[str], among: Bools) -> dict[str, Floats]:
    """For each feature the log of how far a click's code stands out in this stream."""
    found = {}
    for name, each in zip(names, over, strict=True):
        own = np.bincount(each.codes[among], minlength=len(each.base)) / among.sum()
        if each.parents is not None:
            of = np.zeros(len(each.base), dtype=np.int64)
            of[each.codes] = each.parents
            own = own / np.maximum(np.bincount(of, weights=own)[of], 1e-9)
        ratio = np.log((own + 1e-4) / (each.base + 1e-4))
        found[name] = each.weight * np.clip(ratio, -BOUND, BOUND)[each.codes]
    return found
