"""The check of words on texts of the project's own, in five languages."""

from pathlib import Path

import pytest
import yaml

from campaigns.quality import training
from campaigns.quality.text import LONGEST, TooLong, judge, judge_many
from campaigns.quality.text.languages import language_of

HERE = Path(training.__path__[0])
LANGUAGES = ("en", "it", "fr", "es", "de")


def texts(name: str, label: str) -> list[str]:
    found: list[str] = yaml.safe_load((HERE / f"texts_{name}.yaml").read_text())[label]
    return found


@pytest.mark.parametrize("words", [t for each in LANGUAGES for t in texts(each, "bad")])
def test_what_is_given_for_a_gesture_is_found(words: str) -> None:
    assert judge(words, kind="post").verdict != "accept"


@pytest.mark.parametrize("words", [t for each in LANGUAGES for t in texts(each, "honest")])
def test_an_honest_text_is_accepted(words: str) -> None:
    assert judge(words, kind="post").findings == ()


@pytest.mark.parametrize("words", texts("disguised", "bad"))
def test_a_disguise_is_seen_through(words: str) -> None:
    assert judge(words, kind="post").verdict != "accept"


@pytest.mark.parametrize("words", texts("disguised", "honest"))
def test_odd_letters_alone_are_no_offence(words: str) -> None:
    assert judge(words, kind="comment").findings == ()


@pytest.mark.parametrize(
    "case", yaml.safe_load((HERE / "texts_plans.yaml").read_text())["bad"], ids=lambda c: c["text"]
)
def test_a_plan_is_found_in_its_family(case: dict[str, str]) -> None:
    found = judge(case["text"], kind="mechanic").findings
    assert case["family"] in [finding.family for finding in found]


@pytest.mark.parametrize("words", texts("plans", "honest"))
def test_an_honest_plan_is_accepted(words: str) -> None:
    assert judge(words, kind="mechanic").findings == ()


@pytest.mark.parametrize("words", texts("reports", "honest"))
def test_writing_about_the_practice_is_accepted(words: str) -> None:
    assert judge(words, kind="post").verdict == "accept"


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_thirty_texts_of_each_kind_a_language(language: str) -> None:
    assert len(set(texts(language, "bad"))) >= 30
    assert len(set(texts(language, "honest"))) >= 30


def test_political_content_goes_to_a_person() -> None:
    judged = judge("Le site officiel de la primaire", kind="brief")
    assert judged.verdict == "review"
    assert judged.findings[0].family == "content.political_review"


def test_a_post_that_says_where_to_vote_is_accepted() -> None:
    words = "Où voter dimanche ? Le bureau le plus proche est ici : https://primaire.example/b"
    assert judge(words, kind="post").verdict == "accept"


def test_a_post_of_a_campaign_may_say_what_a_plan_may_not() -> None:
    assert judge("Sostengo la candidata alle elezioni", kind="post").verdict == "accept"


def test_the_reader_chooses_the_language_of_the_reasons() -> None:
    words = "Follow me and I'll follow back"
    why = {
        each: judge(words, kind="post", reader=each).findings[0].why for each in ("en", "it", "fr")
    }
    assert len(set(why.values())) == 3


def test_reasons_come_in_the_language_of_the_text_and_else_in_english() -> None:
    italian = judge("Seguimi e ti seguo", kind="post", lang="it").findings[0].why
    spanish = judge("Sígueme y te sigo", kind="post", lang="es").findings[0].why
    english = judge("Seguimi e ti seguo", kind="post", lang="en").findings[0].why
    assert italian != english
    assert spanish == english


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("La ricetta completa è al collegamento qui sotto", "it"),
        ("La recette complète se trouve derrière le lien", "fr"),
        ("The full recipe is behind the link below", "en"),
        ("La receta completa está en el enlace de abajo", "es"),
        ("Das ganze Rezept steht hinter dem Link", "de"),
        ("", "en"),
        ("12345 !!!", "en"),
    ],
)
def test_the_language_is_guessed(words: str, lang: str) -> None:
    assert language_of(words) == lang


def test_a_refusal_reaches_over_its_own_sentence_only() -> None:
    asked = "Like this and win 50 euros."
    assert judge(f"Scams are banned here. {asked}", kind="post").verdict != "accept"
    assert judge(f"Banned here: {asked}", kind="post").verdict == "accept"


def test_a_text_beyond_the_limit_is_refused_whole() -> None:
    with pytest.raises(TooLong):
        judge("a" * (LONGEST + 1), kind="post")


def test_many_are_judged_one_by_one_in_order() -> None:
    endless = ((f"Seguimi e ti seguo {n}", "post") for n in iter(int, 1))
    judged = judge_many(endless)
    assert [next(judged).verdict for _ in range(3)] == ["reject"] * 3


def test_a_finding_as_a_dict_has_what_an_answer_needs() -> None:
    found = judge("Seguimi e ti seguo", kind="post").findings[0].as_dict()
    assert list(found) == [
        "rule", "family", "severity", "start", "end",
        "quote", "why", "alternative", "source", "redress",
    ]  # fmt: skip


def test_an_imitated_domain_is_refused_and_a_borrowed_one_read_by_a_person() -> None:
    assert judge("instagrarn.example", kind="link").verdict == "reject"
    assert judge("instagram.promo-mulino.example", kind="link").verdict == "review"
