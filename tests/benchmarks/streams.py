"""Simulated clicks of a whole campaign, with the truth about each: the judge of the click engine.

    stream = simulate(seed, clicks=120_000, form="full")

No public log of tracked-link clicks says which are a reader's. This one is drawn from what is
known of readers and of those who sell clicks, and knows nothing of how the engine decides. Every
seed draws its own countries, networks, address blocks, audiences, intensities and disguises.
Seeds 9001 to 9005 belong to `bench_clicks`, whose figures are printed: whoever tunes the engine
takes others (1 to 999), and looks at no stream of those five.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

import numpy as np
import polars as pl
from numpy.random import Generator

from campaigns.quality.clicks import Link
from tests.benchmarks.streams_abuse import ABUSE
from tests.benchmarks.streams_alike import HONEST
from tests.benchmarks.streams_honest import (
    NEAR,
    TEMPERS,
    Voice,
    circle,
    post_times,
    usual,
)
from tests.benchmarks.streams_net import Networks, networks, scattered, written
from tests.benchmarks.streams_noise import fetches
from tests.benchmarks.streams_orders import Ring, delivered, flooded, ring, ring_clicks
from tests.benchmarks.streams_people import DAY, LOST, interest

Form = Literal["full", "ingested"]
UNLISTED = ("autosurf", "offerwall", "popunder", "plugin")
LISTED = ("device_farm", "datacentre", "paid_crowd", "exchange_ring", "self_click", "slow_drip")
# Clicks of an influencer of these kinds (of 120,000 in all); the others share what is left.
SIZES = {
    "small": (50, 300),
    "self_click": (400, 2500),
    "exchange_ring": (600, 3500),
    "fans": (500, 4000),
    "couple": (800, 4000),
    "venue": (600, 5000),
    "incited": (400, 3000),
}


@dataclass(frozen=True, slots=True)
class Stream:
    """One campaign.

    clicks: the columns the engine reads, sorted by time. truth: line, truth (human, incited,
    preview, crawler, abuse, sabotage), kind, person (equal for the clicks of one person).
    influencers: influencer_id, truth (honest, abusive, incited), kind.
    """

    clicks: pl.DataFrame
    links: list[Link]
    truth: pl.DataFrame
    influencers: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Played:
    table: pl.DataFrame
    links: list[Link]
    voices: list[Voice]
    start: datetime


def simulate(seed: int, clicks: int = 120_000, form: Form = "full") -> Stream:
    """The same seed and number give the same stream, in both forms."""
    return finished(_played(seed, clicks), form, seed)


@lru_cache(maxsize=1)
def _played(seed: int, clicks: int) -> _Played:
    """The campaign itself, before it is told in one form or the other."""
    rng = np.random.default_rng([seed, clicks])
    world = networks(rng)
    days = int(rng.integers(14, 29))
    start = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=int(rng.integers(0, 70)))
    voices = cast(rng, world, days)
    pods: dict[str, Ring] = {}
    parts, links = [], []
    for voice, size in zip(voices, shared_out(rng, voices, clicks), strict=True):
        part = acted(rng, world, voice, size, pods)
        own = links_of(rng, voice, start)
        links += own
        weights = rng.dirichlet(np.full(len(own), 1.5))
        names = np.array([link.link_id for link in own], dtype=object)
        chosen = names[rng.choice(len(own), part.height, p=weights)].tolist()
        parts.append(
            part.with_columns(
                pl.Series("link_id", chosen, dtype=pl.String),
                pl.lit(voice.name).alias("influencer_id"),
            )
        )
    table = pl.concat(parts).filter(pl.col("ts") < days * DAY)
    table = table.sample(fraction=1.0, shuffle=True, seed=int(rng.integers(1 << 30)))
    table = table.head(clicks).sort("ts", maintain_order=True)
    return _Played(table, links, voices, start)


def cast(rng: Generator, world: Networks, days: int) -> list[Voice]:
    """Twelve to thirty influencers of several countries, in no order."""
    optional = [
        kind for kind in HONEST if kind not in ("small", "viral", "newsletter", "sabotaged")
    ]
    kinds = ["small", "viral", "newsletter", "plain", *["sabotaged"] * int(rng.integers(1, 3))]
    kinds += rng.choice(optional, int(rng.integers(3, 13)), replace=False).tolist()
    kinds += rng.choice(LISTED, int(rng.integers(3, 7)), replace=False).tolist()
    kinds += rng.choice(UNLISTED, 2, replace=False).tolist()
    if "exchange_ring" in kinds:
        kinds += ["exchange_ring"] * int(rng.integers(2, 5))
    kinds += ["couple"] * kinds.count("couple")
    home = rng.choice(list(NEAR), int(rng.integers(2, 6)), replace=False)
    friends = circle(rng, world, str(home[0]), usual(rng, str(home[0])))
    names = rng.choice(np.arange(100, 1000), len(kinds), replace=False)
    voices = []
    for kind, number in zip(rng.permutation(kinds).tolist(), names.tolist(), strict=True):
        country = str(home[0] if kind == "exchange_ring" else rng.choice(home))
        posts = post_times(rng, days, country)
        voice = Voice(f"inf{number}", kind, country, posts, days, usual(rng, country), ())
        voice.foretold = (country,) if rng.random() < 0.9 else ()
        if kind in TEMPERS:
            voice.audience = TEMPERS[kind](rng, voice)
        voice.curve = interest(posts, days, voice.audience.tau, voice.audience.base, rng)
        voice.friends = friends if country == home[0] else None
        voices.append(voice)
    pair(rng, world, [voice for voice in voices if voice.kind == "couple"])
    return voices


def pair(rng: Generator, world: Networks, couple: Sequence[Voice]) -> None:
    """Let two post the same things at the same time, to readers they have in common."""
    if not couple:
        return
    first = couple[0]
    common = circle(rng, world, first.country, first.audience)
    for voice in couple:
        voice.country, voice.audience, voice.foretold = (
            first.country,
            first.audience,
            first.foretold,
        )
        voice.posts, voice.curve, voice.friends = first.posts, first.curve, common


def shared_out(rng: Generator, voices: Sequence[Voice], clicks: int) -> list[int]:
    """How many clicks each influencer has, noise included."""
    scale = clicks / 120_000
    fixed = {
        i: int(np.exp(rng.uniform(*np.log(SIZES[voice.kind]))) * scale)
        for i, voice in enumerate(voices)
        if voice.kind in SIZES
    }
    weights = rng.lognormal(0, 0.8, len(voices)) + 0.15
    weights[list(fixed)] = 0.0
    rest = (clicks * 1.03 - sum(fixed.values())) * weights / weights.sum()
    return [max(50, fixed.get(i, int(rest[i]))) for i in range(len(voices))]


def acted(
    rng: Generator, world: Networks, voice: Voice, size: int, pods: dict[str, Ring]
) -> pl.DataFrame:
    """All clicks of one influencer: readers, what fetches links, and what was laid on."""
    parts = []
    laid_on = pl.DataFrame()
    if voice.kind == "sabotaged":
        share = rng.uniform(0.2, 0.7)
        method = str(rng.choice(["datacentre", "device_farm", "paid_crowd", "autosurf"]))
        laid_on = ABUSE[method](rng, world, voice, flooded(rng, voice, round(size * share)))
        laid_on = said(laid_on, "sabotage", f"sabotage_{method}")
    elif voice.kind == "exchange_ring":
        share = rng.uniform(0.2, 0.7)
        if not pods:
            pods["ring"] = ring(rng, world, voice)
        laid_on = ring_clicks(rng, world, pods["ring"], round(size * share))
        laid_on = said(laid_on, "abuse", voice.kind)
    elif voice.kind in ABUSE:
        share = min(0.8, max(120 / size, rng.uniform(0.15, 0.8)))
        when = delivered(rng, voice, round(size * share), voice.kind)
        laid_on = said(ABUSE[voice.kind](rng, world, voice, when), "abuse", voice.kind)
    if laid_on.height:
        parts.append(laid_on)
    honest = max(30, size - laid_on.height)
    for kind, most in (("preview", 0.03), ("crawler", 0.006), ("mail_scanner", 0.004)):
        count = rng.poisson(honest * rng.uniform(0, most))
        if kind == "mail_scanner" and voice.kind != "newsletter":
            continue
        if count:
            truth = "preview" if kind == "mail_scanner" else kind
            parts.append(said(fetches(rng, world, voice, count, kind), truth, kind))
    act = HONEST.get(voice.kind, HONEST["plain"])
    parts.append(
        said(
            act(rng, world, voice, honest), "human", voice.kind if voice.kind in HONEST else "plain"
        )
    )
    return pl.concat(parts)


def said(table: pl.DataFrame, truth: str, kind: str) -> pl.DataFrame:
    return table.with_columns(pl.lit(truth).alias("truth"), pl.lit(kind).alias("kind"))


def links_of(rng: Generator, voice: Voice, start: datetime) -> list[Link]:
    """One to three links of an influencer and what the campaign knows about each."""
    posts = tuple(start + timedelta(microseconds=post) for post in voice.posts)
    incited: tuple[tuple[datetime, datetime | None], ...] = ()
    if voice.kind == "incited":
        begin = posts[int(rng.integers(0, len(posts)))]
        until = begin + timedelta(hours=float(rng.uniform(6, 60)))
        incited = ((begin, until if rng.random() < 0.7 else None),)
    return [
        Link(
            link_id="".join(rng.choice(list("abcdefghjkmnpqrstuvwxyz23456789"), 7)),
            influencer_id=voice.name,
            audience=voice.foretold,
            posts=posts,
            incited=incited,
        )
        for _ in range(int(rng.choice([1, 1, 1, 2, 3])))
    ]


def finished(played: _Played, form: Form, seed: int) -> Stream:
    """The campaign as the engine sees it in this form, and the truth kept apart."""
    links, voices = played.links, played.voices
    table = played.table.with_row_index("line").with_columns(
        (pl.lit(played.start) + pl.duration(microseconds=pl.col("ts"))).alias("ts"),
        pl.when(pl.col("dwell_ms") != LOST).then(pl.col("dwell_ms")).alias("dwell_ms"),
    )
    table = incitement(table, links)
    address = (table["six"].to_numpy(), table["high"].to_numpy(), table["low"].to_numpy())
    columns = ["ts", "ip", "user_agent", "referer", "accept_language", "country", "link_id",
               "influencer_id", "dwell_ms", "converted"]  # fmt: skip
    clicks = table.with_columns(pl.Series("ip", written(*address, prefix=False)))
    if form == "ingested":
        clicks = _ingested(clicks, written(*address, prefix=True), seed)
        columns += ["asn", "visitor"]
    influencers = pl.DataFrame(
        {
            "influencer_id": [voice.name for voice in voices],
            "truth": [_standing(voice.kind) for voice in voices],
            "kind": [voice.kind for voice in voices],
        }
    )
    truth = table.select("line", "truth", "kind", "person")
    return Stream(clicks.select(columns), links, truth, influencers)


def _standing(kind: str) -> str:
    if kind == "incited":
        return "incited"
    return "honest" if kind in HONEST else "abusive"


def incitement(table: pl.DataFrame, links: Sequence[Link]) -> pl.DataFrame:
    """Readers' clicks in a span in which the post asked for clicks are no honest ones."""
    asked = pl.lit(False)
    for link in links:
        for begin, until in link.incited:
            inside = (pl.col("link_id") == link.link_id) & (pl.col("ts") >= begin)
            asked |= inside if until is None else inside & (pl.col("ts") < until)
    return table.with_columns(
        truth=pl.when(asked & (pl.col("truth") == "human"))
        .then(pl.lit("incited"))
        .otherwise("truth")
    )


def _ingested(clicks: pl.DataFrame, prefixes: list[str], seed: int) -> pl.DataFrame:
    """What a redirect keeps: no dwell, no conversion, a prefix, a daily hash for a visitor, the
    referer's host, the first language."""
    rng = np.random.default_rng([seed, 7])
    key = (clicks["ip"] + clicks["user_agent"]).hash(seed=seed).to_numpy()
    day = clicks["ts"].dt.epoch("d").to_numpy()
    visitor = [f"{number:016x}" for number in scattered(key, day, seed).tolist()]
    tag = pl.col("accept_language").str.extract(r"^\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)")
    return clicks.with_columns(
        pl.Series("ip", prefixes),
        pl.Series("visitor", visitor, dtype=pl.String),
        pl.col("country").replace("", None),
        referer=pl.col("referer").str.extract(r"//([^/]+)"),
        accept_language=tag.str.to_lowercase(),
        asn=pl.when(pl.Series(rng.random(clicks.height) > 0.06)).then("asn"),
        dwell_ms=pl.lit(None, pl.Int64),
        converted=pl.lit(None, pl.Boolean),
    )
