"""Honest clicks that look odd, and are counted."""

from datetime import timedelta

import polars as pl
import pytest

from campaigns.quality.clicks import judge
from tests.quality.clicks.streams import START, Maker, agents
from tests.quality.clicks.test_reasons import campaign, judged, lost

FORMS = pytest.mark.parametrize("form", ["full", "ingested"])


@FORMS
def test_an_honest_campaign_loses_nothing(form: str) -> None:
    told, accounts = judged(campaign(seed=8), form)
    assert {account.verdict for account in accounts.values()} == {"clear"}
    assert lost(told) <= 0.002


def test_a_post_that_went_viral_is_counted() -> None:
    made = campaign()
    link = made.influencer("viral")
    made.readers(link, 400)
    begin = START + timedelta(days=11)
    moments = [begin + timedelta(hours=float(x)) for x in made.draw.exponential(3, 1500)]
    made.readers(link, 1500, moments, referer=lambda n: ["https://gazette.example/"] * n)
    told, accounts = judged(made)
    assert accounts["viral"].verdict == "clear"
    assert lost(told) <= 0.01


def test_a_newsletter_on_several_mornings_is_counted() -> None:
    made = campaign()
    link = made.influencer("letter")
    made.readers(link, 500)
    for day in (4, 9, 15):
        begin = START + timedelta(days=day, hours=7)
        moments = [begin + timedelta(hours=float(x)) for x in made.draw.exponential(1.2, 200)]
        made.readers(link, 200, moments, referer=lambda n: ["https://letter.example/"] * n)
    told, accounts = judged(made)
    assert accounts["letter"].verdict == "clear"
    assert lost(told) <= 0.01


def test_a_foreign_readership_that_was_foretold_is_counted() -> None:
    made = campaign()
    link = made.influencer("abroad", audience=("IT", "AR"))
    made.readers(link, 400, land="IT")
    made.readers(link, 400, land="AR")
    told, accounts = judged(made)
    assert accounts["abroad"].verdict == "clear"
    assert lost(told) <= 0.005


def test_an_office_behind_one_address_is_counted() -> None:
    made = campaign()
    link = made.influencer("office")
    made.readers(link, 500)
    desk = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Edg/131.0"
    made.add(
        link, "reader", made.after_posts(link, 90), agent=[desk] * 90, ip=["203.0.113.9"] * 90,
        land=["IT"] * 90, referer=[""] * 90, dwell=made.dwell(90),
    )  # fmt: skip
    told, accounts = judged(made)
    assert accounts["office"].verdict == "clear"
    assert lost(told) <= 0.005


def test_clicks_long_after_the_posts_are_counted_where_people_read() -> None:
    made = campaign()
    link = made.influencer("lasting")
    made.readers(link, 500)
    made.readers(link, 250, made.by_day(250, 12, 19))
    told, accounts = judged(made)
    assert accounts["lasting"].verdict == "clear"
    assert lost(told) <= 0.005


def test_readers_without_referer_and_language_are_counted() -> None:
    made = campaign()
    link = made.influencer("private")
    many = 300
    made.add(
        link, "reader", made.after_posts(link, many), agent=agents(made.draw, many),
        ip=made.addresses("IT", many), land=["IT"] * many, referer=[""] * many,
        dwell=made.dwell(many), language=[""] * many,
    )  # fmt: skip
    told, accounts = judged(made)
    assert accounts["private"].verdict == "clear"
    assert lost(told) == 0


@FORMS
def test_a_few_clicks_are_never_judged_as_a_group(form: str) -> None:
    made = campaign()
    made.crowd(made.influencer("tiny"), 19, made.by_day(19), sites=0)
    _, accounts = judged(made, form)
    assert accounts["tiny"].verdict == "clear"
    assert accounts["tiny"].counted == 19


def test_what_nobody_knows_is_no_evidence() -> None:
    """Nothing but a time, a link and an address."""
    made = campaign(others=2, many=200)
    clicks, links, _ = made.full()
    bare = clicks.with_columns(
        pl.lit(None, pl.String).alias(name)
        for name in ("user_agent", "referer", "accept_language", "country")
    ).with_columns(dwell_ms=pl.lit(None, pl.Int64), converted=pl.lit(None, pl.Boolean))
    accounts = judge(bare, links).influencers
    assert {account.verdict for account in accounts.values()} <= {"clear", "look"}
    assert not any(account.excluded for account in accounts.values())


