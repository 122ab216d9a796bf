"""The stream as arrays, one place a click in order of time, and each influencer's slice of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from campaigns.quality.clicks.features import Stream

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DWELL_EDGES = 62.5 * np.sqrt(2.0) ** np.arange(27)  # ms: half octaves to 8 minutes
PHASE_EDGES = np.array([0.5, 1, 2, 4, 8, 16, 32, 64, 128])  # hours since the last post
DAY = 86_400_000_000  # microseconds


CODES = ("agent", "model", "lang", "host", "country", "block", "net", "lan", "addr", "link")


@dataclass(frozen=True, slots=True)
class Table:
    """Codes and measures of every click; a missing dwell or phase is NaN."""

    names: list[str]
    countries: list[str]
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
    sent_by: Ints  # 0 nobody known, 1 paid, 2 exchange
    slices: list[Ints]  # rows of each influencer, in order of time

    @property
    def size(self) -> int:
        return len(self.inf)


def table(stream: Stream) -> Table:
    clicks = stream.clicks

    def ints(name: str) -> Ints:
        return clicks[name].cast(int).to_numpy().astype(np.int64)

    def floats(name: str) -> Floats:
        return clicks[name].cast(float).to_numpy().astype(np.float64)

    inf = ints("inf")
    order = np.argsort(inf, kind="stable")
    cuts = np.searchsorted(inf[order], np.arange(1, len(stream.names)))
    codes = {name: ints(name) for name in CODES}
    sent = clicks["sent_by"].replace_strict(
        {"paid": 1, "exchange": 2}, default=0, return_dtype=pl.Int64
    )
    return Table(
        names=stream.names,
        countries=stream.countries,
        inf=inf,
        device=alike(clicks.select("device")),
        ts=clicks["ts"].to_physical().to_numpy().astype(np.int64),
        dwell=floats("dwell"),
        phase=floats("phase"),
        posted=clicks["posted"].to_numpy(),
        foretold=clicks["foretold"].cast(int).fill_null(-1).to_numpy().astype(np.int64),
        spoken=clicks["spoken"].to_numpy(),
        hosting=clicks["hosting"].to_numpy(),
        phone=clicks["phone"].to_numpy(),
        sent_by=sent.to_numpy().astype(np.int64),
        slices=np.split(order, cuts),
        **codes,
    )


def compact(*columns: Ints) -> Ints:
    """One code for each combination of the columns' values: the first row that has it."""
    return alike(pl.DataFrame({str(place): column for place, column in enumerate(columns)}))


def alike(frame: pl.DataFrame) -> Ints:
    """For each row of the frame the first row equal to it."""
    rows = frame.with_row_index("row").select(pl.col("row").first().over(frame.columns))
    return rows["row"].to_numpy().astype(np.int64)


def distinct(codes: Ints) -> int:
    """How many different codes; they are row numbers, so none is large."""
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
