"""What is known of a group of clicks, beside what is usual in the campaign.

Each trait is a figure of the group beside the same figure of the campaign's bulk, and fails by 0
(as readers do), 1, 2, or more where it is sure alone. Figures of the bulk are medians over
influencers wherever some who bought could move a mean (P. J. Huber, Robust Statistics, 1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaigns.quality.clicks.table import (
    DAY,
    DWELL_EDGES,
    Bools,
    Floats,
    Ints,
    Table,
    distinct,
    unevenness,
    varied,
)

HOUR = DAY // 24
IN_BURSTS = 0.45  # of the clicks, in the busiest twentieth of the hours
BOUNCE = 2500  # ms: many readers leave sooner, and all about as soon
MEASURED = 6000  # clicks of a group or of its rest that are measured, evenly taken
NEVER = 1e6  # hours since the last post, where there was none
BINS = np.concatenate(([0.0], DWELL_EDGES, [np.inf]))
NONE = np.zeros(0, dtype=np.int64)


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
    def dwell_nature(self) -> float:
        """Octaves by which influencers' median dwells differ anyway: three scaled MADs, or 1."""
        known = [self.table.dwell[part] for part in self.parts]
        known = [part[np.isfinite(part)] for part in known]
        each = [float(np.median(part)) for part in known if len(part) >= 10]
        medians = np.log2(each or [1.0])
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


def weigh(table: Table, rows: Ints, usual: Usual, rest: Ints = NONE) -> dict[str, Trait]:
    """The traits of `rows` beside the `usual` clicks; those nobody could measure are left out.

    rest: the influencer's other clicks. What they share with the group is their audience's habit.
    """
    some, other = every(rows, MEASURED), Usual(table, every(rest, MEASURED))
    bursts = in_bursts(table, rows)
    timing = _timing(table, some, usual, bursts)
    agents, models = (_narrow(table, each, some, usual, other) for each in ("agent", "model"))
    few, name = agents, "agents"
    if models and agents and models.fails > agents.fails:
        few, name = models, "models"
    near = usual.from_countries(some)
    found = {
        **_dwell(table, some, usual),
        "unmeasured": _unmeasured(table.dwell[some], usual),
        "timing": timing,
        "sudden": _sudden(timing, peak(table.ts[rows]), len(rows)),
        "steady": None if bursts else _steady(table.ts[rows], usual),
        name: few,
        "networks": _narrow(table, "block", some, near, other.from_countries(some)),
        "foreign": _foreign(table, some, usual),
        "language": _language(table, some, usual),
        "referer": _above(table.sent_by[some] > 0, table.sent_by[usual.rows] > 0, 0.2),
        "hosting": _above(table.hosting[some], table.hosting[usual.rows], 0.3),
        "returning": _returning(table, rows),
        "fresh": _fresh(table, rows, usual),
        "scattered": _scattered(table, rows),
        "siblings": _siblings(table, rows, usual),
    }
    return {name: trait for name, trait in found.items() if trait is not None}


def _dwell(table: Table, rows: Ints, usual: Usual) -> dict[str, Trait]:
    """The median dwell, beside the bulk's. It fails where dwell is shorter than influencers'
    readers differ anyway, or narrower; fully where all stay one same while, as under a timer.

    How far two distributions are apart: A. N. Kolmogorov (1933), N. V. Smirnov (1948).
    """
    given = table.dwell[rows]
    given = given[np.isfinite(given)]
    if len(given) < 12 or len(usual.dwell) < 50:
        return {}
    shares = np.histogram(given, BINS)[0].cumsum() / len(given)
    apart = float(np.abs(shares - usual.dwell_shares).max())
    median, ordinary = float(np.median(given)), float(np.median(usual.dwell))
    narrow = spread(given) / max(usual.dwell_spread, 0.1)
    shorter = np.log2(max(ordinary, 1.0) / max(median, 1.0))
    limit, fails = 0.25 + 1.0 / np.sqrt(len(given)), 0
    if len(given) >= 40 and narrow < 0.4 and median > BOUNCE and apart >= 0.3:
        fails = 4
    elif apart >= limit and (narrow < 0.6 or shorter > usual.dwell_nature + 1):
        fails = 2 if apart >= max(0.45, limit) else 1
    elif apart >= limit and shorter > usual.dwell_nature:
        fails = 1
    found = {"dwell": Trait(median, ordinary, fails)}
    return found | {"reads": Trait(apart, 0.0, 0)} if apart < 0.2 else found


