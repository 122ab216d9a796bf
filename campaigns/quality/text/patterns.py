"""The little language rules are written in, turned into one linear-time pattern over symbols.

{follow} _6 {follow} _2 {back}     concepts, and up to so many words of the same sentence between
{ask} =8 {prize}                   `=8`: up to eight words, which may cross a sentence's end
(if | when) {i|you} ?              choices, one of several concepts, `?` for what may be missing
app reads                          words that stand for themselves
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaigns.quality.text.lexicon import BREAK

if TYPE_CHECKING:
    from campaigns.quality.text.lexicon import Lexicon

_PIECE = re.compile(
    r"\{(?P<concepts>[a-z0-9_| ]+)\}|(?P<gap>[_=]\d+)|(?P<by>[()|?])|(?P<word>[a-z0-9]+)|\s+"
)


def pieces(pattern: str) -> list[re.Match[str]]:
    found, at = [], 0
    while at < len(pattern):
        match = _PIECE.match(pattern, at)
        if match is None:
            raise ValueError(f"{pattern!r} can't be read from {pattern[at:]!r}")
        at = match.end()
        if match.lastgroup:
            found.append(match)
    return found


def literals(pattern: str) -> set[str]:
    return {match["word"] for match in pieces(pattern) if match.lastgroup == "word"}


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words; across: also over a sentence's end."""

    most: int
    across: bool


@dataclass(frozen=True, slots=True)
class Maybe:
    what: "Step"


@dataclass(frozen=True, slots=True)
class Either:
    ways: tuple["Sequel", ...]


Step = frozenset[str] | Gap | Maybe | Either  # a set: a word of any of these concepts
Sequel = tuple[Step, ...]


def parse(pattern: str) -> Sequel:
    """The steps of a pattern. Raises ValueError where it can't be read."""
    steps: list[Step] = []
    ways: list[list[Step]] | None = None  # of an open bracket
    for match in pieces(pattern):
        inside = steps if ways is None else ways[-1]
        if match.lastgroup == "gap":
            inside.append(Gap(int(match[0][1:]), across=match[0][0] == "="))
        elif match.lastgroup != "by":
            inside.append(frozenset(_concepts(match)))
        elif match[0] == "(":
            ways = [[]]
        elif match[0] == "?":
            inside.append(Maybe(inside.pop()))
        elif ways is None:
            raise ValueError(f"{pattern!r}: put the choice in brackets")
        elif match[0] == "|":
            ways.append([])
        else:
            steps.append(_either(ways))
            ways = None
    return tuple(steps)


def _either(ways: list[list[Step]]) -> Step:
    """A choice of single words is one set of concepts."""
    sets = [way[0] for way in ways if len(way) == 1 and isinstance(way[0], frozenset)]
    if len(sets) == len(ways):
        return frozenset().union(*sets)
    return Either(tuple(map(tuple, ways)))


def _concepts(match: re.Match[str]) -> list[str]:
    return [each.strip() for each in (match["concepts"] or f"={match['word']}").split("|")]


def translate(pattern: str, lexicon: "Lexicon") -> str:
    """The RE2 pattern over symbols. Raises ValueError for a concept without words."""
    return "".join(_translated(match, lexicon) for match in pieces(pattern))


def _translated(match: re.Match[str], lexicon: "Lexicon") -> str:
    if match.lastgroup == "gap":
        any_word = f"[^{BREAK}]" if match[0][0] == "_" else "."
        return f"{any_word}{{0,{match[0][1:]}}}?"
    if match.lastgroup == "by":
        return "(?:" if match[0] == "(" else match[0]
    concepts = _concepts(match)
    classes = [lexicon.standing_for(concept) for concept in concepts]
    if not all(classes):
        empty = [c for c, found in zip(concepts, classes, strict=True) if not found]
        raise ValueError(f"{match[0]}: no word is of {empty}")
    return f"[{''.join(sorted(set(''.join(classes))))}]"
