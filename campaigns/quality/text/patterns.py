"""The little language rules are written in, turned into one linear-time pattern over symbols.

{follow} _6 {follow} _2 {back}     concepts, and up to so many words of the same sentence between
{ask} =8 {prize}                   `=8`: up to eight words, which may cross a sentence's end
(if | when) {i|you} ?              choices, one of several concepts, `?` for what may be missing
app reads                          words that stand for themselves
"""

import re
from typing import TYPE_CHECKING

from campaigns.quality.text.lexicon import BREAK

if TYPE_CHECKING:
    from campaigns.quality.text.lexicon import Lexicon

_PIECE = re.compile(
    r"\{(?P<concepts>[a-z0-9_| ]+)\}|(?P<gap>[_=]\d+)|(?P<by>[()|?+*])|(?P<word>[a-z0-9]+)|\s+"
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


def required(pattern: str) -> list[tuple[frozenset[str], ...]]:
    """What a text must have for `pattern` to match: of one of the tuples, a concept of each set.

    A choice in brackets multiplies the tuples. What may be missing does not count.
    """
    ways: list[tuple[frozenset[str], ...]] = [()]
    choice: list[tuple[frozenset[str], ...]] | None = None  # the alternatives of an open bracket
    given = pieces(pattern)
    for match, after in zip(given, [*given[1:], None], strict=True):
        missing = after is not None and after[0] in ("?", "*")
        if match[0] == "(":
            choice = [()]
        elif match[0] == ")":
            found = [()] if missing else choice or [()]
            ways, choice = [(*way, *each) for way in ways for each in found], None
        elif match[0] == "|":
            if choice is None:
                raise ValueError(f"{pattern!r}: put the choice in brackets")
            choice.append(())
        elif (match["word"] or match["concepts"]) and not missing:
            here = frozenset(_concepts(match))
            if choice is None:
                ways = [(*way, here) for way in ways]
            else:
                choice[-1] = (*choice[-1], here)
    return ways


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
