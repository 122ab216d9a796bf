"""A click stream as numbers: what is compared, and nothing of it as text.

Addresses are read as they come, whole or cut to a prefix: `net` is /24 or /48, `block` is /16 or
/32, the size in which providers hand out ranges, `lan` the whole address or /64.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from campaigns.quality.clicks import agents
from campaigns.quality.clicks.coded import Coded
from campaigns.quality.clicks.table import HOUR, Bools, Floats, Ints, Table, compact
from campaigns.quality.clicks.values import Link

GIVEN: dict[str, Any] = {
    "ts": pl.Datetime("us", "UTC"),
    "ip": pl.String,
    "user_agent": pl.String,
    "referer": pl.String,
    "accept_language": pl.String,
    "country": pl.String,
    "link_id": pl.String,
    "influencer_id": pl.String,
    "dwell_ms": pl.Int64,
    "asn": pl.Int64,
    "visitor": pl.String,
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TEXT = pl.col("text")


def read(clicks: pl.DataFrame, links: Sequence[Link]) -> Table:
    """The clicks in order of time. A column that is missing is as if null."""
    given = clicks.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in GIVEN.items() if name not in clicks.columns
    ).select(pl.int_range(pl.len()).alias("row"), *GIVEN)
    given = given.with_columns(pl.col("ts").cast(GIVEN["ts"]))
    if not given["ts"].is_sorted():
        given = given.sort("ts", maintain_order=True)
    ts = given["ts"].to_physical().to_numpy()
    people, link = Coded.of(given["influencer_id"]), Coded.of(given["link_id"])
    names = sorted({each.influencer_id for each in links} | set(people.texts))
    inf = people.placed(names)
    lands = Coded.of(given["country"]).read(TEXT.str.to_uppercase())
    countries = sorted(lands.texts)
    country = lands.placed(countries)
    rented = pl.col("asn").is_in(agents.hosting_networks()).fill_null(False)
    order = np.argsort(inf, kind="stable")
    return Table(
        names=names,
        countries=countries,
        row=given["row"].to_numpy(),
        inf=inf,
        ts=ts,
        country=country,
        link=link.codes,
        dwell=_dwell(given["dwell_ms"]),
        hosting=given.select(rented).to_series().to_numpy(),
        slices=np.split(order, np.searchsorted(inf[order], np.arange(1, len(names)))),
        **_devices(given),
        **_referers(Coded.of(given["referer"])),
        **_beside_posts(ts, link, country, countries, links),
    )


def _dwell(given: pl.Series) -> Floats:
    known = given.cast(pl.Float64).fill_null(np.nan).to_numpy()
    return np.where(known >= 0, known, np.nan)


def _devices(given: pl.DataFrame) -> dict[str, Any]:
    """The address in its sizes, what the agent and the language say, and the device: address,
    agent and languages together, or the visitor and its languages where ingestion told one."""
    agent, spoken = Coded.of(given["user_agent"]), Coded.of(given["accept_language"])
    addr = Coded.of(given["ip"]).read(TEXT.str.extract(r"^(?:::ffff:)?([^/]*)"))
    net = _groups(addr, r"\d+\.\d+\.\d+", 3)
    told = agents.told(agent.texts)
    visitor = Coded.of(given["visitor"])
    device = compact(addr.codes, agent.codes, spoken.codes)
    known = visitor.each(visitor.texts != "")
    told_apart = compact(visitor.codes, spoken.codes)
    device = np.where(known, told_apart, given.height + device)
    return {
        "addr": addr.codes,
        "net": net.codes,
        "block": _groups(net, r"\d+\.\d+", 2).codes,
        "lan": _groups(addr, r"[\d.]*$", 4).codes,
        "device": compact(device),
        "agent": agent.codes,
        "model": Coded(agent.codes, told["model"]).read(TEXT).codes,
        "phone": agent.each(told["phone"]),
        "declared": agent.each(told["declared"]),
        "lang": spoken.read(TEXT.str.extract(r"^\s*([A-Za-z-]+)").str.to_lowercase()).codes,
        "spoken": spoken.each(spoken.texts.str.strip_chars() != ""),
    }


def _groups(address: Coded, four: str, six: int) -> Coded:
    """The first groups of an address of either kind; those a `::` stands for are zero."""
    whole = TEXT.str.replace("::", ":0:0:0:0:", literal=True)
    return address.read(whole.str.extract(rf"^({four}|(?:[^:]*:){{{six - 1}}}[^:]*)"))


def _referers(referer: Coded) -> dict[str, Any]:
    told = agents.referring(referer.texts)
    return {
        "host": Coded(referer.codes, told["host"]).read(TEXT).codes,
        "sent_by": referer.each(told["sent_by"]),
    }


def _beside_posts(
    ts: Ints, link: Coded, country: Ints, countries: list[str], links: Sequence[Link]
) -> dict[str, Any]:
    """phase, posted, incited and foretold, of what is known of each link."""
    phase, posted = np.full(len(ts), np.nan), np.zeros(len(ts), dtype=bool)
    incited, foretold = np.zeros(len(ts), dtype=bool), np.full(len(ts), -1)
    code = {text: number for number, text in enumerate(link.texts)}
    order = np.argsort(link.codes, kind="stable")
    rows_of = np.split(order, np.searchsorted(link.codes[order], np.arange(1, len(code))))
    for each in links:
        if each.link_id not in code:
            continue
        rows = rows_of[code[each.link_id]]
        if each.posts:
            phase[rows], posted[rows] = _since(ts[rows], sorted(map(_micros, each.posts))), True
        for since, until in each.incited:
            asked = ts[rows] >= _micros(since)
            incited[rows] |= asked if until is None else asked & (ts[rows] < _micros(until))
        if each.audience:
            mine = np.array([land in each.audience for land in countries])
            foretold[rows] = np.where(_known(countries)[country[rows]], mine[country[rows]], -1)
    return {"phase": phase, "posted": posted, "incited": incited, "foretold": foretold}


def _since(ts: Ints, posts: list[int]) -> Floats:
    """Hours since the last post; NaN before the first."""
    nth = np.searchsorted(posts, ts, side="right")
    return np.where(nth > 0, (ts - np.array(posts)[nth - 1]) / HOUR, np.nan)


def _known(countries: list[str]) -> Bools:
    return np.array([land != "" for land in countries])


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
