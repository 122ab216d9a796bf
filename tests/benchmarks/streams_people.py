"""People who click: where they are, with what, when, and how long they stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from tests.benchmarks.agents import Drawn, agent
from tests.benchmarks.streams_net import COUNTRIES, Ints, Networks, Words, scattered

Reals = NDArray[np.float64]
Names = NDArray[np.object_]
Flags = NDArray[np.bool_]

SECOND = 1_000_000  # microseconds
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86400 * SECOND
SLOT = 10 * MINUTE
LOST = -1  # a dwell whose beacon never came

# Visits by local hour; a night's rest, a lunch break, a long evening.
DIURNAL = np.array(
    [18, 9, 5, 3, 3, 5, 14, 30, 42, 46, 48, 50, 60, 62, 54, 50, 52, 58, 66, 76, 88, 100, 86, 48]
) / 100.0  # fmt: skip

IN_APP = {
    "instagram": (("https://l.instagram.com/", "https://www.instagram.com/", ""), (60, 8, 32)),
    "facebook": (
        ("http://m.facebook.com/", "https://l.facebook.com/", "https://lm.facebook.com/", ""),
        (45, 20, 12, 23),
    ),
    "tiktok": (("https://www.tiktok.com/", ""), (35, 65)),
}
OPEN_WEB = (
    "", "https://t.co/", "https://www.youtube.com/", "https://l.instagram.com/",
    "https://linktr.ee/", "https://www.google.com/", "https://out.reddit.com/",
    "https://l.facebook.com/", "android-app://com.google.android.gm/",
    "https://web.telegram.org/", "https://www.pinterest.com/", "https://www.facebook.com/",
)  # fmt: skip
PHONE_MIX = {
    "instagram_ios": 16.0, "instagram_android": 17.0, "facebook_ios": 4.0,
    "facebook_android": 8.0, "tiktok_ios": 4.0, "tiktok_android": 5.0, "safari": 13.0,
    "chrome_android": 15.0, "samsung": 4.0, "firefox_android": 1.0, "chrome_desktop": 7.0,
    "edge": 2.0, "firefox_desktop": 1.0, "safari_desktop": 1.5, "tail": 1.5,
}  # fmt: skip
DESK_MIX = {
    "chrome_desktop": 40.0, "edge": 14.0, "firefox_desktop": 12.0, "safari_desktop": 9.0,
    "chrome_android": 12.0, "safari": 12.0, "tail": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Audience:
    """What a body of readers is like.

    roams: mean share of visits from a carrier's network. private: share without referer and
    language. tau: hours in which the interest in a post falls to 1/e. base: clicks between posts,
    against those after them. shift: hours by which its day is displaced. returns: share of visits
    that are a person's second or later.
    """

    countries: Mapping[str, float]
    browsers: Mapping[str, float] = field(default_factory=lambda: PHONE_MIX)
    referers: Sequence[float] = (40, 12, 8, 10, 8, 5, 2, 6, 2, 2, 2, 2)
    sites: Sequence[str] = ()
    sited: float = 0.0
    roams: float = 0.45
    six: float = 0.4
    private: float = 0.05
    relayed: float = 0.03
    dwell: float = 14.0
    bounce: float = 0.32
    lost: float = 0.18
    converts: float = 0.03
    tau: float = 9.0
    base: float = 0.12
    shift: float = 0.0
    returns: float = 0.14


@dataclass(slots=True)
class People:
    """One row a person. home, carrier: rows of Networks; pool: the addresses of the carrier."""

    ident: Ints
    home: Ints
    home_address: Words
    moves: Flags
    carrier: Ints
    pool_first: Words
    pool_size: Words
    roams: Reals
    six_home: Flags
    six_carrier: Flags
    agent: Names
    language: Names
    referer: Names
    hours: Reals

    def __len__(self) -> int:
        return len(self.ident)

    def take(self, rows: Ints | Flags) -> "People":
        return People(*(getattr(self, item.name)[rows] for item in fields(self)))

    def with_(self, other: "People") -> "People":
        return People(
            *(
                np.concatenate([getattr(self, item.name), getattr(other, item.name)])
                for item in fields(self)
            )
        )


def language_of(tag: str, browser: str, habit: float) -> str:
    """What a browser of somebody who reads `tag` sends as Accept-Language; some say less."""
    base = tag.split("-")[0]
    if habit < 0.2:
        return tag if habit < 0.08 else f"{tag},{base};q=0.9"
    if base == "en":
        return f"{tag},en;q=0.9" if "firefox" not in browser else f"{tag},en;q=0.5"
    if "firefox" in browser:
        return f"{tag},{base};q=0.8,en-US;q=0.5,en;q=0.3"
    if browser.endswith("ios") or browser.startswith("safari"):
        return f"{tag},{base};q=0.9"
    return f"{tag},{base};q=0.9,en-US;q=0.8,en;q=0.7"


def _spoken(rng: Generator, countries: Names) -> list[str]:
    """A language tag a person: mostly of the country, sometimes English or a migrant's own."""
    every = list(COUNTRIES)
    roll, pick = rng.random(len(countries)), rng.integers(0, 1 << 30, len(countries))
    tags = []
    for country, chance, number in zip(countries, roll.tolist(), pick.tolist(), strict=True):
        of = COUNTRIES[country][1]
        if chance < 0.05:
            of = COUNTRIES[every[number % len(every)]][1]
        elif chance < 0.11:
            of = ("en-US", "en-GB")
        tags.append(of[number % len(of)])
    return tags


