"""Whatever the text: quotes are exact, nothing raises, and time grows with length alone."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaigns.quality.folding import fold
from campaigns.quality.text import judge
from campaigns.quality.text.rulebook import rulebook

OFFERS = st.sampled_from(
    [
        "Follow me and I'll follow back",
        "Ｓｅｇｕｉｍｉ e ti seguo",
        "c o n d i v i d i e vinci un iphone",
        "f\u200bollow 4 f0llow",
        "Cliquez ici et gagnez de l'argent",
        "#likeandshare to win",
        "Per partecipare: segui, tagga due amici",
        "https://faceb00k.example/like",
    ]
)
NOISE = st.text(max_size=40)
KINDS = st.sampled_from(["brief", "mechanic", "terms", "post", "comment", "link"])


@given(before=NOISE, offer=OFFERS, after=NOISE, kind=KINDS)
@settings(max_examples=300, deadline=None)
def test_a_quote_is_cut_from_the_text_as_given(
    before: str, offer: str, after: str, kind: str
) -> None:
    words = before + offer + after
    for finding in judge(words, kind=kind, lang="en").findings:
        assert 0 <= finding.start < finding.end <= len(words)
        assert words[finding.start : finding.end] == finding.quote


@given(words=st.text(st.characters(codec=None), max_size=200), kind=KINDS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(words: str, kind: str) -> None:
    assert judge(words, kind=kind).verdict in {"accept", "review", "reject"}


@given(words=st.text(max_size=120))
@example(words="#00000A")
@settings(max_examples=300, deadline=None)
def test_every_folded_character_has_a_place_in_the_text(words: str) -> None:
    folded = fold(words, rulebook().lexicon.words)
    for at in range(len(folded.text)):
        first, last = folded.span(at, at + 1)
        assert 0 <= first < last <= len(words)


HOSTILE = {
    "asks": "like share follow ",
    "half an offer": "follow me and i ",
    "stretched": "a" * 10,
    "spaced": "a b c d ",
    "dotted": "a.b.c.",
    "leet": "4@$!|0",
    "marks": "\u0301",
    "entities": "&amp;",
    "open tags": "<a ",
    "hashtags": "#likelikelikelike",
    "quotes": '"like ',
    "retweets": "rt @a ",
    "numbers": "1.1,",
    "domains": "ab.",
    "denied offers": "no follow me and i follow back ",
    "refused offers": "fake follow me and i follow back ",
    "quoted offers": '"follow me and i follow back ',
    "lists": "ab-",
    "emoji": "👍🔁",
    "no breaks": "win ",
    "addresses": "https://a",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_of_a_hundred_thousand_characters_takes_seconds_at_most(piece: str) -> None:
    words = (piece * 100_000)[:100_000]
    began = time.process_time()
    judge(words, kind="mechanic", lang="en")
    assert time.process_time() - began < 5
