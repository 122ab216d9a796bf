"""Devices that come back too often, or go round the campaign's influencers.

A device behind a shared address can look like another of the same make. So a count is held against
what the address or network would bring by chance: its clicks times the share of that agent.
"""

from __future__ import annotations

import numpy as np

from campaigns.quality.clicks.cohorts import Cohort
from campaigns.quality.clicks.table import (
    HOUR,
    Bools,
    Floats,
    Ints,
    Table,
    compact,
    together,
)
from campaigns.quality.clicks.traits import weigh
from campaigns.quality.clicks.usual import Trait, Usual, every

ALONE = 25  # clicks of one device, from which it is weighed by itself
VISITS = 8  # clicks of one device on one influencer's links, beyond which it is asked why
DAYS = 3
TIMES = 6.0  # times what chance would bring
RING_DEVICES = 5
CROWD = 60  # clicks of other agents from an address: so many people may well have the same phone


def returning(table: Table, active: Bools) -> list[Cohort]:
    """Clicks of few devices that return day after day to one influencer's links."""
    rows = np.flatnonzero(active)
    if not len(rows):
        return []
    found = np.zeros(len(rows), dtype=bool)
    for place in (table.block, table.addr):
        who = compact(table.inf[rows], table.agent[rows], table.lang[rows], place[rows])
        where = compact(table.inf[rows], place[rows])
        found |= _too_often(table, rows, who, where)
    who = compact(table.inf[rows], table.agent[rows], table.lang[rows])
    found |= _too_often(table, rows, who, table.inf[rows])
    crowd = np.zeros(table.size, dtype=bool)
    crowd[rows] = in_a_crowd(table, rows)
    return [
        part
        for cohort in _by_influencer(table, rows[found], "click.self")
        for part in _behaving(table, cohort, rows, crowd)
    ]


def _behaving(table: Table, cohort: Cohort, active: Ints, crowd: Bools) -> list[Cohort]:
    """The cohort's devices that do not read: each alone if it has clicks enough, else together.

    crowd: the clicks from addresses that many people share.
    """
    who = compact(table.agent[cohort.rows], table.lang[cohort.rows])
    busy = np.bincount(who)[who] >= ALONE
    others = active[table.inf[active] != cohort.inf]
    others = others if len(others) >= 200 else active[~np.isin(active, cohort.rows)]
    usual = Usual(table, every(others, 5000))
    parts = [cohort.rows[who == code] for code in np.unique(who[busy])] + [cohort.rows[~busy]]
    own = table.slices[cohort.inf]
    kept = []
    for part in parts:
        rest = Usual(table, every(own[~np.isin(own, cohort.rows, assume_unique=True)], 5000))
        if len(part) < VISITS or not _fails(traits := weigh(table, part, usual)):
            continue
        read = "dwell" not in traits or not traits["dwell"].fails  # as far as anybody knows
        if read and crowd[part].mean() > 0.5:
            continue  # many people perhaps, who come when their office is open
        if len(rest.rows) < 100 or _fails(weigh(table, part, rest)):
            kept.append(part)
    if not kept:
        return []
    rows = np.sort(np.concatenate(kept))
    return [Cohort(cohort.inf, cohort.reason, rows, weigh(table, rows, usual))]


def in_a_crowd(table: Table, rows: Ints) -> Bools:
    """Whether so many others of `rows` come from a row's address that several people may well be
    behind what looks like one device."""
    address = table.addr[rows]
    alike = compact(address, table.agent[rows])
    return np.asarray(np.bincount(address)[address] - np.bincount(alike)[alike] > CROWD)


def _fails(traits: dict[str, Trait]) -> bool:
    return any(traits[name].fails for name in ("dwell", "timing", "steady") if name in traits)


def _too_often(table: Table, rows: Ints, who: Ints, where: Ints) -> Bools:
    """Rows whose `who` comes far more than chance among the clicks of `where`, by few devices."""
    clicks = np.bincount(who)
    expected = _by_chance(table.agent[rows], who, clicks, np.bincount(where), where)
    day = table.day[rows]
    days = _distinct(who, day)
    device_days = _distinct(who, day, table.device[rows])
    often = (clicks >= VISITS) & (clicks >= TIMES * (expected + 1)) & (days >= DAYS)
    few = (device_days <= 2 * days) & (clicks >= 1.5 * device_days)
    steady = (device_days <= 1.5 * days) & (days >= 6)
    near = clicks >= 2.5 * _distinct(who, table.net[rows])
    return np.asarray((often & near & (few | steady))[who])


