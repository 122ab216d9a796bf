"""Assembling a report, and the rule that no number stands alone."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.reports import figures, report
from campaigns.reports.figures import NOT_MEASURED, WITHHELD, BareNumber, Source
from campaigns.reports.values import ClassFacts, ClickFacts, MoneyFacts
from tests.reports.made import MONEY, NOW, facts, look, posts


def figure(value: int = 3) -> Any:
    return Source("ledger", NOW).count(value, "counted by hand")


def value(node: Any) -> int:
    assert figures.is_figure(node)
    return int(node["value"])


def test_a_report_says_what_the_pioneers_did() -> None:
    body = report.assemble(facts())

    done, paid, labels = body["done"], body["paid"], body["disclosure"]
    assert value(done["mechanic_versions"]) == 4
    assert value(done["amendments"]) == 3
    assert value(done["on_last_version"]["consent"]) == 10
    assert value(paid["creators_share"]) == 6667
    assert value(paid["hourly"]) == 6250
    assert value(paid["balance"]) == 0
    assert {name: value(n) for name, n in labels["first"].items()} == {
        "sufficient": 9,
        "misplaced": 1,
    }
    assert {name: value(n) for name, n in labels["last"].items()} == {"sufficient": 10}
    assert value(body["clicks"]["raw"]) == 9_493
    assert value(body["clicks"]["unique"]) == 7_589
    assert value(body["clicks"]["counted"]) == 6_212
    assert [(each["reason"], value(each["clicks"])) for each in body["clicks"]["excluded"]] == [
        ("click.datacentre", 1_000),
        ("click.crawler", 377),
    ]
    assert [each["day"] for each in body["clicks"]["days"]] == ["2026-03-10", "2026-03-12"]


def test_clicks_nobody_judged_yet_are_not_counted() -> None:
    body = report.assemble(facts(clicks=ClickFacts(raw=12, unique=9)))

    assert (value(body["clicks"]["raw"]), value(body["clicks"]["unique"])) == (12, 9)
    assert body["clicks"]["counted"] == NOT_MEASURED
    assert body["clicks"]["days"] == []


def test_every_number_of_a_report_says_where_it_is_from() -> None:
    body = report.assemble(facts())

    assert list(figures.bare_numbers(body)) == []
    assert json.loads(json.dumps(body)) == body


@pytest.mark.parametrize(
    ("node", "place"),
    [
        ({"paid": 3}, "report.paid"),
        ({"paid": 0.5}, "report.paid"),
        ({"paid": [figure(), 3]}, "report.paid[1]"),
        ({"paid": {"value": 3}}, "report.paid"),
        ({"paid": {**figure(), "source": " "}}, "report.paid"),
        ({"paid": {**figure(), "value": 1.5}}, "report.paid"),
        ({"paid": {**figure(), "value": True}}, "report.paid"),
        ({"paid": {k: v for k, v in figure().items() if k != "at"}}, "report.paid"),
    ],
)
def test_a_bare_number_is_refused(node: dict[str, Any], place: str) -> None:
    assert list(figures.bare_numbers(node)) == [place]
    with pytest.raises(BareNumber, match=place.replace("[", r"\[")):
        figures.check(node)


@pytest.mark.parametrize("node", [{"paid": figure()}, {"paid": NOT_MEASURED}, {"waived": True}])
def test_what_has_its_source_or_is_no_number_passes(node: dict[str, Any]) -> None:
    assert list(figures.bare_numbers(node)) == []
    figures.check(node)


@given(st.recursive(st.integers() | st.floats(), lambda inner: st.lists(inner, min_size=1)))
def test_a_bare_number_is_found_however_deep_it_lies(node: Any) -> None:
    assert list(figures.bare_numbers({"a": figure(), "b": {"c": node}}))


def test_what_nobody_measured_is_said_and_never_zero() -> None:
    unpaid = MoneyFacts(received_minor=0, open_dues=0, balance_minor=0)

    body = report.assemble(facts(clicks=None, money=unpaid, brief=None, rounds=(), posts=()))

    assert body["clicks"] == {
        "raw": NOT_MEASURED,
        "unique": NOT_MEASURED,
        "counted": NOT_MEASURED,
        "excluded": [],
        "days": [],
        "rule_set": "",
    }
    assert body["paid"]["creators_share"] == NOT_MEASURED
    assert body["paid"]["hourly"] == NOT_MEASURED
    assert body["asked"] == {}
    assert value(body["done"]["mechanic_versions"]) == 0


def test_the_pay_of_fewer_than_three_is_withheld() -> None:
    merged = MoneyFacts(
        received_minor=1_500_000,
        open_dues=0,
        balance_minor=None,
        classes=(ClassFacts(("creators", "costs"), 1_200_000, with_rest=True),),
        agreements=2,
        fees_minor=200_000,
        hours=32,
    )

    paid = report.assemble(facts(money=merged))["paid"]

    assert paid["creators_share"] == paid["hourly"] == paid["balance"] == WITHHELD
    assert paid["classes"][0]["kinds"] == ["creators", "costs"]
    assert paid["classes"][0]["paid"] == paid["classes"][0]["share"] == WITHHELD


def test_a_class_of_three_stands_alone() -> None:
    paid = report.assemble(facts(money=MONEY))["paid"]

    assert [each["kinds"] for each in paid["classes"]] == [["creators"], ["agency"], ["costs"]]
    assert value(paid["classes"][0]["paid"]) == 1_000_000


def test_a_post_nobody_has_read_is_counted_as_unread() -> None:
    unread = posts()[0].__class__(
        by="Blog 1", url="https://a.example/", platform="blog", published_on=NOW.date()
    )

    labels = report.assemble(facts(posts=(unread,)))["disclosure"]

    assert value(labels["unchecked"]) == 1
    assert labels["first"] == {}
    assert labels["posts"][0]["last"] is None


@pytest.mark.parametrize("level", report.PROOFS)
def test_levels_of_proof_stay_apart(level: str) -> None:
    post = posts()[0]
    known = look("sufficient", "conforming")
    known = known.__class__(**{**vars(known), "proof": level})

    proofs = report.assemble(facts(posts=(post.__class__(**{**vars(post), "last": known}),)))[
        "disclosure"
    ]["proofs"]

    assert {name: value(n) for name, n in proofs.items()} == {
        each: int(each == level) for each in report.PROOFS
    }


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "cleared"),
        ({"cleared_at": None, "cleared_on": None}, "open"),
        ({"cleared_at": None, "cleared_on": None, "gone": True}, "author_left"),
    ],
)
def test_an_objection_says_how_it_ended(changes: dict[str, Any], state: str) -> None:
    objection = facts().objections[0]
    ended = objection.__class__(**{**vars(objection), **changes})

    assert report.assemble(facts(objections=(ended,)))["done"]["objections"][0]["state"] == state


def test_two_readings_of_the_same_facts_say_the_same() -> None:
    now, later = facts(), facts(at=NOW + timedelta(days=1))

    assert report.assemble(now) != report.assemble(later)
    assert report.substance(report.assemble(now)) == report.substance(report.assemble(later))


def test_another_reply_is_another_report() -> None:
    silent = facts(replies=())

    assert report.substance(report.assemble(facts())) != report.substance(report.assemble(silent))


def test_a_click_never_stands_among_payments() -> None:
    assert "click" not in json.dumps(report.assemble(facts())["paid"])
