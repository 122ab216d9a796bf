"""Groups of comments alike from young accounts, and everything that looks like one and is none."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campaigns.quality.crowds.comments import BadComment, Comment, groups, is_list, read
from campaigns.quality.crowds.wordings import Wordings

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SAID = "Che meraviglia questa torta, ho votato anche oggi, votate tutti qui"
CHANGED = [
    "Che meraviglia questa torta!! ho votato anche oggi, votate tutti qui",
    "che meraviglia questa torta ho votato anch'io oggi votate tutti qui",
    "Che meraviglia questa torta, ho votato anche stamattina: votate tutti qui",
]
WORDS = "farina lievito acqua sale forno mani tempo pane crosta fame nonna sera neve gatto"
TALK = WORDS.split()


def puppets(*texts: str, age: float | None = 2, apart: int = 10) -> list[Comment]:
    """One account each, `apart` minutes from the one before."""
    return [
        Comment(text, author=f"p{nth}", age_days=age, at=NOON + timedelta(minutes=nth * apart))
        for nth, text in enumerate(texts)
    ]


def readers(number: int, *, age: float = 700, seed: int = 1) -> list[Comment]:
    """People who say what each of them thinks, over a month."""
    chance = random.Random(seed)
    return [
        Comment(
            " ".join(chance.choices(TALK, k=12)) + f" {nth}",
            author=f"r{nth}",
            age_days=age * chance.uniform(0.5, 2),
            at=NOON + timedelta(hours=chance.randint(0, 700)),
        )
        for nth in range(number)
    ]


def members(comments: list[Comment]) -> list[tuple[int, ...]]:
    return [group.members for group in groups(comments)]


def test_the_same_words_from_young_accounts_are_a_group_with_its_figures() -> None:
    given = [*readers(50), *puppets(SAID, *CHANGED)]

    (group,) = groups(given)

    assert group.members == (50, 51, 52, 53)
    assert (group.accounts, group.young, group.median_age_days) == (4, 4, 2)
    assert group.minutes == 30


def test_a_group_needs_no_hours_and_no_names() -> None:
    given = [replace(each, at=None, author="") for each in puppets(SAID, *CHANGED)]

    (group,) = groups(given)

    assert (group.accounts, group.minutes) == (4, None)


def test_disguised_letters_are_the_same_words() -> None:
    odd = "Ｃｈｅ meraviglia questa t\u200borta, ho votato anche oggi, vоtаte tutti qui"

    assert members(puppets(SAID, odd, CHANGED[0])) == [(0, 1, 2)]


def test_other_scripts_are_compared_as_they_are() -> None:
    said = "какой чудесный торт я голосовал сегодня голосуйте все здесь"

    assert members(puppets(said, said + " пожалуйста", said.replace("сегодня", "вчера"))) == [
        (0, 1, 2)
    ]
    other = "мне кажется сахара здесь многовато но бабушка пекла точно так же"
    assert (
        members(puppets(said, other, "гуляли вечером по набережной и видели вашу выставку")) == []
    )


@pytest.mark.parametrize(
    "texts",
    [
        ["so cute ❤"] * 40,
        ["Happy birthday to you, my dear queen!! 🎂"] * 40,
        ["Tanti auguri di buon compleanno, sei bellissima ❤❤"] * 40,
        ["Joyeux anniversaire ma belle, plein de bonheur pour toi"] * 40,
        ["#paneepazienza #lievitomadre #torta #concorso @ada.ferri"] * 40,
        ["https://pane.example/ricetta-della-torta-di-mele-della-nonna"] * 40,
    ],
)
def test_what_everybody_says_is_no_wording(texts: list[str]) -> None:
    assert groups(puppets(*texts)) == []


def test_old_accounts_that_say_the_same_quote_it() -> None:
    song = "volare oh oh cantare nel blu dipinto di blu felice di stare lassù"

    assert groups(puppets(song, song, song, song, age=800)) == []


def test_a_song_that_young_and_old_accounts_quote_is_a_song() -> None:
    song = "volare oh oh cantare nel blu dipinto di blu felice di stare lassù"
    old = [replace(each, author=f"o{each.author}") for each in puppets(*[song] * 6, age=900)]

    assert groups([*old, *puppets(*[song] * 6)]) == []


def test_one_person_who_repeats_is_one() -> None:
    given = [replace(each, author="same") for each in puppets(SAID, *CHANGED)]

    assert groups(given) == []


def test_two_accounts_are_too_few() -> None:
    assert groups(puppets(SAID, CHANGED[0])) == []


def test_words_a_post_asked_for_are_bait_and_no_puppets() -> None:
    answers = puppets(*["Voglio la torta rustica di Ada per la colazione domenicale"] * 30)

    assert len(groups(answers)) == 1
    assert groups(answers, asked=["Scrivete: voglio la torta rustica di Ada per la colazione "
                                  "domenicale"]) == []  # fmt: skip


def test_the_same_sentence_in_other_languages_is_each_person_s_own() -> None:
    assert groups(
        puppets(
            "Ho provato la ricetta domenica con mia figlia e il pane era perfetto",
            "I tried the recipe on Sunday with my daughter and the bread came out perfect",
            "J'ai essayé la recette dimanche avec ma fille et le pain était parfait",
        )
    ) == []  # fmt: skip


def test_absent_ages_find_nobody() -> None:
    assert groups(puppets(SAID, *CHANGED, age=None)) == []


def test_ages_of_a_few_find_nobody() -> None:
    known = puppets(SAID, *CHANGED)
    unknown = [
        replace(each, author=f"u{each.author}") for each in puppets(SAID, *CHANGED, age=None)
    ]

    assert groups([*known, *unknown, unknown[0], replace(unknown[0], author="z")]) == []


def test_the_same_words_weeks_apart_are_no_group() -> None:
    assert groups(puppets(SAID, *CHANGED, apart=10 * 24 * 60)) == []


def test_where_nearly_all_accounts_are_young_youth_sets_nobody_apart() -> None:
    """A platform in its first month: every account is new."""
    assert groups([*readers(200, age=8), *puppets(SAID, *CHANGED)]) == []


def test_two_groups_stay_two_and_the_larger_comes_first() -> None:
    other = "Domenica sera ascoltiamo insieme il nuovo disco della banda cittadina"
    given = [*puppets(*[other] * 3), *puppets(SAID, *CHANGED)]
    given = [replace(each, author=str(nth)) for nth, each in enumerate(given)]

    assert members([*readers(40), *given]) == [(43, 44, 45, 46), (40, 41, 42)]


def test_the_order_of_comments_changes_no_group() -> None:
    given = [*readers(200), *puppets(SAID, *CHANGED)]
    shuffled = given[:]
    random.Random(5).shuffle(shuffled)

    found = [{shuffled[n].text for n in group.members} for group in groups(shuffled)]

    assert found == [{given[n].text for n in group.members} for group in groups(given)]


def test_texts_alike_are_found_among_thousands_of_others() -> None:
    texts = [each.text for each in readers(3_000, seed=3)]
    places = [17, 900, 2_950]
    for place, text in zip(places, CHANGED, strict=True):
        texts[place] = text

    assert places in Wordings().alike(texts)


def test_comments_are_read_with_their_places() -> None:
    lines = [
        {"text": SAID, "account_age_days": 1},
        {
            "text": 'Dice "buona"',
            "author": 7,
            "account_created": "2026-05-01T12:00:00Z",
            "at": NOON.isoformat(),
            "post": "p1",
        },
    ]
    text = "\n\n".join(json.dumps(each, ensure_ascii=False) for each in lines)

    first, second = read(text)

    assert text[slice(*first.span)] == SAID
    assert (first.age_days, first.at, first.author) == (1, None, "")
    assert text[slice(*second.span)] == json.dumps(lines[1])
    assert (second.age_days, second.author, second.post) == (3, "7", "p1")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        "{}",
        '{"text": 3}',
        '{"text": "  "}',
        '{"text": "x", "account_age_days": -1}',
        '{"text": "x", "account_age_days": "old"}',
        '{"text": "x", "at": "yesterday"}',
        '{"text": "x", "at": 5}',
        '{"text": "x", "account_age_days": NaN}',
        '{"text": "x", "account_age_days": 1e999}',
        '{"text": "x", "account_age_days": 1' + 400 * "0" + "}",
        '{"text": "x", "author": ' + 5_000 * "[" + 5_000 * "]" + "}",
        '{"text": "x\\ud800"}',
        '{"text": "x\\u0000"}',
    ],
    ids=range(16),
)
def test_a_line_that_is_no_comment_is_named(line: str) -> None:
    with pytest.raises(BadComment) as refused:
        read('{"text": "x"}\n' + line)
    assert refused.value.line == 2


def test_one_comment_s_own_words_are_no_list() -> None:
    assert is_list('\n {"text": "x"}\n')
    assert not is_list("Che bella {torta}")
    assert not is_list("{amo} questa torta")
    assert not is_list("")
