"""A click stream as numbers: what is compared, and nothing of it as text.

Texts become codes over distinct values, so that a million clicks cost a million small integers.
Addresses are read as they come, whole or cut to a prefix: `net` is /24 or /48, `block` is /16 or
/32, the size in which providers hand out ranges, `lan` the whole address or /64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from campaigns.quality.clicks import agents
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
    "converted": pl.Boolean,
    "asn": pl.Int64,
    "visitor": pl.String,
}
TEXTS = [name for name, kind in GIVEN.items() if kind == pl.String]


@dataclass(frozen=True, slots=True)
class Stream:
    """clicks: one row a click in order of time. names: of code `inf`; countries: of `country`."""

    clicks: pl.DataFrame
    names: list[str]
    countries: list[str]


def read(clicks: pl.DataFrame, links: Sequence[Link]) -> Stream:
    """The stream in codes: row, ts, inf, link, agent, model, lang, host, country, addr, net, block,
    device, dwell, phase (hours since the link's last post, null before it), posted, foretold,
    incited, declared, sent_by, hosting.
    """
    given = clicks.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in GIVEN.items() if name not in clicks.columns
    ).select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        *[pl.col(name).cast(kind) for name, kind in GIVEN.items()],
    )
    given = given.with_columns(pl.col(TEXTS).fill_null("")).with_columns(_device())
    given = _with_agents(given)
    given = _with_referers(given)
    given = _with_addresses(given)
    given = given.with_columns(
        lang=pl.col("accept_language").str.extract(r"^\s*([A-Za-z-]+)").str.to_lowercase(),
        spoken=pl.col("accept_language").str.strip_chars() != "",
        country=pl.col("country").str.to_uppercase(),
        hosting=pl.col("asn").is_in(agents.hosting_networks()).fill_null(False),
        dwell=pl.when(pl.col("dwell_ms") >= 0).then(pl.col("dwell_ms")),
    ).drop("dwell_ms", "asn", "accept_language")
    names = _names(given, links)
    given = _with_links(given, links)
    given, countries = _coded(given, names)
    return Stream(given, names, countries)


def _device() -> pl.Expr:
    """The visitor where ingestion told one apart, else address, agent and languages together."""
    seen = pl.struct("ip", "user_agent", "accept_language").hash()
    known = pl.col("visitor") != ""
    return pl.when(known).then(pl.col("visitor").hash()).otherwise(seen).alias("device")


def _with_agents(given: pl.DataFrame) -> pl.DataFrame:
    distinct = agents.told(given.select("user_agent").unique(maintain_order=True))
    models = distinct.select("model").unique(maintain_order=True).with_row_index("model_code")
    distinct = distinct.join(models, on="model", how="left").drop("model")
    distinct = distinct.rename({"model_code": "model"}).with_row_index("agent")
    return given.join(distinct, on="user_agent", how="left", maintain_order="left").drop(
        "user_agent", "visitor"
    )


def _with_referers(given: pl.DataFrame) -> pl.DataFrame:
    distinct = agents.referring(given.select("referer").unique(maintain_order=True))
    return given.join(distinct, on="referer", how="left", maintain_order="left").drop("referer")


def _with_addresses(given: pl.DataFrame) -> pl.DataFrame:
    """Adds addr, net, block and lan as hashes."""
    ip = pl.col("ip").str.replace(r"(/\d+)$", "")
    mapped = pl.col("ip").str.starts_with("::ffff:")
    given = given.with_columns(ip=pl.when(mapped).then(ip.str.slice(7)).otherwise(ip))
    four = given.select("row", "ip").filter(~pl.col("ip").str.contains(":", literal=True))
    six = given.select("row", "ip").filter(pl.col("ip").str.contains(":", literal=True))
    places = pl.concat([_four(four), _six(six)])
    return given.join(places, on="row", how="left", maintain_order="left")


def _four(given: pl.DataFrame) -> pl.DataFrame:
    dot = pl.col("ip").str.splitn(".", 4).struct
    net = pl.concat_str(*[dot.field(f"field_{n}").fill_null("") for n in range(3)], separator=".")
    block = pl.concat_str(*[dot.field(f"field_{n}").fill_null("") for n in range(2)], separator=".")
    whole = pl.col("ip").hash()
    return given.select("row", addr=whole, net=net.hash(), block=block.hash(), lan=whole)


def _six(given: pl.DataFrame) -> pl.DataFrame:
    """The groups before a `::`; those it stands for are zero."""
    head = pl.col("ip").str.splitn("::", 2).struct.field("field_0")
    colon = head.str.splitn(":", 5).struct
    groups = [colon.field(f"field_{place}").fill_null("0") for place in range(4)]
    net, block, lan = (pl.concat_str(*groups[:n], separator=":").hash() for n in (3, 2, 4))
    return given.select("row", addr=pl.col("ip").hash(), net=net, block=block, lan=lan)


def _names(given: pl.DataFrame, links: Sequence[Link]) -> list[str]:
    told = {link.influencer_id for link in links}
    return sorted(told | set(given["influencer_id"].unique().to_list()))


def _with_links(given: pl.DataFrame, links: Sequence[Link]) -> pl.DataFrame:
    """Adds phase, posted, incited and foretold; from here rows stand in order of time."""
    given = given.sort("ts", maintain_order=True)
    posts = _moments([(link.link_id, at) for link in links for at in link.posts], "post")
    spans = pl.concat([_spans(link) for link in links] or [_spans(Link("", ""))])
    given = given.join_asof(
        posts, left_on="ts", right_on="post", by="link_id", check_sortedness=False
    ).join_asof(
        spans.sort("since"), left_on="ts", right_on="since", by="link_id", check_sortedness=False
    )
    posted = [link.link_id for link in links if link.posts]
    audiences = pl.DataFrame(
        {"link_id": [x.link_id for x in links], "audience": [list(x.audience) for x in links]},
        schema={"link_id": pl.String, "audience": pl.List(pl.String)},
    ).unique("link_id")
    foreseen = audiences.explode("audience").drop_nulls().with_columns(foretold=True)
    given = given.join(
        foreseen.rename({"audience": "country"}).unique(),
        on=["link_id", "country"],
        how="left",
        maintain_order="left",
    )
    known = pl.col("link_id").is_in(foreseen["link_id"].unique().to_list())
    hours = (pl.col("ts") - pl.col("post")).dt.total_milliseconds() / 3_600_000
    return given.with_columns(
        phase=hours.cast(pl.Float32),
        posted=pl.col("link_id").is_in(posted),
        incited=(pl.col("ts") < pl.col("until")).fill_null(False),
        foretold=pl.when(known & (pl.col("country") != "")).then(
            pl.col("foretold").fill_null(False)
        ),
    ).drop("post", "since", "until")


def _moments(rows: list[tuple[str, object]], name: str) -> pl.DataFrame:
    schema: dict[str, Any] = {"link_id": pl.String, name: pl.Datetime("us", "UTC")}
    return pl.DataFrame(rows, schema=schema, orient="row").sort(name)


FOREVER = pl.datetime(9999, 1, 1, time_unit="us", time_zone="UTC")


def _spans(link: Link) -> pl.DataFrame:
    """Incited spans of a link, joined where they overlap, so that the last one begun decides."""
    schema: dict[str, Any] = {
        "link_id": pl.String,
        "since": pl.Datetime("us", "UTC"),
        "until": pl.Datetime("us", "UTC"),
    }
    rows = [(link.link_id, since, until) for since, until in link.incited]
    spans = pl.DataFrame(rows, schema=schema, orient="row").sort("since")
    return spans.with_columns(pl.col("until").fill_null(FOREVER).cum_max())


def _coded(given: pl.DataFrame, names: list[str]) -> tuple[pl.DataFrame, list[str]]:
    people = pl.DataFrame({"influencer_id": names}, schema={"influencer_id": pl.String})
    people = people.with_row_index("inf")
    given = given.join(people, on="influencer_id", how="left", maintain_order="left")
    countries = sorted(given["country"].unique().to_list())
    lands = pl.DataFrame({"country": countries}, schema={"country": pl.String})
    lands = lands.with_row_index("land")
    given = given.join(lands, on="country", how="left", maintain_order="left")
    given = given.with_row_index("at")
    first = pl.col("at").first()
    codes = [
        first.over(name).alias(name) for name in ("lang", "host", "block", "net", "lan", "addr")
    ]
    given = given.with_columns(*codes, first.over("link_id").alias("link"), country=pl.col("land"))
    return given.drop("at", "land", "link_id", "influencer_id", "ip"), countries
