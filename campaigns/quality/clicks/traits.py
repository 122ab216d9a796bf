"""What is known of a group of clicks, beside what is usual in the campaign.

Each trait is a figure of the group beside the same figure of the campaign's bulk, and fails by 0
(as readers do), 1, 2, or more where it is sure alone.
"""

from __future__ import annotations

import numpy as np

from campaigns.quality.clicks.stays import stays
from campaigns.quality.clicks.table import (
    HOUR,
    Bools,
    Floats,
    Ints,
    Table,
    distinct,
    unevenness,
    varied,
)
from campaigns.quality.clicks.usual import NEVER, Trait, Usual, every, hours_since, once, pair

IN_BURSTS = 0.45  # of the clicks, in the busiest twentieth of the hours
MEASURED = 6000  # clicks of a group or of its rest that are measured, evenly taken
NONE = np.zeros(0, dtype=np.int64)


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
        **stays(table, some, usual, other, len(rows) / (len(rows) + len(rest))),
        "unmeasured": _unmeasured(table.dwell[some], usual),
        "timing": timing,
        "sudden": _sudden(timing, peak(table.ts[rows]), len(rows)),
        "steady": None if bursts else _steady(table.ts[rows], usual),
        name: few,
        "networks": _narrow(table, "block", some, near, other.from_countries(some)),
        "foreign": _foreign(table, some, usual, other),
        "language": _language(table, some, usual),
        "referer": _above(table.sent_by[some] > 0, table.sent_by[usual.rows] > 0, 0.2),
        "hosting": _above(table.hosting[some], table.hosting[usual.rows], 0.3),
        "returning": _returning(table, rows),
        "fresh": _fresh(table, rows, usual),
        "scattered": _scattered(table, rows),
        "one_place": _one_place(table, rows),
        "siblings": _siblings(table, rows, usual),
    }
    return {name: trait for name, trait in found.items() if trait is not None}


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


def _foreign(table: Table, rows: Ints, usual: Usual, rest: Usual) -> Trait | None:
    """The share from countries the audience evidence does not foretell; without evidence, from
    countries hardly anybody else of the campaign and of this influencer's others comes from."""
    known = table.foretold[rows] >= 0
    if known.mean() < 0.5:
        return _elsewhere(table, rows, usual, rest)
    if usual.foreign is None:
        return None
    value = float((table.foretold[rows][known] == 0).mean())
    more = value - usual.foreign
    return Trait(value, usual.foreign, 2 if more > 0.5 else int(more > 0.3))


def _elsewhere(table: Table, rows: Ints, usual: Usual, rest: Usual) -> Trait | None:
    if len(usual.rows) < 200 or len(rest.rows) < 50:
        return None
    told = np.array([land != "" for land in table.countries])
    strange = (usual.from_lands < 0.01) & (rest.from_lands < 0.05) & told
    value = float(strange[table.country[rows]].mean())
    return Trait(value, 0.0, 2 if value > 0.5 else int(value > 0.3))


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
    return Trait(each, 0.0, 1) if each >= 10 and _top(table.net[rows]) < 0.6 else None


def _one_place(table: Table, rows: Ints) -> Trait | None:
    """Most come from one network, or from three and on no phones: a fair or an office, if nothing
    measured says otherwise."""
    top = _top(table.net[rows])
    office = _top(table.net[rows], 3) >= 0.75 and table.phone[rows].mean() < 0.5
    return Trait(top, 0.0, 0) if top >= 0.6 or office else None


def _top(codes: Ints, many: int = 1) -> float:
    """The share of the `many` most frequent codes."""
    counts = np.sort(np.unique(codes, return_counts=True)[1])
    return float(counts[-many:].sum() / len(codes))


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
