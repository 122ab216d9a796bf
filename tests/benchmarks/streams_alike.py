"""Honest audiences that look laid on at first sight, and the register of all honest kinds."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.random import Generator

from tests.benchmarks.streams_honest import (
    TEMPERS,
    Voice,
    campus,
    carrier_nat,
    crowd_of,
    fans,
    newsletter,
    old_devices,
    plain,
    viral,
)
from tests.benchmarks.streams_net import Ints, Networks
from tests.benchmarks.streams_people import (
    DAY,
    HOUR,
    LOST,
    MINUTE,
    SECOND,
    Visits,
    moments,
    people,
    reader_dwell,
    readings,
    rows,
)


def live(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """Said aloud in a live stream: a great part within a quarter of an hour, once or twice."""
    wave = round(n * rng.uniform(0.3, 0.65))
    audience = replace(
        voice.audience, referers=(60, 5, 25, 0, 5, 1, 0, 0, 0, 0, 0, 4), sited=0.0, returns=0.03
    )
    crowd = crowd_of(rng, world, voice, wave, audience)
    visits = readings(rng, crowd, wave, audience, voice.curve)
    said = rng.uniform(0.1, 0.9, int(rng.integers(1, 3))) * voice.days * DAY
    spread = rng.exponential(rng.uniform(3, 12), len(visits.who)) * MINUTE
    when: Ints = (rng.choice(said, len(visits.who)) + spread).astype(np.int64)
    burst = rows(rng, world, crowd, replace(visits, when=when))
    return pl.concat([plain(rng, world, voice, n - wave), burst])


def venue(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """A code on the screen of a fair: hundreds of phones behind one address in a few hours."""
    inside = round(n * rng.uniform(0.2, 0.5))
    audience = replace(
        voice.audience,
        browsers={"safari": 50.0, "chrome_android": 40.0, "samsung": 8.0},
        referers=(100, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0),
        sited=0.0,
        returns=0.03,
    )
    crowd = people(rng, world, inside, audience)
    crowd.home[:], crowd.home_address[:] = crowd.home[0], crowd.home_address[0]
    crowd.moves[:], crowd.six_home[:], crowd.roams = False, False, np.full(inside, 0.2)
    visits = readings(rng, crowd, inside, audience, voice.curve)
    opened = int(rng.uniform(0.2, 0.8) * voice.days) * DAY + 9 * HOUR
    hours = rng.beta(2, 2, inside) * rng.uniform(3, 9)
    when: Ints = opened + (hours * HOUR).astype(np.int64)
    there = rows(rng, world, crowd, replace(visits, when=when))
    return pl.concat([plain(rng, world, voice, n - inside), there])


def forwarded(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """The page forwards to a shop after a few seconds, where most stays end."""
    table = plain(rng, world, voice, n)
    after = int(rng.uniform(4, 12) * 1000)
    late = pl.Series(np.abs(rng.normal(120, 80, table.height)).astype(np.int64))
    stay = pl.col("dwell_ms")
    return table.with_columns(
        dwell_ms=pl.when((stay > after) & (stay != LOST)).then(after + late).otherwise(stay)
    )


def couple(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """Two who post together: many of their common readers open both links within minutes."""
    assert voice.friends is not None
    common = voice.friends
    # Both draw the same moments for the same readers.
    when = moments(np.random.default_rng(common.ident[:8]), voice.curve, common.hours)
    both = min(len(common), round(n * rng.uniform(0.2, 0.5)))
    who = rng.choice(len(common), both, replace=False)
    dwell, converted = reader_dwell(rng, both, voice.audience)
    later = (rng.exponential(150, both) * SECOND).astype(np.int64)
    shared = rows(rng, world, common, Visits(who, when[who] + later, dwell, converted))
    return pl.concat([plain(rng, world, replace(voice, friends=None), n - both), shared])


def hurried(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """A coupon read on a few models of cheap phones, much of it without language or referer."""
    voice.audience = replace(
        voice.audience,
        dwell=rng.uniform(1.8, 3.5),
        bounce=rng.uniform(0.38, 0.48),
        private=rng.uniform(0.1, 0.35),
        converts=rng.uniform(0.05, 0.15),
    )
    return old_devices(rng, world, voice, n)


HONEST: dict[str, Callable[[Generator, Networks, Voice, int], pl.DataFrame]] = {
    "plain": plain,
    "small": plain,
    "viral": viral,
    "newsletter": newsletter,
    "campus": campus,
    "carrier_nat": carrier_nat,
    "old_devices": old_devices,
    "fans": fans,
    "live": live,
    "venue": venue,
    "forwarded": forwarded,
    "couple": couple,
    "hurried": hurried,
    "sabotaged": plain,
    "incited": plain,
    **dict.fromkeys(TEMPERS, plain),
}
