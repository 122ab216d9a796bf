"""The gate saves work and never a culprit: what any pattern can find passes it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.quality import training
from campaigns.quality.folding import fold
from campaigns.quality.text.lexicon import joined
from campaigns.quality.text.patterns import required
from campaigns.quality.text.rulebook import rulebook

HERE = Path(training.__path__[0])
BOOK = rulebook()
WORDS = sorted(BOOK.lexicon.known) + [" ".join(words) for words in BOOK.lexicon.phrases]


def left_out(text: str) -> set[int]:
    """The patterns that are found in a text and that the gate did not name."""
    pieces = fold(text, BOOK.lexicon.words).text.decode("latin-1").split(" ")
    encoded = joined(BOOK.lexicon.symbols(BOOK.lexicon.tokens(pieces))).encode()
    found = {nth for nth, (_, pattern) in enumerate(BOOK.owners) if pattern.search(encoded)}
    return found - set(BOOK.gate.feasible(pieces))


@pytest.mark.parametrize("path", sorted(HERE.glob("texts_*.yaml")), ids=lambda path: path.stem)
def test_every_pattern_with_a_find_is_named(path: Path) -> None:
    texts = [value for value in _strings(yaml.safe_load(path.read_text())) if " " in value]
    assert texts
    assert not [text for text in texts[::4] if left_out(text)]


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.sampled_from([*WORDS, "12", "500", "€", "@ada", ". ", "www.x.example"])))
def test_whatever_the_words_no_find_is_left_out(words: list[str]) -> None:
    assert not left_out(" ".join(words))


def test_plain_talk_is_not_read_word_by_word() -> None:
    words = "the soup wants an hour on a low flame, and a little salt at the end."
    assert BOOK.gate.feasible(words.split(" ")) == []


def test_what_a_pattern_requires() -> None:
    assert required("{follow} _6 {win|draw} {i}?") == [
        (frozenset({"follow"}), frozenset({"win", "draw"}))
    ]
    assert required("(if | {when} {you}) app (soon)?") == [
        (frozenset({"=if"}), frozenset({"=app"})),
        (frozenset({"when"}), frozenset({"you"}), frozenset({"=app"})),
    ]


def test_a_choice_without_brackets_is_refused() -> None:
    with pytest.raises(ValueError, match="brackets"):
        required("{follow} | {like}")


def _strings(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, dict):
        return [each for value in tree.values() for each in _strings(value)]
    return [each for value in tree for each in _strings(value)] if isinstance(tree, list) else []
