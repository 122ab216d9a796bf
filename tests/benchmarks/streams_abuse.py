"""Clicks that are not a reader's: farms, robots, paid crowds, and kinds that nobody listed.

Every builder takes the moments it shall click at and draws its own intensity and disguise, so
that no two campaigns meet the same signature.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.random import Generator

from tests.benchmarks.agents import Drawn, agent, listed
from tests.benchmarks.streams_honest import Voice
from tests.benchmarks.streams_net import COUNTRIES, Ints, Networks, scattered
from tests.benchmarks.streams_people import (
    DESK_MIX,
    HOUR,
    LOST,
    PHONE_MIX,
    Flags,
    Visits,
    people,
    rows,
)

WORKERS = ("IN", "BD", "PK", "PH", "ID", "VN", "NG", "KE", "EG", "UA", "RS", "MA", "TR")
Builder = Callable[[Generator, Networks, Voice, Ints], pl.DataFrame]


def timed(rng: Generator, n: int, seconds: float, spread: float, lost: float) -> Ints:
    """Stays of a fixed task: a timer, a little patience, some beacons lost. In ms."""
    stay = seconds + rng.exponential(spread, n) - rng.exponential(spread / 4, n)
    dwell = np.clip(stay * 1000, 40, None).astype(np.int64)
    dwell[rng.random(n) < lost] = LOST
    return dwell


def rare(rng: Generator, n: int, most: float = 0.012) -> Flags:
    """Abuse converts now and then too."""
    return rng.random(n) < rng.uniform(0, most)


def invented(rng: Generator, first: tuple[str, ...], second: tuple[str, ...]) -> str:
    """The address of a site that sells clicks."""
    return f"https://{rng.choice(first)}{rng.choice(second)}.example"


def workers(rng: Generator, voice: Voice, local: float) -> dict[str, float]:
    """Countries a crowd is hired in; `local`: the share of this audience's own country."""
    lands = rng.choice(WORKERS, int(rng.integers(1, 7)), replace=False).tolist()
    parts = rng.dirichlet(np.full(len(lands), 1.0)) * (1 - local)
    return dict(zip(lands, parts, strict=True)) | {voice.country: local + 1e-9}


