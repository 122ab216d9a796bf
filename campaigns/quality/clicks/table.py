"""The stream as arrays, one place a click in order of time, and each influencer's slice of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Anything = npt.NDArray[Any]

DWELL_EDGES = 62.5 * 2 ** (np.arange(53) / 4)  # ms: quarters of octaves to 8 minutes
PHASE_EDGES = np.array([0.5, 1, 2, 4, 8, 16, 32, 64, 128])  # hours since the last post
DAY = 86_400_000_000  # microseconds
HOUR = DAY // 24
LARGEST = 2**62


@dataclass(frozen=True)
class Table:
    """Codes and measures of every click in order of time; a missing dwell or phase is NaN."""

    names: list[str]
    countries: list[str]
    row: Ints  # as given
    inf: Ints
    agent: Ints
    model: Ints
    lang: Ints
    host: Ints
    country: Ints
    block: Ints
    net: Ints
    lan: Ints
    addr: Ints
    device: Ints
    link: Ints
    ts: Ints  # microseconds
    dwell: Floats  # milliseconds
    phase: Floats  # hours
    posted: Bools
    foretold: Ints  # 1 foretold, 0 not, -1 unknown
    spoken: Bools  # told a language
    hosting: Bools
    phone: Bools
    incited: Bools
    declared: Ints  # see agents
    sent_by: Ints  # see agents
    slices: list[Ints]  # rows of each influencer, in order of time

    @property
    def size(self) -> int:
        return len(self.inf)

    @cached_property
    def day(self) -> Ints:
        """UTC days since 1970, or since the first click where that is earlier: never negative."""
        days = self.ts // DAY
        return np.asarray(days - days.min(initial=0))


def compact(*columns: Ints) -> Ints:
    """One code, from 0, for each combination of the columns' values, none of them negative."""
    return _dense(together(*columns)[0])


def together(*columns: Ints) -> tuple[Ints, int]:
    """One number for each combination of the columns' values; divided by the second, the first."""
    codes, size = columns[-1], int(columns[-1].max(initial=0)) + 1
    for column in columns[-2::-1]:
        if size * (int(column.max(initial=0)) + 1) > LARGEST:
            codes = _dense(codes)
            size = int(codes.max(initial=0)) + 1
        codes, inner = column * size + codes, size
        size *= int(column.max(initial=0)) + 1
    return codes, inner if len(columns) > 1 else 1


def _dense(codes: Ints) -> Ints:
    return np.unique(codes, return_inverse=True)[1]


def distinct(codes: Ints) -> int:
    """How many different codes; none is larger than there are clicks."""
    if len(codes) < 20_000:
        return len(np.unique(codes))
    return int(np.count_nonzero(np.bincount(codes)))


def unevenness(ts: Ints) -> float:
    gaps = np.diff(ts).astype(float)
    return float(gaps.std() / max(gaps.mean(), 1.0)) if len(gaps) else 0.0


def varied(codes: Ints) -> float:
    """How many codes there would be if all came equally often (exponential of the entropy,
    M. O. Hill, Diversity and evenness, Ecology 54, 1973)."""
    counts = np.unique(codes, return_counts=True)[1]
    shares = counts / counts.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))