def test_an_app_and_an_old_phone_are_readers() -> None:
    made = Maker(1)
    link = made.influencer("a")
    shown = [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 "
        "Mobile/15E148 [FBAN/FBIOS;FBAV/441.0.0.39.109]",
        "Mozilla/5.0 (Linux; Android 8.0.0; Expanse) AppleWebKit/537.36 Chrome/86.0.4240.99",
        "Mozilla/5.0 (Linux; U; Android 4.2.2; it-it; CUBOT P9 Build/JDQ39) AppleWebKit/534.30",
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1; TuneUp; Embedded Web Browser "
        "from: http://bsalsa.com/; .NET CLR 2.0.50727)",
    ]
    at = [START + timedelta(hours=n) for n in range(4)]
    made.add(
        link, "reader", at, agent=shown, ip=["198.51.100.4"] * 4, land=["IT"] * 4,
        referer=[""] * 4, dwell=[8000] * 4,
    )  # fmt: skip
    told, _ = judged(made)
    assert told["verdict"].to_list() == ["counted"] * 4


def test_a_second_click_within_half_an_hour_is_a_duplicate() -> None:
    made = Maker(1)
    link = made.influencer("a")
    at = [START, START + timedelta(minutes=29), START + timedelta(minutes=60)]
    phone = agents(made.draw, 1) * 3
    made.add(
        link, "reader", at, agent=phone, ip=["2001:db8::7"] * 3, land=["IT"] * 3,
        referer=[""] * 3, dwell=[8000] * 3,
    )  # fmt: skip
    told, accounts = judged(made)
    assert told["verdict"].to_list() == ["counted", "duplicate", "counted"]
    assert (accounts["a"].raw, accounts["a"].unique, accounts["a"].counted) == (3, 2, 2)


@FORMS
def test_two_languages_are_two_readers(form: str) -> None:
    made = Maker(1)
    link = made.influencer("home")
    made.readers(link, 1, [START - timedelta(hours=1)])
    made.add(
        link, "reader", [START + timedelta(minutes=n) for n in range(4)], referer=[""] * 4,
        agent=agents(made.draw, 1) * 4, ip=["198.51.100.7"] * 4, land=["IT"] * 4,
        dwell=[9000] * 4, language=["it-IT", "bn-BD", "it-IT", "bn-BD"],
    )  # fmt: skip
    told, _ = judged(made, form)
    assert told["verdict"].to_list() == ["counted"] * 3 + ["duplicate"] * 2


@pytest.mark.parametrize(("others", "counted"), [(61, 30), (60, 1)])
def test_people_with_one_make_of_machine_in_a_crowd_are_not_one_reader(
    others: int, counted: int
) -> None:
    made = Maker(1)
    link = made.influencer("school")
    alike = agents(made.draw, 1) * 30
    many = others + len(alike)
    at = [START + timedelta(minutes=6 * n) for n in (*range(others), *range(len(alike)))]
    made.add(
        link, "reader", at, agent=[f"Mozilla/5.0 (X11; {n})" for n in range(others)] + alike,
        ip=["198.51.100.7"] * many, land=["IT"] * many, referer=[""] * many,
        dwell=made.dwell(many),
    )  # fmt: skip
    told, _ = judged(made)
    clicks, *_ = made.full()
    alone = told.filter(clicks["user_agent"] == alike[0])
    assert alone["verdict"].to_list().count("counted") == counted


def test_the_same_machine_within_minutes_is_a_duplicate_in_a_crowd_too() -> None:
    made = Maker(1)
    link = made.influencer("school")
    others = [START + timedelta(minutes=n) for n in range(70)]
    again = [START + timedelta(days=1, minutes=4 * n) for n in range(20)]
    agent = [f"Mozilla/5.0 (X11; {n})" for n in range(70)] + agents(made.draw, 1) * 20
    made.add(
        link, "reader", [*others, *again], agent=agent, ip=["198.51.100.7"] * 90,
        land=["IT"] * 90, referer=[""] * 90, dwell=made.dwell(90),
    )  # fmt: skip
    told, _ = judged(made)
    assert told["verdict"].to_list()[70:] == ["counted", *["duplicate"] * 19]


def test_no_clicks_are_no_trouble() -> None:
    made = Maker(1)
    link = made.influencer("a")
    made.readers(link, 30)
    clicks, links, _ = made.full()
    result = judge(clicks.clear(), links)
    assert result.clicks.height == 0
    assert result.influencers["a"].verdict == "clear"


def test_clicks_of_another_century_are_read_like_any() -> None:
    made = Maker(1)
    for name in ("a", "b"):
        made.readers(made.influencer(name), 300)
    for row in made.rows[::2]:
        row["ts"] = row["ts"].replace(year=1901)
    told, accounts = judged(made)
    assert lost(told) == 0
    assert {each.verdict for each in accounts.values()} == {"clear"}
