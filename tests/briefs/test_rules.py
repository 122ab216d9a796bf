from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.briefs import rules
from tests.briefs.scene import CLEAR

ANSWERS = CLEAR.as_dict()


def reasons(**changed: str) -> dict[str, str]:
    return {each.question: each.reason for each in rules.unclear(ANSWERS | changed)}


def test_a_clear_brief_leaves_nothing_open() -> None:
    assert reasons() == {}


@pytest.mark.parametrize("words", ["", "   ", "\n", "…!?", "—"])
def test_an_empty_answer_is_asked_back(words: str) -> None:
    assert reasons(why=words) == {"why": "empty"}


@pytest.mark.parametrize(
    "words",
    [
        "Chi cucina ogni giorno e ne scrive",
        "chi cucina, ogni giorno: e ne scrive!",
        "CHI CUCINA OGNI GIÒRNO E NE SCRIVE",
    ],
)
def test_an_answer_that_repeats_another_is_circular(words: str) -> None:
    assert reasons(what=words) == {"what": "circular"}


@pytest.mark.parametrize(
    "words",
    [
        "more clicks",
        "As many likes as possible",
        "più visualizzazioni possibile",
        "Avere tanti Mi piace",
        "plus de vues et de partages",
    ],
)
def test_an_answer_that_only_counts_is_asked_back(words: str) -> None:
    assert reasons(why=words) == {"why": "only_numbers"}


@pytest.mark.parametrize(
    "words",
    [
        "Far capire che le farine antichi reggono, non solo avere più vendite",
        "More people should know how to bake it",
        "Les abonnés demandent comment l'utiliser",
    ],
)
def test_counting_beside_a_reason_is_clear(words: str) -> None:
    assert reasons(why=words) == {}


@given(st.dictionaries(st.sampled_from(rules.QUESTIONS), st.text()))
def test_any_answers_are_asked_back_once_each_in_order(answers: dict[str, str]) -> None:
    found = [each.question for each in rules.unclear(answers)]
    assert found == [name for name in rules.QUESTIONS if name in found]
    assert {name for name in rules.QUESTIONS if not answers.get(name, "").strip()} <= set(found)


def test_the_highest_floor_of_the_jurisdictions_counts() -> None:
    found = rules.floor_for(["FR", "DE", "IT"], "EUR", date(2026, 11, 1))
    assert found is not None
    assert (found.hourly_minor, found.currency) == (1_390, "EUR")
    assert not found.verified


@pytest.mark.parametrize(
    ("jurisdictions", "currency", "on"),
    [
        (["IT"], "EUR", date(2026, 11, 1)),
        (["FR"], "CHF", date(2026, 11, 1)),
        (["FR"], "EUR", date(2025, 12, 31)),
        ([], "EUR", date(2026, 11, 1)),
    ],
)
def test_no_floor_without_a_row_in_force(jurisdictions: list[str], currency: str, on: date) -> None:
    assert rules.floor_for(jurisdictions, currency, on) is None


def test_every_floor_names_its_source() -> None:
    for row in rules._yaml("floors.yaml")["floors"]:
        assert row["source"]
        assert row["hourly_minor"] > 0
