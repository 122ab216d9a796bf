"""Small invented click streams: readers as they come, and each kind of click that is not theirs.

A `Maker` draws from one seed. Everything is invented; addresses are from ranges anybody may hold,
shared by honest and dishonest alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from campaigns.quality.clicks import Link

START = datetime(2026, 5, 4, tzinfo=UTC)
HANDSETS = (
    "SM-A556B",
    "SM-S918B",
    "Pixel 8",
    "M2101K6G",
    "CPH2557",
    "SM-G991B",
    "moto g54",
    "RMX3511",
)
LANGUAGES = {
    "IT": "it-IT,it;q=0.9,en;q=0.8", "FR": "fr-FR,fr;q=0.9", "DE": "de-DE,de;q=0.9,en;q=0.5",
    "ES": "es-ES,es;q=0.9", "GB": "en-GB,en;q=0.9", "CH": "de-CH,de;q=0.9,fr;q=0.6",
    "IN": "en-IN,en;q=0.9,hi;q=0.8", "BD": "bn-BD,bn;q=0.9,en;q=0.6", "PH": "en-PH,en;q=0.9",
    "EG": "ar-EG,ar;q=0.9", "AR": "es-AR,es;q=0.9", "MX": "es-MX,es;q=0.9", "US": "en-US,en;q=0.9",
}  # fmt: skip
LANDS = tuple(LANGUAGES)
ABROAD = ("CH", "US", "GB", "DE", "IN", "AR", "MX", "EG")
REFERERS = (
    ("https://l.instagram.com/", 0.42), ("", 0.25), ("https://l.facebook.com/", 0.1),
    ("https://t.co/", 0.08), ("https://www.tiktok.com/", 0.08), ("https://www.youtube.com/", 0.07),
)  # fmt: skip
HOURS = np.array([3, 2, 1, 1, 1, 2, 4, 8, 9, 9, 9, 10, 13, 12, 9, 9, 9, 10, 12, 13, 15, 15, 11, 6])


def agents(draw: np.random.Generator, many: int) -> list[str]:
    """Readers' user agents: mostly phones, half of them inside an app, and old ones too."""
    kinds = draw.choice(6, many, p=[0.3, 0.22, 0.2, 0.16, 0.08, 0.04])
    numbers = draw.integers(0, 10_000, many)
    return [_agent(int(kind), int(number)) for kind, number in zip(kinds, numbers, strict=True)]


def _agent(kind: int, number: int) -> str:
    webkit = "AppleWebKit/537.36 (KHTML, like Gecko)"
    chrome = f"Chrome/{128 + number % 15}.0.0.0"
    ios = f"{16 + number % 3}_{number % 7}"
    apple = f"Mozilla/5.0 (iPhone; CPU iPhone OS {ios} like Mac OS X) AppleWebKit/605.1.15"
    if kind == 0:
        return f"{apple} (KHTML, like Gecko) Version/{ios[:2]}.0 Mobile/15E148 Safari/604.1"
    if kind == 1:
        return f"Mozilla/5.0 (Linux; Android 10; K) {webkit} {chrome} Mobile Safari/537.36"
    if kind == 2:
        handset = f"{HANDSETS[number % 8]}{number // 8 % 40 or ''}"
        build = f"Android {10 + number % 5}; {handset} Build/TP1A.{number % 97}; wv"
        return (
            f"Mozilla/5.0 (Linux; {build}) {webkit} Version/4.0 {chrome} Mobile Safari/537.36 "
            f"Instagram {300 + number % 60}.0.0.{number % 31} Android"
        )
    if kind == 3:
        system = ("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7")[number % 2]
        return f"Mozilla/5.0 ({system}) {webkit} {chrome} Safari/537.36"
    if kind == 4:
        return f"{apple} Mobile/15E148 [FBAN/FBIOS;FBAV/{440 + number % 50}.0.0.30;FBBV/{number}]"
    old = f"Android {5 + number % 3}.1; LG-X{number % 300} Build/LMY47"
    return f"Mozilla/5.0 (Linux; {old}) {webkit} Chrome/{60 + number % 30}.0.3 Mobile Safari/537.36"