def _by_chance(agent: Ints, who: Ints, clicks: Ints, place_clicks: Ints, place: Ints) -> Floats:
    """Clicks each `who` would have if its place had agents as everywhere else."""
    first = np.zeros(len(clicks), dtype=np.int64)
    first[who] = np.arange(len(who))
    elsewhere = np.bincount(agent)[agent[first]] - clicks
    rest = np.maximum(len(agent) - clicks, 1)
    return np.asarray(place_clicks[place[first]] * elsewhere / rest)


def _distinct(who: Ints, *what: Ints) -> Ints:
    """For each `who` how many different things."""
    pairs, size = together(who, *what)
    pairs = np.sort(pairs)
    once = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))] // size
    return np.bincount(once, minlength=int(who.max(initial=0)) + 1)


def going_round(table: Table, active: Bools) -> list[Cohort]:
    """Clicks of devices that go from one influencer's link straight to another's, again and again.

    Some readers follow two influencers of a campaign; so an influencer's share of such clicks is
    held against the median of all, and some must have gone round on several days from home.
    """
    rows = np.flatnonzero(active)
    if len(table.names) < 2 or not len(rows):
        return []
    onward = _onward(table, rows)
    day = table.day[rows]
    at_home = compact(table.agent[rows], table.lang[rows], table.lan[rows])
    near = compact(table.agent[rows], table.lang[rows], table.block[rows])
    members = _rounds(at_home, onward, day, DAYS, 0.1)
    found = members | _rounds(near, onward, day, 2, 0.25) | _rounds(at_home, onward, day, 2, 0.1)
    clicks = np.bincount(table.inf[rows], minlength=len(table.names))
    gone = np.bincount(table.inf[rows[found & onward]], minlength=len(table.names))
    shares = gone / np.maximum(clicks, 1)
    many = np.zeros(len(table.names), dtype=np.int64)
    if members.any():
        told = _distinct(table.inf[rows[members]], at_home[members])
        many[: len(told)] = told
    ring = (shares >= max(0.01, 5 * float(np.median(shares[clicks > 0])))) & (many >= RING_DEVICES)
    inside = (found | onward) & ring[table.inf[rows]]
    return [
        _weighed(table, each, rows)
        for each in _by_influencer(table, rows[inside], "click.exchange")
    ]


def _weighed(table: Table, cohort: Cohort, active: Ints) -> Cohort:
    others = active[table.inf[active] != cohort.inf]
    cohort.traits = weigh(table, cohort.rows, Usual(table, every(others, 5000)))
    return cohort


def _onward(table: Table, rows: Ints) -> Bools:
    """Clicks within an hour of the same device's click on another influencer's link."""
    who = compact(table.device[rows])
    chance = _by_chance(table.agent[rows], who, np.bincount(who), *_crowd(table.addr[rows]))
    order = np.lexsort((table.ts[rows], who))
    near = np.diff(table.ts[rows][order]) < HOUR
    step = (np.diff(who[order]) == 0) & (np.diff(table.inf[rows][order]) != 0) & near
    onward = np.zeros(len(rows), dtype=bool)
    onward[order[1:][step]] = True
    onward[order[:-1][step]] = True
    return np.asarray(onward & (chance[who] < 1))


def _crowd(place: Ints) -> tuple[Ints, Ints]:
    codes = compact(place)
    return np.bincount(codes), codes


def _rounds(who: Ints, onward: Bools, day: Ints, least: int, share: float) -> Bools:
    """All clicks of those who went onward on so many days, with a good part of their clicks."""
    clicks = np.bincount(who)
    steps = np.bincount(who[onward], minlength=len(clicks))
    days = np.zeros(len(clicks), dtype=np.int64)
    if onward.any():
        went = _distinct(who[onward], day[onward])
        days[: len(went)] = went
    return np.asarray(((days >= least) & (steps >= share * clicks))[who])


def _by_influencer(table: Table, rows: Ints, reason: str) -> list[Cohort]:
    order = np.argsort(table.inf[rows], kind="stable")
    infs, starts = np.unique(table.inf[rows][order], return_index=True)
    parts = np.split(rows[order], starts[1:])
    return [Cohort(int(inf), reason, part) for inf, part in zip(infs, parts, strict=False)]
