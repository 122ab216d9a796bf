"""The simulated click streams: repeatable, complete, and without a shortcut to the truth."""

from datetime import timedelta

import polars as pl
import pytest

from tests.benchmarks.agents import listed
from tests.benchmarks.streams import Stream, simulate

READ = ["ts", "ip", "user_agent", "referer", "accept_language", "country", "link_id",
        "influencer_id", "dwell_ms", "converted"]  # fmt: skip
HUMAN = pl.col("truth") == "human"
LAID_ON = pl.col("truth").is_in(["abuse", "sabotage"])


@pytest.fixture(scope="module")
def stream() -> Stream:
    return simulate(21, clicks=20_000)


def labelled(stream: Stream) -> pl.DataFrame:
    return stream.clicks.with_columns(stream.truth["truth", "kind"].get_columns())


def test_the_same_seed_gives_the_same_campaign(stream: Stream) -> None:
    again = simulate(21, clicks=20_000)
    assert again.clicks.equals(stream.clicks)
    assert again.truth.equals(stream.truth)
    assert again.links == stream.links
    other = simulate(22, clicks=20_000)
    assert not set(other.clicks["ip"]) & set(stream.clicks["ip"])


def test_it_has_the_form_the_engine_reads(stream: Stream) -> None:
    assert stream.clicks.columns == READ
    assert stream.clicks.height == stream.truth.height == 20_000
    assert stream.clicks.schema["ts"] == pl.Datetime("us", "UTC")
    owners = {link.link_id: link.influencer_id for link in stream.links}
    pairs = stream.clicks.select("link_id", "influencer_id").unique().rows()
    assert all(owners[link] == influencer for link, influencer in pairs)
    assert set(owners.values()) == set(stream.influencers["influencer_id"])
    assert 12 <= stream.influencers.height <= 30


def test_an_ingested_link_measures_less(stream: Stream) -> None:
    told = simulate(21, clicks=20_000, form="ingested")
    assert told.clicks.columns == [*READ, "asn", "visitor"]
    assert told.truth.equals(stream.truth)
    assert told.clicks["dwell_ms"].null_count() == told.clicks["converted"].null_count() == 20_000
    assert told.clicks["ip"].str.contains(r"(\.0/24|::/48)$").all()
    assert 0 < told.clicks["asn"].null_count() < 4_000
    whole = stream.clicks.with_columns(told.clicks["visitor"], pl.col("ts").dt.date().alias("day"))
    assert whole["visitor"].n_unique() == whole.select("day", "ip", "user_agent").n_unique()


def share(table: pl.DataFrame, wanted: pl.Expr) -> float:
    return table.filter(wanted).height / table.height


def test_readers_stay_as_readers_do(stream: Stream) -> None:
    stays = labelled(stream).filter(HUMAN)
    assert 0.1 < share(stays, pl.col("dwell_ms").is_null()) < 0.35
    known = stays.drop_nulls("dwell_ms")
    assert 0.25 < share(known, pl.col("dwell_ms") < 2_000) < 0.45
    assert share(known, pl.col("dwell_ms") > 30_000) > 0.05


def test_no_column_alone_gives_the_truth_away(stream: Stream) -> None:
    table = labelled(stream)
    for prefix in (r"^\d+\.\d+\.", r"^[0-9a-f]+:[0-9a-f]+:"):
        blocks = table.select(pl.col("ip").str.extract(f"({prefix})"), "truth").drop_nulls()
        shared = blocks.group_by("ip").agg(HUMAN.any().alias("read"), LAID_ON.any().alias("laid"))
        assert share(shared.filter("laid"), pl.col("read")) > 0.5
    assert table["ts"].is_sorted()


def test_some_abuse_converts_and_some_hosting_is_a_reader() -> None:
    table = labelled(simulate(23, clicks=60_000))
    assert table.filter(LAID_ON)["converted"].any()
    told = simulate(23, clicks=60_000, form="ingested").clicks
    relayed = told.with_columns(table["truth"]).filter(pl.col("asn") == 13335)
    assert "human" in relayed["truth"]


def test_what_a_post_asked_for_is_told_apart() -> None:
    for seed in range(21, 40):
        stream = simulate(seed, clicks=6_000)
        spans = {link.link_id: link.incited for link in stream.links if link.incited}
        if spans:
            break
    table = labelled(stream)
    rows = table.filter(pl.col("truth") == "incited")
    assert rows.height
    for when, link in rows.select("ts", "link_id").rows():
        begin, until = spans[link][0]
        assert begin <= when < (until or when + timedelta(seconds=1))
    later = table.filter(HUMAN & pl.col("link_id").is_in(list(spans)))
    assert all(when < spans[link][0][0] or spans[link][0][1] <= when
               for when, link in later.select("ts", "link_id").rows())  # fmt: skip


def test_the_agents_are_distinct_and_of_three_kinds() -> None:
    human, preview, crawler = listed("human"), listed("preview"), listed("crawler")
    assert len({*human, *preview, *crawler}) == len(human) + len(preview) + len(crawler)
    assert len(human) >= 390
    assert len(preview) + len(crawler) >= 140
