"""Findings in figures: every sentence in every language, the same shape as every other finding."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from campaigns.quality.crowds import handed_in, series
from campaigns.quality.crowds.rules import LANGUAGES, Figure, Found, rules, told
from campaigns.quality.judging import judge
from campaigns.quality.material import check_readable
from campaigns.quality.models import Submission
from campaigns.quality.states import CheckStatus
from campaigns.quality.values import Finding
from campaigns.quality.wording import TITLES, worded
from config.kernel.errors import InvalidInput
from influencers.figures import Day
from tests.influencers.courses import grown, lifted, with_posts
from tests.quality.crowds.contests import as_lines, contest, piloted

BOUGHT = "day,followers,active_percent\n2026-03-02,4100,\n2026-03-04,6600,1"
VOICES = [
    {"account_age_days": 1, "text": "Che meraviglia, ho votato anche oggi! Votate tutti qui"},
    {"account_age_days": 1, "text": "Che meraviglia!! ho votato anche oggi, votate tutti qui"},
    {"account_age_days": 2, "text": "che meraviglia ho votato anch'io oggi votate tutti qui"},
    {"account_age_days": 900, "text": "Io ci metterei meno zucchero, ma la foto è bellissima"},
]
PILOTED = as_lines(piloted())
LIST = "\n".join(json.dumps(each, ensure_ascii=False) for each in VOICES)
FIGURES: dict[str, Figure] = {
    "start": "2026-03-02", "end": "2026-03-04", "jump_on": "2026-02-01",
    "at": "2026-05-04T03:00:00+02:00", "entry": "La torta di Ada", "network": "203.0.113.0/24",
    "country": "VN", "times": 14.2, "age": 1.5,
}  # fmt: skip


def some(rule: str) -> dict[str, Figure]:
    """A figure for every place in the rule's sentences."""
    texts = [
        *rules()[rule].why.values(),
        *(t for a in rules()[rule].also.values() for t in a.values()),
    ]
    names = {name for text in texts for name in re.findall(r"{(\w+)", text)}
    return {name: FIGURES.get(name, 1234) for name in names}


@pytest.mark.parametrize("rule", rules())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_says_its_figures_in_every_language(rule: str, language: str) -> None:
    said = told(rule, some(rule), language)

    assert "{" not in said
    assert said.endswith(".")
    assert "!" not in said
    grouped = {"en": "1,234", "it": "1.234", "fr": "1\u202f234"}[language]
    assert grouped in said or "1234" not in str(some(rule))


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_a_rule_speaks_of_the_same_figures_to_every_reader(rule: Any) -> None:
    places = {language: sorted(re.findall(r"{[^}]+}", text)) for language, text in rule.why.items()}
    assert places["en"] == places["it"] == places["fr"]
    assert rule.alternative.keys() == set(LANGUAGES)
    assert re.search(r"\b(19|20)\d\d\b", rule.source)
    assert rule.family in TITLES


def test_a_bought_package_is_shown_in_figures_and_never_rejected() -> None:
    found = handed_in.of_series(BOUGHT)

    rows = {each.rule.rsplit(".", 1)[1]: each.as_row("fr") for each in found}
    assert set(rows) == {"jump", "few_active"}
    jump = rows["jump"]
    assert (jump["figures"]["before"], jump["figures"]["after"]) == (4_100, 6_600)
    assert jump["severity"] == "review"
    assert (
        BOUGHT[jump["start"] : jump["end"]]
        == jump["quote"]
        == "2026-03-02,4100,\n2026-03-04,6600,1"
    )
    assert "4\u202f100" in jump["why"]
    assert "2 mars 2026" in jump["why"]


def test_a_row_has_what_every_finding_has() -> None:
    row = handed_in.of_series(BOUGHT)[0].as_row("en")

    assert {each.name for each in fields(Finding)} < row.keys()
    json.dumps(row)


def test_a_documented_jump_is_no_finding() -> None:
    told_of = BOUGHT.replace("active_percent", "event").replace(",6600,1", ",6600,Fiera del pane")

    assert handed_in.of_series(told_of) == []


def test_falls_and_flat_reactions_are_told() -> None:
    days = with_posts(lifted(grown(3), at=60, by=3_000), 3, likes=500, spread=0.01)
    days = lifted(days, at=110, by=-1_200)

    names = [each.rule.rsplit(".", 1)[1] for each in series.judge(days)]

    assert names == ["jump", "fall", "flat"]


def test_a_fall_that_its_owner_explained_is_no_finding() -> None:
    days = lifted(lifted(grown(3), at=60, by=3_000), at=110, by=-1_200)
    days = [replace(day, event="Ho chiuso il profilo gemello") if nth in (60, 110) else day
            for nth, day in enumerate(days)]  # fmt: skip

    assert series.judge(days) == []


