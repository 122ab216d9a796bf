"""Honest audiences, of the kinds that are taken for fraud most easily."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.random import Generator

from tests.benchmarks.agents import Drawn, agent
from tests.benchmarks.streams_net import COUNTRIES, Ints, Networks, scattered
from tests.benchmarks.streams_people import (
    DAY,
    DESK_MIX,
    HOUR,
    MINUTE,
    PHONE_MIX,
    Audience,
    People,
    Reals,
    Visits,
    interest,
    moments,
    people,
    reader_dwell,
    readings,
    rows,
)

NEAR = {
    "IT": ("CH", "DE", "FR", "US", "RO"),
    "FR": ("BE", "CH", "MA", "CA", "TN"),
    "ES": ("MX", "AR", "CO", "PT", "US"),
    "DE": ("AT", "CH", "NL", "PL", "TR"),
    "GB": ("US", "CA", "NL", "IN", "ES"),
    "PT": ("BR", "FR", "ES", "CH", "GB"),
    "NL": ("BE", "DE", "GB", "TR", "MA"),
    "PL": ("DE", "GB", "UA", "NL", "US"),
}
ABROAD = ("IN", "BD", "PK", "PH", "ID", "VN", "NG", "KE", "EG", "MA", "TR", "BR", "MX", "US", "SN")
SITES = ("blog", "diary", "forum", "news", "notizie", "magazin", "recipes", "garden",
         "deals", "hub", "review", "gazette", "wiki", "club", "board", "weekly")  # fmt: skip
POOR = ("SN", "CI", "NG", "KE", "BD", "PK", "EG", "MA", "TN", "ID", "VN", "IN")


@dataclass(slots=True)
class Voice:
    """An influencer in the making: posts and curve in microseconds from the start."""

    name: str
    kind: str
    country: str
    posts: tuple[int, ...]
    days: int
    audience: Audience
    foretold: tuple[str, ...]
    curve: Reals = field(default_factory=lambda: np.zeros(0))
    friends: People | None = None  # readers who follow several voices of the campaign


def pages(rng: Generator, most: int) -> tuple[str, ...]:
    """Pages of invented sites that may carry a link: a blog, a forum, a local newspaper."""
    names = rng.choice(SITES, (int(rng.integers(1, most + 1)), 2))
    return tuple(f"https://{a}{b}.example/{rng.integers(1, 9999)}" for a, b in names.tolist())


def usual(rng: Generator, country: str) -> Audience:
    """An ordinary audience of a country, with habits of its own."""
    near = NEAR[country]
    home = rng.uniform(0.78, 0.95)
    away = rng.dirichlet(np.full(len(near) + 3, 0.7)) * (1 - home)
    others = rng.choice([c for c in COUNTRIES if c != country and c not in near], 3, replace=False)
    countries = {country: home, **dict(zip([*near, *others.tolist()], away, strict=True))}
    mix = DESK_MIX if rng.random() < 0.15 else PHONE_MIX
    return Audience(
        countries=countries,
        browsers={name: share * rng.lognormal(0, 0.5) for name, share in mix.items()},
        referers=tuple(rng.dirichlet(np.array([8, 2, 2, 2, 2, 1, 0.4, 1, 0.4, 0.4, 0.4, 0.4]))),
        sites=pages(rng, 8),
        sited=max(0.0, rng.uniform(-0.1, 0.25)),
        roams=rng.uniform(0.25, 0.65),
        six=rng.uniform(0.1, 0.6),
        private=rng.uniform(0.02, 0.1),
        relayed=rng.uniform(0.01, 0.05),
        dwell=rng.uniform(7, 25),
        bounce=rng.uniform(0.25, 0.4),
        lost=rng.uniform(0.1, 0.3),
        converts=rng.uniform(0.005, 0.06),
        tau=rng.uniform(3, 24),
        base=rng.uniform(0.05, 0.3),
        returns=rng.uniform(0.05, 0.22),
    )


def crowd_of(rng: Generator, world: Networks, voice: Voice, n: int, audience: Audience) -> People:
    """The people behind n visits; a few of them follow other voices of the campaign too."""
    crowd = people(rng, world, max(1, round(n * (1 - audience.returns))), audience)
    if voice.friends is not None:
        shared = rng.random(len(crowd)) < rng.uniform(0.005, 0.04)
        known = rng.integers(0, len(voice.friends), int(shared.sum()))
        crowd = crowd.take(~shared).with_(voice.friends.take(known))
    return crowd


def plain(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    crowd = crowd_of(rng, world, voice, n, voice.audience)
    visits = readings(rng, crowd, n, voice.audience, voice.curve)
    return rows(rng, world, crowd, visits)


def viral(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """One post is carried far: a steep wave, new referers, people from further away."""
    wave = round(n * rng.uniform(0.5, 0.85))
    start = int(rng.choice(voice.posts)) + int(rng.uniform(0.2, 20) * HOUR)
    countries = dict(voice.audience.countries)
    for country in (*NEAR[voice.country], *rng.choice(ABROAD, 3, replace=False).tolist()):
        countries[country] = countries.get(country, 0.0) + rng.uniform(0.0, 0.07)
    far = replace(
        voice.audience,
        countries=countries,
        referers=tuple(rng.dirichlet(np.full(12, 0.4))),
        sites=pages(rng, 20),
        sited=rng.uniform(0, 0.5),
        bounce=min(0.45, voice.audience.bounce + rng.uniform(0, 0.08)),
        dwell=voice.audience.dwell * rng.uniform(0.6, 1.2),
        returns=0.06,
    )
    curve = interest((start,), voice.days, rng.uniform(1.5, 7), 0.0, rng)
    crowd = crowd_of(rng, world, voice, wave, far)
    burst = rows(rng, world, crowd, readings(rng, crowd, wave, far, curve))
    return pl.concat([plain(rng, world, voice, n - wave), burst])


def newsletter(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """Most read it when the letter arrives, at the same minute of the morning."""
    minute = int(rng.integers(5 * 60 + 30, 9 * 60)) - 60 * COUNTRIES[voice.country][0]
    every = int(rng.choice([1, 1, 2, 7]))
    sent = [day * DAY + minute * MINUTE for day in range(1, voice.days, every)]
    mail = replace(
        voice.audience,
        browsers=DESK_MIX | {"webview": 8.0, "safari": 20.0},
        referers=(70, 0, 0, 0, 0, 4, 0, 0, 22, 0, 0, 0),
        tau=rng.uniform(0.5, 1.6),
    )
    letters = round(n * rng.uniform(0.55, 0.85))
    curve = interest(sent, voice.days, mail.tau, 0.02, rng)
    crowd = crowd_of(rng, world, voice, letters, mail)
    morning = rows(rng, world, crowd, readings(rng, crowd, letters, mail, curve))
    return pl.concat([plain(rng, world, voice, n - letters), morning])


def campus(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """Many people of a university or an office behind few addresses, on machines set up alike."""
    inside = round(n * rng.uniform(0.25, 0.6))
    crowd = people(rng, world, round(inside * 0.85), replace(voice.audience, browsers=DESK_MIX))
    gates = world.first[crowd.home[:1]] + scattered(np.arange(int(rng.integers(1, 4))), 17) % 4096
    crowd.home[:] = world.pick(rng, voice.country, "home", 1)[0]
    crowd.home_address = rng.choice(gates, len(crowd))
    crowd.moves[:], crowd.six_home[:] = False, False
    crowd.roams = np.full(len(crowd), 0.03)
    draw = Drawn(rng)
    builds = [agent(name, draw, "it_IT") for name in ("chrome_desktop", "edge", "firefox_desktop")]
    set_up = rng.random(len(crowd)) < rng.uniform(0.6, 0.9)
    crowd.agent[set_up] = rng.choice(np.array(builds, dtype=object), int(set_up.sum()))
    hours = np.arange(voice.days * 144) / 6.0 + COUNTRIES[voice.country][0]
    open_ = (hours % 24 >= 8) & (hours % 24 < 19) & (hours // 24 % 7 < 5)
    visits = readings(rng, crowd, inside, voice.audience, voice.curve * open_ + 1e-9)
    return pl.concat([plain(rng, world, voice, n - inside), rows(rng, world, crowd, visits)])


def carrier_nat(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """Thousands behind a handful of a carrier's addresses."""
    audience = replace(voice.audience, roams=rng.uniform(0.8, 0.95), six=rng.uniform(0, 0.15))
    crowd = crowd_of(rng, world, voice, n, audience)
    crowd.pool_size = np.full(len(crowd), int(rng.integers(3, 11)), np.uint64)
    return rows(rng, world, crowd, readings(rng, crowd, n, audience, voice.curve))


