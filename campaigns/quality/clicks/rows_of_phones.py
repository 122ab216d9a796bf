"""A stream that needs no other to be told by: few phones, few networks, and no night.

A campaign of one influencer has no honest bulk to compare with. But readers never come, a thousand
and more, on a handful of models at ever new addresses of a handful of networks, as many at four in
the morning as at eight in the evening. All must hold; what was not recorded speaks for nobody.
"""

from __future__ import annotations

import numpy as np

from campaigns.quality.clicks.cohorts import Cohort
from campaigns.quality.clicks.table import Bools, Ints, Table, varied
from campaigns.quality.clicks.usual import Trait

FEWEST = 1000  # clicks
MODELS = 6.0  # as if so many came equally often
NETWORKS = 12.0
ADDRESSES = 50.0
PHONES = 0.9
QUIETEST = 0.7  # the share of an even spread that the quietest six hours still have
HOUR = 3_600_000_000  # microseconds
NIGHT = 6  # hours in a row
USUAL_NIGHT = 0.3  # where people sleep the quietest six hours have less than that


def standing(table: Table, active: Bools) -> list[Cohort]:
    """The streams among the `active` clicks that run round the clock on a few phones."""
    found = []
    for inf, rows in enumerate(table.slices):
        taken = rows[active[rows]]
        if len(taken) >= FEWEST and _is_one(table, taken):
            found.append(Cohort(inf, "click.device_farm", taken, _traits(table, taken)))
    return found


def _is_one(table: Table, rows: Ints) -> bool:
    lasts_days = table.ts[rows].max() - table.ts[rows].min() >= 24 * HOUR
    few = varied(table.model[rows]) <= MODELS and varied(table.block[rows]) <= NETWORKS
    rotated = varied(table.addr[rows]) >= ADDRESSES and table.phone[rows].mean() >= PHONES
    return bool(lasts_days and few and rotated and quietest(table.ts[rows]) >= QUIETEST)


def quietest(ts: Ints) -> float:
    """Of the six quietest hours of the day in a row, the clicks beside an even spread's."""
    hours = np.bincount((ts // HOUR) % 24, minlength=24)
    round_the_clock = np.concatenate([hours, hours[: NIGHT - 1]])
    six = np.convolve(round_the_clock, np.ones(NIGHT), "valid")
    return float(six.min() / (len(ts) * NIGHT / 24))


def _traits(table: Table, rows: Ints) -> dict[str, Trait]:
    return {
        "models": Trait(varied(table.model[rows]), MODELS, 2),
        "networks": Trait(varied(table.block[rows]), NETWORKS, 2),
        "steady": Trait(quietest(table.ts[rows]), USUAL_NIGHT, 2),
    }
