"""One door to words: those about pay are read as clauses."""

import pytest

from campaigns.quality import evaluation, hints
from campaigns.quality.reading import judge

PAYS = "Il compenso è di 2 € per ogni 100 mi piace."


def test_a_clause_is_read_only_in_words_about_pay() -> None:
    words = "CPC 0.35 EUR, billed monthly."
    assert judge(words, kind="terms").verdict != "accept"
    assert judge(words, kind="brief").verdict == "accept"


@pytest.mark.parametrize("words", ["The fee is 50 € per 1,000 views.", PAYS])
def test_pay_by_numbers_is_refused(words: str) -> None:
    assert judge(words, kind="terms").verdict == "reject"


def test_honest_words_far_away_make_nothing_lighter() -> None:
    calm = "The agency sends the report within ten days of delivery.\n\n" * 20
    assert judge(f"{calm}{PAYS}\n\n{calm}", kind="terms").verdict == "reject"


def test_the_same_is_said_everywhere() -> None:
    words = "CPC 0.35 EUR, billed monthly."
    row = evaluation.Text(words, "en", "incentivised", "", "terms")
    assert evaluation.evaluate([row]).errors == []
    said = hints.hints(words, kind="terms", of="text", language="en", reader="en")
    assert [each["severity"] for each in said] == ["reject"]


@pytest.mark.parametrize(("reader", "why"), [(None, "buys"), ("en", "buys"), ("it", "compra")])
def test_reasons_are_in_the_language_of_the_reader(reader: str | None, why: str) -> None:
    found = judge("CPM 4 €.", kind="terms", lang="en", reader=reader).findings
    assert any(why in each.why for each in found)
