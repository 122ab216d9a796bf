"""A small statistical model: does a text that no rule refuses resemble those that buy a gesture?

A logistic regression over words, word beginnings, the concepts of the lexicon and pairs of concepts
in one sentence. It may send a text to a person, never refuse it. `manage.py train_text_model` makes
its file again from the texts in `campaigns/quality/training`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from math import sqrt

import numpy as np

from campaigns.quality.text.lexicon import BREAK, RULES, Learning, Lexicon

FILE = RULES / "resemblance.json"
RULE = "engagement.resembles.bought"
BEGINNING = 5  # letters
PAIR = 0.5  # what a pair of concepts weighs beside a word


class Model:
    """The weights of words and concepts, by feature, as the training wrote them.

    A text's score is the sum of its features' weights over the root of their number, plus bias.
    threshold: the score from which a person reads the text.
    """

    def __init__(
        self, weights: Mapping[str, float], bias: float, threshold: float, lexicon: Lexicon
    ) -> None:
        self.bias, self.threshold = bias, threshold
        self._weights = weights
        self._of_word = Learning(self._word)
        names = lexicon.concepts()
        self._places = {name: place for place, name in enumerate(names)}
        self._of_symbol = Learning(
            lambda symbol: frozenset(self._places[name] for name in lexicon.concepts_of(symbol))
        )
        self._pairs = np.zeros((len(names), len(names)), np.float32)
        for one, other in combinations(names, 2):
            weight = PAIR * weights.get(f"p {one} {other}", 0.0)
            self._pairs[self._places[one], self._places[other]] = weight
        for name, place in self._places.items():
            self._pairs[place, place] = weights.get(f"c {name}", 0.0)

    def score(self, tokens: Sequence[str], symbols: Sequence[str], kind: str) -> float:
        """Of a text as the lexicon reads it."""
        words = {token for token in tokens if token[0].isalnum()}
        total = sum(map(self._of_word.__getitem__, words)) + self._weights.get(f"k {kind}", 0.0)
        number = 1.0 + 2 * len(words)
        for _, sentence in sentences(symbols):
            weight, more = self._sentence(sentence)
            total += weight
            number += more
        return total / sqrt(number) + self.bias

    def most_like(self, symbols: Sequence[str]) -> tuple[int, int]:
        """The half-open place, in symbols, of the sentence that speaks most for it."""
        found = [(start, each) for start, each in sentences(symbols)]
        start, best = max(found, key=lambda each: self._sentence(each[1])[0])
        return start, start + len(best)

    def _word(self, token: str) -> float:
        weigh = self._weights.get
        return weigh(f"w {token}", 0.0) + weigh(f"b {token[:BEGINNING]}", 0.0)

    def _sentence(self, sentence: Sequence[str]) -> tuple[float, float]:
        """The weight of its concepts and their pairs, and how many features that is."""
        found = np.array([*frozenset().union(*map(self._of_symbol.__getitem__, sentence))], int)
        pairs = len(found) * (len(found) - 1) / 2
        return float(self._pairs[found[:, None], found].sum()), len(found) + PAIR * pairs


@cache
def model(lexicon: Lexicon) -> Model | None:
    """None before the first training."""
    if not FILE.exists():
        return None
    given = json.loads(FILE.read_text(encoding="utf-8"))
    return Model(given["weights"], given["bias"], given["threshold"], lexicon)


def features(
    tokens: Sequence[str], symbols: Sequence[str], kind: str, lexicon: Lexicon
) -> dict[str, float]:
    """What the model looks at, by name, as the training needs it: `Model.score` sums the same."""
    found = defaultdict[str, float](float, {f"k {kind}": 1.0})
    for token in {token for token in tokens if token[0].isalnum()}:
        found[f"w {token}"] += 1
        found[f"b {token[:BEGINNING]}"] += 1
    for _, sentence in sentences(symbols):
        concepts = sorted(frozenset().union(*map(lexicon.concepts_of, sentence)))
        for concept in concepts:
            found[f"c {concept}"] += 1
        for one, other in combinations(concepts, 2):
            found[f"p {one} {other}"] += PAIR
    norm = sqrt(sum(found.values()))
    return {name: value / norm for name, value in found.items()}


def sentences(symbols: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Each sentence's symbols, with the place of the first."""
    start = 0
    for place, symbol in enumerate([*symbols, BREAK]):
        if symbol == BREAK:
            if place > start:
                yield start, symbols[start:place]
            start = place + 1
