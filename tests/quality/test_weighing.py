"""The model may take a refusal from the machine, and let a find go; it never makes one graver."""

import pytest

from campaigns.quality.text import judge, resemblance
from campaigns.quality.text.rulebook import rulebook
from campaigns.quality.text.search import found_by_rules
from campaigns.quality.text.weighing import Bars, Place, weighed
from campaigns.quality.values import Severity

BARS = Bars(sure=1.0, plain={"reject": -2.0, "review": -1.0})


def place(rule: str = "engagement.exchange.act_back", severity: Severity = "reject") -> Place:
    return Place(rule, 0, 5, severity, "")


@pytest.mark.parametrize(
    ("severity", "score", "becomes"),
    [
        ("reject", 1.0, ["reject"]),
        ("reject", 0.9, ["review"]),
        ("reject", -2.0, ["review"]),
        ("reject", -2.1, []),
        ("review", 3.0, ["review"]),
        ("review", -1.0, ["review"]),
        ("review", -1.1, []),
    ],
)
def test_a_find_weighs_what_the_whole_text_speaks_for(
    severity: Severity, score: float, becomes: list[str]
) -> None:
    assert [
        each.severity for each in weighed([place(severity=severity)], lambda passage: score, BARS)
    ] == becomes


@pytest.mark.parametrize(
    "rule",
    [
        "audience.sensitive_trait.selected",
        "content.political_review.election",
        "platform.rule_broken.second_account",
        "platform.lookalike_domain.of_a_platform",
    ],
)
def test_what_the_model_was_not_taught_it_does_not_weigh(rule: str) -> None:
    assert weighed([place(rule)], lambda passage: -9.0, BARS) == [place(rule)]


def test_the_bars_kept_with_the_model_stand_in_order() -> None:
    model = resemblance.model(rulebook().lexicon)
    assert model is not None
    assert max(model.bars.plain.values()) < model.bars.sure


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The parlour offered him a free shave for five stars; it has a wobbly chair.", "post"),
        ("For the 50th anniversary of the bakery all employees may buy shares.", "post"),
        ("Il cliente è timido. La visita è pagata 200 euro in ogni caso.", "brief"),
    ],
)
def test_a_rule_alone_does_not_refuse_what_reads_otherwise(words: str, kind: str) -> None:
    [found] = found_by_rules([(words, kind)])
    assert "reject" in {each.severity for each in found}
    assert judge(words, kind=kind).verdict != "reject"


def test_other_paragraphs_make_no_find_lighter() -> None:
    bought = "Paghiamo 0,10 euro per ogni clic e per ogni condivisione del post."
    honest = "Il forno apre alle sei. Chi passa trova il pane di segale e una panca al sole."
    assert judge("\n\n".join([honest, bought, honest]), kind="brief").verdict == "reject"


def test_a_find_in_what_sells_a_gesture_is_refused() -> None:
    assert judge("Follow me and I'll follow you back, like for like", kind="post").verdict == (
        "reject"
    )