def spread(dwell: Floats) -> float:
    """Octaves between the tenth and the ninetieth of a hundred."""
    low, high = np.quantile(np.log2(np.maximum(dwell, 30.0)), [0.1, 0.9])
    return float(high - low)


def _unmeasured(given: Floats, usual: Usual) -> Trait | None:
    if not len(usual.dwell):
        return None
    value, ordinary = float(np.isnan(given).mean()), 1 - len(usual.dwell) / len(usual.rows)
    return Trait(value, ordinary, int(value - ordinary > 0.4))


def peak(ts: Ints) -> float:
    """The largest share of the clicks within six hours."""
    after = np.searchsorted(ts, ts + 6 * HOUR)
    return float((after - np.arange(len(ts))).max() / len(ts))


def in_bursts(table: Table, rows: Ints) -> bool:
    """Whether the busiest twentieth of all hours holds far more than its share: readers come in
    bursts, after a post of the influencer's or somebody else's, or a newsletter."""
    hours = table.ts[rows] // HOUR
    stream = table.ts[table.slices[table.inf[rows[0]]]]
    span = max(24, int((stream[-1] - stream[0]) // HOUR))
    counts = np.sort(np.unique(hours, return_counts=True)[1])[::-1]
    return float(counts[: max(2, span // 20)].sum() / len(rows)) >= IN_BURSTS


def hours_since(table: Table, rows: Ints) -> Floats:
    phase = table.phase[rows]
    return np.where(np.isnan(phase), NEVER, phase)


def _timing(table: Table, rows: Ints, usual: Usual, bursts: bool) -> Trait | None:
    """The share of clicks later after a post than nine tenths of the bulk's, or before the first.

    Bursts are not held against their timing: the press or another's post may have sent them.
    """
    known = rows[table.posted[rows]]
    if len(known) < 0.5 * len(rows) or usual.timing is None:
        return None
    limit, late, early = usual.timing
    phase = hours_since(table, known)
    value = float((phase > limit).mean())
    more, early_more = value - late, float((phase == NEVER).mean()) - early
    fails = 2 if more > 0.5 or early_more > 0.2 else int(more > 0.3)
    return Trait(value, late, 0 if bursts else fails)


def _sudden(timing: Trait | None, burst: float, many: int) -> Trait | None:
    """Half of the clicks within six hours, and those not after a post."""
    if timing is None or many < 30 or burst < 0.5 or timing.value < 0.6:
        return None
    return Trait(burst, 0.0, 0)


def _steady(ts: Ints, usual: Usual) -> Trait | None:
    """How uneven the gaps are (standard deviation over mean): a stream without bursts is near 1."""
    ordinary = usual.uneven(len(ts))
    if len(ts) < 40 or ordinary is None:
        return None
    value = unevenness(np.sort(ts))
    return Trait(value, ordinary, int(value < min(1.7, 0.7 * ordinary)))


def _narrow(table: Table, name: str, rows: Ints, usual: Usual, rest: Usual) -> Trait | None:
    """How varied, beside as many clicks of the bulk, and of the influencer's others."""
    found = _narrower(table, name, rows, usual)
    if found is None or not found.fails:
        return found
    again = _narrower(table, name, rows, rest)
    return again if again is not None and again.fails < found.fails else found


def _narrower(table: Table, name: str, rows: Ints, usual: Usual) -> Trait | None:
    if len(rows) < 12 or len(usual.rows) < max(50, 0.05 * len(rows)):
        return None
    many = 1 << (min(len(rows), len(usual.rows), 4096).bit_length() - 1)
    codes: Ints = getattr(table, name)
    value, ordinary = varied(codes[every(rows, many)]), usual.varied(name, many)
    ratio, hard = value / max(ordinary, 1.0), 0.0 if name == "block" else 0.12
    return Trait(value, ordinary, 0 if ordinary < 3 else 2 if ratio < hard else int(ratio < 0.35))


def every(rows: Ints, many: int) -> Ints:
    """About as many rows, evenly taken."""
    return rows if len(rows) <= many else rows[np.linspace(0, len(rows) - 1, many).astype(np.int64)]


def _foreign(table: Table, rows: Ints, usual: Usual) -> Trait | None:
    """The share from countries the audience evidence does not foretell."""
    known = table.foretold[rows] >= 0
    if known.mean() < 0.5 or usual.foreign is None:
        return None
    value = float((table.foretold[rows][known] == 0).mean())
    more = value - usual.foreign
    return Trait(value, usual.foreign, 2 if more > 0.5 else int(more > 0.3))


def pair(table: Table, rows: Ints) -> Ints:
    return table.country[rows] * (int(table.lang.max(initial=0)) + 1) + table.lang[rows]


def _language(table: Table, rows: Ints, usual: Usual) -> Trait | None:
    """The share without a language, or with one that few from that country have."""
    pairs, counts, lands, told = usual.spoken
    if not len(pairs):
        return None
    own = pair(table, rows)
    place = np.clip(np.searchsorted(pairs, own), 0, len(pairs) - 1)
    seen = np.where(pairs[place] == own, counts[place], 0)
    of = lands[table.country[rows]]
    odd = (of >= 30) & (seen < 0.05 * of)
    value = float((odd | (~table.spoken[rows] & told)).mean())
    return Trait(value, 0.0, 2 if value > 0.6 else int(value > 0.3))


def _above(given: Bools, usual: Bools, limit: float) -> Trait | None:
    value, ordinary = float(given.mean()), float(usual.mean()) if len(usual) else 0.0
    return Trait(value, ordinary, 2 if value - ordinary > limit else 0) if value else None


def _returning(table: Table, rows: Ints) -> Trait:
    """Clicks per device."""
    value = len(rows) / distinct(table.device[rows])
    return Trait(value, 1.0, 2 if value >= 4 else int(value >= 2.5))


def _scattered(table: Table, rows: Ints) -> Trait | None:
    """Phones of few makes, each seen as very many devices: more than an office or a home holds."""
    counts = np.unique(table.device[rows], return_counts=True)[1]
    if len(counts) < 30 or table.phone[rows].mean() <= 0.6:
        return None
    each = len(counts) / min(varied(table.agent[rows]), varied(table.model[rows]))
    top = np.unique(table.net[rows], return_counts=True)[1].max() / len(rows)
    return Trait(each, 0.0, 1) if top < 0.6 and each >= 10 else None


def _siblings(table: Table, rows: Ints, usual: Usual) -> Trait | None:
    """Of the influencer's clicks sent by sites that pay, the share from the same countries."""
    stream = table.slices[table.inf[rows[0]]]
    sent = stream[table.sent_by[stream] > 0]
    if len(sent) < max(10, 0.05 * len(rows)) or not len(usual.rows):
        return None
    shares = np.bincount(table.country[rows], minlength=len(table.countries)) / len(rows)
    same = shares > 0.05
    value = float(same[table.country[sent]].mean())
    ordinary = float(same[table.country[usual.rows]].mean())
    return Trait(value, ordinary, 2 if value - ordinary > 0.5 else 0)


def _fresh(table: Table, rows: Ints, usual: Usual) -> Trait | None:
    """The share of clicks whose address shows up once: proxies hand out a new one each time."""
    if len(rows) < 30 or len(usual.rows) < 50:
        return None
    value = once(table, rows)
    return Trait(value, usual.once, int(value > 0.97 and usual.once < 0.85))


def once(table: Table, rows: Ints) -> float:
    counts = np.unique(table.addr[rows], return_counts=True)[1]
    return float((counts == 1).sum() / len(rows))
