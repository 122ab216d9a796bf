"""When bought clicks arrive, and the exchange ring, whose members click for several influencers."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.random import Generator

from tests.benchmarks.streams_abuse import rare
from tests.benchmarks.streams_honest import Voice
from tests.benchmarks.streams_net import COUNTRIES, Ints, Networks
from tests.benchmarks.streams_people import (
    DAY,
    HOUR,
    LOST,
    SECOND,
    SLOT,
    People,
    Visits,
    moments,
    people,
    rows,
)

BY_DAY = ("slow_drip", "self_click", "plugin", "popunder")  # their clicks follow a day's curve


def delivered(rng: Generator, voice: Voice, n: int, kind: str) -> Ints:
    """When bought or made clicks arrive: a drip, or orders of hours to days, mostly after posts."""
    slots = voice.days * 144
    if kind == "slow_drip" or rng.random() < 0.35:
        curve = np.ones(slots)
        curve[: min(voice.posts) // SLOT] = 0.0
    else:
        orders = [
            int(rng.choice(voice.posts)) + int(rng.exponential(3) * HOUR)
            for _ in range(int(rng.integers(2, 7)))
        ]
        curve = np.zeros(slots)
        for start in orders:
            length = int(rng.uniform(4, 60) * 6)
            begin = min(start // SLOT, slots - 7)
            curve[begin : begin + length] += rng.lognormal(0, 0.5)
    if kind in BY_DAY:
        return moments(rng, curve, np.full(n, float(COUNTRIES[voice.country][0])))
    cumulative = np.cumsum(curve)
    slot = np.searchsorted(cumulative, rng.random(n) * cumulative[-1], side="right")
    when: Ints = np.minimum(slot, slots - 1) * SLOT + rng.integers(0, SLOT, n)
    return when


def flooded(rng: Generator, voice: Voice, n: int) -> Ints:
    """When sabotage arrives: one or two floods, away from the posts, from one hour to the next."""
    posts = np.array(voice.posts)
    hours = np.arange(24, voice.days * 24 - 30)
    since = hours[:, None] * HOUR - posts[None, :]
    quiet = hours[~((since > -6 * HOUR) & (since < 14 * HOUR)).any(axis=1)]
    starts = rng.choice(quiet if len(quiet) else hours, int(rng.integers(1, 3)))
    begin = rng.choice(starts, n) * HOUR
    return begin + (rng.random(n) * rng.uniform(2, 26) * HOUR).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Ring:
    """A pod: its members, and when each of them sits down to click, round by round."""

    members: People
    sittings: Ints  # members x rounds, microseconds
    seconds: float
    hasty: float


def ring(rng: Generator, world: Networks, voice: Voice) -> Ring:
    """A pod around a voice: people of its country who click for each other most days."""
    audience = replace(voice.audience, relayed=0.01, roams=rng.uniform(0.2, 0.5))
    members = people(rng, world, int(rng.integers(30, 110)), audience)
    members.referer[rng.random(len(members)) < rng.uniform(0.3, 1)] = rng.choice(
        ["", "https://web.telegram.org/"]
    )
    rounds = int(rng.integers(8, voice.days))
    start = rng.choice(voice.days - 1, rounds, replace=False) * DAY
    local = moments(rng, np.ones(144), np.repeat(members.hours, rounds)).reshape(-1, rounds)
    return Ring(members, start[None, :] + local, rng.uniform(1.5, 9), rng.uniform(0.2, 0.8))


def ring_clicks(rng: Generator, world: Networks, pod: Ring, n: int) -> pl.DataFrame:
    """One voice's clicks from the pod; members visit the other links within the same minutes."""
    size = pod.sittings.size
    chosen = rng.choice(size, min(n, size), replace=False)
    who = chosen // pod.sittings.shape[1]
    when = pod.sittings.ravel()[chosen] + rng.integers(0, 1500, len(chosen)) * SECOND
    stay = rng.lognormal(np.log(pod.seconds), 0.7, len(chosen))
    hasty = rng.random(len(chosen)) < pod.hasty
    stay[hasty] = rng.uniform(0.6, 3.0, int(hasty.sum()))
    dwell = np.clip(stay * 1000, 100, None).astype(np.int64)
    dwell[rng.random(len(chosen)) < 0.15] = LOST
    return rows(rng, world, pod.members, Visits(who, when, dwell, rare(rng, len(chosen), 0.02)))
