"""Readers who were once taken for bought clicks, bought clicks for readers, and whose doing a flood
was."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from campaigns.quality.clicks import Account, Link
from tests.quality.clicks.streams import START, Maker, agents
from tests.quality.clicks.test_reasons import campaign, judged, lost, share_out

FORMS = pytest.mark.parametrize("form", ["full", "ingested"])


def hurried(made: Maker, many: int) -> list[int | None]:
    """A coupon's readers: three in ten leave at once, the others after some seconds."""
    left = made.draw.random(many) < 0.3
    stay = np.where(
        left, made.draw.lognormal(6.75, 0.55, many), made.draw.lognormal(8.3, 1.05, many)
    )
    return [int(ms) for ms in stay]


def test_a_page_that_sends_everybody_on_is_counted() -> None:
    made = campaign()
    link = made.influencer("shop")
    made.readers(link, 900)
    for row in made.rows:
        if row["link_id"] == link.link_id and (row["dwell_ms"] or 0) > 6000:
            row["dwell_ms"] = 6000 + int(made.draw.integers(0, 250))
    told, accounts = judged(made)
    assert accounts["shop"].verdict == "clear"
    assert lost(told) <= 0.005


def test_people_in_a_hurry_on_a_few_cheap_phones_are_counted() -> None:
    made = campaign()
    link = made.influencer("coupon")
    many = 900
    phones = agents(made.draw, 9)
    made.add(
        link, "reader", made.after_posts(link, many),
        agent=[phones[int(n)] for n in made.draw.integers(9, size=many)],
        ip=[made.address("IT") for _ in range(many)], land=["IT"] * many,
        referer=[""] * many, dwell=hurried(made, many),
    )  # fmt: skip
    told, accounts = judged(made)
    assert accounts["coupon"].verdict == "clear"
    assert lost(told) <= 0.005


@FORMS
def test_a_fair_behind_one_address_is_counted(form: str) -> None:
    made = campaign()
    link = made.influencer("fair")
    made.readers(link, 700)
    at = made.evenly(350, 9.3, 9.5)
    phones = agents(made.draw, 14)
    made.add(
        link, "reader", at, agent=[phones[int(n)] for n in made.draw.integers(14, size=350)],
        ip=["203.0.113.7"] * 350, land=["IT"] * 350, referer=[""] * 350, dwell=made.dwell(350),
    )  # fmt: skip
    told, accounts = judged(made, form)
    assert accounts["fair"].verdict != "flagged"
    assert lost(told) <= 0.005


@FORMS
def test_an_office_with_one_make_of_computer_is_counted(form: str) -> None:
    made = campaign()
    link = made.influencer("office")
    made.readers(link, 700)
    desk = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Edg/13{}.0"
    made.add(
        link, "reader", made.after_posts(link, 500), land=["IT"] * 500, referer=[""] * 500,
        agent=[desk.format(int(n)) for n in made.draw.integers(3, size=500)],
        ip=[f"203.0.113.{9 + int(n)}" for n in made.draw.integers(2, size=500)],
        dwell=made.dwell(500),
    )  # fmt: skip
    told, accounts = judged(made, form)
    assert accounts["office"].verdict != "flagged"
    assert lost(told) <= 0.03


DESKS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/1{}.0 Safari/537.36"


def working_hours(made: Maker, many: int) -> list[datetime]:
    """From eight to six on the days of a campaign, whenever its posts came."""
    days = made.draw.integers(0, made.days, many)
    return [
        START + timedelta(days=int(day), hours=8 + 10 * float(made.draw.random())) for day in days
    ]


@FORMS
@pytest.mark.parametrize(("gates", "alike"), [(2, 0.7), (3, 0.8)])
def test_a_campus_behind_few_networks_is_counted_day_after_day(
    form: str, gates: int, alike: float
) -> None:
    made = campaign()
    link = made.influencer("campus")
    made.readers(link, 900)
    many = 1500
    own = [DESKS.format(int(n)) for n in made.draw.integers(20, 60, many)]
    builds = [DESKS.format(n) for n in (31, 32)]
    made.add(
        link, "reader", working_hours(made, many), land=["IT"] * many, referer=[""] * many,
        agent=[
            builds[n % 2] if x < alike else own[n]
            for n, x in enumerate(made.draw.random(many))
        ],
        ip=[f"203.0.{int(n)}.9" for n in made.draw.integers(gates, size=many)],
        dwell=made.dwell(many),
    )  # fmt: skip
    told, accounts = judged(made, form)
    assert accounts["campus"].verdict != "flagged"
    assert lost(told) <= 0.005


