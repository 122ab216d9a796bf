"""The matcher of all patterns at once says of each what RE2 says of it alone."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.quality import training
from campaigns.quality.folding import fold
from campaigns.quality.text.lexicon import joined, lexicon_with
from campaigns.quality.text.matching import Matcher
from campaigns.quality.text.patterns import Either, Gap, Maybe, parse
from campaigns.quality.text.rulebook import compiled, rulebook

HERE = Path(training.__path__[0])
BOOK = rulebook()
WORDS = sorted(BOOK.lexicon.known) + [" ".join(words) for words in BOOK.lexicon.phrases]
PATTERNS = [pattern for _, pattern in BOOK.owners]


def symbols(text: str) -> str:
    folded = fold(text, BOOK.lexicon.words).text.decode("latin-1")
    return joined(BOOK.lexicon.symbols(BOOK.lexicon.tokens(folded)))


def one_by_one(said: str) -> list[int]:
    encoded = said.encode()
    return [
        nth for nth, pattern in enumerate(PATTERNS) if compiled(pattern).search(encoded) is not None
    ]


def test_every_pattern_names_concepts_that_have_words() -> None:
    for rule in BOOK.rules:
        for pattern in (*rule.find, *rule.unless):
            assert compiled(pattern)


@pytest.mark.parametrize("path", sorted(HERE.glob("texts_*.yaml")), ids=lambda path: path.stem)
def test_texts_together_match_as_each_alone(path: Path) -> None:
    texts = [value for value in _strings(yaml.safe_load(path.read_text())) if " " in value][::4]
    said = [symbols(text) for text in texts]
    assert BOOK.matcher.matches(said) == [one_by_one(each) for each in said]


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(
        st.lists(st.sampled_from([*WORDS, "12", "500", "€", "@ada", ". ", "www.x.example"])),
        max_size=4,
    )
)
def test_whatever_the_words_the_answers_agree(texts: list[list[str]]) -> None:
    said = [symbols(" ".join(words)) for words in texts]
    assert BOOK.matcher.matches(said) == [one_by_one(each) for each in said]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("red _2 blue", "red one two blue", True),
        ("red _2 blue", "red one two three blue", False),
        ("red _2 blue", "red. blue", False),
        ("red =2 blue", "red. blue", True),
        ("red (one | two two)? blue", "red two two blue", True),
        ("red (one | two two)? blue", "red blue", True),
        ("red (one | two two) blue", "red blue", False),
        ("red one? blue", "red one blue", True),
        ("red red", "red", False),
    ],
)
def test_what_a_pattern_means(pattern: str, text: str, found: bool) -> None:
    lexicon = lexicon_with(frozenset({"red", "blue", "one", "two"}), {})
    said = joined(lexicon.symbols(lexicon.tokens(text)))
    matcher = Matcher([pattern], lexicon)
    assert matcher.matches([said]) == [[0] if found else []]
    assert matcher.matches(["", said, ""])[1] == matcher.matches([said])[0]


def test_nothing_is_found_across_two_texts() -> None:
    lexicon = lexicon_with(frozenset({"red", "blue"}), {})
    red, blue = (joined(lexicon.symbols([word])) for word in ("red", "blue"))
    matcher = Matcher(["red =8 blue"], lexicon)
    assert matcher.matches([red, blue, red + blue]) == [[], [], [0]]


def test_how_a_pattern_is_read() -> None:
    assert parse("{follow} _6 {win|draw} {i}?") == (
        frozenset({"follow"}),
        Gap(6, across=False),
        frozenset({"win", "draw"}),
        Maybe(frozenset({"i"})),
    )
    assert parse("(if | {when} {you}) =3 app (soon)?") == (
        Either(((frozenset({"=if"}),), (frozenset({"when"}), frozenset({"you"})))),
        Gap(3, across=True),
        frozenset({"=app"}),
        Maybe(frozenset({"=soon"})),
    )


def test_a_choice_without_brackets_is_refused() -> None:
    with pytest.raises(ValueError, match="brackets"):
        parse("{follow} | {like}")


def _strings(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, dict):
        return [each for value in tree.values() for each in _strings(value)]
    return [each for value in tree for each in _strings(value)] if isinstance(tree, list) else []