def old_devices(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """A poor region: a few models of cheap phones, one or two carriers, English or no language."""
    where = str(rng.choice(POOR)) if rng.random() < 0.6 else voice.country
    voice.foretold = tuple(sorted({*voice.foretold, where}))
    share = rng.uniform(0.55, 0.9)
    audience = replace(
        voice.audience,
        countries={where: share, voice.country: 1.0 - share + 1e-9},
        browsers={"old_phone": 1.0},
        roams=rng.uniform(0.7, 0.9),
        six=rng.uniform(0, 0.3),
        lost=rng.uniform(0.2, 0.32),
    )
    crowd = crowd_of(rng, world, voice, n, audience)
    draw = Drawn(rng)
    models = [agent("old_phone", draw, "en_US") for _ in range(int(rng.integers(8, 26)))]
    crowd.agent = rng.choice(np.array(models, dtype=object), len(crowd))
    return rows(rng, world, crowd, readings(rng, crowd, n, audience, voice.curve))


def fans(rng: Generator, world: Networks, voice: Voice, n: int) -> pl.DataFrame:
    """An ordinary audience with a few who come back every day."""
    few = people(rng, world, int(rng.integers(1, 5)), voice.audience)
    days = np.tile(np.arange(voice.days), len(few))
    who = np.repeat(np.arange(len(few)), voice.days)
    often = rng.poisson(rng.uniform(0.7, 1.8), len(who))
    who, days = np.repeat(who, often), np.repeat(days, often)
    flat = np.ones(voice.days * 144)
    when = days * DAY + moments(rng, flat, few.hours[who]) % DAY
    keep = when > min(voice.posts)
    dwell, converted = reader_dwell(rng, len(who), replace(voice.audience, dwell=9.0))
    visits = Visits(who[keep], when[keep], dwell[keep], converted[keep])
    most = min(int(keep.sum()), n // 12)
    loyal = rows(rng, world, few, visits).sample(most, seed=int(rng.integers(1 << 30)))
    return pl.concat([plain(rng, world, voice, n - most), loyal])


def circle(rng: Generator, world: Networks, country: str, audience: Audience) -> People:
    """Readers of a country who follow several voices of the campaign: no ring, just a taste."""
    return people(
        rng, world, int(rng.integers(200, 1500)), replace(audience, countries={country: 1})
    )


def _foreign(rng: Generator, voice: Voice) -> Audience:
    lands = rng.choice(ABROAD, int(rng.integers(1, 4)), replace=False).tolist()
    voice.foretold = (voice.country, *lands)
    share = rng.uniform(0.5, 0.85)
    parts = rng.dirichlet(np.full(len(lands), 2.0)) * share
    mine = {c: w * (1 - share) for c, w in voice.audience.countries.items()}
    return replace(voice.audience, countries=mine | dict(zip(lands, parts, strict=True)))


def _in_app(rng: Generator, voice: Voice) -> Audience:
    app = str(rng.choice(["instagram", "tiktok", "facebook"]))
    phones = {f"{app}_ios": rng.uniform(0.3, 0.7), f"{app}_android": 0.5, "webview": 0.03}
    return replace(voice.audience, browsers=phones)


def _private(rng: Generator, voice: Voice) -> Audience:
    return replace(
        voice.audience,
        browsers=DESK_MIX | {"firefox_android": 12.0, "firefox_desktop": 40.0},
        private=rng.uniform(0.6, 0.9),
        relayed=rng.uniform(0.12, 0.3),
        lost=rng.uniform(0.28, 0.45),
    )


def _coupon(rng: Generator, voice: Voice) -> Audience:
    return replace(
        voice.audience,
        sites=pages(rng, 10),
        sited=rng.uniform(0, 0.6),
        dwell=rng.uniform(1.6, 3.5),
        bounce=rng.uniform(0.38, 0.5),
        converts=rng.uniform(0.08, 0.2),
    )


def _night(rng: Generator, voice: Voice) -> Audience:
    return replace(voice.audience, shift=rng.uniform(5, 13), tau=rng.uniform(8, 30))


def _six(rng: Generator, voice: Voice) -> Audience:
    return replace(voice.audience, six=rng.uniform(0.9, 0.98))


# Kinds that differ only in what the audience is like.
TEMPERS: dict[str, Callable[[Generator, Voice], Audience]] = {
    "foreign": _foreign,
    "in_app": _in_app,
    "privacy": _private,
    "coupon": _coupon,
    "night": _night,
    "ipv6": _six,
}


def post_times(rng: Generator, days: int, country: str) -> tuple[int, ...]:
    """One to seven posts, mostly in the waking hours of the country."""
    count = int(rng.integers(1, 8))
    on = np.sort(rng.choice(np.arange(0, max(count + 1, int(days * 0.85))), count, replace=False))
    hour = (rng.normal(16, 4.5, count) - COUNTRIES[country][0]) % 24
    times: Ints = np.sort(((on * 24 + hour) * HOUR).astype(np.int64))
    return tuple(times.tolist())