def common(made: Maker, pair: list[Link], *, days: int, many: int = 60) -> dict[str, Account]:
    """Judges two influencers whose common readers open both links, on so many days."""
    for link in pair:
        made.readers(link, 500)
    for phone in agents(made.draw, many):
        ip = made.address("IT")
        for day in made.draw.choice(15, days, replace=False):
            at = START + timedelta(days=int(day), hours=float(made.draw.uniform(7, 22)))
            for n, link in enumerate(pair):
                made.add(
                    link, "common", [at + timedelta(minutes=4 * n)], agent=[phone], ip=[ip],
                    land=["IT"], referer=made.referers(1), dwell=made.dwell(1),
                )  # fmt: skip
    return judged(made)[1]


def test_common_readers_of_two_who_post_together_are_counted() -> None:
    made = campaign()
    accounts = common(made, [made.influencer(name) for name in ("ada", "bo")], days=1)
    assert {accounts[name].verdict for name in ("ada", "bo")} == {"clear"}
    assert "click.exchange" not in accounts["ada"].excluded


def test_a_ring_is_told_though_its_members_stay_as_long_as_readers() -> None:
    made = campaign()
    accounts = common(made, [made.influencer(name) for name in ("ada", "bo")], days=6)
    assert {accounts[name].verdict for name in ("ada", "bo")} == {"flagged"}
    assert accounts["ada"].excluded["click.exchange"] > 340


def test_a_crowd_that_all_leave_after_one_second_is_told_by_that_alone() -> None:
    """Everything else is as readers'; many readers leave soon too, but not so many."""
    made = campaign()
    link = made.influencer("crowd")
    made.readers(link, 700)
    made.readers(link, 500, kind="crowd")
    for row in made.rows:
        if row["kind"] == "crowd":
            row["dwell_ms"] = int(made.draw.normal(1100, 120))
    told, accounts = judged(made)
    assert accounts["crowd"].verdict == "flagged"
    assert share_out(told, "crowd") >= 0.95


def test_a_crowd_is_foreign_where_no_evidence_says_whose_readers_come() -> None:
    made = campaign()
    link = made.influencer("crowd", audience=())
    made.readers(link, 700)
    made.crowd(link, 300, made.after_posts(link, 300), sites=0, lands=("EG", "AR"))
    told, accounts = judged(made)
    assert accounts["crowd"].verdict == "flagged"
    assert share_out(told, "crowd") >= 0.95


def test_two_floods_of_few_devices_far_from_the_posts_flag_nobody() -> None:
    made = campaign()
    link = made.influencer("victim", posts=(START + timedelta(days=2),))
    made.readers(link, 700)
    made.farm(link, 200, made.evenly(200, 8, 8.4), models=2, ranges=1, kind="flood")
    made.farm(link, 200, made.evenly(200, 14, 14.3), models=2, ranges=1, kind="flood")
    for n, row in enumerate(made.rows):
        if row["kind"] == "flood":
            row["ip"] = f"203.0.113.{n % 3}"
    _, accounts = judged(made)
    assert accounts["victim"].verdict != "flagged"
    assert accounts["victim"].excluded["click.sabotage"] >= 380


@pytest.mark.parametrize(("begins", "verdict"), [(3.02, "flagged"), (9.0, "clear")])
def test_one_delivery_over_a_day_was_bought_if_it_began_with_the_post(
    begins: float, verdict: str
) -> None:
    made = campaign()
    link = made.influencer("one", posts=(START + timedelta(days=3),))
    made.readers(link, 700)
    made.farm(link, 400, made.evenly(400, begins, begins + 1.2))
    _, accounts = judged(made)
    assert accounts["one"].verdict == verdict
