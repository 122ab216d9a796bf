"""Each kind of click that is not a reader's, told from the readers around it."""

from datetime import timedelta

import polars as pl
import pytest

from campaigns.quality.clicks import Account, judge
from campaigns.quality.clicks.judging import REASONS
from campaigns.quality.clicks.reasons import LANGUAGES, codes, reason
from tests.quality.clicks.streams import START, Maker, agents


def campaign(seed: int = 3, others: int = 5, many: int = 700) -> Maker:
    """A campaign of honest influencers, to hold one more against."""
    made = Maker(seed)
    for n in range(others):
        made.readers(made.influencer(f"h{n}", ("IT", "FR")[n % 2]), many)
    return made


def judged(made: Maker, form: str = "full") -> tuple[pl.DataFrame, dict[str, Account]]:
    clicks, links, kinds = getattr(made, form)()
    result = judge(clicks, links)
    return result.clicks.with_columns(kind=kinds, who=clicks["influencer_id"]), result.influencers


def share_out(told: pl.DataFrame, kind: str) -> float:
    of = told.filter(pl.col("kind") == kind)
    return of.filter(pl.col("verdict") != "counted").height / of.height


def lost(told: pl.DataFrame) -> float:
    readers = told.filter(pl.col("kind") == "reader")
    return readers.filter(pl.col("verdict") == "excluded").height / readers.height


def test_a_farm_of_few_handsets_is_flagged() -> None:
    made = campaign()
    link = made.influencer("farm")
    made.readers(link, 600)
    made.farm(link, 500, made.evenly(500, 2, 16))
    told, accounts = judged(made)
    assert accounts["farm"].verdict == "flagged"
    assert accounts["farm"].excluded["click.device_farm"] > 450
    assert share_out(told, "farm") >= 0.95
    assert lost(told) <= 0.01


def test_a_farm_without_any_reader_is_flagged() -> None:
    """After the largest click farm found by 2017; only the farm clicked."""
    made = Maker(5)
    link = made.influencer("pack", "FR", posts=1)
    made.farm(link, 4000, made.evenly(4000, 3, 5), models=3, ranges=4)
    others = [made.influencer(f"h{n}", "FR") for n in range(3)]
    for other in others:
        made.readers(other, 400)
    _, accounts = judged(made)
    assert accounts["pack"].verdict == "flagged"
    assert accounts["pack"].counted <= 40


def test_servers_posing_as_browsers_are_told() -> None:
    made = campaign()
    link = made.influencer("servers")
    made.readers(link, 600)
    made.servers(link, 300, made.by_day(300))
    told, accounts = judged(made)
    assert accounts["servers"].verdict == "flagged"
    assert accounts["servers"].excluded["click.datacentre"] >= 280
    assert lost(told) <= 0.01


@pytest.mark.parametrize("sites", [0.0, 0.5])
def test_a_paid_crowd_is_told_with_and_without_its_referers(sites: float) -> None:
    made = campaign()
    link = made.influencer("crowd")
    made.readers(link, 600)
    made.crowd(link, 300, made.by_day(300, 1, 18), sites=sites)
    told, accounts = judged(made)
    assert accounts["crowd"].verdict == "flagged"
    assert "click.paid_crowd" in accounts["crowd"].excluded
    assert share_out(told, "crowd") >= 0.95


def test_own_devices_coming_back_every_day_are_told() -> None:
    made = campaign()
    link = made.influencer("own")
    made.readers(link, 600)
    made.own(link, 150, made.by_day(150))
    told, accounts = judged(made)
    assert accounts["own"].verdict == "flagged"
    assert accounts["own"].excluded["click.self"] >= 140
    assert lost(told) <= 0.01


def test_a_ring_is_told_at_each_of_its_members() -> None:
    made = campaign()
    members = [made.influencer(f"ring{n}") for n in range(3)]
    for link in members:
        made.readers(link, 500)
    made.ring(members, 40, rounds=4)
    told, accounts = judged(made)
    assert [accounts[f"ring{n}"].verdict for n in range(3)] == ["flagged"] * 3
    assert all("click.exchange" in accounts[f"ring{n}"].excluded for n in range(3))
    assert lost(told) <= 0.01


def test_a_slow_drip_that_imitates_the_day_is_told() -> None:
    made = campaign()
    link = made.influencer("drip")
    made.readers(link, 900)
    made.drip(link, 500)
    told, accounts = judged(made)
    assert accounts["drip"].verdict == "flagged"
    assert share_out(told, "drip") >= 0.95