def test_others_of_the_campaign_are_the_reference() -> None:
    days = with_posts(grown(1, start=30_000), 1, likes=60)
    others = [with_posts(grown(n, start=n * 6_000), n, likes=n * 12) for n in range(2, 12)]

    assert [each.rule.rsplit(".", 1)[1] for each in series.judge(days)] == ["few_reacting"]
    assert series.judge(days, others=others) == []


def test_a_list_of_comments_is_one_finding_a_group_with_its_members() -> None:
    (found,) = handed_in.of_comments(LIST)

    assert found.members == (0, 1, 2)
    assert found.quote == VOICES[0]["text"]
    assert (found.figures["comments"], found.figures["accounts"], found.figures["age"]) == (3, 3, 1)
    assert "Post" not in told(found.rule, found.figures, "en")


def submission(kind: str, words: str) -> Submission:
    return Submission(kind=kind, words=words, language="it")


@pytest.mark.parametrize(
    ("kind", "words", "family"),
    [
        ("series", BOUGHT, "audience.unexplained"),
        ("comment", LIST, "identity.sock_puppets"),
        ("votes", PILOTED, "engagement.vote_piloting"),
    ],
)
def test_a_series_and_a_list_of_comments_or_votes_go_to_a_person(
    kind: str, words: str, family: str
) -> None:
    judged = judge(submission(kind, words))

    assert judged.status == CheckStatus.REVIEW
    assert family in {row["family"] for row in judged.findings}


def test_the_one_who_speaks_in_an_old_account_of_their_own_is_left_alone() -> None:
    about = {
        number for row in judge(submission("comment", LIST)).findings for number in row["members"]
    }

    assert about == {0, 1, 2}


def test_an_honest_contest_is_accepted() -> None:
    assert judge(submission("votes", as_lines(contest()))).status == CheckStatus.ACCEPTED


def test_an_ordinary_series_is_accepted() -> None:
    words = "\n".join(f"{day.day},{day.followers}" for day in grown(7))

    assert judge(submission("series", words)).status == CheckStatus.ACCEPTED


def test_each_comment_of_a_list_is_read_by_the_rules_of_words_too() -> None:
    lines = [
        *VOICES[3:],
        {"text": 'Follow me and I follow "back", sub4sub'},
        {"text": "F4F? sub4sub"},
    ]
    words = "\n".join(json.dumps(each, ensure_ascii=False) for each in lines)

    judged = judge(submission("comment", words))

    assert judged.status == CheckStatus.REJECTED
    assert {number for row in judged.findings for number in row["members"]} == {1, 2}
    for row in judged.findings:
        assert words[row["start"] : row["end"]] == row["quote"]


def test_one_comment_alone_is_read_as_words() -> None:
    assert judge(submission("comment", str(VOICES[0]["text"]))).status == CheckStatus.ACCEPTED


def test_the_sentence_follows_its_reader() -> None:
    rows = judge(submission("series", BOUGHT)).findings

    for language, month in (("en", "March"), ("it", "marzo"), ("fr", "mars")):
        (first, *_) = worded(rows, language)
        assert month in first["why"]
        assert first["title"]
        assert first["redress"] == worded(rows, language)[0]["redress"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("series", "2026-03-02;many"),
        ("series", ""),
        ("comment", LIST + '\n{"text": 3}'),
        ("votes", ""),
        ("votes", PILOTED + "\n3"),
        ("post", "Pane. " * 4_000),
        ("link", "Pane. " * 4_000),
        ("terms", "Pane. " * 4_000),
    ],
)
def test_what_can_t_be_read_is_refused_with_its_line(kind: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_readable(kind=kind, words=words)
    assert list(refused.value.facts["fields"]) == ["words"]


@pytest.mark.parametrize(
    ("kind", "words", "families"),
    [
        ("series", BOUGHT, {"audience.unexplained"}),
        ("comment", LIST, {"identity.sock_puppets"}),
        ("votes", PILOTED, {"engagement.vote_piloting"}),
        ("comment", "{ una parentesi", set()),
        ("post", "2026-03-02;many", set()),
        ("post", "x" * 20_000, set()),
        ("votes", as_lines(contest()), set()),
        ("clicks", '{"ts": 1}\n' * 4_000, set()),
    ],
)
def test_what_can_be_read_passes_and_is_judged_by_its_kind(
    kind: str, words: str, families: set[str]
) -> None:
    check_readable(kind=kind, words=words)

    assert {row["family"] for row in judge(submission(kind, words)).findings} == families


def test_a_finding_without_a_place_quotes_nothing() -> None:
    row = Found("audience.unexplained.jump", {**some("audience.unexplained.jump")}).as_row("de")

    assert (row["start"], row["end"], row["quote"]) == (0, 0, "")
    assert row["why"] == told("audience.unexplained.jump", row["figures"], "en")
    assert Day(date(2026, 3, 2), 1).reactions is None
