"""Which patterns could find anything in a text, told before the text is read word by word.

A pattern needs certain concepts, all of them. One pass collects the concepts that the words of a
text could carry; a pattern that lacks some needs no trying. The gate errs on one side only: it may
name a pattern that finds nothing, never leave one out that does (a test compares).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from campaigns.quality.text.lexicon import Learning, Lexicon
from campaigns.quality.text.patterns import required

Needs = tuple[int, ...]


class Gate:
    """Built once of all patterns; concepts are bits of one whole number.

    texts: folded ones, to tell by how common a concept is.
    """

    def __init__(self, lexicon: Lexicon, patterns: Iterable[str], texts: Iterable[str]) -> None:
        self._lexicon = lexicon
        self._bits: dict[str, int] = {}
        self._by_phrase = self._phrases()
        self._carried = Learning(self._concepts_in)
        self._by_bit = self._index(
            [reduce(or_, map(self._carried.__getitem__, text.split(" ")), 0) for text in texts],
            [
                (tuple(self._mask(concepts) for concepts in needs), number)
                for number, pattern in enumerate(patterns)
                for needs in required(pattern)
            ],
        )
        self._anchors = sum(self._by_bit)

    def feasible(self, pieces: Iterable[str]) -> list[int]:
        """The numbers of the patterns that may match in a folded text cut into these at spaces."""
        mask = reduce(or_, map(self._carried.__getitem__, pieces), 0)
        rest, found = mask & self._anchors, set[int]()
        while rest:
            bit = rest & -rest
            for needs, number in self._by_bit[bit]:
                for need in needs:
                    if not need & mask:
                        break
                else:
                    found.add(number)
            rest ^= bit
        return sorted(found)

    def _concepts_in(self, piece: str) -> int:
        mask = 0
        for token in self._lexicon.tokens_of[piece]:
            mask |= self._mask(self._lexicon.meanings(token)) | self._by_phrase.get(token, 0)
        return mask

    def _mask(self, concepts: Iterable[str]) -> int:
        mask = 0
        for concept in concepts:
            mask |= self._bits.setdefault(concept, 1 << len(self._bits))
        return mask

    def _phrases(self) -> dict[str, int]:
        """What a phrase means, laid on its longest word: a text without it lacks the phrase."""
        by_word: dict[str, int] = defaultdict(int)
        for words, concepts in self._lexicon.phrases.items():
            by_word[max(words, key=len)] |= self._mask(concepts)
        return by_word

    def _index(
        self, carried: list[int], patterns: Iterable[tuple[Needs, int]]
    ) -> dict[int, list[tuple[Needs, int]]]:
        """The patterns under each concept of what they need that fewest texts carry."""
        by_bit: dict[int, list[tuple[Needs, int]]] = defaultdict(list)
        common: dict[int, int] = {}
        for needs, number in patterns:
            for need in needs:
                if need not in common:
                    common[need] = sum(1 for mask in carried if mask & need)
            anchor = min(needs, key=common.__getitem__)
            others = tuple(need for need in needs if need != anchor)
            for bit in _single_bits(anchor):
                by_bit[bit].append((others, number))
        return dict(by_bit)


def _single_bits(mask: int) -> Iterator[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1