def device_farm(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """Racks of phones of a few models on the SIMs of one or two carriers."""
    n, devices = len(when), int(rng.integers(8, max(12, min(400, len(when) // 4))))
    country = voice.country if rng.random() < 0.65 else str(rng.choice(WORKERS))
    crowd = people(rng, world, devices, replace(voice.audience, countries={country: 1}, relayed=0))
    draw, browser = (
        Drawn(rng),
        str(rng.choice(["webview", "instagram_android", "old_phone", "chrome_android"])),
    )
    tag = COUNTRIES[country][1][0].replace("-", "_")
    models = [agent(browser, draw, tag) for _ in range(int(rng.integers(2, 11)))]
    crowd.agent = rng.choice(np.array(models, dtype=object), devices)
    crowd.carrier = rng.choice(world.pick(rng, country, "mobile", 2), devices)
    pool = np.minimum(world.size[crowd.carrier], np.uint64(2 ** int(rng.integers(4, 10))))
    crowd.pool_first, crowd.pool_size = world.first[crowd.carrier], pool
    crowd.roams = np.full(devices, rng.uniform(0.9, 1.0))
    crowd.six_carrier[:] = rng.random() < 0.15
    crowd.language[:] = rng.choice(
        np.array([*COUNTRIES[country][1], "en-US,en;q=0.9"], dtype=object)
    )
    crowd.referer[:] = ""
    faked = rng.random(devices) < rng.uniform(0, 0.9)
    crowd.referer[faked] = rng.choice(
        ["https://l.instagram.com/", "https://www.tiktok.com/", "https://t.co/"]
    )
    who = rng.integers(0, devices, n)
    # A new address after each round: the identity rotates with the SIM.
    crowd = crowd.take(who)
    crowd.ident = scattered(crowd.ident, when // (int(rng.integers(1, 7)) * HOUR)).astype(
        np.int64
    ) & ((1 << 62) - 1)
    stay = rng.uniform(0.9, 6.0)
    dwell = timed(rng, n, stay, stay * rng.uniform(0.1, 0.5), rng.uniform(0, 0.25))
    return rows(rng, world, crowd, Visits(np.arange(n), when, dwell, rare(rng, n)))


def datacentre(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """Robots on rented servers under the agents of people."""
    n = len(when)
    places = world.pick(rng, "", "hosting", int(rng.integers(1, 5)))
    servers = int(np.exp(rng.uniform(np.log(3), np.log(3000))))
    mix = {
        str(k): PHONE_MIX[k]
        for k in rng.choice(list(PHONE_MIX), int(rng.integers(2, 10)), replace=False)
    }
    crowd = people(rng, world, n, replace(voice.audience, browsers=mix, relayed=0, private=0))
    server = rng.integers(0, servers, n)
    crowd.home = places[server % len(places)]
    crowd.home_address = world.first[crowd.home] + scattered(server, 23) % world.size[crowd.home]
    crowd.moves[:], crowd.six_home[:], crowd.roams = False, False, np.zeros(n)
    if rng.random() < 0.5:
        pool = rng.choice(np.array(listed("human"), dtype=object), int(rng.integers(5, 60)))
        crowd.agent = rng.choice(pool, n)
    said = str(rng.choice(["", "", "en-US,en;q=0.9", "en-US,en", "*", "own"]))
    if said != "own":
        crowd.language[:] = said
    bare = (
        "",
        "https://www.instagram.com/",
        "https://www.google.com/",
        "https://www.facebook.com/",
    )
    crowd.referer[:] = rng.choice(np.array(bare, dtype=object), n, p=rng.dirichlet(np.full(4, 0.5)))
    stay = rng.uniform(0.03, 1.2)
    dwell = timed(rng, n, stay, stay / 2, rng.uniform(0.2, 1.0))
    return rows(rng, world, crowd, Visits(np.arange(n), when, dwell, rare(rng, n, 0.004)))


def paid_crowd(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """Real people with real phones, paid by the task; some tunnel to the right country."""
    n = len(when)
    local = rng.choice([0.0, rng.uniform(0.1, 0.5), rng.uniform(0.6, 0.95)], p=[0.5, 0.3, 0.2])
    audience = replace(
        voice.audience,
        countries=workers(rng, voice, float(local)),
        browsers=PHONE_MIX | {"chrome_android": 60.0, "chrome_desktop": 25.0, "old_phone": 15.0},
        private=0.0,
        relayed=0.0,
        roams=rng.uniform(0.3, 0.8),
    )
    crowd = people(rng, world, max(5, round(n * rng.uniform(0.5, 0.95))), audience)
    tunnelled = rng.random(len(crowd)) < rng.choice([0.0, rng.uniform(0.1, 0.6)])
    crowd.home[tunnelled] = world.pick(rng, voice.country, "tunnel", int(tunnelled.sum()))
    crowd.home_address[tunnelled] = (
        world.first[crowd.home] + scattered(crowd.ident) % world.size[crowd.home]
    )[tunnelled]
    crowd.six_home[tunnelled], crowd.roams[tunnelled] = False, 0.0
    site = invented(rng, ("micro", "task", "ptc", "click", "gig"), ("jobs", "wall", "earn", "hub"))
    offers = np.array(
        [f"{site}/job/{number}" for number in rng.integers(1000, 99999, 3)], dtype=object
    )
    crowd.referer = rng.choice(offers, len(crowd))
    crowd.referer[rng.random(len(crowd)) < rng.choice([rng.uniform(0.3, 0.9), 1.0])] = ""
    style = rng.choice(["none", "timer", "mixed"])
    if style == "none":
        dwell = timed(rng, n, rng.uniform(0.5, 1.5), 0.8, rng.uniform(0.05, 0.3))
    elif style == "timer":
        dwell = timed(rng, n, rng.uniform(2, 6), rng.uniform(0.3, 1.5), rng.uniform(0.05, 0.3))
    else:
        dwell = np.clip(rng.lognormal(np.log(2.6), 0.55, n) * 1000, 100, None).astype(np.int64)
    who = np.concatenate(
        [rng.permutation(len(crowd))[:n], rng.integers(0, len(crowd), max(0, n - len(crowd)))]
    )
    return rows(rng, world, crowd, Visits(who, when, dwell, rare(rng, n, 0.02)))


def self_click(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """The influencer's own handful of devices, at home and on the way, cookies cleared."""
    n, own = len(when), int(rng.integers(2, 7))
    audience = replace(voice.audience, countries={voice.country: 1}, relayed=0, private=0)
    crowd = people(rng, world, own, audience)
    crowd.home[:], crowd.carrier[:] = crowd.home[0], crowd.carrier[0]
    crowd.home_address[:] = (
        world.first[crowd.home] + scattered(crowd.ident[0]) % world.size[crowd.home]
    )
    crowd.pool_first, crowd.pool_size = world.first[crowd.carrier], world.size[crowd.carrier]
    crowd.moves[:], crowd.roams = rng.random() < 0.7, np.full(own, rng.uniform(0.2, 0.7))
    crowd.referer[rng.random(own) < 0.5] = ""
    tab = rng.random() < 0.3
    dwell = timed(
        rng, n, rng.uniform(5, 40) if tab else rng.uniform(0.6, 4), 2.0, rng.uniform(0, 0.2)
    )
    weights = rng.dirichlet(np.full(own, 2.0))
    return rows(rng, world, crowd, Visits(rng.choice(own, n, p=weights), when, dwell, rare(rng, n)))


def slow_drip(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """Robots on residential proxies: right country, right hours, agents of the day, some flaws."""
    n = len(when)
    audience = replace(
        voice.audience,
        countries=workers(rng, voice, rng.uniform(0.85, 1.0)),
        private=0.0,
        relayed=0.0,
        roams=rng.uniform(0, 0.3),
    )
    crowd = people(rng, world, n, audience)
    flaws = rng.choice(
        ["agents", "language", "referer", "narrow", "quick", "no_loss"],
        int(rng.integers(2, 5)),
        replace=False,
    )
    if "agents" in flaws:
        crowd.agent = rng.choice(crowd.agent[: int(rng.integers(10, 60))], n)
    if "language" in flaws:
        crowd.language[:] = rng.choice(["en-US,en;q=0.9", COUNTRIES[voice.country][1][0], ""])
    if "referer" in flaws:
        crowd.referer[:] = rng.choice(
            ["https://www.instagram.com/", "https://instagram.com", "", "https://www.facebook.com/"]
        )
    lost = 0.0 if "no_loss" in flaws else rng.uniform(0.1, 0.3)
    if "quick" in flaws:
        dwell = timed(rng, n, rng.uniform(0.3, 1.5), 0.4, lost)
    elif "narrow" in flaws:
        least = rng.uniform(2, 12)
        dwell = (rng.uniform(least, least * rng.uniform(1.3, 2.5), n) * 1000).astype(np.int64)
    else:
        dwell = (rng.gamma(rng.uniform(2, 6), rng.uniform(1.5, 4), n) * 1000).astype(np.int64)
    dwell[rng.random(n) < lost] = LOST
    return rows(rng, world, crowd, Visits(np.arange(n), when, dwell, rare(rng, n, 0.004)))


def autosurf(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """A traffic exchange turns pages in a frame by a timer, for members all over the world."""
    n = len(when)
    lands = {
        str(c): float(rng.exponential()) for c in rng.choice(list(COUNTRIES), 16, replace=False)
    }
    audience = replace(voice.audience, countries=lands, browsers=DESK_MIX, relayed=0.08, roams=0.05)
    crowd = people(rng, world, max(5, n // int(rng.integers(1, 9))), audience)
    site = invented(rng, ("hit", "surf", "traffic", "loop"), ("-swap", "-wave", "-rally"))
    crowd.referer = np.array(
        [f"{site}/surf?u={ident % 9973}" for ident in crowd.ident.tolist()], dtype=object
    )
    crowd.referer[rng.random(len(crowd)) < rng.uniform(0, 1)] = ""
    dwell = timed(rng, n, rng.uniform(8, 45), rng.uniform(0.2, 1.5), rng.uniform(0, 0.2))
    early = rng.random(n) < rng.uniform(0, 0.2)
    dwell[early] = (rng.random(int(early.sum())) * 4000).astype(np.int64)
    return rows(
        rng, world, crowd, Visits(rng.integers(0, len(crowd), n), when, dwell, rare(rng, n, 0.003))
    )


def offerwall(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """A game pays its players coins to open the link and wait."""
    n = len(when)
    local = float(rng.uniform(0.1, 0.9))
    audience = replace(
        voice.audience,
        countries=workers(rng, voice, local),
        relayed=0.0,
        private=0.0,
        browsers={"webview": 30.0, "chrome_android": rng.uniform(0, 10)},
        roams=rng.uniform(0.3, 0.7),
    )
    crowd = people(rng, world, n, audience)
    name = rng.choice(["android-app://com.spin.coins/", "https://wall.rewardz.example/", ""])
    crowd.referer[:] = name
    dwell = timed(
        rng, n, float(rng.choice([5, 8, 10, 15])), rng.uniform(0.3, 1.5), rng.uniform(0.05, 0.25)
    )
    return rows(rng, world, crowd, Visits(np.arange(n), when, dwell, rare(rng, n, 0.04)))


def popunder(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """Pages opened behind another site's window, closed unseen or forgotten for hours."""
    n = len(when)
    audience = replace(
        voice.audience,
        countries=workers(rng, voice, float(rng.uniform(0.2, 0.9))),
        browsers=DESK_MIX | {"chrome_android": rng.uniform(10, 60)},
        relayed=0.02,
        private=0.0,
    )
    crowd = people(rng, world, n, audience)
    sites = np.array(
        [
            f"https://{w}{i}.example/"
            for w in ("stream", "manga", "torrent", "adserve")
            for i in range(6)
        ],
        dtype=object,
    )
    crowd.referer = rng.choice(sites, n, p=rng.dirichlet(np.full(len(sites), 0.4)))
    crowd.referer[rng.random(n) < rng.uniform(0.1, 0.4)] = ""
    dwell = timed(rng, n, 0.15, rng.uniform(0.1, 0.5), rng.uniform(0.3, 0.8))
    forgotten = rng.random(n) < rng.uniform(0.02, 0.12)
    dwell[forgotten] = (rng.uniform(0.2, 6, int(forgotten.sum())) * 3_600_000).astype(np.int64)
    return rows(rng, world, crowd, Visits(np.arange(n), when, dwell, rare(rng, n, 0.002)))


def plugin(rng: Generator, world: Networks, voice: Voice, when: Ints) -> pl.DataFrame:
    """A rewarded browser extension opens the link in a tab nobody looks at, day after day."""
    n = len(when)
    mix = {"chrome_desktop": 20.0, "edge": rng.uniform(0, 10)}
    audience = replace(
        voice.audience,
        countries=workers(rng, voice, float(rng.uniform(0, 0.8))),
        browsers=mix,
        relayed=0.02,
        private=0.0,
        roams=0.03,
    )
    crowd = people(rng, world, max(5, n // int(rng.integers(4, 15))), audience)
    crowd.referer[:] = ""
    dwell = timed(rng, n, rng.uniform(1, 8), rng.uniform(0.1, 0.6), rng.uniform(0, 0.15))
    return rows(
        rng, world, crowd, Visits(rng.integers(0, len(crowd), n), when, dwell, rare(rng, n, 0.003))
    )


ABUSE: dict[str, Builder] = {
    "device_farm": device_farm,
    "datacentre": datacentre,
    "paid_crowd": paid_crowd,
    "self_click": self_click,
    "slow_drip": slow_drip,
    "autosurf": autosurf,
    "offerwall": offerwall,
    "popunder": popunder,
    "plugin": plugin,
}