@dataclass
class Maker:
    """Makes clicks of one campaign and remembers whose each was."""

    seed: int = 1
    days: int = 20
    rows: list[dict[str, Any]] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = np.random.default_rng(self.seed)
        ranges = self.draw.integers(20, 220, (len(LANDS), 14, 2))
        self.blocks = dict(zip(LANDS, ranges.tolist(), strict=True))

    # who

    def influencer(
        self, name: str, land: str = "IT", posts: int | tuple[datetime, ...] = 4, **link: Any
    ) -> Link:
        if isinstance(posts, int):
            hours = np.sort(self.draw.uniform(10, 24 * (self.days - 3), posts))
            posts = tuple(START + timedelta(hours=float(hour)) for hour in hours)
        audience = link.get("audience", (land,))
        made = Link(f"L-{name}", name, audience, posts, link.get("incited", ()))
        self.links[name] = made
        return made

    def address(self, land: str) -> str:
        if self.draw.random() < 0.2:
            block = self.blocks[land][int(self.draw.integers(3))]
            rest = ":".join(f"{x:x}" for x in self.draw.integers(1, 65536, 6))
            return f"2a{block[0]:02x}:{block[1]:x}:{rest}"
        block = self.blocks[land][min(13, int(self.draw.exponential(4)))]
        return f"{block[0]}.{block[1]}." + ".".join(map(str, self.draw.integers(1, 255, 2)))

    def addresses(self, land: str, many: int, nat: float = 0.35) -> list[str]:
        shared = [self.address(land) for _ in range(max(2, many // 60))]
        fresh = self.draw.random(many) >= nat
        return [
            self.address(land) if own else shared[int(self.draw.integers(len(shared)))]
            for own in fresh
        ]

    # when

    def after_posts(self, link: Link, many: int, half: float = 1.5) -> list[datetime]:
        posts = link.posts or (START + timedelta(hours=30),)
        weights = self.draw.dirichlet(np.ones(len(posts)))
        which = self.draw.choice(len(posts), many, p=weights)
        tail = self.draw.random(many)
        hours = np.where(
            tail < 0.85, self.draw.exponential(half, many),
            np.where(tail < 0.95, self.draw.exponential(14, many), self.draw.exponential(90, many)),
        )  # fmt: skip
        end = self.days * 24.0
        moments = [
            posts[int(p)] + timedelta(hours=float(h)) for p, h in zip(which, hours, strict=True)
        ]
        last = START + timedelta(hours=end)
        return [
            at if at < last else posts[0] + (last - posts[0]) * float(self.draw.random())
            for at in moments
        ]

    def by_day(self, many: int, first: float = 0, last: float | None = None) -> list[datetime]:
        """Spread over the days, by the curve of the day."""
        days = self.draw.uniform(first, last or self.days, many).astype(int)
        hours = self.draw.choice(24, many, p=HOURS / HOURS.sum()) + self.draw.random(many)
        return [
            START + timedelta(days=int(d), hours=float(h)) for d, h in zip(days, hours, strict=True)
        ]

    def evenly(self, many: int, first: float, last: float) -> list[datetime]:
        """Round the clock between two days."""
        return [
            START + timedelta(days=float(x)) for x in np.sort(self.draw.uniform(first, last, many))
        ]

    # what

    def dwell(self, many: int) -> list[int | None]:
        bounced = self.draw.random(many) < 0.18
        long = self.draw.lognormal(9.6, 1.1, many)
        read = np.where(bounced, self.draw.lognormal(7.1, 0.6, many), long)
        lost = self.draw.random(many) < 0.08
        return [None if gone else int(ms) for gone, ms in zip(lost, read, strict=True)]

    def referers(self, many: int) -> list[str]:
        names, shares = zip(*REFERERS, strict=True)
        return [str(x) for x in self.draw.choice(names, many, p=shares)]

    def add(
        self, link: Link, kind: str, at: Sequence[datetime], *, agent: Sequence[str],
        ip: Sequence[str], land: Sequence[str], referer: Sequence[str],
        dwell: Sequence[int | None], language: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        spoken = language or [LANGUAGES[x] for x in land]
        for n, moment in enumerate(at):
            self.rows.append({
                "ts": moment, "ip": ip[n], "user_agent": agent[n], "referer": referer[n],
                "accept_language": spoken[n], "country": land[n], "link_id": link.link_id,
                "influencer_id": link.influencer_id, "dwell_ms": dwell[n],
                "converted": bool(dwell[n] and self.draw.random() < 0.02), "kind": kind,
            })  # fmt: skip

    def readers(
        self, link: Link, many: int, at: list[datetime] | None = None, *, kind: str = "reader",
        land: str | None = None, referer: Callable[[int], list[str]] | None = None,
    ) -> None:  # fmt: skip
        home = land or (link.audience[0] if link.audience else "IT")
        lands = [
            home if x > 0.08 else str(self.draw.choice(ABROAD)) for x in self.draw.random(many)
        ]
        pool = {x: self.addresses(x, lands.count(x)) for x in sorted(set(lands))}
        moments = at or self.after_posts(link, many)
        told = [LANGUAGES[x] for x in lands]
        odd = self.draw.random(many)
        spoken = [
            "" if x < 0.01 else LANGUAGES["US"] if x < 0.04 else y
            for x, y in zip(odd, told, strict=True)
        ]
        self.add(
            link, kind, moments, agent=agents(self.draw, many), ip=[pool[x].pop() for x in lands],
            land=lands, referer=(referer or self.referers)(many), dwell=self.dwell(many),
            language=spoken,
        )  # fmt: skip
        again = self.draw.choice(len(moments), many // 9, replace=False)
        first = len(self.rows) - many
        for n in again:
            row = dict(self.rows[first + int(n)])
            row["ts"] += timedelta(minutes=float(self.draw.exponential(80)))
            row["dwell_ms"] = self.dwell(1)[0]
            self.rows.append(row)

    # not readers

    def farm(
        self, link: Link, many: int, at: list[datetime], *, models: int = 4, kind: str = "farm",
        ranges: int = 3, dwell: tuple[int, int] = (900, 4000), land: str | None = None,
    ) -> None:  # fmt: skip
        home = land or link.audience[0]
        phones = [_agent(2, int(n)) for n in self.draw.integers(0, 10_000, models)]
        blocks = [self.blocks[home][int(n)] for n in self.draw.choice(14, ranges, replace=False)]
        ips = [
            f"{blocks[i % ranges][0]}.{blocks[i % ranges][1]}.{int(x)}.{int(y)}"
            for i, (x, y) in enumerate(self.draw.integers(1, 200, (many, 2)))
        ]
        self.add(
            link, kind, at, agent=[phones[int(n)] for n in self.draw.integers(models, size=many)],
            ip=ips, land=[home] * many, referer=self.referers(many),
            dwell=[int(x) for x in self.draw.integers(*dwell, many)],
        )  # fmt: skip

    def servers(self, link: Link, many: int, at: list[datetime], kind: str = "servers") -> None:
        lands = [str(x) for x in self.draw.choice(["US", "DE", "FR"], many)]
        blocks = self.draw.integers(20, 220, (3, 3)).tolist()
        used = [blocks[int(n)] for n in self.draw.integers(3, size=many)]
        ips = [
            f"{a}.{b}.{c}.{int(x)}"
            for (a, b, c), x in zip(used, self.draw.integers(1, 250, many), strict=True)
        ]
        browsers = agents(self.draw, 25)
        silent = self.draw.random(many) < 0.5
        self.add(
            link, kind, at, ip=ips, land=lands,
            agent=[browsers[int(n)] for n in self.draw.integers(25, size=many)],
            referer=["" if x < 0.8 else "https://t.co/" for x in self.draw.random(many)],
            dwell=[None if x < 0.5 else int(x * 300) for x in self.draw.random(many)],
            language=["" if x else "en-US,en;q=0.9" for x in silent],
        )  # fmt: skip

    def crowd(
        self, link: Link, many: int, at: list[datetime], *, sites: float = 0.4, kind: str = "crowd",
        lands: Sequence[str] = ("IN", "BD", "PH"),
    ) -> None:  # fmt: skip
        where = [str(x) for x in self.draw.choice(lands, many)]
        sent = self.draw.random(many) < sites
        self.add(
            link, kind, at, agent=agents(self.draw, many), land=where,
            ip=[self.address(x) for x in where],
            referer=["https://microtasks.example/job/7" if x else "" for x in sent],
            dwell=[int(x) for x in self.draw.lognormal(7.4, 0.7, many)],
        )  # fmt: skip

    def own(self, link: Link, many: int, at: list[datetime], devices: int = 2) -> None:
        land = link.audience[0]
        phones, homes = agents(self.draw, devices), [self.address(land) for _ in range(2)]
        self.add(
            link, "own", at, agent=[phones[int(n)] for n in self.draw.integers(devices, size=many)],
            ip=[homes[int(n)] for n in self.draw.integers(2, size=many)], land=[land] * many,
            referer=[""] * many, dwell=[int(x) for x in self.draw.integers(400, 5000, many)],
        )  # fmt: skip

    def ring(self, members: Sequence[Link], devices: int, rounds: int = 3) -> None:
        """Each device goes round the members' links, some minutes apart, now and again."""
        for phone in agents(self.draw, devices):
            land = members[0].audience[0]
            ip = self.address(land)
            for at in self.by_day(rounds):
                for link in self.draw.permutation(np.array(members, dtype=object)):
                    at += timedelta(minutes=float(self.draw.uniform(0.5, 9)))
                    self.add(
                        link, "ring", [at], agent=[phone], ip=[ip], land=[land],
                        referer=self.referers(1), dwell=[int(self.draw.integers(1500, 9000))],
                    )  # fmt: skip

    def drip(
        self, link: Link, many: int, pool: int = 24, dwell: tuple[float, float] = (8.6, 0.25)
    ) -> None:
        """Fresh addresses of households, the curve of the day, a few agents, every day the same."""
        land = link.audience[0]
        browsers = agents(self.draw, pool)
        self.add(
            link, "drip", self.by_day(many), land=[land] * many,
            agent=[browsers[int(n)] for n in self.draw.integers(pool, size=many)],
            ip=[self.address(land) for _ in range(many)], referer=self.referers(many),
            dwell=[int(x) for x in self.draw.lognormal(*dwell, many)],
        )  # fmt: skip

    # as judged

    def full(self) -> tuple[pl.DataFrame, list[Link], pl.Series]:
        """Clicks in order of time, links, and the kind of each click."""
        made = pl.DataFrame(self.rows, infer_schema_length=None).sort("ts", maintain_order=True)
        made = made.with_columns(pl.col("ts").cast(pl.Datetime("us", "UTC")))
        return made.drop("kind"), list(self.links.values()), made["kind"]

    def ingested(self) -> tuple[pl.DataFrame, list[Link], pl.Series]:
        """The same as a redirect sees it: a prefix, a daily hash, no dwell and no conversion."""
        made, links, kinds = self.full()
        six = pl.col("ip").str.contains(":")
        cut = (
            pl.when(six)
            .then(pl.col("ip").str.extract(r"^((?:[^:]+:){3})") + ":/48")
            .otherwise(pl.col("ip").str.replace(r"\.\d+$", ".0/24"))
        )
        day = pl.col("ts").dt.date().cast(pl.String)
        return (
            made.with_columns(
                visitor=pl.concat_str(day, "ip", "user_agent").hash().cast(pl.String), ip=cut,
                dwell_ms=pl.lit(None, pl.Int64), converted=pl.lit(None, pl.Boolean),
                asn=pl.lit(None, pl.Int64),
                referer=pl.col("referer").str.extract(r"//([^/]+)").fill_null(""),
            ),
            links,
            kinds,
        )  # fmt: skip
