"""The rules as data: every fact has a source, every text three languages, every name a rule."""

from datetime import date

import pytest

from disclosures.rules import UnknownJurisdiction, expanded, jurisdictions, rulebook


def test_italy_and_france_have_rules() -> None:
    assert {"IT", "FR"} <= set(jurisdictions())


def test_an_unknown_jurisdiction_names_the_known_ones() -> None:
    with pytest.raises(UnknownJurisdiction, match="IT"):
        rulebook("XX")


@pytest.mark.parametrize("code", jurisdictions())
def test_every_rule_is_said_in_three_languages_and_has_a_source(code: str) -> None:
    for rule in rulebook(code).rules.values():
        assert all(rule.text.get(language) for language in ("en", "it", "fr")), rule.id
        assert rule.source.title


@pytest.mark.parametrize("code", jurisdictions())
def test_every_wording_names_rules_that_exist(code: str) -> None:
    book = rulebook(code)
    for wording in book.wordings:
        named = {*wording.rules, *wording.hashtag_rules, *wording.otherwise}
        assert named <= set(book.rules), wording.words


@pytest.mark.parametrize("code", jurisdictions())
def test_every_relationship_has_a_duty_today(code: str) -> None:
    book = rulebook(code)
    for duties in book.duties.values():
        assert any(book.first_in_force(d.rules, date(2026, 11, 21)) for d in duties)


def test_choices_are_spelt_out() -> None:
    assert expanded("(un |)promoss[oa] x?") == [
        ("un", "promosso", "x"),
        ("un", "promosso"),
        ("un", "promossa", "x"),
        ("un", "promossa"),
        ("promosso", "x"),
        ("promosso",),
        ("promossa", "x"),
        ("promossa",),
    ]
