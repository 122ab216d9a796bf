"""Folding undoes disguises and never loses the way back to the text as given."""

import pytest

from campaigns.quality.folding import fold

WORDS = frozenset({"follow", "like", "share", "win", "click", "sub", "the", "and", "me", "money"})


def read(text: str) -> str:
    return fold(text, WORDS).text.decode("latin-1")


@pytest.mark.parametrize(
    ("given", "reads"),
    [
        ("Ｆｏｌｌｏｗ", "follow"),
        ("𝓕𝓸𝓵𝓵𝓸𝔀", "follow"),
        ("ⓕⓞⓛⓛⓞⓦ", "follow"),
        ("🅵🅾🅻🅻🅾🆆", "follow"),
        ("fоllоw", "follow"),
        ("f\u200bo\u200bllow", "follow"),
        ("f o l l o w", "follow"),
        ("f.o.l.l.o.w", "follow"),
        ("fooollow", "follow"),
        ("f0ll0w", "follow"),
        ("cl1ck", "click"),
        ("#likeandshare", "#like and share"),
        ("#LikeAndShare", "#like and share"),
        ("città", "citta"),
        ("l&#105;ke", "like"),
        ("wïn", "win"),
    ],
)
def test_a_disguise_reads_as_what_it_stands_for(given: str, reads: str) -> None:
    assert read(given) == reads


@pytest.mark.parametrize("given", ["b.b.c.", "2024", "a4", "3 4 5 6", "x y", "sub4sub"])
def test_what_is_no_disguise_stays(given: str) -> None:
    assert read(given) == given


def test_nothing_to_unfold_keeps_places_as_they_are() -> None:
    folded = fold("Buongiorno a tutti", WORDS)
    assert folded.starts is None
    assert folded.span(3, 7) == (3, 7)


def test_a_place_leads_back_through_an_expanded_character() -> None:
    text = "x ﬁ f0llow"  # the ligature folds to two letters
    folded = fold(text, WORDS)
    at = folded.text.index(b"follow")
    first, last = folded.span(at, at + len("follow"))
    assert text[first:last] == "f0llow"


def test_a_place_leads_back_through_dropped_characters() -> None:
    text = "f\u200bo\u200bl\u200bl\u200bo\u200bw me"
    folded = fold(text, WORDS)
    first, last = folded.span(0, len("follow"))
    assert text[first:last].replace("\u200b", "") == "follow"
