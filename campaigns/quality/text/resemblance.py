"""A small statistical model: does a text that no rule refuses resemble those that buy a gesture?

A logistic regression over words, the letters they are made of, the concepts of the lexicon and
pairs of concepts that stand close to each other. It may send a text to a person, never refuse it;
and it weighs what a rule finds (`weighing.py`). `manage.py train_text_model` makes its file again
from the texts in `campaigns/quality/training`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from math import sqrt

from campaigns.quality.text.lexicon import BREAK, OTHER, RULES, Learning, Lexicon
from campaigns.quality.text.weighing import Bars

FILE = RULES / "resemblance.json"
RULE = "engagement.resembles.bought"
PARTS = (3, 4, 5)  # letters of a part of a word
LONGEST = 40  # letters of a word that are looked at
MOST_PAIRS = 60_000  # remembered; 3,000 posts have 50,000
FEWEST = 7  # words; fewer tell too little to trouble a person
PAIR = 0.5  # what a pair of concepts weighs beside a word


class Model:
    """The weights of words and concepts, by feature, as the training wrote them.

    A text's score is the sum of its features' weights over its `size`, plus bias.
    threshold: the score from which a person reads a text in which no rule finds anything.
    bars: those a rule's finds are weighed by.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        bias: float,
        threshold: float,
        bars: Bars,
        lexicon: Lexicon,
    ) -> None:
        self._weights, self._bias, self._threshold = weights, bias, threshold
        self.bars = bars
        self._lexicon = lexicon
        self._of_word = Learning(self._word)
        self._of_next = Learning(self._next, MOST_PAIRS)
        self._of_after_next = Learning(self._symbols, MOST_PAIRS)

    def finds(self, tokens: Sequence[str], symbols: Sequence[str], kind: str) -> bool:
        """Whether a person should read it. Where no word is known there is nothing to tell by."""
        if self.score(tokens, symbols, kind) < self._threshold:
            return False
        known = any(symbol not in (BREAK, OTHER, "") for symbol in symbols)
        return known and sum(map(str.isalnum, tokens)) >= FEWEST

    def score(self, tokens: Sequence[str], symbols: Sequence[str], kind: str) -> float:
        """Of a text as the lexicon reads it."""
        words, said = set(tokens), _said(symbols)
        total = self._weights.get(f"k {kind}", 0.0) + sum(map(self._of_word.__getitem__, words))
        return (total + self._weight(said)) / _size(words, said) + self._bias

    def score_of(self, folded: str, kind: str) -> float:
        tokens = self._lexicon.tokens(folded)
        return self.score(tokens, self._lexicon.symbols(tokens), kind)

    def most_like(self, symbols: Sequence[str]) -> tuple[int, int]:
        """The half-open place, in symbols, of the sentence that speaks most for it."""
        start, best = max(sentences(symbols), key=lambda each: self._weight(_said(each[1])))
        return start, start + len(best)

    def _weight(self, said: list[str]) -> float:
        """Each symbol's, with the one before and the one before that: `_close`, in two look-ups."""
        after_next = map(self._of_after_next.__getitem__, zip(said, said[2:], strict=False))
        of_next = map(self._of_next.__getitem__, zip([BREAK, *said], said, strict=False))
        return sum(after_next) + sum(of_next)

    def _word(self, token: str) -> float:
        return sum(self._weights.get(name, 0.0) * value for name, value in _of_word(token))

    def _next(self, pair: tuple[str, str]) -> float:
        """Of the second symbol, and of the two."""
        return self._symbols(pair[1:]) + self._symbols(pair)

    def _symbols(self, symbols: Sequence[str]) -> float:
        """Of one symbol, or of two close to each other."""
        named = _of_symbols(symbols, self._lexicon)
        return sum(self._weights.get(name, 0.0) * value for name, value in named)


@cache
def model(lexicon: Lexicon) -> Model | None:
    """None before the first training."""
    if not FILE.exists():
        return None
    given = json.loads(FILE.read_text(encoding="utf-8"))
    bars = Bars(given["sure"], given["plain"])
    return Model(given["weights"], given["bias"], given["threshold"], bars, lexicon)


def features(
    tokens: Sequence[str], symbols: Sequence[str], kind: str, lexicon: Lexicon
) -> dict[str, float]:
    """What the model looks at, by name, as the training needs it: `Model.score` sums the same."""
    words, said = set(tokens), _said(symbols)
    of_words = chain.from_iterable(map(_of_word, words))
    of_symbols = chain.from_iterable(
        _of_symbols(each, lexicon) for each in chain(said, _close(said))
    )
    found = defaultdict[str, float](float, {f"k {kind}": 1.0})
    for name, value in chain(of_words, of_symbols):
        found[name] += value
    return {name: value / _size(words, said) for name, value in found.items()}


def sentences(symbols: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Each sentence's symbols, with the place of the first."""
    start = 0
    for place, symbol in enumerate([*symbols, BREAK]):
        if symbol == BREAK:
            if place > start:
                yield start, symbols[start:place]
            start = place + 1


def _said(symbols: Sequence[str]) -> list[str]:
    """The symbols of known words and of breaks."""
    return [symbol for symbol in symbols if symbol and symbol != OTHER]


def _close(said: list[str]) -> Iterator[tuple[str, str]]:
    """Two symbols, next to each other or with one between."""
    return chain(pairwise(said), zip(said, said[2:], strict=False))


def _size(words: set[str], said: list[str]) -> float:
    return sqrt(1 + (1 + len(PARTS)) * len(words) + 2 * len(said))


def _of_word(token: str) -> Iterator[tuple[str, float]]:
    """The word itself, and its parts of each length, which weigh as much together."""
    yield f"w {token}", 1.0
    edged = f"<{token[:LONGEST]}>"
    for length in PARTS:
        parts = [edged[at : at + length] for at in range(len(edged) - length + 1)]
        for part in parts:
            yield f"g {part}", 1 / sqrt(len(parts))


def _of_symbols(symbols: Sequence[str], lexicon: Lexicon) -> list[tuple[str, float]]:
    first, *second = [
        [name for name in lexicon.concepts_of(symbol) if name[0] != "="] for symbol in symbols
    ]
    if second:
        return [(f"p {one} {other}", PAIR) for one in first for other in second[0]]
    return [(f"c {name}", 1.0) for name in first]
