"""Which patterns match in which texts: all patterns over many texts at once, by whole numbers.

A set of places in the texts is one whole number, a bit a place. A word of a concept moves the set
of places reached so far by one, where the concept stands; a gap lets it spread. So a step over
thousands of words is a few operations of the machine (the shift-and way of Baeza-Yates and Gonnet,
1992, laid over words and gaps), patterns that begin alike share their beginning, and what can't go
on is dropped at once. What it answers is exact; where a find lies, RE2 tells afterwards.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import accumulate, pairwise
from operator import or_

import numpy as np

from campaigns.quality.text.lexicon import BREAK, OTHER, Lexicon
from campaigns.quality.text.patterns import Gap, Maybe, Step, parse

APART = "\u0100"  # stands between two texts: no symbol, and no gap reaches over it
FREQUENT = 50  # places of a symbol: from here looking at all of them is quicker


@dataclass
class _Node:
    """Patterns that begin alike. numbers: of those that end here."""

    after: "dict[Step, _Node]" = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)


class Matcher:
    """Built once of all patterns; they are numbered in the order given."""

    def __init__(self, patterns: Sequence[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._root = _Node()
        for number, pattern in enumerate(patterns):
            node = self._root
            for step in parse(pattern):
                node = node.after.setdefault(step, _Node())
            node.numbers.append(number)

    def matches(self, texts: Sequence[str]) -> list[list[int]]:
        """By text, given as its symbols: the numbers of the patterns that match in it, in order."""
        found: list[list[int]] = [[] for _ in texts]
        starts = list(accumulate((len(text) + 1 for text in texts), initial=1))
        places = _Places(APART.join(["", *texts, ""]), self._lexicon)
        for numbers, ends in _walk(self._root, places.all, places):
            for text in _texts_with(ends, starts):
                found[text] += numbers
        return [sorted(numbers) for numbers in found]


def _walk(node: _Node, at: int, places: "_Places") -> Iterator[tuple[list[int], int]]:
    """(the numbers of patterns, the places where a match of them ends)."""
    if node.numbers:
        yield node.numbers, at
    for step, after in node.after.items():
        if reached := places.reached(step, at):
            yield from _walk(after, reached, places)


def _texts_with(ends: int, starts: list[int]) -> Iterator[int]:
    passed = 0
    while ends:
        text = bisect_right(starts, passed + (ends & -ends).bit_length() - 1) - 1
        yield text
        ends >>= starts[text + 1] - passed
        passed = starts[text + 1]


class _Places:
    """Where each concept stands in texts laid one after the other."""

    def __init__(self, symbols: str, lexicon: Lexicon) -> None:
        self.all = (1 << len(symbols)) - 1
        at = _places_of(symbols)
        self._of: dict[str, int] = {}
        for symbol, here in at.items():
            for concept in lexicon.concepts_of(symbol):
                self._of[concept] = self._of.get(concept, 0) | here
        self._classes: dict[frozenset[str], int] = {}
        inside = self.all & ~at.get(APART, 0)
        self._runs = {True: {1: inside}, False: {1: inside & ~at.get(BREAK, 0)}}

    def reached(self, step: Step, at: int) -> int:
        """The places one step on from those of `at`."""
        if isinstance(step, frozenset):
            return (at & self._class(step)) << 1
        if isinstance(step, Gap):
            return self._spread(at, step)
        if isinstance(step, Maybe):
            return at | self.reached(step.what, at)
        return reduce(or_, (reduce(self._after, way, at) for way in step.ways))

    def _after(self, at: int, step: Step) -> int:
        return self.reached(step, at) if at else 0

    def _spread(self, at: int, gap: Gap) -> int:
        """Each time up to as far again as before, until `gap.most`."""
        covered = 0
        while covered < gap.most:
            more = min(covered + 1, gap.most - covered)
            at |= (at & self._run(more, across=gap.across)) << more
            covered += more
        return at

    def _run(self, length: int, *, across: bool) -> int:
        """The places from which so many words can be passed over."""
        known = self._runs[across]
        if length not in known:
            half = length // 2
            rest = self._run(length - half, across=across)
            known[length] = self._run(half, across=across) & rest >> half
        return known[length]

    def _class(self, concepts: frozenset[str]) -> int:
        found = self._classes.get(concepts)
        if found is None:
            found = reduce(or_, filter(None, map(self._of.get, concepts)), 0)
            self._classes[concepts] = found
        return found


def _places_of(symbols: str) -> dict[str, int]:
    codes = np.frombuffer(symbols.encode("utf-16-le"), np.uint16)
    order = codes.argsort(kind="stable")
    cuts = np.flatnonzero(np.diff(codes[order])) + 1
    ordered = order.tolist()
    found = {}
    for start, end in pairwise((0, *cuts.tolist(), len(ordered))):
        symbol = symbols[ordered[start]]
        if symbol == OTHER:
            continue
        bits: bytes | bytearray
        if end - start > FREQUENT:
            bits = np.packbits(codes == ord(symbol), bitorder="little").tobytes()
        else:
            bits = bytearray(len(symbols) // 8 + 1)
            for place in ordered[start:end]:
                bits[place >> 3] |= 1 << (place & 7)
        found[symbol] = int.from_bytes(bits, "little")
    return found