def _referers(rng: Generator, browsers: Sequence[str], weights: Sequence[float]) -> Names:
    n = len(browsers)
    share = np.asarray(weights, float)
    out = np.array(OPEN_WEB, dtype=object)[rng.choice(len(OPEN_WEB), n, p=share / share.sum())]
    apps = np.array([browser.split("_")[0] for browser in browsers])
    for app, (choices, odds) in IN_APP.items():
        rows = np.flatnonzero(apps == app)
        chances = np.asarray(odds, float) / sum(odds)
        out[rows] = np.array(choices, dtype=object)[rng.choice(len(choices), len(rows), p=chances)]
    return out


def dress(
    rng: Generator, countries: Names, browsers: Mapping[str, float], referers: Sequence[float]
) -> tuple[Names, Names, Names]:
    """Agents, languages and referers of people in these countries."""
    n = len(countries)
    names, odds = list(browsers), np.array(list(browsers.values()))
    chosen = [names[i] for i in rng.choice(len(names), n, p=odds / odds.sum()).tolist()]
    draw, tags = Drawn(rng), _spoken(rng, countries)
    agents = [
        agent(browser, draw, tag.replace("-", "_"))
        for browser, tag in zip(chosen, tags, strict=True)
    ]
    languages = [
        language_of(*said) for said in zip(tags, chosen, rng.random(n).tolist(), strict=True)
    ]
    return (
        np.array(agents, dtype=object),
        np.array(languages, dtype=object),
        _referers(rng, chosen, referers),
    )


def people(rng: Generator, world: Networks, n: int, audience: Audience) -> People:
    """n people of an audience, each with a home, a carrier, a browser and habits."""
    odds = np.array(list(audience.countries.values()))
    lands = np.array(list(audience.countries), dtype=object)
    countries = lands[rng.choice(len(odds), n, p=odds / odds.sum())]
    home, carrier, hours = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n)
    for country in sorted(set(countries.tolist())):
        rows = np.flatnonzero(countries == country)
        home[rows] = world.pick(rng, country, "home", len(rows))
        carrier[rows] = world.pick(rng, country, "mobile", len(rows))
        behind = rows[rng.random(len(rows)) < audience.relayed]
        role = "relay" if rng.random() < 0.7 else "tunnel"
        home[behind] = world.pick(rng, country, role, len(behind))
        hours[rows] = COUNTRIES[country][0]
    agents, languages, referers = dress(rng, countries, audience.browsers, audience.referers)
    if audience.sites:
        linked = rng.random(n) < audience.sited
        pages = np.array(audience.sites, dtype=object)
        weights = rng.dirichlet(np.full(len(pages), 0.6))
        referers[linked] = rng.choice(pages, int(linked.sum()), p=weights)
    private = rng.random(n) < audience.private
    languages[private & (rng.random(n) < 0.7)] = ""
    referers[private] = ""
    ident = rng.integers(1, 1 << 62, n)
    spread = 1.5 + 3 * rng.random()
    return People(
        ident=ident,
        home=home,
        home_address=world.first[home] + scattered(ident) % world.size[home],
        moves=rng.random(n) < 0.3,
        carrier=carrier,
        pool_first=world.first[carrier],
        pool_size=world.size[carrier],
        roams=rng.beta(audience.roams * spread, (1 - audience.roams) * spread, n),
        six_home=rng.random(n) < audience.six,
        six_carrier=rng.random(n) < audience.six,
        agent=agents,
        language=languages,
        referer=referers,
        hours=hours + audience.shift,
    )


@dataclass(frozen=True, slots=True)
class Visits:
    """When who came (rows of a People), how long they stayed (ms, LOST), whether they converted."""

    who: Ints
    when: Ints
    dwell: Ints
    converted: Flags


