"""What a text lists under "not wanted" is refused by the heading, and by it alone."""

import pytest

from campaigns.briefs.values import Answers
from campaigns.quality.text import judge
from campaigns.quality.text.headings import heading, not_wanted


@pytest.mark.parametrize(
    ("language", "listed"),
    [
        ("en", "Like for like, paid reviews.\nFollow trains, prizes for sharing."),
        ("it", "Like per like, recensioni a pagamento.\nPremi a chi condivide."),
        ("fr", "Like pour like, avis achetés.\nDes cadeaux à qui partage."),
    ],
)
def test_a_list_of_what_is_not_wanted_is_not_accused(language: str, listed: str) -> None:
    refused = Answers(what="Pane", not_wanted=listed).as_text(language)
    wanted = Answers(what="Pane", how=listed).as_text(language)

    assert judge(refused, kind="brief").verdict == "accept"
    assert judge(wanted, kind="brief").verdict != "accept"


def test_the_heading_reaches_to_the_next_blank_line_only() -> None:
    text = "Not wanted: like for like.\n\nHow: like for like, every day."
    judged = judge(text, kind="brief")
    assert judged.findings
    assert all(finding.start > text.index("How") for finding in judged.findings)


def test_a_blank_line_in_the_answer_does_not_end_what_it_refuses() -> None:
    answers = Answers(not_wanted="Like for like.\n\nPaid reviews, ever.")
    assert judge(answers.as_text("en"), kind="brief").verdict == "accept"


def test_people_chosen_by_what_they_are_stay_refused_under_it() -> None:
    text = "Non vogliamo: persone di una certa religione, donne incinte"
    assert "audience.sensitive_trait" in {f.family for f in judge(text, kind="brief").findings}


def test_every_language_we_write_has_its_heading() -> None:
    for language in ("en", "it", "fr"):
        assert not_wanted(f"{heading(language)} tutto") == [(0, len(heading(language)) + 6)]
    assert heading("xx") == heading("en")
