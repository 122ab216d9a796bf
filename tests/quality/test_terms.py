"""Pay: the closed list, wherever pay could hang on attention, and what an hour comes to."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from campaigns.quality.measures import vocabulary
from campaigns.quality.terms import BadTerms, PayJudgement, judge, of_clause
from tests.quality import pay_words

CLAUSES = yaml.safe_load(Path(__file__).with_name("pay_clauses.yaml").read_text(encoding="utf-8"))
FIXED = {"pay": "fixed", "amount_minor": 100_000, "currency": "EUR"}


def said(kind: str) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in CLAUSES[kind].items() for text in texts]


def families(judged: PayJudgement) -> set[str]:
    return {each.finding.family for each in judged.findings}


@pytest.mark.parametrize(("language", "clause"), said("refused"))
def test_pay_hidden_in_a_clause_is_refused(language: str, clause: str) -> None:
    judged = judge([{**FIXED, "clause": clause}], reader=language)

    assert judged.verdict == "reject"
    for each in judged.findings:
        found = each.finding
        assert clause[found.start : found.end] == found.quote
        assert found.why
        assert found.alternative
        assert found.source


@pytest.mark.parametrize(("language", "clause"), said("allowed"))
def test_an_honest_clause_is_left_alone(language: str, clause: str) -> None:
    assert judge([{**FIXED, "clause": clause}], reader=language).verdict == "accept"


@pytest.mark.parametrize("pay", vocabulary()["allowed"])
def test_everything_on_the_list_may_be_paid(pay: str) -> None:
    term = {"pay": pay, "amount_minor": 5_000, "currency": "EUR"}
    assert judge([FIXED, term]).verdict == "accept"


@pytest.mark.parametrize(("pay", "family"), vocabulary()["refused"].items())
def test_every_known_trick_is_answered_by_its_family(pay: str, family: str) -> None:
    judged = judge([{"pay": pay, "amount_minor": 35, "currency": "EUR"}])
    assert judged.verdict == "reject"
    assert family in families(judged)


@pytest.mark.parametrize("pay", ["wow", "FIXED", "fixed ", "bonus", "fisso", "per_clic", "🪙"])
def test_what_is_not_on_the_list_is_refused_whatever_it_is_called(pay: str) -> None:
    assert judge([{"pay": pay, "amount_minor": 1}]).verdict == "reject"


@pytest.mark.parametrize(
    "field", [{"unit": "click"}, {"per": "1000 views"}, {"item": "followers"}, {"basis": "likes"}]
)
def test_a_measure_in_any_field_is_refused(field: dict[str, str]) -> None:
    assert judge([{**FIXED, **field}]).verdict == "reject"


@pytest.mark.parametrize(
    "formula", ["hours * rate", "max(fee, 300)", "0.5 * amount", "2 * articles"]
)
def test_a_formula_of_time_and_pieces_may_stand(formula: str) -> None:
    assert judge([{**FIXED, "formula": formula}]).verdict == "accept"


def test_a_formula_of_anything_else_is_refused() -> None:
    assert judge([{**FIXED, "formula": "hours * charisma"}]).verdict == "reject"


operators = st.sampled_from(["+", "*", "-", "/", "min({}, 5) +", "max(0, {}) *"])
harmless = st.sampled_from(["hours", "rate", "fee", "10", "0.35", "amount"])


@given(st.lists(harmless, max_size=4), pay_words.any_measure, operators, st.integers(0, 4))
def test_no_generated_formula_with_a_measure_slips_through(
    parts: list[str], measure: str, operator: str, place: int
) -> None:
    parts.insert(min(place, len(parts)), measure.replace(" ", "_"))
    formula = f" {operator.format('fee')} ".join(parts)
    assert judge([{**FIXED, "formula": formula}]).verdict == "reject"


@given(pay_words.honest_formulas)
def test_a_generated_formula_of_work_may_stand(formula: str) -> None:
    assert judge([{**FIXED, "formula": formula}]).verdict == "accept"


@pytest.mark.parametrize("formula", ["0.05 * n", "0.1 * x", "2 * 👁", "fee + 0.01 * v1ews", "ƒ(q)"])
def test_a_formula_of_something_unnamed_is_refused(formula: str) -> None:
    assert judge([{**FIXED, "formula": formula}]).verdict == "reject"


@given(pay_words.refused_clauses)
def test_no_generated_clause_that_hides_a_measure_slips_through(clause: str) -> None:
    judged = judge([{**FIXED, "clause": clause}])
    assert judged.verdict == "reject"
    for each in judged.findings:
        found = each.finding
        assert clause[found.start : found.end] == found.quote


@given(pay_words.refused_formulas)
def test_no_generated_formula_slips_through_as_a_clause(formula: str) -> None:
    for clause in (formula, f"The fee is {formula}.", f"Due reel. Compenso: {formula}"):
        assert judge([{**FIXED, "clause": clause}]).verdict == "reject", clause


@pytest.mark.parametrize(
    "clause",
    [
        "views·0.01",
        "Fee: 200 + 0.35 · views",
        "Compenso: 0,02 € · visualizzazioni",
        "Das Honorar ist Klicks ⋅ 0,05",
        "Cachet : tarif·(vues + 100)",
    ],
)
def test_a_middle_dot_multiplies(clause: str) -> None:
    [found] = judge([{**FIXED, "clause": clause}]).findings
    assert clause[found.finding.start : found.finding.end] == found.finding.quote


@given(pay_words.honest_formulas)
def test_a_formula_of_work_may_stand_in_a_clause(formula: str) -> None:
    assert judge([{**FIXED, "clause": f"The fee is {formula}."}]).verdict == "accept"


@pytest.mark.parametrize(
    "clause",
    [
        "We report likes/comments for information only.",
        "3 posts + 2 stories; likes are not counted.",
        "Fixed fee - likes don't matter.",
        "No pay for *likes* or *views*.",
        "On each post *likes* are left alone.",
        "Three reels (max 60 seconds) + comments answered for two days",
        "2 posts + moderation of comments",
        "Pay never is 0.35 * views.",
        "1 reel · 300 € · likes visible",
        "Follower: 12.500 · Views: 5.000 · 300 €",
        "Cachet 300 €, abonné·e·s bienvenu·e·s",
        "Il rapporto elenca visualizzazioni/like di ogni post, senza effetto sul compenso.",
    ],
)
def test_a_measure_beside_a_sign_is_no_formula(clause: str) -> None:
    assert judge([{**FIXED, "clause": clause}]).verdict == "accept"


@pytest.mark.parametrize("words", ["like ", "views·0.01 fee "])
def test_a_thought_without_an_end_is_read_at_once(words: str) -> None:
    start = process_time()
    of_clause(words * (200_000 // len(words)), "en")
    assert process_time() - start < 10


@given(pay_words.disguised_clauses)
def test_a_disguise_hides_no_measure(clause: str) -> None:
    assert judge([{**FIXED, "clause": clause}]).verdict == "reject"


@given(pay_words.honest_clauses)
def test_a_generated_honest_clause_passes(clause: str) -> None:
    assert judge([{**FIXED, "clause": clause}]).verdict == "accept"


@given(st.lists(pay_words.honest_clauses, max_size=4), pay_words.refused_clauses)
def test_honest_sentences_around_it_hide_nothing(around: list[str], hidden: str) -> None:
    around.insert(len(around) // 2, hidden)
    ended = (each if each.endswith((".", "?")) else f"{each}." for each in around)
    assert judge([{**FIXED, "clause": " ".join(ended)}]).verdict == "reject"


@pytest.mark.parametrize(
    "field",
    [
        {"per_view_minor": 5},
        {"likes": 1_000},
        {"tiers": [{"from": 1_000, "amount_minor": 500}]},
        {"bonus": {"metric": "saves"}},
        {"note": "plus 1 € per like"},
        {"description": "1 € je Klick"},
        {"unit": "app installs"},
        {"per": "1000 𝐯𝐢𝐞𝐰𝐬"},
    ],
)
def test_a_measure_hides_in_no_other_field(field: dict[str, Any]) -> None:
    assert judge([{**FIXED, **field}]).verdict == "reject"


@pytest.mark.parametrize(
    "field",
    [
        {"note": "Likes are reported, never paid."},
        {"description": "Answers to readers' comments"},
        {"unit": "article", "quantity": 3},
        {"per": "day of filming"},
    ],
)
def test_work_may_be_described_in_any_field(field: dict[str, Any]) -> None:
    assert judge([{**FIXED, **field}]).verdict == "accept"


@pytest.mark.parametrize(
    ("term", "hourly"),
    [
        ({"pay": "per_action", "amount_minor": 1, "seconds": 20}, 180),
        ({"pay": "per_action", "amount_minor": 3, "seconds": 60}, 180),
        ({"pay": "fixed", "amount_minor": 100_000, "declared_hours": 16}, 6250),
        ({"pay": "deliverable", "amount_minor": 5_000, "quantity": 3, "declared_hours": 10}, 1500),
        ({"pay": "hour", "amount_minor": 2_500}, 2500),
        ({"pay": "day", "amount_minor": 20_000}, 2500),
        ({"pay": "fixed", "amount_minor_min": 9, "amount_minor_max": 90, "declared_hours": 1}, 9),
        ({"pay": "traffic_share", "average_weekly_minor": 3, "declared_hours_weekly": 3}, 1),
        ({"pay": "fixed", "amount_minor": 100}, None),
    ],
)  # fmt: skip
def test_what_a_term_comes_to_an_hour(term: dict[str, Any], hourly: int | None) -> None:
    assert judge([term]).hourly_minor == (hourly,)


def test_below_the_floor_is_refused_and_at_the_floor_is_not() -> None:
    term = {**FIXED, "amount_minor": 12_000, "declared_hours": 10}
    assert judge([term], floor_hourly_minor=1200).verdict == "accept"
    assert families(judge([term], floor_hourly_minor=1201)) == {"pay.below_floor"}


def test_a_commission_on_sales_only_comes_on_top_of_fair_pay() -> None:
    commission = {"pay": "commission", "percent": 10, "unit": "sale"}
    low = {**FIXED, "amount_minor": 100, "declared_hours": 10}
    assert families(judge([commission])) == {"pay.commission_alone"}
    assert "pay.commission_alone" in families(judge([low, commission], floor_hourly_minor=1200))
    assert judge(
        [{**FIXED, "declared_hours": 10}, commission], floor_hourly_minor=1200
    ).verdict == ("accept")
    assert judge([FIXED, {**commission, "unit": "click"}]).verdict == "reject"
    assert judge([FIXED, {**commission, "unit": "smile"}]).verdict == "reject"


def test_hours_that_nobody_declared_meet_no_floor() -> None:
    commission = {"pay": "commission", "percent": 10, "unit": "sale"}
    assert judge([FIXED, commission]).verdict == "accept"
    assert "pay.commission_alone" in families(judge([FIXED, commission], floor_hourly_minor=1200))


def test_an_installation_may_forbid_commissions() -> None:
    terms = [{**FIXED, "declared_hours": 10}, {"pay": "commission", "percent": 10, "unit": "sale"}]
    judged = judge(terms, floor_hourly_minor=1200, commission=False)
    assert families(judged) == {"pay.not_listed"}
    assert [each.term for each in judged.findings] == [1]


def test_reasons_are_said_in_the_readers_language() -> None:
    by_reader = {
        reader: judge([{"pay": "per_click", "amount_minor": 1}], reader=reader)
        .findings[0]
        .finding.why
        for reader in ("en", "it", "fr", "xx")
    }
    assert len(set(by_reader.values())) == 3
    assert by_reader["xx"] == by_reader["en"]


@pytest.mark.parametrize(
    "term",
    [
        "fixed",
        {},
        {"pay": 3},
        {"pay": " "},
        {"pay": "fixed", "amount_minor": -1},
        {"pay": "fixed", "amount_minor": 1.5},
        {"pay": "fixed", "amount_minor": True},
        {"pay": "fixed", "amount_minor": 10**13},
        {"pay": "fixed", "amount_minor": "100"},
        {"pay": "fixed", "percent": -1},
        {"pay": "fixed", "seconds": float("inf")},
        {"pay": "fixed", "clause": "x" * 20_001},
    ],
)
def test_a_term_that_cannot_be_read_is_named(term: Any) -> None:
    with pytest.raises(BadTerms, match=r"terms\[0\]"):
        judge([term])


@given(st.text(max_size=300))
def test_any_clause_is_judged_and_quoted_exactly(clause: str) -> None:
    for each in judge([{**FIXED, "clause": clause, "unit": clause}]).findings:
        found = each.finding
        assert clause[found.start : found.end] == found.quote


def test_every_rule_speaks_three_languages_and_names_its_source() -> None:
    for rule in vocabulary()["rules"].values():
        assert rule["source"]
        for part in ("why", "alternative"):
            assert set(rule[part]) >= {"en", "it", "fr"}