def rows(rng: Generator, world: Networks, crowd: People, visits: Visits) -> pl.DataFrame:
    """The visits as rows: address, network, agent and all that a server sees."""
    seen = crowd.take(visits.who)
    n, when = len(seen), visits.when
    away = rng.random(n) < seen.roams
    day, session = when // DAY, when // (4 * HOUR)
    moved = world.first[seen.home] + scattered(seen.ident, day) % world.size[seen.home]
    at_home = np.where(seen.moves, moved, seen.home_address)
    on_air = seen.pool_first + scattered(seen.ident, session, 3) % seen.pool_size
    net = np.where(away, seen.carrier, seen.home)
    six = np.where(away, seen.six_carrier, seen.six_home)
    street = np.where(away, scattered(seen.ident, session, 5), scattered(seen.ident, 7))
    high = world.high[net] + (street & np.uint64(0xFFFFFFFF))
    low = np.where(six, scattered(seen.ident, np.where(away, session, day), 11),
                   np.where(away, on_air, at_home))  # fmt: skip
    country = world.country[net].copy()
    lost = rng.random(n)
    country[lost < 0.012] = ""
    astray = np.flatnonzero(lost > 0.994)
    country[astray] = rng.choice(np.array(list(COUNTRIES), dtype=object), len(astray))
    referer = seen.referer.copy()
    referer[rng.random(n) < 0.06] = ""
    return pl.DataFrame(
        {
            "ts": when + rng.integers(0, SECOND, n) // 1000 * 1000,
            "six": six,
            "high": high,
            "low": low,
            "asn": world.asn[net],
            "country": pl.Series(country.tolist(), dtype=pl.String),
            "user_agent": pl.Series(seen.agent.tolist(), dtype=pl.String),
            "referer": pl.Series(referer.tolist(), dtype=pl.String),
            "accept_language": pl.Series(seen.language.tolist(), dtype=pl.String),
            "dwell_ms": visits.dwell,
            "converted": visits.converted,
            "person": seen.ident,
        }
    )


def reader_dwell(rng: Generator, n: int, audience: Audience) -> tuple[Ints, Flags]:
    """Heavy-tailed stays with bounces and lost beacons, and who converted."""
    stay = rng.lognormal(np.log(audience.dwell), 1.05, n)
    bounced = rng.random(n) < audience.bounce
    stay[bounced] = rng.lognormal(np.log(0.85), 0.55, int(bounced.sum()))
    dwell = np.clip(stay * 1000, 60, 45 * 60_000).astype(np.int64)
    converted = (rng.random(n) < audience.converts) & (stay > min(4.0, audience.dwell / 2))
    dwell[rng.random(n) < audience.lost] = LOST
    return dwell, converted


def interest(posts: Sequence[int], days: int, tau: float, base: float, rng: Generator) -> Reals:
    """Expected clicks in each slot of ten minutes: falling after each post, a little between."""
    slots = np.arange(days * 144) * SLOT
    total: Reals = np.zeros(len(slots))
    for post in posts:
        since = (slots - post) / HOUR
        after = np.where(since >= 0, np.exp(-np.clip(since, 0, None) / tau), 0.0)
        slow = np.where(since >= 0, 1 / (1 + np.clip(since, 0, None) / tau) ** 1.5, 0.0)
        total += rng.lognormal(0, 0.5) * (0.8 * after + 0.2 * slow)
    running: Reals = np.where(slots >= min(posts), 1.0, 0.0)
    curve: Reals = total / total.sum() * (1 - base) + base * running / running.sum()
    return curve


def moments(rng: Generator, curve: Reals, hours: Reals) -> Ints:
    """A time for each person, in microseconds from the start, by interest and their own clock."""
    when = np.zeros(len(hours), np.int64)
    slot_hours = np.arange(len(curve)) / 6.0
    for offset in np.unique(hours):
        who = np.flatnonzero(hours == offset)
        local = (slot_hours + offset) % 24
        weight = curve * np.interp(local, np.arange(25), np.append(DIURNAL, DIURNAL[0]))
        cumulative = np.cumsum(weight)
        slot = np.searchsorted(cumulative, rng.random(len(who)) * cumulative[-1], side="right")
        when[who] = np.minimum(slot, len(curve) - 1) * SLOT
    return when + rng.integers(0, SLOT, len(hours))


def readings(rng: Generator, crowd: People, n: int, audience: Audience, curve: Reals) -> Visits:
    """n visits of readers: each person once, some again within minutes, some on another day."""
    first = np.arange(len(crowd))
    extra = max(0, n - len(first))
    again = rng.integers(0, len(first), extra)
    who = np.concatenate([first, again])
    when = moments(rng, curve, crowd.hours[who])
    soon = np.flatnonzero(rng.random(extra) < 0.45)
    delay = (rng.exponential(240, len(soon)) * SECOND).astype(np.int64) + 2 * SECOND
    when[len(first) + soon] = when[again[soon]] + delay
    dwell, converted = reader_dwell(rng, len(who), audience)
    return Visits(who, when, dwell, converted)