@pytest.mark.parametrize("kind", ["farm", "servers"])
@pytest.mark.parametrize("form", ["full", "ingested"])
def test_a_flood_laid_on_by_others_flags_nobody(kind: str, form: str) -> None:
    made = campaign()
    post = START + timedelta(days=3)
    link = made.influencer("victim", posts=(post,))
    made.readers(link, 700)
    getattr(made, kind)(link, 400, made.evenly(400, 9, 9.6), kind="flood")
    told, accounts = judged(made, form)
    assert accounts["victim"].verdict == "clear"
    assert accounts["victim"].excluded["click.sabotage"] >= 380
    assert [row["code"] for row in accounts["victim"].evidence] == ["laid_on"]
    assert lost(told) <= 0.01


def test_asked_for_clicks_count_nothing_and_flag_nobody() -> None:
    """Three posts, forty readers each; two of the posts asked for clicks."""
    made = Maker(2)
    at = START + timedelta(days=2)
    for name, incited in (("L1", ()), ("L2", ((START, None),)), ("L3", ((START, None),))):
        link = made.influencer(name, "FR", posts=(at,), incited=incited)
        moments = [at + timedelta(minutes=7 * n) for n in range(40)]
        made.add(
            link, "reader", moments, agent=agents(made.draw, 40), land=["FR"] * 40,
            ip=[made.address("FR") for _ in range(40)], referer=made.referers(40),
            dwell=made.dwell(40),
        )  # fmt: skip
    _, accounts = judged(made)
    assert sum(account.raw for account in accounts.values()) == 120
    assert sum(account.counted for account in accounts.values()) == 40
    assert accounts["L2"].excluded == {"click.incitement": 40}
    assert {account.verdict for account in accounts.values()} == {"clear"}


@pytest.mark.parametrize(
    ("agent", "reason"),
    [
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "preview"),
        ("WhatsApp/2.23.20.0 A", "preview"),
        ("TelegramBot (like TwitterBot)", "preview"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "crawler"),
        ("Mozilla/5.0 (compatible; NeverSeenBot/0.3; +https://never.example)", "crawler"),
        ("NeverSeen Wombles (never_seen; http://never.example/indexing/)", "crawler"),
        ("python-requests/2.31.0", "datacentre"),
        ("Mozilla/5.0 (X11; Linux) AppleWebKit HeadlessChrome/120.0 Safari/537.36", "datacentre"),
    ],
)
def test_programs_that_say_so_are_excluded_and_flag_nobody(agent: str, reason: str) -> None:
    made = Maker(1)
    link = made.influencer("a")
    made.add(
        link, "program", [START], agent=[agent], ip=["198.51.100.7"], land=[""], referer=[""],
        dwell=[None], language=[""],
    )  # fmt: skip
    told, accounts = judged(made)
    assert told["reason"].to_list() == [f"click.{reason}"]
    assert accounts["a"].verdict == "clear"


def test_one_device_hammering_is_a_repeat_beyond_some_visits() -> None:
    made = Maker(1)
    link = made.influencer("a")
    every = [START + timedelta(minutes=40 * n) for n in range(20)]
    phone = agents(made.draw, 1) * 20
    made.add(
        link, "reader", every, agent=phone, ip=["198.51.100.7"] * 20, land=["IT"] * 20,
        referer=[""] * 20, dwell=[9000] * 20,
    )  # fmt: skip
    told, _ = judged(made)
    assert told["verdict"].to_list().count("counted") == 6
    assert set(told["reason"].drop_nulls()) == {"click.repeat"}


def test_one_device_does_not_hide_in_a_crowd_it_makes_itself() -> None:
    made = Maker(1)
    link = made.influencer("a")
    every = [START + timedelta(minutes=31 * n) for n in range(90)]
    made.add(
        link, "own", every, agent=agents(made.draw, 1) * 90, ip=["198.51.100.7"] * 90,
        land=["IT"] * 90, referer=[""] * 90, dwell=[9000] * 90,
    )  # fmt: skip
    told, _ = judged(made)
    assert told["verdict"].to_list().count("counted") == 6 * 2
    assert set(told["reason"].drop_nulls()) == {"click.repeat"}


def test_every_reason_has_a_source_and_its_words_in_three_languages() -> None:
    assert codes() == {*REASONS, "click.discounted"}
    for code in codes():
        said = [reason(code, language) for language in LANGUAGES]
        assert said[0].source
        assert len({each.title for each in said}) == len({each.why for each in said}) == 3
        assert max(len(each.title) for each in said) <= 24  # room beside a row of the picture


def test_another_language_reads_english_and_an_unknown_code_has_words_too() -> None:
    assert reason("click.self", "de") == reason("click.self", "en")
    unheard = reason("click.unheard_of", "it-ch")
    assert (unheard.code, unheard.title) == ("click.unheard_of", "Non di un lettore")
